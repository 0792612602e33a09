package nl.doorbraak.overview;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import nl.doorbraak.testing.Attack;
import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Page;
import nl.doorbraak.testing.Hurried;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static nl.doorbraak.testing.Screen.tabTo;
import static nl.doorbraak.testing.WebVisitor.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;

/** Signing on a page of our own, and that no door is wider than another. */
@WholeApplication
class SigningPageIT {

	private final Town town;

	private final JdbcClient application;

	@Autowired
	SigningPageIT(Town town, JdbcClient application) {
		this.application = application;
		this.town = town;
	}

	@AfterEach
	void registerAndPostsAsTheyWere() {
		own("update doorbraak.mandate set revoked_at = null, approvals = case function when 'districtTeamMember' then 3 else 1 end");
		own("delete from doorbraak.post where officer_login = 'mila'");
		own("insert into doorbraak.post values ('mila', 'manager', 'GM9001'), ('dirk', 'director', 'GM9001'), ('wilma', 'alderman', 'GM9001') on conflict do nothing");
		this.town.everybodyBack();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1280, 390 })
	void signedWithinAMinuteByKeyboard(int width) {
		String number = proposed(6000);
		try (Screens screens = Screens.open(); Screen mila = screens.screen(this.town.address(), width)) {
			Page page = mila.page();
			Keyboard keys = page.keyboard();
			mila.open("/tekenen/" + number);
			page.locator("#username").waitFor();
			long start = System.nanoTime();
			tabTo(page, "e.id === 'username'");
			keys.type("mila");
			tabTo(page, "e.id === 'password'");
			keys.type("doorbraak");
			keys.press("Enter");
			assertThat(page.locator("h1")).hasText("Tekenen in casus " + number);
			mila.picture("sign-" + width);
			tabTo(page, "e.id === 'agree'");
			keys.press("ArrowDown");
			keys.press("Space");
			tabTo(page, "e.matches('form.sign button')");
			keys.press("Enter");
			assertThat(page.locator("[role=alert]")).containsText("Welke voorwaarden stelt u?");
			look(mila, "sign-wrong-" + width);
			tabTo(page, "e.matches('[role=alert] a')");
			keys.press("Enter");
			assertThat(page.locator("#conditions")).isFocused();
			keys.type("Betaal aan de verhuurder.");
			tabTo(page, "e.matches('form.sign button')");
			keys.press("Enter");
			assertThat(page.locator("[role=status]")).containsText("U gaf akkoord onder voorwaarden op");
			assertThat(page.locator("[role=status]")).containsText("Daarmee is het besluit genomen.");
			Duration taken = Duration.ofNanos(System.nanoTime() - start);
			look(mila, "signed-" + width);
			assertThat(taken).isLessThan(Duration.ofMinutes(1));
			assertThat(mila.faults()).containsExactly("400 POST /tekenen/" + number);
			System.out.println("signed by keyboard at " + width + " px in " + taken.toMillis() + " ms, login included");
		}
		this.town.workDue();
		assertThat(signatures(number)).containsExactly("mila agreed true");
	}

	@Test
	void startPageAndMailLeadHere() {
		String number = proposed(6000);
		this.town.pass(Duration.ZERO);
		try (Screens screens = Screens.open(); Screen mila = screens.screen(this.town.address(), "mila")) {
			mila.page().evaluate("document.querySelectorAll('details').forEach(each => each.open = true)");
			mila.page()
				.locator("ul.rows li", new Page.LocatorOptions().setHasText(number))
				.locator("a", new com.microsoft.playwright.Locator.LocatorOptions().setHasText("Teken of weiger"))
				.click();
			assertThat(mila.page().locator("h1")).hasText("Tekenen in casus " + number);
			mila.open("/demo/postvak");
			mila.page().evaluate("document.querySelectorAll('details').forEach(each => each.open = true)");
			mila.page()
				.locator("details",
						new Page.LocatorOptions().setHasText("[" + number + "] Er ligt een voorstel om te tekenen"))
				.locator("a")
				.first()
				.click();
			assertThat(mila.page().locator("h1")).hasText("Tekenen in casus " + number);
			mila.link("English").click();
			assertThat(mila.page().locator("h1")).hasText("Sign in case " + number);
			look(mila, "sign-english");
			mila.link("Nederlands").click();
			mila.link("Liever in Mijn werk? Open de taak daar.").click();
			mila.tasklist().form().waitFor();
			assertThat(mila.faults()).isEmpty();
		}
	}

	@Test
	void pageTellsWhatThePersonSignsUnderAndWhatSilenceDoes() {
		String number = proposed(6000);
		String page = WebVisitor.login(this.town, "mila").get("/tekenen/" + number).body();
		assertThat(page)
			.contains("als Manager van Gemeente Waterdam", "Klaar uiterlijk", "de volgende bevoegde functie: Directeur",
					"Mandaat GM9001-02, versie 1.", "Awb artikel 10:3", "per huishouden per jaar",
					"Doorzetten naar de volgende bevoegde functie", "/casus/" + number)
			.doesNotContain("spoedbesluit");
		assertThat(WebVisitor.login(this.town, "mila").get("/tekenen/" + number + "?taal=en").body())
			.containsPattern("To be done by [A-Z][a-z]+day ")
			.containsPattern("deviate from a rule or policy\\?</dt><dd><span>No</span>");
		String mark = this.town.as("mila")
			.values(this.town.as("mila").task(number, "sign-off"))
			.path("proposalHash")
			.asText();
		assertThat(mark).matches("[0-9a-f]{4} [0-9a-f]{4}");
		assertThat(page).contains(mark);
		own("delete from doorbraak.post where officer_login in ('dirk', 'wilma')");
		assertThat(WebVisitor.login(this.town, "mila").get("/tekenen/" + number).body())
			.contains("gaat het voorstel terug naar wie het deed")
			.doesNotContain("Doorzetten naar");
	}

	@Test
	void inACrisisOnlyItCanBeHurried() {
		String number = new Hurried(this.town, (field) -> "").proposed(6000, "no");
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		assertThat(mila.get("/tekenen/" + number).body()).contains("Dit is een spoedbesluit", "Ontruiming");
		assertThat(answer(mila, number, Map.of("decision", "agree", "reasonsFollow", "kwaad")).status()).isEqualTo(400);
		assertThat(answer(mila, number, Map.of("decision", "agree", "reasonsFollow", "true")).status()).isEqualTo(302);
		assertThat(this.town.database()
			.sql("select reasons_follow from doorbraak.sign_off where case_number = ?")
			.param(number)
			.query(Boolean.class)
			.single()).isTrue();
	}

	@Test
	void onlyWhoIsAskedMaySeeAndAfterwardsOnlyWhoWas() {
		String number = proposed(6000);
		for (String other : List.of("anna", "bert", "dirk", "paul", "joris", "femke")) {
			WebVisitor visitor = WebVisitor.login(this.town, other);
			assertThat(visitor.get("/tekenen/" + number).status()).as(other).isEqualTo(404);
			assertThat(visitor.form("/tekenen/" + number, Map.of("decision", "agree")).status()).as(other)
				.isEqualTo(404);
		}
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		assertThat(
				answer(mila, number, Map.of("decision", "refuse", "ground", "law", "reason", "Geheim woord.")).status())
			.isEqualTo(302);
		own("insert into doorbraak.post values ('mila', 'legalAdviser', 'GM9001')");
		own("delete from doorbraak.post where officer_login = 'mila' and function = 'manager'");
		assertThat(mila.get("/tekenen/" + number).status()).as("her functions changed").isEqualTo(302);
		mila = WebVisitor.login(this.town, "mila");
		WebVisitor.Answer after = mila.get("/tekenen/" + number);
		assertThat(after.status()).isEqualTo(200);
		assertThat(after.body()).contains("U ging niet akkoord, op", "Het voorstel ligt weer bij wie het deed")
			.doesNotContain("Geheim woord", "6.000", "/casus/", "al genomen");
		WebVisitor.Answer again = answer(mila, number, Map.of("decision", "agree"));
		assertThat(again.status()).isEqualTo(409);
		assertThat(again.body()).contains("Uw antwoord (Akkoord) is niet opgeslagen.",
				"Deze beslissing is al genomen door Manager Mila Jansen op", "U ging niet akkoord, op");
		assertThat(WebVisitor.login(this.town, "bert").get("/tekenen/" + number).status()).isEqualTo(404);
	}

	@Test
	void whoAnsweredReadsWhatTheySaidAndWhatFollows() {
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		String back = proposed(6000);
		assertThat(mila.get("/?taal=en").body()).contains(">Sign or refuse</a>");
		mila.get("/?taal=nl");
		answer(mila, back, Map.of("decision", "sendBack", "missing", "Een offerte."));
		assertThat(mila.get("/tekenen/" + back).body())
			.contains("U stuurde dit voorstel terug voor aanvulling op", "Het ligt weer bij wie het deed")
			.doesNotContain("Mila Jansen stuurde");
		String on = proposed(6000);
		answer(mila, on, Map.of("decision", "passOn", "passOnReason", "Te groot voor mij."));
		assertThat(mila.get("/tekenen/" + on).body()).contains("U zette dit voorstel door op",
				"Wij vragen nu de volgende bevoegde functie.");
		this.town.workDue();
		WebVisitor dirk = WebVisitor.login(this.town, "dirk");
		answer(dirk, on, Map.of("decision", "agree"));
		assertThat(dirk.get("/tekenen/" + on + "?taal=en").body()).contains("You agreed on",
				"With that the decision is taken.");
		assertThat(mila.get("/tekenen/" + on).body())
			.contains("U zette dit voorstel door op", "Deze beslissing is al genomen door Directeur")
			.doesNotContain("Wij vragen nu");
		own("update doorbraak.mandate set approvals = 2 where number = 'GM9001-02'");
		String half = proposed(6000);
		answer(mila, half, Map.of("decision", "agree"));
		assertThat(mila.get("/tekenen/" + half).body()).contains("U gaf akkoord op",
				"Er is nog akkoord van een ander nodig.");
		this.town.as("anna").post("/api/v1/cases/" + half + "/withdrawal", Map.of("reason", "Opgelost."));
		this.town.workDue();
		assertThat(mila.get("/tekenen/" + half).body()).contains("U gaf akkoord op", "Daarna is het voorstel vervallen")
			.doesNotContain("zonder uw antwoord");
		WebVisitor.Answer late = mila.form("/tekenen/" + half, Map.of("decision", "title"));
		assertThat(late.status()).isEqualTo(409);
		assertThat(late.body()).contains("Er is niets opgeslagen.", "Dit voorstel is vervallen op");
	}

	@Test
	void whoComesTooLateHearsItAtAllThreeDoors() {
		String decided = proposed(6000);
		String lapsed = proposed(6000);
		Town.Visitor api = this.town.as("mila");
		WebVisitor browser = WebVisitor.login(this.town, "mila");
		Map<String, String> tasks = Map.of(decided, api.task(decided, "sign-off"), lapsed,
				api.task(lapsed, "sign-off"));
		answer(browser, decided, Map.of("decision", "agree"));
		this.town.as("anna").post("/api/v1/cases/" + lapsed + "/withdrawal", Map.of("reason", "Opgelost."));
		this.town.workDue();
		Map<String, Object> fields = Map.of("decision", "agree", "proposalHash", "x");
		Map.of(decided, "Deze beslissing is al genomen door Manager Mila Jansen op", lapsed,
				"Dit voorstel is vervallen op")
			.forEach((number, sentence) -> {
				String task = tasks.get(number);
				for (Town.Answer answer : List.of(api.post("/api/v1/tasks/" + task + "/complete", fields),
						api.post("/api/v1/tasks/" + task + "/claim", null))) {
					assertThat(answer.status()).as(answer.text()).isEqualTo(409);
					assertThat(answer.message()).contains(sentence);
				}
				for (WebVisitor.Answer answer : List.of(
						browser.post(ENGINE + "task/" + task + "/submit-form", variables(fields)),
						browser.post(ENGINE + "task/" + task + "/claim", Map.of("userId", "mila")),
						browser.form("/tekenen/" + number, Map.of("decision", "agree")))) {
					assertThat(answer.status()).as(answer.body()).isEqualTo(409);
					assertThat(answer.body()).contains(sentence);
				}
				assertThat(this.town.as("bert").post("/api/v1/tasks/" + task + "/claim", null).status()).isEqualTo(404);
			});
	}

	@Test
	void whatIsWrongIsToldAtItsFieldAndChangesNothing() {
		String number = proposed(6000);
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		String before = everything(number);
		Map<String, String> wrong = Map.of("", "decision", "minister", "decision", "sendBack", "missing", "refuse",
				"ground", "passOn", "passOnReason");
		wrong.forEach((decision, field) -> {
			WebVisitor.Answer answer = answer(mila, number, Map.of("decision", decision));
			assertThat(answer.status()).as(decision).isEqualTo(400);
			assertThat(answer.body()).as(decision).contains("href=\"#" + field + "\"");
		});
		assertThat(answer(mila, number, Map.of("decision", "sendBack", "missing", "x".repeat(4001))).status())
			.isEqualTo(400);
		assertThat(answer(mila, number, Map.of("decision", "agree", "reasonsFollow", "true")).status()).as("no crisis")
			.isEqualTo(400);
		assertThat(mila.form("/tekenen/" + number, Map.of("decision", "agree")).status()).as("nothing read")
			.isEqualTo(400);
		assertThat(everything(number)).as("not even claimed").isEqualTo(before);
		assertThat(signatures(number)).isEmpty();
		assertThat(mila
			.send("POST", "/tekenen/" + number, "decision=agree", "application/x-www-form-urlencoded",
					Map.of("X-XSRF-TOKEN", "x"))
			.status()).as("forged").isEqualTo(403);
		assertThat(answer(mila, number, Map.of("decision", "agree", "missing", "left behind")).status()).isEqualTo(302);
	}

	@Test
	void withdrawnBetweenReadingAndPressingIsRefusedAtAllThreeDoors() {
		String number = proposed(6000);
		Town.Visitor api = this.town.as("mila");
		WebVisitor browser = WebVisitor.login(this.town, "mila");
		String task = api.task(number, "sign-off");
		assertThat(browser.get("/tekenen/" + number).body()).contains("GM9001-02");
		Map<String, Object> fields = Map.of("decision", "agree", "proposalHash", mark(number));
		assertThat(api.post("/api/v1/tasks/" + task + "/claim", null).status()).isEqualTo(200);
		own("update doorbraak.mandate set revoked_at = doorbraak.current_instant() where number = 'GM9001-02'");
		String before = everything(number);
		long lines = refusals();
		Town.Answer one = api.post("/api/v1/tasks/" + task + "/complete", fields);
		assertThat(one.status()).isEqualTo(403);
		assertThat(one.message()).contains("Dit mandaat geldt nu niet");
		assertThat(refusals()).isEqualTo(lines + 1);
		WebVisitor.Answer two = browser.post(ENGINE + "task/" + task + "/submit-form", variables(fields));
		assertThat(two.status()).isEqualTo(403);
		assertThat(two.json().path("message").asText()).isEqualTo(one.message());
		assertThat(refusals()).isEqualTo(lines + 2);
		WebVisitor.Answer three = browser.form("/tekenen/" + number,
				Map.of("decision", "agree", "proposalHash", mark(number)));
		assertThat(three.status()).isEqualTo(403);
		assertThat(three.body()).contains("Dit mandaat geldt nu niet").doesNotContain("<form action=\"/tekenen");
		assertThat(refusals()).as("one line for each refusal").isEqualTo(lines + 3);
		assertThat(everything(number)).as("nothing changed").isEqualTo(before);
	}

	@Test
	@Attack(value = "D11", failedWith = "what was read is not held against what stands there")
	void whatChangedSinceItWasReadIsRefusedAtAllThreeDoors() {
		String number = proposed(6000);
		Town.Visitor api = this.town.as("mila");
		WebVisitor browser = WebVisitor.login(this.town, "mila");
		String task = api.task(number, "sign-off");
		Map<String, Object> fields = Map.of("decision", "agree", "proposalHash", mark(number));
		api.post("/api/v1/tasks/" + task + "/claim", null);
		own("update doorbraak.entry set fields = jsonb_set(fields, '{5,value}', '\"Iets heel anders.\"') where form = 'decide-locally' and case_id = (select id from doorbraak.case_file where number = '"
				+ number + "')");
		String before = everything(number);
		Town.Answer one = api.post("/api/v1/tasks/" + task + "/complete", fields);
		assertThat(one.status()).isEqualTo(409);
		assertThat(one.message()).contains("gewijzigd sinds u het las");
		assertThat(browser.post(ENGINE + "task/" + task + "/submit-form", variables(fields)).status()).isEqualTo(409);
		WebVisitor.Answer three = browser.form("/tekenen/" + number,
				Map.of("decision", "agree", "proposalHash", String.valueOf(fields.get("proposalHash"))));
		assertThat(three.status()).isEqualTo(409);
		assertThat(three.body()).contains("gewijzigd sinds u het las", "Iets heel anders.", mark(number));
		assertThat(everything(number)).isEqualTo(before);
		assertThat(answer(browser, number, Map.of("decision", "agree")).status()).as("as it is read now")
			.isEqualTo(302);
	}

	@Test
	void comparableDecisionsShowFromFiveUpAndNoneIsNamed() {
		own("update doorbraak.proposal set ended_at = ended_at - interval '2 years', made_at = made_at - interval '2 years' where state = 'signed'");
		for (int euros : List.of(3000, 4000, 5000, 6000)) {
			answer(WebVisitor.login(this.town, "mila"), proposed(euros), Map.of("decision", "agree"));
			this.town.workDue();
		}
		String number = proposed(9000);
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		assertThat(mila.get("/tekenen/" + number).body()).as("four are too few").doesNotContain("Een kwart van");
		String fifth = proposed(7000);
		answer(mila, fifth, Map.of("decision", "agree"));
		this.town.workDue();
		assertThat(mila.get("/tekenen/" + number).body().replace('\u00a0', ' '))
			.contains("lager dan € 4.000,00, een kwart hoger dan € 6.000,00. In het midden ligt € 5.000,00.")
			.doesNotContain(fifth);
	}

	private String proposed(int euros) {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", "Geen potje past."));
		anna.fill(number, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Betalen.", "cost", euros,
				"deviates", "no", "reservation", "none", "perspectiveShared", "yes"));
		anna.fill(number, "decide-locally",
				Map.of("decision", "brokenThrough", "explanation", "Dit is wat er nodig is."));
		return number;
	}

	/** An answer by somebody who has the page before them. */
	private WebVisitor.Answer answer(WebVisitor visitor, String number, Map<String, String> fields) {
		Map<String, String> all = new HashMap<>(fields);
		java.util.regex.Matcher mark = java.util.regex.Pattern.compile("name=\"proposalHash\" value=\"([^\"]*)")
			.matcher(visitor.get("/tekenen/" + number).body());
		all.put("proposalHash", mark.find() ? mark.group(1) : "");
		return visitor.form("/tekenen/" + number, all);
	}

	private String mark(String number) {
		Town.Visitor mila = this.town.as("mila");
		return mila.values(mila.task(number, "sign-off")).path("proposalHash").asText();
	}

	private static Map<String, Object> variables(Map<String, Object> fields) {
		Map<String, Object> variables = new HashMap<>();
		fields.forEach((key, value) -> variables.put(key, Map.of("value", value, "type", "String")));
		return Map.of("variables", variables);
	}

	/** Everything that an answer would change. */
	private String everything(String number) {
		return this.application
			.sql("""
					select (select string_agg(p::text, ';' order by p.id) from doorbraak.proposal p where p.case_number = c.number)
					  || (select count(*) from doorbraak.sign_off s where s.case_number = c.number)
					  || (select count(*) from doorbraak.entry e where e.case_id = c.id)
					  || (select count(*) from doorbraak.audit_line a where a.chain = c.number and a.act <> 'caseRead')
					  || (select string_agg(t.id_ || coalesce(t.assignee_, '-') || t.rev_, ';') from camunda.act_ru_task t
					      where t.proc_inst_id_ in (select x.id_ from camunda.act_ru_execution x where x.business_key_ = c.number))
					from doorbraak.case_file c where c.number = ?""")
			.param(number)
			.query(String.class)
			.single();
	}

	private long refusals() {
		return this.town.database()
			.sql("select count(*) from doorbraak.audit_line where chain = 'refusals' and actor = 'mila'")
			.query(Long.class)
			.single();
	}

	private List<String> signatures(String number) {
		return this.town.database().sql("""
				select person || ' ' || outcome || ' ' || on_conditions from doorbraak.sign_off where case_number = ?
				order by id""").param(number).query(String.class).list();
	}

	private void own(String sql) {
		this.town.database().sql(sql).update();
	}

	private static void look(Screen screen, String name) {
		screen.picture(name);
		screen.assertReadable();
	}

}
