package nl.doorbraak.casefile;

import java.util.HashMap;
import java.util.Map;

import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** Without names, until it is written down that somebody may know who it is. */
@WholeApplication
class DisclosuresIT {

	private final Town town;

	private final String name = "Mirthe Kwakernaak " + Long.toString(System.nanoTime(), 36);

	@Autowired
	DisclosuresIT(Town town) {
		this.town = town;
	}

	@Test
	void anAgencyAnswersWithoutKnowingWhoItIsUntilThatIsShared() {
		String number = report();
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		anna.form("/casus/" + number + "/instanties", Map.of("agency", "UWV", "question", "Kan dit doorgaan?"));
		this.town.workDue();
		assertThat(anna.get("/casus/" + number + "/instanties").body()).contains(
				"UWV ziet uw vraag zonder te weten over wie het gaat",
				"Over wie het gaat, ziet zij alleen als u dat met haar deelt.");
		assertThat(about(number)).startsWith("Anoniem voorgelegd.").doesNotContain(this.name);
		assertThat(anna.form("/casus/" + number + "/delen", sharing("UWV", Map.of())).status()).isEqualTo(302);
		assertThat(about(number)).contains(this.name, "geboren");
		assertThat(anna.get("/casus/" + number + "/instanties").body()).doesNotContain("zonder te weten");
		assertThat(audit(number)).contains(
				"anna {\"basis\":\"publicTask\",\"informed\":true,\"items\":\"identity\",\"organisation\":\"UWV\",\"purpose\":\"decide\"}");
	}

	@Test
	void whoComesFromElsewhereSeesTheCaseWithoutNamesAndTheLeadWithThem() {
		String number = report();
		this.town.as("anna")
			.fill(number, "make-plan",
					Map.of("desiredEffect", "Rust.", "firstBreakthrough", "x", "perspectiveShared", "yes"));
		this.town.as("anna").fill(number, "decide-locally", Map.of("decision", "up", "explanation", "x"));
		this.town.workDue();
		String page = "/casus/" + number;
		assertThat(WebVisitor.login(this.town, "paul").get(page).body()).contains("Persoon 1", "zonder namen")
			.doesNotContain(this.name);
		assertThat(WebVisitor.login(this.town, "anna").get(page).body()).contains(this.name)
			.doesNotContain("U ziet deze casus zonder namen");
		WebVisitor.login(this.town, "anna").form(page + "/delen", sharing("RG01", Map.of("items", "money")));
		assertThat(WebVisitor.login(this.town, "paul").get(page).body()).as("of money, not who it is")
			.doesNotContain(this.name);
		WebVisitor.login(this.town, "anna").form(page + "/delen", sharing("RG01", Map.of()));
		assertThat(WebVisitor.login(this.town, "paul").get(page).body()).contains(this.name);
	}

	/** Names get into sentences; whoever was not told reads them without. */
	@Test
	void whatPeopleTypedIsReadWithoutNamesToo() {
		String number = this.town.as("anna")
			.report(Map.of("whatIsStuck", "Ruud Verbeek valt overal buiten.", "involved", "De zus van Ruud",
					"memberName", "Ruud Verbeek", "memberBirthDate", "1981-04-02"));
		this.town.workDue();
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		anna.form("/casus/" + number + "/instanties", Map.of("agency", "UWV", "question", "Kan Ruud het houden?"));
		anna.form("/casus/" + number + "/plan/outlook", Map.of("inAYear", "Verbeek werkt weer."));
		anna.form("/casus/" + number + "/maatregelen",
				Map.of("source", "plan", "what", "Ruud bellen.", "who", "RG01", "dueOn", this.town.today().toString()));
		this.town.workDue();
		Town.Visitor ulla = this.town.as("ulla");
		String asked = ulla.task(number, "answer-request");
		assertThat(ulla.values(asked).path("question").asText()).isEqualTo("Kan [naam] het houden?");
		assertThat(WebVisitor.login(this.town, "paul").get("/maatregelen").body()).contains("[naam] bellen.");
		this.town.as("anna")
			.fill(number, "make-plan",
					Map.of("desiredEffect", "Ruud wil rust.", "firstBreakthrough", "x", "perspectiveShared", "yes"));
		this.town.as("anna").fill(number, "decide-locally", Map.of("decision", "up", "explanation", "Ruud wacht."));
		this.town.workDue();
		WebVisitor paul = WebVisitor.login(this.town, "paul");
		for (String page : new String[] { "", "/plan", "/uitvoering", "/instanties", "/rondetafel", "/nazorg" }) {
			assertThat(paul.get("/casus/" + number + page).body()).as(page).doesNotContain("Ruud", "Verbeek");
		}
		Town.Visitor region = this.town.as("paul");
		String table = region.task(number, "hold-round-table");
		assertThat(region.values(table).path("whatIsStuck").asText("")).doesNotContain("Ruud");
		region.fill(number, "hold-round-table", Map.of("heldOn", this.town.today().toString(), "agreements", "x"));
		assertThat(region.values(region.task(number, "decide-regionally")).path("desiredEffect").asText())
			.isEqualTo("[naam] wil rust.");
		anna.form("/casus/" + number + "/delen", sharing("RG01", Map.of()));
		assertThat(paul.get("/casus/" + number + "/plan").body()).contains("Verbeek werkt weer.");
		assertThat(region.values(region.task(number, "decide-regionally")).path("desiredEffect").asText())
			.isEqualTo("Ruud wil rust.");
		anna.form("/casus/" + number + "/delen", sharing("UWV", Map.of()));
		assertThat(ulla.values(asked).path("question").asText()).isEqualTo("Kan Ruud het houden?");
		region.fill(number, "decide-regionally", Map.of("decision", "noRoom", "explanation", "x"));
	}

	@ParameterizedTest(name = "{0}={1}: {2}")
	@CsvSource(delimiter = '|', textBlock = """
			organisation | GM9001        | Kies met welke organisatie
			organisation | ''            | Kies met welke organisatie
			items        | ''            | Kies wat u deelt
			items        | identity,bsn  | Kies uit de lijst
			purpose      | nosiness      | Kies waarvoor
			basis        | ''            | Kies op welke grond
			necessity    | ''            | waarom de ander dit nodig heeft
			subsidiarity | ''            | waarom het niet met minder kan
			items        | health        | AVG 9 of 10
			informedOn   | ''            | wanneer de inwoner het hoorde
			notInformed  | dangerous     | Niet allebei
			informedOn   | 2199-01-01    | niet in de toekomst
			""")
	void whatTheRegisterNeedsIsAskedInASentenceAndNothingIsKept(String field, String value, String sentence) {
		String number = report();
		WebVisitor.Answer answer = WebVisitor.login(this.town, "anna")
			.form("/casus/" + number + "/delen", sharing("UWV", Map.of(field, value)));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body()).contains(sentence);
		assertThat(audit(number)).isEmpty();
	}

	@Test
	void registerIsReadByEverybodyOnTheCaseAndKeptByItsTeam() {
		String number = report();
		assertThat(WebVisitor.login(this.town, "bert")
			.form("/casus/" + number + "/delen", sharing("UWV", Map.of()))
			.status()).isEqualTo(404);
		try (Screens screens = Screens.open()) {
			Screen anna = screens.screen(this.town.address(), 390);
			anna.logIn("anna");
			anna.open("/casus/" + number + "/delen?organisatie=SVB");
			anna.page().getByLabel("Waarom is het nodig? In één regel").fill("Zij betalen uit.");
			anna.page().getByLabel("Waarom kan het niet met minder? In één regel").fill("Zonder naam geen betaling.");
			anna.page().getByLabel("Nog niet, want").selectOption("notReachable");
			anna.page().getByText("Leg vast en deel").press("Enter");
			assertThat(anna.page().locator("main").innerText()).contains("Sociale Verzekeringsbank (SVB), gedeeld door",
					"Zonder naam geen betaling.", "Nog niet bereikt");
			anna.assertReadable();
			anna.picture("share-390");
		}
	}

	private String report() {
		String number = this.town.as("anna")
			.report(Map.of("whatIsStuck", "Het loopt vast.", "memberName",
					this.name + Long.toString(System.nanoTime(), 36), "memberBirthDate", "1981-04-02"));
		this.town.workDue();
		return number;
	}

	private static Map<String, String> sharing(String organisation, Map<String, String> but) {
		Map<String, String> fields = new HashMap<>(Map.of("organisation", organisation, "items", "identity", "purpose",
				"decide", "basis", "publicTask", "necessity", "Voor het besluit.", "subsidiarity",
				"Anoniem kan er niet worden besloten.", "informedOn", "2026-01-02"));
		fields.putAll(but);
		return fields;
	}

	private String about(String number) {
		Town.Visitor ulla = this.town.as("ulla");
		return ulla.values(ulla.task(number, "answer-request")).path("about").asText();
	}

	private String audit(String number) {
		return String.join("\n", this.town.database()
			.sql("select actor || ' ' || facts from doorbraak.audit_line where chain = ? and act = 'personalDataShared'")
			.param(number)
			.query(String.class)
			.list());
	}

}
