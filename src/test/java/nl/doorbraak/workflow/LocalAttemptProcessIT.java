package nl.doorbraak.workflow;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.casefile.FormTask;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

class LocalAttemptProcessIT extends LadderStory {

	private static final String LOCAL = "local-attempt";

	private final Writing writing;

	private final AuditTrail audit;

	@Autowired
	LocalAttemptProcessIT(Town town, ProcessEngine engine, Writing writing, AuditTrail audit) {
		super(town, engine);
		this.audit = audit;
		this.writing = writing;
	}

	@Test
	void aSharedPerspectiveLeadsStraightToTheDecision() {
		String number = report();
		assertThat(running(number, LOCAL)).isWaitingAtExactly("userTask_makePlan");
		assertThat(isOffered("karim", number, "make-plan")).as("the deputy").isTrue();
		assertThat(isOffered("bert", number, "make-plan")).as("another team of the municipality").isFalse();
		fill("anna", number, "make-plan", plan("yes"));
		assertThat(running(number, LOCAL)).isWaitingAtExactly("userTask_decideLocally");
		decide(number, Rung.LOCAL, "brokenThrough");
		as("mila").sign(number, Map.of("decision", "agree"));
		assertThat(outcome(number)).isEqualTo("brokenThrough");
		assertThat(passed(number, LOCAL)).contains("endEvent_decided").doesNotContain("userTask_holdMediatedSession");
		assertThat(passed(number, "escalation-ladder")).contains("endEvent_localDecided", "endEvent_brokenThrough");
		assertThat(forms(number)).as("what follows a breakthrough")
			.containsExactlyInAnyOrder("confirm-measures", "announce-decision");
		assertThat(jobs(number)).extracting(this::activityOf)
			.containsExactlyInAnyOrder("event_measuresOverdue", "event_announcementOverdue");
	}

	@Test
	void withoutASharedPerspectiveThereIsAMediatedSessionFirst() {
		String number = report();
		fill("anna", number, "make-plan", plan("no"));
		assertThat(running(number, LOCAL)).isWaitingAtExactly("userTask_holdMediatedSession");
		fill("karim", number, "hold-mediated-session", Map.of("heldOn", this.town.today().toString(), "outcome",
				"Wij kijken nu dezelfde kant op.", "perspectiveShared", "yes"));
		assertThat(running(number, LOCAL)).isWaitingAtExactly("userTask_decideLocally");
		decide(number, Rung.LOCAL, "noRoom");
		assertThat(outcome(number)).isEqualTo("closedWithoutRoom");
		assertThat(passed(number, LOCAL)).contains("userTask_holdMediatedSession", "endEvent_decided");
	}

	@Test
	void aSessionThatIsNotHeldInTimeIsToldAndTheTeamDecidesWithoutOrGoesUp() {
		String number = report();
		fill("anna", number, "make-plan", plan("no"));
		Instant due = dueAt(number);
		assertThat(due).as("before the term of the level")
			.isBefore(stay(number, "term_ends_at", Timestamp.class).toInstant());
		assertThat(as("anna").dueAt(number, "hold-mediated-session")).isEqualTo(due);
		assertThat(this.writing.values(new FormTask(number, "hold-mediated-session", null))
			.get("deadlineReason")
			.toString()).startsWith("Het gesprek onder leiding is binnen 10 werkdagen");
		assertThat(page(number)).contains("Geen gedeeld perspectief.", "voeren een gesprek onder leiding, uiterlijk");
		assertThat(submit("anna", number, "hold-mediated-session",
				Map.of("heldOn", this.town.today().plusDays(1).toString(), "outcome", "x", "perspectiveShared", "yes"))
			.status()).isEqualTo(400);
		this.town.passUntil(due);
		assertThat(running(number, LOCAL)).isWaitingAtExactly("userTask_decideLocally");
		assertThat(passed(number, LOCAL)).contains("serviceTask_reportMediatedSessionMissing");
		assertThat(page(number)).contains("Het gesprek onder leiding was er niet op");
		assertThat(this.town.database()
			.sql("select distinct function from doorbraak.alert where case_number = ? and kind = 'mediatedSessionMissed' order by 1")
			.param(number)
			.query(String.class)
			.list()).containsExactly("caseDirector", "manager");
		decide(number, Rung.LOCAL, "up");
		assertThat(rung(number)).isEqualTo("regional");
		assertThat(page(number)).as("the next level reads it").contains("Geen gedeeld perspectief.");
	}

	@Test
	void aSessionWithoutAgreementStaysAStateUntilAPlanIsShared() {
		String number = reportedAndClimbedTo(Rung.REGIONAL);
		work(number, Rung.REGIONAL);
		decideDown(number, Rung.REGIONAL, this.town.today().plusDays(30));
		fill("anna", number, "make-plan", plan("no"));
		fill("anna", number, "hold-mediated-session", Map.of("heldOn", this.town.today().toString(), "outcome",
				"Wij zijn het oneens.", "perspectiveShared", "no"));
		assertThat(page(number)).contains("Ook na het gesprek onder leiding zijn de betrokkenen het niet eens.");
		decide(number, Rung.LOCAL, "up");
		work(number, Rung.REGIONAL);
		decideDown(number, Rung.REGIONAL, this.town.today().plusDays(30));
		fill("anna", number, "make-plan", plan("yes"));
		assertThat(page(number)).doesNotContain("Geen gedeeld perspectief.");
		assertThat(this.audit.chain(number)).extracting((line) -> line.act())
			.containsSubsequence("mediatedSessionAsked", "mediatedSessionHeld", "perspectiveShared");
	}

	@Test
	void aSessionWaitsAsLongAsTheCaseStandsStillAndKeepsItsTermWhenTheLevelsMoves() {
		String number = report();
		fill("anna", number, "make-plan", plan("no"));
		Instant due = dueAt(number);
		assertThat(post("anna", number, "pause", Map.of("reason", "residentAway"))).isEqualTo(200);
		this.town.pass(Duration.ofDays(7));
		assertThat(post("anna", number, "resumption", Map.of())).isEqualTo(200);
		assertThat(dueAt(number)).isAfter(due);
		assertThat(as("anna").dueAt(number, "hold-mediated-session")).isEqualTo(dueAt(number));
		letTermEnd(number);
		assertThat(passed(number, LOCAL)).contains("serviceTask_reportMediatedSessionMissing");
	}

	private Instant dueAt(String number) {
		return this.town.database()
			.sql("select s.due_at from doorbraak.mediated_session s join doorbraak.case_file c on c.id = s.case_id where c.number = ?")
			.param(number)
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.single();
	}

	private String page(String number) {
		return WebVisitor.login(this.town, "anna").get("/casus/" + number).body();
	}

	@Test
	void aCaseThatComesBackFindsItsPlanAsItWasWritten() {
		String number = reportedAndClimbedTo(Rung.REGIONAL);
		work(number, Rung.REGIONAL);
		decideDown(number, Rung.REGIONAL, this.town.today().plusDays(30));
		assertThat(running(number, LOCAL)).isWaitingAtExactly("userTask_makePlan");
		assertThat(this.writing.values(new FormTask(number, "make-plan", null)))
			.containsEntry("firstBreakthrough", "De schuld aflossen.")
			.containsEntry("desiredEffect", "Rust, en weer zelf vooruit kunnen.");
		fill("anna", number, "make-plan", plan("no"));
		assertThat(running(number, LOCAL)).as("the plan of this stay counts")
			.isWaitingAtExactly("userTask_holdMediatedSession");
	}

}
