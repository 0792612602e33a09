package nl.doorbraak;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Public stories in which an agency could do more than its letters said, from the report
 * to what it changed. The facts are the stories'; names and places are invented.
 */
@WholeApplication
class AgencyStoriesIT {

	private final Town town;

	@Autowired
	AgencyStoriesIT(Town town) {
		this.town = town;
	}

	/**
	 * She was left alone at fifteen when her parents went abroad; nobody's rules fitted.
	 */
	@Test
	void bodiesEachDoTheirPartForAGirlWhoWasLeftBehind() {
		String number = report(
				"Zij is vijftien en woont alleen. Haar ouders zijn in het buitenland; geen regeling past.", "Nora Vos",
				"2011-03-14", "family", "housing", "money");
		plan(number, "Naar school blijven gaan, en niet meer verhuizen.", "Een woonplek met begeleiding.", 0, "no");
		decide("anna", number, "decide-locally", "up");
		ask("paul", number, "Kan de kinderbijslag naar haar verzorger?", "SVB", "BD");
		answer("siem", number, Map.of("answer", "granted", "decidedBy", "Teammanager", "action",
				"De kinderbijslag gaat vanaf nu naar de verzorger."));
		answer("bram", number, Map.of("answer", "notCompetent", "referredTo", "SVB"));
		fill("paul", number, "hold-round-table", Map.of("heldOn", this.town.today().toString(), "invited",
				List.of("municipality", "svb", "careProvider"), "agreements", "Ieder doet het eigen deel."));
		decide("paul", number, "decide-regionally", "brokenThrough");
		assertThat(answers(number)).containsExactly("SVB granted", "BD notCompetent");
		carryOut(number, "solved");
	}

	/** Her grandson lost his room and moved in: the norm would bring her to half. */
	@Test
	void officerStopsTheDecisionThatTheLetterOfTheRuleWouldTake() {
		String number = report("Haar kleinzoon trok bij haar in. De kostendelersnorm haalt een deel van haar AIO weg.",
				"Greet Bos", "1951-07-02", "money", "housing", "family");
		ask("anna", number, "Kan de norm blijven zoals zij was, tot hij weer een kamer heeft?", "SVB");
		answer("siem", number, Map.of("answer", "granted", "decidedBy", "Teammanager", "action",
				"Wij leggen de norm uit naar haar doel: hij woont hier tijdelijk. De korting gaat niet door."));
		plan(number, "Hem onderdak geven zonder zelf tekort te komen.", "De korting op de AIO gaat niet door.", 0,
				"no");
		decide("anna", number, "decide-locally", "brokenThrough");
		assertThat(page(number)).contains("Sociale Verzekeringsbank (SVB)", "doet het",
				"Hem onderdak geven zonder zelf tekort te komen.");
		carryOut(number, "solved");
	}

	/** Five years without a tax return, and demands of 50,000 euros. */
	@Test
	void oneFixedContactAtTheTaxOfficeEndsFiveYearsOfSilenceInHalfAYear() {
		String number = report("Vijf jaar geen aangifte gedaan door ziekte. Boetes en aanmaningen samen 50.000 euro.",
				"Henk Postma", "1970-10-21", "money", "care", "work");
		Instant reported = this.town.clock().instant();
		ask("anna", number, "Kan een vaste behandelaar de aangiften met hem doen en de boetes stoppen?", "BD", "CJIB");
		answer("bram", number, Map.of("answer", "granted", "decidedBy", "Teammanager", "action",
				"Een vaste behandelaar doet de vijf aangiften met hem. Tot dan staat alles stil."));
		answer("anna", number,
				Map.of("answer", "granted", "decidedBy", "Teammanager", "action", "Noodstop van vier maanden."));
		plan(number, "De post weer durven openmaken.", "De vijf aangiften doen, met hulp.", 0, "no");
		decide("anna", number, "decide-locally", "brokenThrough");
		confirm(number, Map.of("carriedOut", "partly", "whatWasDone", "Drie van de vijf aangiften zijn gedaan.",
				"byWhom", "De behandelaar", "lookAgainOn", this.town.today().plusDays(60).toString()));
		this.town.pass(Duration.ofDays(60));
		carryOut(number, "solved");
		assertThat(Duration.between(reported, this.town.clock().instant())).isLessThan(Duration.ofDays(183));
	}

	/** She asked for help in the house only; the visit showed the rest. */
	@Test
	void whatTheVisitShowedIsPaidOutsideTheRulesAndWithinSevenMonthsSheWorks() {
		String number = report(
				"Zij vroeg alleen huishoudelijke hulp. Thuis bleek: overspannen, rugklachten, oud matras, schulden.",
				"Samira Yildiz", "1984-12-30", "money", "family", "work", "housing", "care");
		Instant reported = this.town.clock().instant();
		plan(number, "Weer kunnen slapen, en dan werk zoeken.", "Hulp in huis, fysiotherapie en een goed matras.", 3100,
				"yes");
		decide("anna", number, "decide-locally", "brokenThrough");
		this.town.as("mila").sign(number, Map.of("decision", "agree"));
		this.town.workDue();
		confirm(number, Map.of("carriedOut", "partly", "whatWasDone", "Hulp en matras zijn er.", "byWhom", "Wijkteam",
				"lookAgainOn", this.town.today().plusDays(150).toString()));
		this.town.pass(Duration.ofDays(150));
		carryOut(number, "solved");
		assertThat(Duration.between(reported, this.town.clock().instant())).isLessThan(Duration.ofDays(213));
	}

	private String report(String stuck, String name, String born, String... domains) {
		String number = this.town.as("anna")
			.report(Map.of("whatIsStuck", stuck, "memberName", name, "memberBirthDate", born, "lifeDomains",
					List.of(domains)));
		this.town.workDue();
		return number;
	}

	private void plan(String number, String effect, String breakthrough, int cost, String deviates) {
		fill("anna", number, "make-plan", Map.of("desiredEffect", effect, "firstBreakthrough", breakthrough, "cost",
				cost, "deviates", deviates, "reservation", "none", "perspectiveShared", "yes"));
	}

	private void ask(String login, String number, String question, String... agencies) {
		assertThat(this.town.as(login)
			.post("/api/v1/cases/" + number + "/agency-requests",
					Map.of("agencies", List.of(agencies), "question", question))
			.status()).isEqualTo(200);
	}

	private void answer(String login, String number, Map<String, ?> fields) {
		fill(login, number, "answer-request", fields);
	}

	private void decide(String login, String number, String form, String decision) {
		fill(login, number, form, Map.of("decision", decision, "explanation", "Dit is wat er nodig is."));
	}

	private void confirm(String number, Map<String, ?> fields) {
		fill("anna", number, "confirm-measures", fields);
	}

	/** Confirms that it was done and closes with what it changed. */
	private void carryOut(String number, String outcome) {
		assertThat(this.town.as("anna").state(number).path("outcome").asText()).isEqualTo("brokenThrough");
		fill("anna", number, "announce-decision",
				Map.of("announcedAs", "internal", "whyInternal", "De instanties besloten zelf."));
		confirm(number, Map.of("carriedOut", "yes", "whatWasDone", "Alles is gedaan.", "byWhom", "Iedereen"));
		fill("anna", number, "record-outcome", new HashMap<>(Map.of("outcome", outcome, "whatChanged",
				"Er is weer rust.", "residentSays", "Eindelijk keek iemand naar ons.")));
		assertThat(page(number)).contains("Eindelijk keek iemand naar ons.");
	}

	private void fill(String login, String number, String form, Map<String, ?> fields) {
		this.town.as(login).fill(number, form, fields);
		this.town.workDue();
	}

	private List<String> answers(String number) {
		return this.town.database()
			.sql("select agency_id || ' ' || answer from doorbraak.agency_request where case_number = ? order by id")
			.param(number)
			.query(String.class)
			.list();
	}

	private String page(String number) {
		return WebVisitor.login(this.town, "anna").get("/casus/" + number).body();
	}

}
