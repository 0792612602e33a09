package nl.doorbraak.workflow;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.fasterxml.jackson.databind.JsonNode;
import nl.doorbraak.carryout.CarryOut;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

class CarryOutBreakthroughProcessIT extends LadderStory {

	private static final String PROCESS = "carry-out-breakthrough";

	private final CarryOut carryOut;

	@Autowired
	CarryOutBreakthroughProcessIT(Town town, ProcessEngine engine, CarryOut carryOut) {
		super(town, engine);
		this.carryOut = carryOut;
	}

	@Test
	void teamConfirmsTheMeasuresAndClosesWithTheOutcome() {
		String number = brokenThrough();
		assertThat(running(number, PROCESS)).isWaitingAt("userTask_confirmMeasures");
		assertThat(isOffered("anna", number, "confirm-measures")).isTrue();
		assertThat(isOffered("karim", number, "confirm-measures")).as("her deputy").isTrue();
		for (String other : new String[] { "bert", "mila", "paul" }) {
			assertThat(isOffered(other, number, "confirm-measures")).as(other).isFalse();
		}
		assertThat(due(number, "confirm-measures")).isEqualTo(dueAt(number));
		assertThat(audit(number, "carryOutBegun")).singleElement()
			.asString()
			.startsWith("#software ")
			.contains("\"dueAt\":\"" + dueAt(number) + "\"");
		JsonNode shown = shown("anna", number, "confirm-measures");
		assertThat(shown.path("deadlineReason").asText())
			.startsWith("Bevestig de uitvoering binnen 20 werkdagen na de doorbraak van ");
		assertThat(shown.path("firstBreakthrough").asText()).isEqualTo("De schuld aflossen.");
		assertThat(shown.path("explanation").asText()).isEqualTo("Omdat het zo is.");
		confirm("karim", number, "yes", null);
		assertThat(running(number, PROCESS)).isWaitingAtExactly("callActivity_closeCase", "gateway_joinCarryOut");
		assertThat(audit(number, "measuresConfirmed")).containsExactly("karim {\"carriedOut\":\"yes\"}");
		shown = shown("anna", number, "record-outcome");
		assertThat(shown.path("deadlineReason").asText()).startsWith("Sluit af binnen 10 werkdagen na het antwoord");
		assertThat(shown.path("desiredEffect").asText()).isEqualTo("Rust, en weer zelf vooruit kunnen.");
		assertThat(shown.path("whatWasDone").asText()).isEqualTo("De schuld is afgelost.");
		close("anna", number, "solved");
		assertThat(passed(number, PROCESS)).contains("callActivity_hurriedDecision", "endEvent_carriedOut");
		assertThat(running(number, PROCESS)).isNull();
		assertThat(audit(number, "outcomeRecorded"))
			.containsExactly("anna {\"crisis\":false,\"outcome\":\"solved\",\"rung\":\"local\"}");
		assertThat(audit(number, "carryOutEnded")).containsExactly("#software {}");
	}

	@Test
	void whatIsNotWhollyDoneComesBackOnTheDayThatWasAgreed() {
		String number = brokenThrough();
		LocalDate saturday = this.town.today().plusDays(30).with(java.time.DayOfWeek.SATURDAY);
		confirm("anna", number, "partly", saturday);
		assertThat(running(number, PROCESS)).isWaitingAtExactly("userTask_confirmMeasures", "gateway_joinCarryOut");
		assertThat(due(number, "confirm-measures")).isEqualTo(dueAt(number));
		assertThat(DutchTime.lastDay(dueAt(number))).as("on to a working day")
			.isBetween(saturday.plusDays(2), saturday.plusDays(6));
		JsonNode shown = shown("anna", number, "confirm-measures");
		assertThat(shown.path("deadlineReason").asText()).startsWith("Op deze dag kijken wij opnieuw: zaterdag ");
		assertThat(shown.has("carriedOut")).as("nobody confirms by leaving what stood there").isFalse();
		LocalDate inAYear = this.town.today().plusYears(1);
		confirm("anna", number, "no", inAYear);
		assertThat(audit(number, "measuresConfirmed")).containsExactly(
				"anna {\"carriedOut\":\"partly\",\"lookAgainOn\":\"" + saturday + "\"}",
				"anna {\"carriedOut\":\"no\",\"lookAgainOn\":\"" + inAYear + "\"}");
		confirm("karim", number, "never", null);
		assertThat(running(number, PROCESS)).as("it will not happen: then the outcome")
			.isWaitingAtExactly("callActivity_closeCase", "gateway_joinCarryOut");
		close("karim", number, "notSolved");
		assertThat(running(number, PROCESS)).isNull();
	}

	@Test
	void dayToLookAgainIsAfterTodayAndWithinAYear() {
		String number = brokenThrough();
		for (LocalDate wrong : new LocalDate[] { this.town.today(), this.town.today().minusDays(3),
				this.town.today().plusYears(1).plusDays(1) }) {
			Town.Answer answer = submit("anna", number, "confirm-measures", measures("no", wrong));
			assertThat(answer.status()).as(wrong.toString()).isEqualTo(400);
			assertThat(answer.message())
				.isEqualTo("Kies een dag om opnieuw te kijken die na vandaag ligt, en binnen een jaar.");
		}
		assertThat(submit("anna", number, "confirm-measures", measures("partly", null)).status()).as("no day")
			.isEqualTo(400);
		assertThat(submit("anna", number, "confirm-measures", measures("yes", this.town.today().plusDays(3))).status())
			.as("a day beside yes")
			.isEqualTo(400);
		assertThat(entries(number)).doesNotContain("confirm-measures");
		assertThat(this.carryOut.status(number).orElseThrow().carriedOut()).isNull();
	}

	@Test
	void silenceIsToldOncePerTermAndTheTaskStays() {
		String number = brokenThrough();
		this.town.passUntil(dueAt(number).minusSeconds(60));
		assertThat(audit(number, "carryOutTermPassed")).as("not before").isEmpty();
		this.town.passUntil(dueAt(number));
		assertThat(audit(number, "carryOutTermPassed")).singleElement()
			.asString()
			.startsWith("#timer ")
			.contains("\"asked\":\"measures\"", "\"dueAt\":\"" + dueAt(number) + "\"");
		pass(Duration.ofDays(30));
		assertThat(audit(number, "carryOutTermPassed")).hasSize(1);
		assertThat(running(number, PROCESS)).isWaitingAtExactly("userTask_confirmMeasures", "gateway_joinCarryOut");
		assertThat(casePage(number)).contains("In uitvoering. Bevestigen uiterlijk", ">te laat</span>");
		confirm("anna", number, "no", this.town.today().plusDays(2));
		assertThat(casePage(number)).as("a new term").doesNotContain(">te laat</span>");
		this.town.passUntil(dueAt(number));
		assertThat(audit(number, "carryOutTermPassed")).as("once for each term").hasSize(2);
		confirm("anna", number, "yes", null);
		this.town.passUntil(dueAt(number));
		assertThat(audit(number, "carryOutTermPassed")).hasSize(3).last().asString().contains("\"asked\":\"outcome\"");
		assertThat(passed(number, PROCESS)).contains("endEvent_measuresOverdueReported");
		assertThat(passed(number, "close-case")).contains("endEvent_outcomeOverdueReported");
		close("anna", number, "partlySolved");
		assertThat(running(number, PROCESS)).isNull();
	}

	@Test
	void inACrisisTheTeamSaysWithinADayWhetherItIsDone() {
		String number = report();
		fill("anna", number, "make-plan", priced(100, "no"));
		assertThat(post("anna", number, "threat",
				Map.of("threat", "eviction", "eventDate", this.town.today().plusDays(1).toString())))
			.isEqualTo(200);
		decide(number, Rung.LOCAL, "brokenThrough");
		assertThat(Duration.between(this.town.clock().instant(), dueAt(number)))
			.isLessThanOrEqualTo(Duration.ofHours(24));
		assertThat(shown("anna", number, "confirm-measures").path("deadlineReason").asText())
			.contains("de tijd om de uitvoering te bevestigen 24 uur vanaf");
	}

	@Test
	void carryOutEndsWhenAlsoTheHurriedDecisionIsRatified() {
		String number = hurried();
		assertThat(forms(number)).containsExactlyInAnyOrder("confirm-measures", "ratify-decision");
		confirm("anna", number, "yes", null);
		close("anna", number, "solved");
		assertThat(running(number, PROCESS)).as("still to ratify")
			.isWaitingAtExactly("callActivity_hurriedDecision", "gateway_joinCarryOut");
		assertThat(startPage("anna")).contains(number);
		ratify(number);
		assertThat(running(number, PROCESS)).isNull();
		String other = hurried();
		ratify(other);
		assertThat(running(other, PROCESS)).as("still to confirm").isWaitingAt("userTask_confirmMeasures");
		confirm("anna", other, "yes", null);
		close("anna", other, "solved");
		assertThat(passed(other, PROCESS)).contains("endEvent_carriedOut");
		assertThat(running(other, PROCESS)).isNull();
	}

	/** Where the two branches meet, each must see the other. */
	@RepeatedTest(6)
	void outcomeAndRatificationInTheSameMomentEndItTogether() throws Exception {
		String number = hurried();
		confirm("anna", number, "yes", null);
		String outcome = claimed("anna", number, "record-outcome");
		String hash = shown("mila", number, "ratify-decision").path("proposalHash").asText();
		String ratification = claimed("mila", number, "ratify-decision");
		CyclicBarrier start = new CyclicBarrier(2);
		ExecutorService two = Executors.newFixedThreadPool(2);
		try {
			Future<?> anna = two.submit(() -> completeAtOnce(start, "anna", outcome,
					Map.of("outcome", "solved", "whatChanged", "Er is rust in huis.")));
			Future<?> mila = two.submit(() -> completeAtOnce(start, "mila", ratification,
					Map.of("decision", "ratify", "proposalHash", hash)));
			anna.get();
			mila.get();
		}
		finally {
			two.shutdownNow();
		}
		assertThat(running(number, PROCESS)).isNull();
		assertThat(audit(number, "carryOutEnded")).hasSize(1);
	}

	@Test
	void caseStaysOnTheStartPageOfItsTeamWhileItIsCarriedOut() {
		String number = brokenThrough();
		assertThat(row(startPage("anna"), number)).contains("in uitvoering");
		assertThat(row(startPage("karim"), number)).contains("in uitvoering");
		assertThat(startPage("bert")).doesNotContain(number);
		confirm("anna", number, "yes", null);
		assertThat(row(startPage("anna"), number)).contains("in uitvoering");
		close("anna", number, "solved");
		assertThat(row(startPage("anna"), number)).doesNotContain("in uitvoering");
		assertThat(startPage("anna")).contains("Afgerond, maar er loopt een bezwaar of er kan er nog een komen");
		// Six weeks that would end on Good Friday end after King's Day.
		this.town.pass(Duration.ofDays(50));
		assertThat(startPage("anna")).as("six weeks later").doesNotContain(number);
	}

	@Test
	void casePageShowsUnderTheDecisionWhoConfirmedAndWhatTheOutcomeIs() {
		String number = brokenThrough();
		assertThat(casePage(number)).contains("In uitvoering. Bevestigen uiterlijk", "Uw taak: Bevestig de uitvoering");
		confirm("karim", number, "yes", null);
		assertThat(casePage(number)).contains("Karim Haddou bevestigde op", "Nog af te sluiten met de uitkomst");
		close("anna", number, "partlySolved");
		assertThat(casePage(number))
			.contains("Uitkomst: deels opgelost. Afgesloten door Anna de Wit", "Er is rust in huis.", "Ik slaap weer.")
			.doesNotContain("In uitvoering", "Nog af te sluiten");
	}

	@Test
	void residentsOwnSentenceStandsOnTopOnceThereIsAPlan() {
		String number = report();
		assertThat(casePage(number)).doesNotContain("<blockquote");
		fill("anna", number, "make-plan", priced(100, "no"));
		String page = casePage(number);
		assertThat(page).containsSubsequence("<h1", "<blockquote", "Rust, en weer zelf vooruit kunnen.",
				"De inwoner, in zijn of haar eigen woorden. Opgeschreven door Anna de Wit", "<section");
	}

	@Test
	void closedCaseCannotBeWithdrawn() {
		String number = brokenThrough();
		assertThat(post("anna", number, "withdrawal", Map.of("reason", "Toch niet."))).isEqualTo(409);
		assertThat(forms(number)).containsExactly("confirm-measures");
		assertThat(outcome(number)).isEqualTo("brokenThrough");
	}

	@Test
	void withoutABreakthroughOnlyTheOutcomeIsAsked() {
		String number = report();
		fill("anna", number, "make-plan", plan("yes"));
		decide(number, Rung.LOCAL, "noRoom");
		assertThat(outcome(number)).isEqualTo("closedWithoutRoom");
		assertThat(this.carryOut.status(number)).isEmpty();
		assertThat(forms(number)).containsExactly("record-outcome");
		JsonNode shown = shown("anna", number, "record-outcome");
		assertThat(shown.path("deadlineReason").asText()).startsWith("Vertel binnen 10 werkdagen na de sluiting");
		assertThat(shown.path("howItWent").asText()).isEqualTo("Besloten op niveau Lokaal, 0 uur na de melding.");
		assertThat(shown.path("knot").asText()).startsWith("Een schuld van 6.000 euro");
		close("karim", number, "otherwise");
		assertThat(tasks(number)).isEmpty();
		assertThat(passed(number, "close-case")).contains("endEvent_closed");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "carried_out = 'yes'", "carried_out = 'later', carried_out_by = 'anna', carried_out_at = now()",
					"ended_at = now()", "due_at = begun_at", "explanation = ''" })
	void theDatabaseKeepsTheCarryOutInOrder(String change) {
		String number = brokenThrough();
		assertThatThrownBy(() -> this.town.database()
			.sql("update doorbraak.carry_out set " + change
					+ " where case_id = (select id from doorbraak.case_file where number = ?)")
			.param(number)
			.update()).isInstanceOf(DataIntegrityViolationException.class);
	}

	private String brokenThrough() {
		String number = report();
		fill("anna", number, "make-plan", priced(100, "no"));
		decide(number, Rung.LOCAL, "brokenThrough");
		assertThat(outcome(number)).isEqualTo("brokenThrough");
		announce("anna", number);
		return number;
	}

	/** Decided by anna under the crisis mandate, so that mila must ratify. */
	private String hurried() {
		String number = report();
		assertThat(post("anna", number, "threat",
				Map.of("threat", "eviction", "eventDate", this.town.today().plusDays(1).toString())))
			.isEqualTo(200);
		fill("anna", number, "make-plan", priced(900, "yes"));
		decide(number, Rung.LOCAL, "brokenThrough");
		announce("anna", number);
		return number;
	}

	private void ratify(String number) {
		fill("mila", number, "ratify-decision", Map.of("decision", "ratify", "proposalHash",
				shown("mila", number, "ratify-decision").path("proposalHash").asText()));
	}

	private String claimed(String login, String number, String form) {
		String task = task(number, form).getId();
		assertThat(as(login).post("/api/v1/tasks/" + task + "/claim", null).status()).isEqualTo(200);
		return task;
	}

	/** Who was just too late tries once more, as the answer says. */
	private Void completeAtOnce(CyclicBarrier start, String login, String task, Map<String, ?> fields)
			throws Exception {
		start.await();
		Town.Answer answer = as(login).post("/api/v1/tasks/" + task + "/complete", fields);
		if (answer.status() == 409) {
			answer = as(login).post("/api/v1/tasks/" + task + "/complete", fields);
		}
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		return null;
	}

	private void confirm(String login, String number, String carriedOut, LocalDate lookAgainOn) {
		fill(login, number, "confirm-measures", measures(carriedOut, lookAgainOn));
	}

	private static Map<String, Object> measures(String carriedOut, LocalDate lookAgainOn) {
		Map<String, Object> fields = new HashMap<>(
				Map.of("carriedOut", carriedOut, "whatWasDone", "De schuld is afgelost.", "byWhom", "Het wijkteam"));
		if (lookAgainOn != null) {
			fields.put("lookAgainOn", lookAgainOn.toString());
		}
		return fields;
	}

	private void close(String login, String number, String outcome) {
		fill(login, number, "record-outcome", Map.of("outcome", outcome, "whatChanged", "Er is rust in huis.",
				"residentSays", "Ik slaap weer.", "learned", "Eerder bellen."));
	}

	private JsonNode shown(String login, String number, String form) {
		Town.Answer answer = as(login).get("/api/v1/tasks/" + task(number, form).getId() + "/values");
		assertThat(answer.status()).as(answer.text()).isEqualTo(200);
		return answer.json();
	}

	private Instant dueAt(String number) {
		return this.town.database()
			.sql("select o.due_at from doorbraak.carry_out o join doorbraak.case_file c on c.id = o.case_id where c.number = ?")
			.param(number)
			.query((row, n) -> row.getTimestamp(1))
			.list()
			.stream()
			.map(Timestamp::toInstant)
			.findFirst()
			.orElseThrow();
	}

	private String startPage(String login) {
		return WebVisitor.login(this.town, login).get("/").body();
	}

	private String casePage(String number) {
		return WebVisitor.login(this.town, "anna").get("/casus/" + number).body();
	}

	/** The row of this case in the list of cases, not of its task. */
	private static String row(String page, String number) {
		int start = page.indexOf("/casus/" + number);
		assertThat(start).as(page).isPositive();
		return page.substring(start, page.indexOf("</li>", start));
	}

}
