package nl.doorbraak.workflow;

import java.util.Map;

import nl.doorbraak.ladder.Rung;
import nl.doorbraak.testing.Town;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

class MinistryBreakthroughProcessIT extends LadderStory {

	private static final String PROCESS = "ministry-breakthrough";

	@Autowired
	MinistryBreakthroughProcessIT(Town town, ProcessEngine engine) {
		super(town, engine);
	}

	@Test
	void theBodyOfTheRungWorksAndBreaksThrough() {
		String number = reportedAndClimbedTo(Rung.MINISTRY);
		assertThat(running(number, PROCESS)).isWaitingAtExactly("userTask_conveneEscalationTeam");
		assertThat(isOffered("amira", number, "convene-escalation-team")).isTrue();
		assertThat(isOffered("anna", number, "convene-escalation-team")).as("the work of the body, not of the team")
			.isFalse();
		work(number, Rung.MINISTRY);
		assertThat(running(number, PROCESS)).isWaitingAtExactly("userTask_decideBreakthrough");
		decide(number, Rung.MINISTRY, "brokenThrough");
		assertThat(outcome(number)).isEqualTo("brokenThrough");
		assertThat(passed(number, PROCESS)).contains("endEvent_decided");
		assertThat(passed(number, "escalation-ladder")).contains("endEvent_ministryDecided", "endEvent_brokenThrough");
		assertThat(forms(number)).as("what follows a breakthrough")
			.containsExactlyInAnyOrder("confirm-measures", "announce-decision");
		assertThat(jobs(number)).extracting(this::activityOf)
			.containsExactlyInAnyOrder("event_measuresOverdue", "event_announcementOverdue");
	}

	@Test
	void aboveTheHighestMandateTheProposalComesBack() {
		String number = report();
		fill("anna", number, "make-plan", priced(50_001, "yes"));
		decide(number, Rung.LOCAL, "up");
		work(number, Rung.REGIONAL);
		decide(number, Rung.REGIONAL, "up");
		work(number, Rung.NATIONAL);
		decide(number, Rung.NATIONAL, "up");
		work(number, Rung.MINISTRY);
		decide(number, Rung.MINISTRY, "brokenThrough");
		assertThat(outcome(number)).as("nobody could sign").isNull();
		assertThat(running(number, PROCESS)).isWaitingAtExactly("userTask_decideBreakthrough");
		assertThat(passed(number, PROCESS)).contains("callActivity_mandateGate", "gateway_agreed");
		assertThat(audit(number, "gateRefused")).singleElement().asString().contains("BOVEN_PLAFOND");
	}

	@Test
	void noRoomClosesTheCase() {
		String number = reportedAndClimbedTo(Rung.MINISTRY);
		work(number, Rung.MINISTRY);
		decide(number, Rung.MINISTRY, "noRoom");
		assertThat(outcome(number)).isEqualTo("closedWithoutRoom");
		assertThat(passed(number, "escalation-ladder")).contains("endEvent_closedWithoutRoom");
	}

	@Test
	void silenceOpensTheRungAgainBecauseATimerNeverClosesACase() {
		String number = reportedAndClimbedTo(Rung.MINISTRY);
		long first = stay(number, "id", Long.class);
		letTermEnd(number);
		letAnswerMiss(number);
		assertThat(rung(number)).isEqualTo("ministry");
		assertThat(column(number, "state", String.class)).isEqualTo("open");
		assertThat(stay(number, "id", Long.class)).as("a new stay").isGreaterThan(first);
		assertThat(termTimer(number)).isEqualTo(termEndsAt(number)).isAfter(this.town.clock().instant());
		assertThat(forms(number)).containsExactly("convene-escalation-team");
		assertThat(isOffered("amira", number, "convene-escalation-team")).isTrue();
	}

	@Test
	void anAnswerUpAboutTheTermOpensTheRungAgain() {
		String number = reportedAndClimbedTo(Rung.MINISTRY);
		work(number, Rung.MINISTRY);
		letTermEnd(number);
		fill("anna", number, "decide-on-term", Map.of("choice", "up", "reason", "Er moet een besluit komen."));
		assertThat(rung(number)).isEqualTo("ministry");
		assertThat(forms(number)).containsExactly("convene-escalation-team");
	}

	@Test
	void upIsNoAnswerOnTheHighestRung() {
		String number = reportedAndClimbedTo(Rung.MINISTRY);
		work(number, Rung.MINISTRY);
		Town.Answer answer = submit("amira", number, "decide-breakthrough",
				Map.of("decision", "up", "explanation", "Hoger dan hier."));
		assertThat(answer.status()).as(answer.text()).isEqualTo(400);
		assertThat(forms(number)).containsExactly("decide-breakthrough");
	}

}
