package nl.doorbraak.casefile;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Who reads what of a case, and what for. */
@WholeApplication
class AccessIT {

	private static final String NO_CASE = "DB-2026-999999";

	private static final Pattern CASE_ROW = Pattern.compile("<th scope=\"row\">(DB-[0-9-]+)</th>");

	private static final Pattern NEXT_PAGE = Pattern.compile("href=\"(/noodtoegang\\?vanaf=[0-9]+)#");

	private static final String WHY = "Joosje staat aan de balie.";

	private final Town town;

	private final CaseFiles files;

	private final Purposes purposes;

	private final String name = "Joosje Kwartel " + Long.toString(System.nanoTime(), 36);

	@Autowired
	AccessIT(Town town, CaseFiles files, Purposes purposes) {
		this.town = town;
		this.files = files;
		this.purposes = purposes;
	}

	@Test
	void purposeFollowsFromTheWorkOrIsAskedAndWhoSignsReadsWhatIsNeededToDecide() {
		String number = report();
		String page = "/casus/" + number;
		this.town.as("anna")
			.fill(number, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Betalen.", "cost", 6000,
					"perspectiveShared", "yes", "deviates", "yes", "reservation", "none"));
		this.town.as("anna").fill(number, "decide-locally", Map.of("decision", "up", "explanation", "x"));
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		WebVisitor paul = WebVisitor.login(this.town, "paul");
		assertThat(anna.get(page).body()).contains("Pad 7").doesNotContain("U leest deze casus");
		assertThat(paul.get(page).body()).contains("U leest deze casus omdat u er op dit niveau aan werkt.");
		assertThat(reads(number)).contains("anna {\"part\":\"case-page\",\"purpose\":\"team\"}",
				"paul {\"part\":\"case-page\",\"purpose\":\"task\"}");
		Town.Visitor region = this.town.as("paul");
		region.fill(number, "hold-round-table",
				Map.of("heldOn", this.town.today().toString(), "agreements", "Dit hoeft geen tekenaar te lezen."));
		region.fill(number, "decide-regionally", Map.of("decision", "brokenThrough", "explanation", "Het kan."));
		asksWhoHasNoTask(number, paul);
		String signs = this.town.database()
			.sql("""
					select o.officer_login from doorbraak.case_participant p join doorbraak.case_file c on c.id = p.case_id
					join doorbraak.post o on o.organisation_id = p.body_id and o.function = p.function
					where c.number = ? and p.role = 'signer' and p.until is null""")
			.param(number)
			.query(String.class)
			.list()
			.get(0);
		WebVisitor signer = WebVisitor.login(this.town, signs);
		String seen = signer.get(page).body();
		assertThat(seen).contains("U leest deze casus om te tekenen.", "adressen en contactgegevens", "Akkoord")
			.doesNotContain("Pad 7", "06 1234", "Dit hoeft geen tekenaar te lezen.", "Wat er is opgeschreven");
		assertThat(anna.get(page).body()).contains("Dit hoeft geen tekenaar te lezen.");
		assertThat(signer.get(page + "/uitvoering").status()).isEqualTo(403);
		assertThat(signer.get(page + "/plan").body()).contains("U leest deze casus om te tekenen.");
		assertThat(reads(number)).contains(signs + " {\"part\":\"plan\",\"purpose\":\"sign\"}")
			.noneMatch((read) -> read.contains("carry-out"))
			.allMatch((read) -> read.contains("\"purpose\":\""));
		anna.form(page + "/intrekken", Map.of("reason", "x"));
		this.town.workDue();
	}

	/** As many pages as there are: other classes left open cases in this town. */
	private static String everyOpenCase(WebVisitor manager) {
		StringBuilder rows = new StringBuilder();
		Optional<String> page = Optional.of("/noodtoegang");
		while (page.isPresent()) {
			String body = manager.get(page.get()).body();
			Matcher row = CASE_ROW.matcher(body);
			while (row.find()) {
				rows.append(row.group(1)).append(' ');
			}
			page = NEXT_PAGE.matcher(body).results().map((found) -> found.group(1)).findFirst();
		}
		return rows.toString();
	}

	private void asksWhoHasNoTask(String number, WebVisitor paul) {
		String page = "/casus/" + number;
		assertThat(paul.get(page + "/plan?deel=fact").header("Location"))
			.endsWith(page + "/waarvoor?naar=" + page.replace("/", "%2F") + "%2Fplan%3Fdeel%3Dfact");
		Town.Answer api = this.town.as("paul").get("/api/v1/cases/" + number);
		assertThat(api.status()).isEqualTo(409);
		assertThat(api.json().path("title").asText()).isEqualTo("purpose-needed");
		assertThat(api.message()).contains("Zeg eerst waarvoor u hem leest");
		assertThat(paul.form(page + "/waarvoor", Map.of("purpose", "team")).status()).as("that is not his to say")
			.isEqualTo(400);
		try (Screens screens = Screens.open(); Screen screen = screens.screen(this.town.address(), 390)) {
			screen.open(page + "/plan");
			screen.page().locator("#username").fill("paul");
			screen.page().locator("#password").fill("doorbraak");
			screen.page().locator("#password").press("Enter");
			assertThat(screen.page().locator("h1")).hasText("Waarvoor leest u deze casus?");
			screen.assertReadable();
			screen.picture("purpose-390");
			screen.page().getByLabel("Ik ga na wat er is gebeurd").press("Space");
			screen.button("Naar de casus").press("Enter");
			screen.page().waitForURL("**" + page + "/plan");
			assertThat(screen.page().locator(".reading")).containsText("omdat u er op dit niveau aan werkt");
		}
		assertThat(reads(number)).contains("paul {\"part\":\"plan\",\"purpose\":\"follow\"}");
		assertThat(paul.get(page).status()).as("not asked again").isEqualTo(200);
		assertThat(paul.form(page + "/waarvoor", Map.of("purpose", "meeting", "naar", "//elders.example"))
			.header("Location")).as("nobody is sent elsewhere").endsWith(page);
		this.town.moveClock(Duration.between(this.town.clock().instant(),
				this.purposes.lastDay().plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant().plusSeconds(1)));
		assertThat(paul.get(page).status()).as("for that working day").isEqualTo(302);
	}

	@Test
	void whoIsNotOnACaseReadsItWithAReasonThatIsToldAndReviewedByAnother() {
		String number = report();
		String page = "/casus/" + number;
		WebVisitor olaf = WebVisitor.login(this.town, "olaf");
		assertThat(use(olaf, number, "danger").told()).isEqualTo(use(olaf, NO_CASE, "danger").told()).startsWith("404");
		WebVisitor bert = WebVisitor.login(this.town, "bert");
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		assertThat(mila.get(page).status()).as("a manager has no contents").isEqualTo(404);
		assertThat(everyOpenCase(mila)).as("but lists, terms and leads").containsOnlyOnce(number);
		assertThat(use(bert, number, "managerException").status()).as("no manager").isEqualTo(400);
		assertThat(bert.form("/noodtoegang", Map.of("casus", number, "reason", "danger", "why", WHY)).status())
			.as("not confirmed")
			.isEqualTo(400);
		for (int i = 0; i < 2; i++) {
			assertThat(use(bert, number, "residentAsks").header("Location")).endsWith(page);
		}
		assertThat(acts(number)).as("a double click is one").containsOnlyOnce("bert emergencyAccessGranted");
		assertThat(bert.get(page).body()).contains(this.name, "Pad 7", "met noodtoegang: u kunt hier niets doen");
		assertThat(reads(number)).contains("bert {\"part\":\"case-page\",\"purpose\":\"emergency\"}");
		assertThat(bert.form(page + "/stap", Map.of("kind", "called", "line", "x", "day", this.town.today().toString()))
			.status()).as("reads, and does nothing").isEqualTo(404);
		assertThat(told(number, "emergencyAccess")).containsExactly("anna", "karim", "mila");
		assertThat(mails(number)).isNotEmpty().noneMatch((mail) -> mail.contains("Bert") || mail.contains("Joosje"));
		assertThat(WebVisitor.login(this.town, "anna").get(page).body()).contains("Bert Kuipers", WHY);
		assertThat(bert.get(page).body()).as("for the team alone").doesNotContain("Deze mensen lazen de casus");
		leavesWithTheMunicipality(page, bert);
		assertThat(use(mila, number, "managerException").status()).isEqualTo(302);
		assertThat(mila.get(page).status()).isEqualTo(200);
		assertThat(told(number, "emergencyAccess")).as("who can review it").contains("dirk");
		List<Long> ids = this.town.database().sql("""
				select e.id from doorbraak.emergency_access e join doorbraak.case_file c on c.id = e.case_id
				where c.number = ? order by e.id""").param(number).query(Long.class).list();
		assertThat(review(mila, ids.get(1), "justified").status()).as("never one's own").isEqualTo(403);
		assertThat(review(bert, ids.get(0), "justified").status()).isEqualTo(403);
		assertThat(review(WebVisitor.login(this.town, "hein"), ids.get(0), "justified").status())
			.as("another municipality")
			.isEqualTo(404);
		WebVisitor dirk = WebVisitor.login(this.town, "dirk");
		assertThat(dirk.get("/").body()).contains(waits(ids.get(0)), waits(ids.get(1)), "Beoordeel een noodtoegang");
		assertThat(mila.get("/").body()).contains(waits(ids.get(0))).doesNotContain(waits(ids.get(1)));
		assertThat(line(mila, ids.get(0))).contains("uiterlijk").doesNotContain("te laat");
		for (WebVisitor other : List.of(bert, WebVisitor.login(this.town, "joris"))) {
			assertThat(other.get("/").body()).doesNotContain("noodtoegang#");
		}
		assertThat(review(dirk, ids.get(1), "notJustified").status()).isEqualTo(302);
		assertThat(mila.get(page).status()).as("what was not justified ends").isEqualTo(404);
		assertThat(WebVisitor.login(this.town, "joris").get("/noodtoegang").body()).as("without names for an auditor")
			.contains(number, "[naam] staat aan de balie.")
			.doesNotContain(WHY);
		Instant due = this.town.database()
			.sql("select review_due_at from doorbraak.emergency_access where id = ?")
			.param(ids.get(0))
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.single();
		this.town.passUntil(due);
		this.town.pass(Duration.ZERO);
		assertThat(told(number, "emergencyReviewLate")).containsExactly("dirk");
		assertThat(bert.get(page).status()).as("after a day").isEqualTo(404);
		assertThat(line(mila, ids.get(0))).contains("te laat");
		lookAt("mila", number);
		assertThat(review(mila, ids.get(0), "justified").status()).isEqualTo(302);
		assertThat(mila.get("/").body()).doesNotContain(waits(ids.get(0)));
		assertThat(review(dirk, ids.get(0), "notJustified").status()).as("once").isEqualTo(409);
		assertThat(acts(number)).contains("mila emergencyAccessReviewed", "#timer emergencyReviewMissed");
	}

	/** The link of the start page. */
	private static String waits(long access) {
		return "href=\"/noodtoegang#toegang-" + access + "\"";
	}

	/** The line of the start page. */
	private static String line(WebVisitor reader, long access) {
		String page = reader.get("/").body();
		int begin = page.indexOf(waits(access));
		return page.substring(begin, page.indexOf("</li>", begin));
	}

	private void leavesWithTheMunicipality(String page, WebVisitor bert) {
		this.town.database()
			.sql("update doorbraak.post set organisation_id = 'GM9002' where officer_login = 'bert'")
			.update();
		try {
			assertThat(bert.get(page).status()).as("who works elsewhere now").isEqualTo(404);
		}
		finally {
			this.town.database()
				.sql("update doorbraak.post set organisation_id = 'GM9001' where officer_login = 'bert'")
				.update();
		}
	}

	/** Also who works on the case again, for somebody else. */
	@Test
	void whoMovedToAnotherMunicipalityIsNoLongerOfTheTeam() {
		String number = report();
		long id = this.town.database()
			.sql("select id from doorbraak.case_file where number = ?")
			.param(number)
			.query(Long.class)
			.single();
		assertThat(this.files.mayKnow("anna", number)).isTrue();
		this.town.database()
			.sql("update doorbraak.post set organisation_id = 'GM9002' where officer_login = 'anna'")
			.update();
		try {
			assertThat(this.files.isCaseTeam("anna", id)).isFalse();
			assertThat(this.files.mayKnow("anna", number)).isFalse();
		}
		finally {
			this.town.database()
				.sql("update doorbraak.post set organisation_id = 'GM9001' where officer_login = 'anna'")
				.update();
		}
		assertThat(this.files.isTeam("anna", number)).isTrue();
	}

	private void lookAt(String who, String number) {
		try (Screens screens = Screens.open(); Screen screen = screens.screen(this.town.address(), 390)) {
			screen.logIn(who);
			screen.open("/noodtoegang");
			assertThat(screen.page().locator("main ol.story > li").first()).containsText(number);
			screen.assertReadable();
			screen.picture("emergency-390");
		}
	}

	@Test
	void auditorReadsWithoutNamesUntilHeSaysWhyHeNeedsThem() {
		String number = report();
		Set<String> own = Set.of("GM9001");
		CaseFiles.Dossier hidden = this.files.audit("joris", number, own);
		assertThat(hidden.identified()).isFalse();
		assertThat(hidden.file().whatIsStuck()).isEqualTo("[naam] valt overal buiten.");
		assertThat(hidden.members())
			.allMatch((member) -> member.name().equals("Persoon 1") && member.address() == null);
		WebVisitor joris = WebVisitor.login(this.town, "joris");
		assertThat(joris.get("/controle/" + number + "/namen").body()).contains("Namen tonen");
		assertThat(joris.form("/controle/" + number + "/namen", Map.of("purpose", "meeting", "why", "x")).status())
			.isEqualTo(400);
		assertThat(joris
			.form("/controle/" + number + "/namen", Map.of("purpose", "complaint", "why", "Zij klaagt over de brief."))
			.status()).isEqualTo(302);
		CaseFiles.Dossier shown = this.files.audit("joris", number, own);
		assertThat(shown.members()).extracting(HouseholdMember::name).containsExactly(this.name);
		assertThat(shown.members()).allMatch((member) -> member.address() == null && member.contact() == null);
		assertThat(reads(number)).contains("joris {\"part\":\"dossier\",\"purpose\":\"audit\"}",
				"joris {\"part\":\"dossier-with-names\",\"purpose\":\"audit\"}");
		assertThat(WebVisitor.login(this.town, "anna").get("/casus/" + number).body()).as("the team reads why")
			.contains("Zij klaagt over de brief.");
	}

	private String report() {
		String number = this.town.as("anna")
			.report(Map.of("whatIsStuck", "Joosje valt overal buiten.", "memberName", this.name, "memberBirthDate",
					"1981-04-02"));
		this.town.workDue();
		WebVisitor.login(this.town, "anna")
			.form("/casus/" + number + "/huishouden", Map.of("name", this.name, "birthDate", "1981-04-02", "role",
					"adult", "contact", "06 1234", "address", "Pad 7"));
		return number;
	}

	private static WebVisitor.Answer use(WebVisitor who, String number, String reason) {
		return who.form("/noodtoegang", Map.of("casus", number, "reason", reason, "why", WHY, "confirmed", "true"));
	}

	private static WebVisitor.Answer review(WebVisitor who, long id, String verdict) {
		return who.form("/noodtoegang/" + id, Map.of("verdict", verdict, "why", "Er was haast."));
	}

	private List<String> reads(String number) {
		return lines("actor || ' ' || regexp_replace(facts, ',\"span\":\"[0-9a-f]{16}\"', '')", number,
				" and act = 'caseRead'");
	}

	private List<String> acts(String number) {
		return lines("actor || ' ' || act", number, "");
	}

	private List<String> lines(String what, String number, String where) {
		return this.town.database()
			.sql("select " + what + " from doorbraak.audit_line where chain = ?" + where + " order by number")
			.param(number)
			.query(String.class)
			.list();
	}

	private List<String> told(String number, String kind) {
		return this.town.database().sql("""
				select distinct recipient_login from doorbraak.alert where case_number = ? and kind = ?
				  and recipient_login is not null order by 1""").params(number, kind).query(String.class).list();
	}

	private List<String> mails(String number) {
		this.town.pass(Duration.ZERO);
		return this.town.database()
			.sql("select body from demo.mail where subject like '[' || ? || '] Noodtoegang%'")
			.param(number)
			.query(String.class)
			.list();
	}

}
