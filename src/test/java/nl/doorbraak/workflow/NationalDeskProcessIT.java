package nl.doorbraak.workflow;

import java.util.Map;

import nl.doorbraak.ladder.Rung;
import nl.doorbraak.testing.Town;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

class NationalDeskProcessIT extends LadderStory {

	private static final String PROCESS = "national-desk";

	@Autowired
	NationalDeskProcessIT(Town town, ProcessEngine engine) {
		super(town, engine);
	}

	@Test
	void theBodyOfTheRungWorksAndBreaksThrough() {
		String number = reportedAndClimbedTo(Rung.NATIONAL);
		assertThat(running(number, PROCESS)).isWaitingAtExactly("userTask_makeFirstContact");
		assertThat(isOffered("lotte", number, "make-first-contact")).isTrue();
		assertThat(isOffered("anna", number, "make-first-contact")).as("the work of the body, not of the team")
			.isFalse();
		work(number, Rung.NATIONAL);
		assertThat(running(number, PROCESS)).isWaitingAtExactly("userTask_decideNationally");
		decide(number, Rung.NATIONAL, "brokenThrough");
		as("mila").sign(number, Map.of("decision", "agree"));
		assertThat(outcome(number)).isEqualTo("brokenThrough");
		assertThat(passed(number, PROCESS)).contains("endEvent_decided");
		assertThat(passed(number, "escalation-ladder")).contains("endEvent_nationalDecided", "endEvent_brokenThrough");
		assertThat(forms(number)).as("what follows a breakthrough")
			.containsExactlyInAnyOrder("confirm-measures", "announce-decision");
		assertThat(jobs(number)).extracting(this::activityOf)
			.containsExactlyInAnyOrder("event_measuresOverdue", "event_announcementOverdue");
	}

	@Test
	void anAnswerUpTakesTheCaseToTheNextRung() {
		String number = reportedAndClimbedTo(Rung.NATIONAL);
		work(number, Rung.NATIONAL);
		decide(number, Rung.NATIONAL, "up");
		assertThat(rung(number)).isEqualTo(Rung.values()[Rung.NATIONAL.ordinal() + 1].code());
		assertThat(passed(number, PROCESS)).contains("endEvent_decided");
		assertThat(as("lotte").get("/api/v1/cases/" + number).status()).as("a guest's part is over").isEqualTo(404);
	}

	@Test
	void noRoomClosesTheCase() {
		String number = reportedAndClimbedTo(Rung.NATIONAL);
		work(number, Rung.NATIONAL);
		decide(number, Rung.NATIONAL, "noRoom");
		assertThat(outcome(number)).isEqualTo("closedWithoutRoom");
		assertThat(passed(number, "escalation-ladder")).contains("endEvent_closedWithoutRoom");
	}

}
