package nl.doorbraak;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A question that nobody answered is not a no: without what a breakthrough costs, whether
 * it deviates and whether it is kept for a higher function, nobody decides on it.
 */
@WholeApplication
class UnansweredBreakthroughIT {

	private static final String COST = "wat het kost";

	private static final String DEVIATES = "of het afwijkt van een regel of beleid";

	private static final String RESERVATION = "of een hogere functie hierover moet beslissen";

	private static final Map<String, Object> BREAKTHROUGH = Map.of("decision", "brokenThrough", "explanation",
			"Dit is wat er nodig is.");

	private static final Map<String, Object> UP = Map.of("decision", "up", "explanation", "Niet hier.");

	private static final Map<String, Object> ANSWERS = Map.of("cost", 100, "deviates", "no", "reservation", "none");

	private final Town town;

	private final Town.Visitor anna;

	@Autowired
	UnansweredBreakthroughIT(Town town) {
		this.town = town;
		this.anna = town.as("anna");
	}

	/** What was answered, and what the refusal then asks for. */
	record Gap(Map<String, Object> report, Map<String, Object> plan, Map<String, Object> decision, String asks) {
	}

	static Stream<Gap> gaps() {
		Map<String, Object> none = Map.of();
		return Stream.of(new Gap(none, none, none, COST + ", " + DEVIATES + " en " + RESERVATION),
				new Gap(Map.of("amount", 6000), none, none, DEVIATES + " en " + RESERVATION),
				new Gap(none, Map.of("cost", 0), none, DEVIATES + " en " + RESERVATION),
				new Gap(none, Map.of("cost", 0, "deviates", "no"), none, RESERVATION),
				new Gap(none, Map.of("cost", 0, "reservation", "none"), none, DEVIATES),
				new Gap(none, Map.of("deviates", "no", "reservation", "none"), none, COST),
				new Gap(none, Map.of("deviates", "yes", "reservation", "precedent", "power", "tailoredBudget"), none,
						COST),
				new Gap(none, Map.of("deviates", "no"), Map.of("cost", 0), RESERVATION), new Gap(none, none,
						Map.of("deviates", " ", "reservation", "", "cost", 0), DEVIATES + " en " + RESERVATION));
	}

	@ParameterizedTest
	@MethodSource("gaps")
	void breakthroughWithAGapIsRefusedAndChangesNothing(Gap gap) {
		String number = planned(gap.report(), gap.plan());
		assertAsks(this.anna, number, "decide-locally", with(gap.decision()), gap.asks());
	}

	@Test
	void everyLevelAsks() {
		String number = planned(Map.of(), Map.of());
		assertAsks(this.anna, number, "decide-locally", BREAKTHROUGH, COST);
		complete(this.anna, number, "decide-locally", UP);
		Town.Visitor paul = this.town.as("paul");
		paul.fill(number, "hold-round-table", Map.of("heldOn", this.town.today().toString(), "agreements", "x"));
		assertAsks(paul, number, "decide-regionally", BREAKTHROUGH, COST);
		complete(paul, number, "decide-regionally", UP);
		Town.Visitor lotte = this.town.as("lotte");
		lotte.fill(number, "make-first-contact",
				Map.of("contactedOn", this.town.today().toString(), "competentBodyStatus", "unknown"));
		assertAsks(lotte, number, "decide-nationally", BREAKTHROUGH, COST);
		complete(lotte, number, "decide-nationally", UP);
		Town.Visitor amira = this.town.as("amira");
		amira.fill(number, "convene-escalation-team",
				Map.of("convenedOn", this.town.today().toString(), "whoDecides", "minister"));
		assertAsks(amira, number, "decide-breakthrough", BREAKTHROUGH, COST);
		complete(amira, number, "decide-breakthrough", Map.of("decision", "noRoom", "explanation", "Niet hier."));
		assertThat(this.anna.state(number).path("outcome").asText()).as("an empty plan closes like any other")
			.isEqualTo("closedWithoutRoom");
	}

	@Test
	void answersOfTheDecisionAreEnough() {
		String number = planned(Map.of(), Map.of());
		assertThat(this.anna.values(this.anna.task(number, "decide-locally")).path("power").asText())
			.isEqualTo("scheme");
		this.anna.fill(number, "decide-locally", with(ANSWERS));
		assertThat(this.anna.state(number).path("outcome").asText()).isEqualTo("brokenThrough");
		assertThat(proposals(number)).containsExactly("10000 false scheme none signed");
	}

	@Test
	void formBeginsWithThePlanAndTheDecisionGoesBeforeIt() {
		String number = planned(Map.of("amount", 7000), Map.of("deviates", "no", "reservation", "none"));
		String task = this.anna.task(number, "decide-locally");
		assertThat(this.anna.values(task).path("cost").asInt()).as("what the case is about").isEqualTo(7000);
		assertThat(this.anna.values(task).path("deviates").asText()).isEqualTo("no");
		this.anna.fill(number, "decide-locally",
				with(Map.of("cost", 5200.5, "power", "tailoredBudget", "deviates", "yes", "reservation", "precedent")));
		assertThat(proposals(number)).containsExactly("520050 true tailoredBudget precedent open");
		Town.Visitor dirk = this.town.as("dirk");
		String signOff = dirk.task(number, "sign-off");
		assertThat(dirk.values(signOff).path("amount").asText()).matches("€.5\\.200,50");
		assertThat(dirk.values(signOff).path("deviation").asText()).isEqualTo("Ja");
	}

	@Test
	void whatIsNotSentIsWhatThePlanSays() {
		String number = planned(Map.of(), ANSWERS);
		this.anna.fill(number, "decide-locally", BREAKTHROUGH);
		assertThat(proposals(number)).containsExactly("10000 false scheme none signed");
	}

	@Test
	void answersAboutABreakthroughDoNotBelongToAnotherDecision() {
		String number = planned(Map.of(), ANSWERS);
		Map<String, Object> fields = new HashMap<>(UP);
		fields.put("cost", 0);
		String task = claimed(this.anna, number, "decide-locally");
		Town.Answer answer = this.anna.post("/api/v1/tasks/" + task + "/complete", fields);
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.message()).contains("hoort niet bij de andere antwoorden");
	}

	@AfterEach
	void registerAsItWas() {
		mayDeviate(true);
	}

	/** Who signs under a mandate that allows to deviate need not know whether it does. */
	private void mayDeviate(boolean allowed) {
		this.town.database()
			.sql("update doorbraak.mandate set deviation_allowed = :allowed where number = 'GM9001-02'")
			.param("allowed", allowed)
			.update();
	}

	/** Behind the doors an answer gets lost after the proposal was made. */
	@ParameterizedTest
	@ValueSource(strings = { "cost", "deviates", "reservation" })
	void whatIsNotKnownIsNotSigned(String lost) {
		String number = planned(Map.of(), Map.of("cost", 6000, "deviates", "no", "reservation", "none"));
		this.anna.fill(number, "decide-locally", BREAKTHROUGH);
		this.town.database()
			.sql("""
					update doorbraak.entry e set fields = (select jsonb_agg(f) from jsonb_array_elements(e.fields) f
					  where f ->> 'key' <> :lost)
					where e.case_id = (select id from doorbraak.case_file where number = :number)""")
			.param("lost", lost)
			.param("number", number)
			.update();
		mayDeviate(false);
		Town.Visitor mila = this.town.as("mila");
		String task = claimed(mila, number, "sign-off");
		Map<String, String> names = Map.of("cost", "amount", "deviates", "deviation", "reservation", "reservation");
		assertThat(mila.values(task).path(names.get(lost)).asText()).isEqualTo("Niet bekend");
		Town.Answer answer = mila.post("/api/v1/tasks/" + task + "/complete",
				Map.of("decision", "agree", "proposalHash", mila.values(task).path("proposalHash").asText()));
		assertThat(answer.status()).as(answer.text()).isEqualTo(403);
		assertThat(this.anna.state(number).path("state").asText()).isEqualTo("open");
		assertThat(proposals(number)).allMatch((proposal) -> proposal.endsWith(" open"));
	}

	private String planned(Map<String, Object> report, Map<String, Object> answers) {
		Map<String, Object> reported = new HashMap<>(Map.of("whatIsStuck", "Geen potje past."));
		reported.putAll(report);
		String number = this.anna.report(reported);
		Map<String, Object> plan = new HashMap<>(
				Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Betalen.", "perspectiveShared", "yes"));
		plan.putAll(answers);
		this.anna.fill(number, "make-plan", plan);
		return number;
	}

	private static Map<String, Object> with(Map<String, Object> answers) {
		Map<String, Object> fields = new HashMap<>(BREAKTHROUGH);
		fields.putAll(answers);
		return fields;
	}

	private void assertAsks(Town.Visitor person, String number, String form, Map<String, Object> fields, String asks) {
		String task = claimed(person, number, form);
		List<String> before = state(number);
		Town.Answer answer = person.post("/api/v1/tasks/" + task + "/complete", fields);
		assertThat(answer.status()).as(answer.text()).isEqualTo(400);
		assertThat(answer.message()).startsWith("Vul eerst in " + asks)
			.endsWith("Zonder dat weten wij niet wie over een doorbraak mag beslissen.");
		assertThat(state(number)).isEqualTo(before);
		assertThat(person.tasks(number, form)).containsExactly(task);
	}

	private void complete(Town.Visitor person, String number, String form, Map<String, Object> fields) {
		Town.Answer answer = person.post("/api/v1/tasks/" + person.task(number, form) + "/complete", fields);
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		this.town.workDue();
	}

	private static String claimed(Town.Visitor person, String number, String form) {
		String task = person.task(number, form);
		assertThat(person.post("/api/v1/tasks/" + task + "/claim", null).status()).isEqualTo(200);
		return task;
	}

	/** What may not have changed: what was written, decided, proposed and recorded. */
	private List<String> state(String number) {
		return this.town.database()
			.sql("""
					select 'entry ' || count(*) from doorbraak.entry e join doorbraak.case_file c on c.id = e.case_id where c.number = :number
					union all select 'rung ' || r.rung || coalesce(r.decision, '')
					  from doorbraak.case_rung r join doorbraak.case_file c on c.id = r.case_id where c.number = :number
					union all select 'proposal ' || count(*) from doorbraak.proposal where case_number = :number
					union all select 'audit ' || count(*) from doorbraak.audit_line where chain = :number""")
			.param("number", number)
			.query(String.class)
			.list();
	}

	private List<String> proposals(String number) {
		return this.town.database()
			.sql("""
					select amount_cents || ' ' || deviates || ' ' || power || ' ' || reservation || ' ' || state
					from doorbraak.proposal where case_number = :number order by id""")
			.param("number", number)
			.query(String.class)
			.list();
	}

}
