package nl.doorbraak.workflow;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import nl.doorbraak.casefile.FormTask;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.ExactlyOneRung;
import nl.doorbraak.testing.Town;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.runtime.ProcessInstance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.AbstractAssertions.processEngine;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

class EscalationLadderProcessIT extends LadderStory {

	private static final String LADDER = "escalation-ladder";

	private static final Map<String, Object> REASON = Map.of("reason", "Het kan niet wachten.");

	private final Writing writing;

	@Autowired
	EscalationLadderProcessIT(Town town, ProcessEngine engine, Writing writing) {
		super(town, engine);
		this.writing = writing;
	}

	@Test
	void aReportIsOpenFromTheMomentItIsOnTheLocalRung() {
		String number = as("anna").post("/api/v1/cases", SMALL_DEBT).json().path("number").asText();
		assertThat(as("anna").state(number).path("state").asText()).isEqualTo("reported");
		assertThat(ExactlyOneRung.violations(this.town.database())).isEmpty();
		this.town.workDue();
		assertThat(as("anna").state(number).path("state").asText()).isEqualTo("open");
		ProcessInstance ladder = running(number, LADDER);
		assertThat(ladder).isWaitingAt("callActivity_localAttempt");
		assertThat(processEngine()).isSameAs(this.engine);
		assertThat(post("anna", number, "withdrawal", REASON)).isEqualTo(200);
	}

	@ParameterizedTest
	@EnumSource(Rung.class)
	void theTermOfEachRungEndsWithAQuestionToTheTeamBesideTheWork(Rung rung) {
		String number = reportedAndClimbedTo(rung);
		List<String> work = forms(number);
		Instant end = termEndsAt(number);
		assertThat(termTimer(number)).isEqualTo(end);
		this.town.passUntil(end.minusSeconds(60));
		assertThat(forms(number)).as("a minute too early").isEqualTo(work);
		letTermEnd(number);
		assertThat(forms(number)).containsAll(work).contains("decide-on-term").hasSize(work.size() + 1);
		assertThat(isOffered("anna", number, "decide-on-term")).isTrue();
		assertThat(isOffered("karim", number, "decide-on-term")).as("the deputy").isTrue();
		assertThat(isOffered("bert", number, "decide-on-term")).as("not of this team").isFalse();
		assertThat(isOffered("mila", number, "decide-on-term")).as("the manager").isFalse();
		assertThat(stay(number, "question_for", String.class)).isEqualTo("caseDirector");
		assertThat(audit(number, "termQuestionAsked").get(0)).startsWith("#timer ");
		assertThat(passed(number, LADDER)).contains("event_" + rung.code() + "TermEnded");
	}

	@Test
	void anAnswerUpTakesTheCaseToTheNextRungAndItsOpenWorkAway() {
		String number = report();
		letTermEnd(number);
		fill("karim", number, "decide-on-term", Map.of("choice", "up", "reason", "Lokaal komt het niet verder."));
		assertThat(rung(number)).isEqualTo("regional");
		assertThat(forms(number)).containsExactly("hold-round-table");
		assertThat(passed(number, LADDER)).contains("endEvent_rungLeft");
		assertThat(audit(number, "rungDecided").get(0)).startsWith("karim ").contains("\"up\"");
	}

	@Test
	void anAnswerCloseClosesTheCaseWithoutRoom() {
		String number = report();
		letTermEnd(number);
		fill("anna", number, "decide-on-term", Map.of("choice", "close", "reason", "Er is niets meer te doen."));
		assertThat(outcome(number)).isEqualTo("closedWithoutRoom");
		assertThat(passed(number, LADDER)).contains("endEvent_closedWithoutRoom");
		assertThat(forms(number)).as("what it came to").containsExactly("record-outcome");
	}

	@Test
	void silenceTakesTheCaseUpInTheNameOfTheTimer() {
		String number = report();
		letTermEnd(number);
		Instant answerDue = due(number, "decide-on-term");
		this.town.passUntil(answerDue.minusSeconds(60));
		assertThat(rung(number)).as("a minute too early").isEqualTo("local");
		letAnswerMiss(number);
		assertThat(rung(number)).isEqualTo("regional");
		assertThat(passed(number, LADDER)).contains("endEvent_leftInSilence");
		assertThat(audit(number, "rungDecided")).singleElement()
			.asString()
			.startsWith("#timer ")
			.contains("\"termEnded\"");
	}

	@Test
	void aSecondExtensionIsAskedOfTheManagerAndNothingWrittenIsLost() {
		String number = report();
		work(number, Rung.LOCAL);
		letTermEnd(number);
		fill("anna", number, "decide-on-term",
				Map.of("choice", "extend", "reason", "De bank antwoordt volgende week."));
		assertThat(forms(number)).as("the work goes on").containsExactly("decide-locally");
		assertThat(termTimer(number)).isEqualTo(termEndsAt(number)).isAfter(this.town.clock().instant());
		assertThat(due(number, "decide-locally")).isEqualTo(termEndsAt(number));
		assertThat(as("mila").get("/api/v1/cases/" + number).status()).isEqualTo(404);

		letTermEnd(number);
		assertThat(isOffered("mila", number, "decide-on-term")).isTrue();
		assertThat(isOffered("anna", number, "decide-on-term")).isFalse();
		assertThat(as("anna").post("/api/v1/tasks/" + task(number, "decide-on-term").getId() + "/claim", null).status())
			.isEqualTo(404);
		assertThat(as("mila").get("/api/v1/cases/" + number).status()).isEqualTo(200);
		assertThat(this.writing.values(new FormTask(number, "decide-on-term", null))).as("what Anna wrote is in it")
			.containsEntry("reason", "De bank antwoordt volgende week.");
		fill("mila", number, "decide-on-term", Map.of("choice", "extend", "reason", "Nog één keer."));
		assertThat(as("mila").get("/api/v1/cases/" + number).status()).as("her part is over").isEqualTo(404);

		letTermEnd(number);
		assertThat(isOffered("mila", number, "decide-on-term")).as("the extended term ended again").isTrue();
		letAnswerMiss(number);
		assertThat(rung(number)).isEqualTo("regional");
		assertThat(as("mila").get("/api/v1/cases/" + number).status()).isEqualTo(404);
		assertThat(entries(number)).containsExactly("report-case", "make-plan", "decide-on-term", "decide-on-term");
		assertThat(this.writing.values(new FormTask(number, "decide-regionally", null))).containsEntry("desiredEffect",
				"Rust, en weer zelf vooruit kunnen.");
		assertThat(passed(number, LADDER)).contains("event_extendedTermEnded", "gateway_termExtended");
	}

	@Test
	void workThatBeginsAfterAnExtensionIsDueAtTheNewEnd() {
		String number = report();
		letTermEnd(number);
		fill("anna", number, "decide-on-term", Map.of("choice", "extend", "reason", "Het plan is bijna klaar."));
		Instant end = termEndsAt(number);
		assertThat(due(number, "make-plan")).isEqualTo(end);
		work(number, Rung.LOCAL);
		assertThat(due(number, "decide-locally")).isEqualTo(end);
	}

	@ParameterizedTest
	@EnumSource(Rung.class)
	void aWithdrawnCaseLeavesNoJobsAndNoTasksOnAnyRung(Rung rung) {
		String number = reportedAndClimbedTo(rung);
		assertThat(as("paul").post("/api/v1/cases/" + number + "/withdrawal", REASON).status()).as("not of the team")
			.isIn(403, 404);
		assertThat(post("anna", number, "withdrawal", Map.of())).as("without a reason").isEqualTo(400);
		assertThat(post("anna", number, "withdrawal", REASON)).isEqualTo(200);
		assertThat(outcome(number)).isEqualTo("withdrawn");
		assertThat(tasks(number)).isEmpty();
		assertThat(jobs(number)).isEmpty();
		assertThat(running(number, LADDER)).isNull();
		assertThat(passed(number, LADDER)).contains("event_caseWithdrawn", "endEvent_withdrawn");
		for (String act : List.of("withdrawal", "redirection")) {
			assertThat(post("anna", number, act, REASON)).as(act + " once closed").isEqualTo(409);
		}
		assertThat(post("anna", number, "pause", Map.of("reason", "other"))).isEqualTo(409);
		assertThat(post("anna", number, "resumption", null)).isEqualTo(409);
	}

	@ParameterizedTest
	@EnumSource(names = { "LOCAL", "REGIONAL", "NATIONAL" })
	void aCrisisSkipsARung(Rung rung) {
		String number = reportedAndClimbedTo(rung);
		assertThat(post("anna", number, "redirection", REASON)).as("no crisis").isEqualTo(409);
		threaten(number, this.town.today().plusDays(1));
		assertThat(post("anna", number, "redirection", REASON)).isEqualTo(200);
		assertThat(rung(number)).isEqualTo((rung == Rung.LOCAL) ? "national" : "ministry");
		assertThat(forms(number)).hasSize(1);
		assertThat(passed(number, LADDER)).contains("event_caseRedirected");
		assertThat(Duration.between(this.town.clock().instant(), termEndsAt(number))).as("terms count in hours")
			.isLessThanOrEqualTo(Duration.ofHours(24));
	}

	@Test
	void aCrisisCannotGoAboveTheMinistry() {
		String number = reportedAndClimbedTo(Rung.MINISTRY);
		threaten(number, this.town.today());
		Town.Answer answer = as("anna").post("/api/v1/cases/" + number + "/redirection", REASON);
		assertThat(answer.status()).isEqualTo(409);
		assertThat(answer.json().path("title").asText()).isEqualTo("top-rung");
		assertThat(rung(number)).isEqualTo("ministry");
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "LOCAL")
	void aCaseThatGoesDownIsLookedAtAgainOnTheAgreedDay(Rung rung) {
		String number = reportedAndClimbedTo(rung);
		work(number, rung);
		LocalDate day = this.town.today().plusDays(40);
		decideDown(number, rung, day);
		assertThat(rung(number)).isEqualTo(Rung.values()[rung.ordinal() - 1].code());
		LocalDate lastDay = LocalDate.parse(as("anna").state(number).path("termLastDay").asText());
		assertThat(lastDay).isBetween(day, day.plusDays(4));
		assertThat(as("anna").state(number).path("termExplanation").asText()).contains("opnieuw te kijken");
		this.town.passUntil(lastDay.plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant().minusSeconds(60));
		assertThat(forms(number)).doesNotContain("decide-on-term");
		this.town.passUntil(lastDay.plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant());
		assertThat(forms(number)).contains("decide-on-term");
	}

	@Test
	void aDayToLookAgainThatIsNotAfterTodayIsRefusedAndNothingChanges() {
		String number = reportedAndClimbedTo(Rung.REGIONAL);
		work(number, Rung.REGIONAL);
		Town.Answer answer = submit("paul", number, "decide-regionally", Map.of("decision", "down", "explanation",
				"Eerst dit.", "takesOver", "Het wijkteam.", "lookAgainOn", this.town.today().toString()));
		assertThat(answer.status()).as(answer.text()).isEqualTo(400);
		assertThat(rung(number)).isEqualTo("regional");
		assertThat(entries(number)).doesNotContain("decide-regionally");
	}

	@Test
	void aPausedCaseStandsStillAndMovesByAsLongAsThePause() {
		String number = report();
		Instant end = termEndsAt(number);
		Instant pausedAt = this.town.clock().instant();
		assertThat(post("anna", number, "pause", Map.of("reason", "residentAway"))).isEqualTo(200);
		assertThat(post("anna", number, "pause", Map.of("reason", "residentAway"))).as("twice").isEqualTo(409);
		assertThat(post("anna", number, "pause", Map.of("reason", "zomaar"))).as("no such reason").isEqualTo(400);
		pass(Duration.between(pausedAt, end).plusDays(30));
		assertThat(forms(number)).as("past the term").containsExactly("make-plan");
		assertThat(rung(number)).isEqualTo("local");
		String still = "De casus staat stil sinds " + DutchTime.date(DutchTime.day(pausedAt))
				+ ": de termijn van dit niveau loopt niet.";
		assertThat(deadlineReason(number, "make-plan")).endsWith(still);
		assertThat(level(number, "make-plan")).isEqualTo("Lokaal, staat stil");

		assertThat(post("anna", number, "resumption", null)).isEqualTo(200);
		assertThat(deadlineReason(number, "make-plan")).doesNotContain(still);
		assertThat(level(number, "make-plan")).isEqualTo("Lokaal");
		Duration pause = Duration.between(pausedAt, this.town.clock().instant());
		Instant newEnd = termEndsAt(number);
		assertThat(Duration.between(end, newEnd)).isBetween(pause.minusMinutes(1), pause.plusDays(5));
		assertThat(termTimer(number)).isEqualTo(newEnd);
		assertThat(due(number, "make-plan")).isEqualTo(newEnd);
		LocalDate lastDay = DutchTime.day(newEnd.minusSeconds(1));
		assertThat(as("anna").state(number).path("termLastDay").asText()).isEqualTo(lastDay.toString());
		assertThat(as("anna").state(number).path("termExplanation").asText()).contains("stond stil");
		assertThat(post("anna", number, "resumption", null)).as("it does not stand still").isEqualTo(409);

		work(number, Rung.LOCAL);
		assertThat(due(number, "decide-locally")).as("work that begins later").isEqualTo(newEnd);
		this.town.passUntil(newEnd.minusSeconds(60));
		assertThat(forms(number)).doesNotContain("decide-on-term");
		letTermEnd(number);
		assertThat(forms(number)).contains("decide-on-term");
	}

	@Test
	void openQuestionAboutTheTermFollowsTheLead() {
		String number = report();
		post("anna", number, "lead/question", Map.of("organisation", "RG01"));
		letTermEnd(number);
		assertThat(isOffered("paul", number, "decide-on-term")).as("asked, not accepted").isFalse();
		post("paul", number, "lead/acceptance", null);
		assertThat(isOffered("paul", number, "decide-on-term")).isTrue();
		String task = as("paul").task(number, "decide-on-term");
		assertThat(as("paul").post("/api/v1/tasks/" + task + "/claim", null).status()).isEqualTo(200);
		assertThat(post("paul", number, "lead/return", Map.of("reason", "noCapacity"))).isEqualTo(200);
		assertThat(isOffered("paul", number, "decide-on-term")).as("no longer the lead").isFalse();
		assertThat(as("paul").get("/api/v1/tasks/" + task + "/values").status()).isEqualTo(404);
		fill("anna", number, "decide-on-term", Map.of("choice", "extend", "reason", "Nog even."));
	}

	@Test
	void whoHasTheLeadMayExtendAsTheTeamMay() {
		String number = report();
		assertThat(post("anna", number, "lead/question", Map.of("organisation", "RG01"))).isEqualTo(200);
		assertThat(post("paul", number, "lead/acceptance", null)).isEqualTo(200);
		// With the holidays of Christmas one step is too few to keep the lead until the
		// end.
		for (int i = 0; i < 2; i++) {
			this.town.pass(Duration.ofDays(8));
			step("paul", number);
		}
		letTermEnd(number);
		assertThat(isOffered("anna", number, "decide-on-term")).isTrue();
		assertThat(isOffered("paul", number, "decide-on-term")).as("the lead").isTrue();
		assertThat(this.town.database()
			.sql("select recipient_login from doorbraak.alert where case_number = ? and kind = 'termQuestion'")
			.param(number)
			.query(String.class)
			.list()).contains("anna", "paul");
		Instant before = termEndsAt(number);
		fill("paul", number, "decide-on-term", Map.of("choice", "extend", "reason", "De tafel komt terug."));
		assertThat(termEndsAt(number)).isAfter(before);
		letTermEnd(number);
		assertThat(isOffered("paul", number, "decide-on-term")).as("the second time the manager").isFalse();
		assertThat(isOffered("mila", number, "decide-on-term")).isTrue();
	}

	@Test
	void aPauseAlsoHoldsTheQuestionAboutTheTerm() {
		String number = report();
		letTermEnd(number);
		Instant answerDue = due(number, "decide-on-term");
		Instant workDue = due(number, "make-plan");
		assertThat(post("anna", number, "pause", Map.of("reason", "awaitingDecision"))).isEqualTo(200);
		pass(Duration.ofDays(21));
		assertThat(rung(number)).isEqualTo("local");
		assertThat(post("anna", number, "resumption", null)).isEqualTo(200);
		assertThat(due(number, "decide-on-term")).isBetween(answerDue.plus(Duration.ofDays(21)),
				answerDue.plus(Duration.ofDays(26)));
		assertThat(stay(number, "question_ends_at", java.sql.Timestamp.class).toInstant())
			.isEqualTo(due(number, "decide-on-term"));
		assertThat(due(number, "make-plan")).as("was over before the pause").isEqualTo(workDue);
		assertThat(rung(number)).isEqualTo("local");
		letAnswerMiss(number);
		assertThat(rung(number)).isEqualTo("regional");
	}

	@Test
	void anEventThatComesNearWhileTheCaseStandsStillShortensTheTermWhenItGoesOn() {
		String number = report();
		assertThat(post("anna", number, "pause", Map.of("reason", "other"))).isEqualTo(200);
		Instant before = termEndsAt(number);
		LocalDate event = this.town.today().plusDays(6);
		assertThat(post("anna", number, "threat", Map.of("threat", "eviction", "eventDate", event.toString())))
			.isEqualTo(200);
		assertThat(termEndsAt(number)).as("it stands still").isEqualTo(before);
		pass(Duration.ofDays(1));
		assertThat(post("anna", number, "resumption", null)).isEqualTo(200);
		assertThat(DutchTime.lastDay(termEndsAt(number))).isBeforeOrEqualTo(event);
		assertThat(termTimer(number)).isEqualTo(termEndsAt(number));
		assertThat(due(number, "make-plan")).isEqualTo(termEndsAt(number));
	}

	@Test
	void leavingTheRungWhilePausedEndsThePause() {
		String number = report();
		assertThat(post("anna", number, "pause", Map.of("reason", "other"))).isEqualTo(200);
		work(number, Rung.LOCAL);
		assertThat(level(number, "decide-locally")).as("work that begins meanwhile").isEqualTo("Lokaal, staat stil");
		pass(Duration.ofDays(3));
		decide(number, Rung.LOCAL, "up");
		assertThat(rung(number)).isEqualTo("regional");
		assertThat(audit(number, "caseResumed")).singleElement().asString().startsWith("#software ");
		assertThat(post("anna", number, "resumption", null)).as("no pause any more").isEqualTo(409);
		letTermEnd(number);
		assertThat(forms(number)).as("the new rung's timer runs").contains("decide-on-term");
	}

	@Test
	void aPausedCaseCanBeWithdrawn() {
		String number = report();
		assertThat(post("anna", number, "pause", Map.of("reason", "other"))).isEqualTo(200);
		pass(Duration.ofDays(3));
		assertThat(post("anna", number, "withdrawal", REASON)).isEqualTo(200);
		assertThat(outcome(number)).isEqualTo("withdrawn");
		assertThat(jobs(number)).isEmpty();
		assertThat(audit(number, "caseResumed")).hasSize(1);
	}

	@Test
	void aPausedCaseCannotBeExtendedBecauseItsTermDoesNotRun() {
		String number = report();
		letTermEnd(number);
		assertThat(post("anna", number, "pause", Map.of("reason", "awaitingResident"))).isEqualTo(200);
		Town.Answer answer = submit("anna", number, "decide-on-term",
				Map.of("choice", "extend", "reason", "Er is meer tijd nodig."));
		assertThat(answer.status()).as(answer.text()).isEqualTo(409);
		assertThat(entries(number)).containsExactly("report-case");
		assertThat(post("anna", number, "resumption", null)).isEqualTo(200);
		fill("anna", number, "decide-on-term", Map.of("choice", "extend", "reason", "Er is meer tijd nodig."));
		assertThat(termTimer(number)).isEqualTo(termEndsAt(number));
	}

	@Test
	void aThreatThatComesBeforeTheEndOfTheTermShortensIt() {
		String number = report();
		Instant before = termEndsAt(number);
		LocalDate event = this.town.today().plusDays(12);
		threaten(number, event);
		Instant end = termEndsAt(number);
		assertThat(end).isBefore(before).isBeforeOrEqualTo(event.atStartOfDay(DutchTime.ZONE).toInstant());
		assertThat(termTimer(number)).isEqualTo(end);
		assertThat(due(number, "make-plan")).isEqualTo(end);
		work(number, Rung.LOCAL);
		assertThat(due(number, "decide-locally")).as("work that begins later").isEqualTo(end);
		threaten(number, event.plusYears(1));
		assertThat(termEndsAt(number)).as("a later event gives no more time").isEqualTo(end);
		letTermEnd(number);
		assertThat(forms(number)).contains("decide-on-term");
	}

	@Test
	void rowsOfTasksOnARungShowItsName() {
		String number = reportedAndClimbedTo(Rung.REGIONAL);
		assertThat(level(number, "hold-round-table")).isEqualTo("Regionaal");
	}

	private Object level(String number, String form) {
		return this.engine.getTaskService().getVariableLocal(task(number, form).getId(), "level");
	}

	private String deadlineReason(String number, String form) {
		return as("anna").values(task(number, form).getId()).path("deadlineReason").asText();
	}

	private void threaten(String number, LocalDate event) {
		assertThat(post("anna", number, "threat", Map.of("threat", "eviction", "eventDate", event.toString())))
			.isEqualTo(200);
	}

}
