package nl.doorbraak.workflow;

import java.util.Map;

import nl.doorbraak.casefile.FormTask;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.testing.Town;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

class LocalAttemptProcessIT extends LadderStory {

	private static final String LOCAL = "local-attempt";

	private final Writing writing;

	@Autowired
	LocalAttemptProcessIT(Town town, ProcessEngine engine, Writing writing) {
		super(town, engine);
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
		fill("karim", number, "hold-mediated-session",
				Map.of("heldOn", this.town.today().toString(), "outcome", "Wij kijken nu dezelfde kant op."));
		assertThat(running(number, LOCAL)).isWaitingAtExactly("userTask_decideLocally");
		decide(number, Rung.LOCAL, "noRoom");
		assertThat(outcome(number)).isEqualTo("closedWithoutRoom");
		assertThat(passed(number, LOCAL)).contains("userTask_holdMediatedSession", "endEvent_decided");
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
