package nl.doorbraak.privacy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.SelectOption;
import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * A resident asks what a case holds, and that it is corrected: answered in time, without
 * others, and beside the old text.
 */
@WholeApplication
class SubjectRequestIT {

	private static final String SECRET = "Schuilpad 99";

	private final Town town;

	private final String family = "Kwartel" + Long.toString(System.nanoTime(), 36);

	@Autowired
	SubjectRequestIT(Town town) {
		this.town = town;
	}

	@Test
	@Attack(value = "E13", failedWith = "others not left out")
	void oneOfThreeGetsWhatTheCaseHoldsAboutHerAndNothingAboutTheOthers() {
		String number = report();
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		anna.form("/casus/" + number + "/stap", Map.of("kind", "call", "day", this.town.today().toString(), "line",
				"Mia sprak met Tobias en Anna over de huur. Fenna is bang voor " + SECRET + "."));
		anna.form("/casus/" + number + "/stap", Map.of("kind", "call", "day", this.town.today().toString(), "line",
				"De buurman van nummer 3 leent geld uit."));
		walk(number);
		long id = request(number);
		WebVisitor.Answer file = anna.get("/casus/" + number + "/verzoeken/" + id + "/overzicht.json");
		assertThat(file.status()).isEqualTo(200);
		JsonNode json = file.json();
		assertThat(json.path("person").asText()).isEqualTo("Mia " + this.family);
		assertThat(json.toString()).contains("Mia kan de huur niet betalen.", "[zin over een ander]", "[naam]",
				"werken aan de casus", "Casusregisseur, Gemeente Waterdam", "[weggelaten] Dit gaat over een ander");
		assertThat(file.body() + anna.get("/casus/" + number + "/verzoeken/" + id + "/overzicht")
			.body()
			.replaceAll("(?s)<header.*?</header>|<nav.*?</nav>", ""))
			.doesNotContain("Tobias", "Fenna", SECRET, "06 9999", "drinkt", "buurman", "karim", "Karim");
		assertThat(file.body()).doesNotContain("Anna", "anna", "de Wit");
		assertThat(end(anna, id, "given", "").status()).isEqualTo(302);
		assertThat(end(anna, id, "given", "").status()).as("once").isEqualTo(409);
		assertThat(acts(number)).contains("anna subjectRequestEntered", "anna passageLeftOut", "anna subjectExportMade",
				"anna subjectRequestAnswered");
		assertThat(this.town.database()
			.sql("select facts from doorbraak.audit_line where chain = ? and act like 'subject%'")
			.param(number)
			.query(String.class)
			.list()).noneMatch((facts) -> facts.contains("Mia"));
		assertThat(WebVisitor.login(this.town, "olaf").get("/casus/" + number + "/verzoeken/" + id).status())
			.isEqualTo(404);
		anna.form("/casus/" + number + "/intrekken", Map.of("reason", "x"));
		this.town.workDue();
	}

	/** The main way, with the hands of the casusregisseur. */
	private void walk(String number) {
		try (Screens screens = Screens.open(); Screen screen = screens.screen(this.town.address())) {
			screen.logIn("anna");
			screen.open("/casus/" + number);
			screen.link("Vraagt een inwoner om inzage of correctie van gegevens?").click();
			screen.page().waitForURL("**/verzoeken");
			screen.page().locator("#person").selectOption(new SelectOption().setLabel("Mia " + this.family));
			screen.page().getByLabel("Inzage (AVG artikel 15)").check();
			screen.page().locator("#receivedOn").fill(this.town.today().toString());
			screen.page().locator("#identity").selectOption("idDocument");
			screen.button("Leg vast").click();
			screen.page().waitForURL("**/verzoeken");
			assertThat(screen.page().locator("main ol.story > li").first())
				.containsText("Antwoord de inwoner binnen een maand na de ontvangst van");
			screen.assertReadable();
			screen.picture("requests-1280");
			screen.link("Bekijk wat de inwoner krijgt").click();
			screen.page().waitForURL("**/verzoeken/*");
			screen.page()
				.locator("dd", new Page.LocatorOptions().setHasText("De buurman van nummer 3"))
				.locator("input")
				.first()
				.check();
			screen.page().locator("#ground").selectOption("rightsOfOthers");
			screen.page().locator("#why").fill("Dit gaat over een buurman.");
			screen.picture("draft-1280");
			screen.button("Laat deze passage weg").click();
			screen.page().waitForURL("**/verzoeken/*");
			assertThat(screen.page().locator("main")).containsText("Door de gemeente weggelaten: 1 keer");
			screen.button("Maak het overzicht").click();
			screen.page().waitForURL("**/overzicht");
			assertThat(screen.page().locator("h1")).hasText("Gegevens over Mia " + this.family);
			screen.assertReadable();
			screen.picture("overview-1280");
			screen.page().setViewportSize(390, 800);
			screen.assertReadable();
			screen.picture("overview-390");
		}
	}

	@Test
	void correctionStandsBesideTheOldTextOnTheCaseAndInThePlan() {
		String number = report();
		String page = "/casus/" + number;
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		anna.form(page + "/plan/breakthrough", Map.of("what", "De kachel wordt vervangen."));
		anna.form(page + "/stap",
				Map.of("kind", "call", "day", this.town.today().toString(), "line", "Mia werkt niet."));
		assertThat(enter(anna, number, "correction", this.town.today()).status()).isEqualTo(302);
		long id = request(number);
		assertThat(end(anna, id, "given", "").status()).as("nothing decided yet").isEqualTo(409);
		String draft = anna.get(page + "/verzoeken/" + id).body();
		String step = passage(draft, "Mia werkt niet.");
		String line = passage(draft, "De kachel wordt vervangen.");
		assertThat(correct(anna, number, id, "entry-0-none", "x", "yes").status()).isEqualTo(400);
		assertThat(correct(anna, number, id, step, "Mia werkt twee dagen.", "yes").status()).isEqualTo(302);
		assertThat(correct(anna, number, id, line, "De kachel is al vervangen.", "no").status()).isEqualTo(302);
		String shown = anna.get(page).body();
		assertThat(shown).contains("Mia werkt niet.", "Mia werkt twee dagen.", "De kachel wordt vervangen.",
				"De kachel is al vervangen.", "De inwoner zegt dat het moet zijn:", "inwoner zegt iets anders");
		assertThat(shown.substring(shown.indexOf("id=\"plan\""), shown.indexOf("id=\"regie\"")))
			.contains("De kachel is al vervangen.");
		assertThat(anna.get(page + "/plan").body()).contains("De kachel wordt vervangen.",
				"De kachel is al vervangen.");
		assertThat(end(anna, id, "given", "").status()).isEqualTo(302);
		assertThat(acts(number)).contains("anna correctionRecorded");
		anna.form(page + "/intrekken", Map.of("reason", "x"));
		this.town.workDue();
	}

	@Test
	void whoIsNotAnsweredInTimeIsToldToTheManagerAndTheTermIsExtendedOnceWithAReason() {
		String number = report();
		LocalDate today = this.town.today();
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		Map<String, String> asked = new HashMap<>(Map.of("casus", number, "name", "mia " + this.family, "kind",
				"access", "identity", "digid", "receivedOn", today.minusDays(27).toString()));
		assertThat(mila.form("/verzoeken", asked).status()).isEqualTo(302);
		assertThat(WebVisitor.login(this.town, "hein").form("/verzoeken", asked).status()).as("manages elsewhere")
			.isIn(403, 404);
		asked.put("name", "Niemand");
		assertThat(mila.form("/verzoeken", asked).status()).isEqualTo(400);
		assertThat(mila.get("/verzoeken").body()).contains(number).doesNotContain("Mia");
		long first = request(number);
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		enter(anna, number, "access", today);
		long second = request(number);
		Map<String, String> longer = Map.of("reason", "complex", "toldOn", today.toString());
		assertThat(mila.form("/verzoeken/" + second + "/verlengen", Map.of("reason", "complex")).status())
			.as("not without telling")
			.isEqualTo(400);
		assertThat(mila.form("/verzoeken/" + second + "/verlengen", longer).status()).isEqualTo(302);
		assertThat(mila.form("/verzoeken/" + second + "/verlengen", longer).status()).isEqualTo(409);
		assertThat(due(second)).isAfter(due(first).plus(Duration.ofDays(60)));
		this.town.pass(Duration.ZERO);
		assertThat(told(number, "subjectRequestSoon")).contains("anna").doesNotContain("mila");
		assertThat(told(number, "subjectRequestLate")).isEmpty();
		this.town.passUntil(due(first));
		this.town.pass(Duration.ZERO);
		assertThat(told(number, "subjectRequestLate")).contains("anna", "mila");
		assertThat(mila.get("/verzoeken").body()).contains("te laat");
		assertThat(end(mila, first, "refused", "").status()).as("not without a ground").isEqualTo(400);
		assertThat(end(mila, first, "refused", "excessive").status()).isEqualTo(302);
		assertThat(end(anna, second, "withdrawn", "").status()).isEqualTo(302);
		assertThat(acts(number)).contains("mila subjectRequestExtended", "#timer subjectRequestDueSoon",
				"#timer subjectRequestLate", "mila subjectRequestAnswered");
		anna.form("/casus/" + number + "/intrekken", Map.of("reason", "x"));
		this.town.workDue();
	}

	private String report() {
		String number = this.town.as("anna")
			.report(Map.of("whatIsStuck", "Mia kan de huur niet betalen. Tobias drinkt te veel.", "memberName",
					"Mia " + this.family, "memberBirthDate", "1981-04-02"));
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		anna.form("/casus/" + number + "/huishouden", Map.of("name", "Tobias " + this.family, "birthDate", "1979-01-02",
				"role", "adult", "contact", "06 9999 8888", "address", SECRET, "addressSecret", "true"));
		anna.form("/casus/" + number + "/huishouden",
				Map.of("name", "Fenna " + this.family, "birthDate", "2015-01-02", "role", "child"));
		return number;
	}

	private WebVisitor.Answer enter(WebVisitor who, String number, String kind, LocalDate receivedOn) {
		Matcher mia = Pattern.compile("<option value=\"([0-9]+)\">Mia " + this.family)
			.matcher(who.get("/casus/" + number + "/verzoeken").body());
		assertThat(mia.find()).isTrue();
		return who.form("/casus/" + number + "/verzoeken", Map.of("person", mia.group(1), "kind", kind, "identity",
				"knownInPerson", "receivedOn", receivedOn.toString()));
	}

	private static WebVisitor.Answer end(WebVisitor who, long id, String outcome, String ground) {
		return who.form("/verzoeken/" + id + "/afsluiten",
				Map.of("outcome", outcome, "ground", ground, "why", "Dat is de derde keer in een maand."));
	}

	private static WebVisitor.Answer correct(WebVisitor who, String number, long id, String passage, String must,
			String accepted) {
		return who.form("/casus/" + number + "/verzoeken/" + id + "/correctie",
				Map.of("passage", passage, "must", must, "accepted", accepted, "why", "Dat staat in de brief."));
	}

	private static String passage(String draft, String text) {
		Matcher found = Pattern.compile("for=\"p-([A-Za-z0-9-]+)\">" + Pattern.quote(text)).matcher(draft);
		assertThat(found.find()).as(text).isTrue();
		return found.group(1);
	}

	private long request(String number) {
		return this.town.database().sql("""
				select max(r.id) from doorbraak.subject_request r join doorbraak.case_file c on c.id = r.case_id
				where c.number = ?""").param(number).query(Long.class).single();
	}

	private Instant due(long id) {
		return this.town.database()
			.sql("select due_at from doorbraak.subject_request where id = ?")
			.param(id)
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.single();
	}

	private List<String> acts(String number) {
		return this.town.database()
			.sql("select actor || ' ' || act from doorbraak.audit_line where chain = ?")
			.param(number)
			.query(String.class)
			.list();
	}

	private List<String> told(String number, String kind) {
		return this.town.database().sql("""
				select distinct recipient_login from doorbraak.alert where case_number = ? and kind = ?
				  and recipient_login is not null order by 1""").params(number, kind).query(String.class).list();
	}

}
