package nl.doorbraak.workflow;

import java.util.List;
import java.util.Map;

import nl.doorbraak.ladder.Rung;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import org.camunda.bpm.engine.ProcessEngine;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;
import static org.camunda.bpm.engine.test.assertions.bpmn.BpmnAwareTests.assertThat;

class RegionalReviewProcessIT extends LadderStory {

	private static final String PROCESS = "regional-review";

	@Autowired
	RegionalReviewProcessIT(Town town, ProcessEngine engine) {
		super(town, engine);
	}

	@Test
	void theBodyOfTheRungWorksAndBreaksThrough() {
		String number = reportedAndClimbedTo(Rung.REGIONAL);
		assertThat(running(number, PROCESS)).isWaitingAtExactly("userTask_holdRoundTable");
		assertThat(isOffered("paul", number, "hold-round-table")).isTrue();
		assertThat(isOffered("anna", number, "hold-round-table")).as("the work of the body, not of the team").isFalse();
		fill("paul", number, "hold-round-table",
				Map.of("heldOn", this.town.today().toString(), "invited", List.of("municipality", "uwv"), "attended",
						List.of("resident", "municipality"), "agreements", "De gemeente doet het zonder UWV."));
		assertThat(WebVisitor.login(this.town, "anna").get("/casus/" + number).body()).contains("Wie was uitgenodigd?",
				"Gemeente, UWV", "Wie kwam er?", "De inwoner, of iemand namens de inwoner, Gemeente");
		assertThat(running(number, PROCESS)).isWaitingAtExactly("userTask_decideRegionally");
		decide(number, Rung.REGIONAL, "brokenThrough");
		assertThat(outcome(number)).isEqualTo("brokenThrough");
		assertThat(passed(number, PROCESS)).contains("endEvent_decided");
		assertThat(passed(number, "escalation-ladder")).contains("endEvent_regionalDecided", "endEvent_brokenThrough");
		assertThat(forms(number)).as("what follows a breakthrough")
			.containsExactlyInAnyOrder("confirm-measures", "announce-decision");
		assertThat(jobs(number)).extracting(this::activityOf)
			.containsExactlyInAnyOrder("event_measuresOverdue", "event_announcementOverdue");
	}

	@Test
	void anAnswerUpTakesTheCaseToTheNextRung() {
		String number = reportedAndClimbedTo(Rung.REGIONAL);
		work(number, Rung.REGIONAL);
		decide(number, Rung.REGIONAL, "up");
		assertThat(rung(number)).isEqualTo(Rung.values()[Rung.REGIONAL.ordinal() + 1].code());
		assertThat(passed(number, PROCESS)).contains("endEvent_decided");
		assertThat(as("paul").get("/api/v1/cases/" + number).status()).as("a guest's part is over").isEqualTo(404);
	}

	@Test
	void aDeviationIsSignedByTheManagerOfTheMunicipality() {
		String number = report();
		fill("anna", number, "make-plan", priced(6000, "yes"));
		decide(number, Rung.LOCAL, "up");
		work(number, Rung.REGIONAL);
		decide(number, Rung.REGIONAL, "brokenThrough");
		assertThat(outcome(number)).as("a proposal is no decision").isNull();
		assertThat(isOffered("paul", number, "sign-off")).isFalse();
		as("mila").sign(number, Map.of("decision", "agree"));
		assertThat(outcome(number)).isEqualTo("brokenThrough");
		assertThat(passed(number, PROCESS)).contains("callActivity_mandateGate", "endEvent_decided");
	}

	@Test
	void noRoomClosesTheCase() {
		String number = reportedAndClimbedTo(Rung.REGIONAL);
		work(number, Rung.REGIONAL);
		decide(number, Rung.REGIONAL, "noRoom");
		assertThat(outcome(number)).isEqualTo("closedWithoutRoom");
		assertThat(passed(number, "escalation-ladder")).contains("endEvent_closedWithoutRoom");
	}

}
