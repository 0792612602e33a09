package nl.doorbraak.workflow.delegate;

import nl.doorbraak.casefile.Climb;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/** Takes the decision that was written on this rung. */
@Component
class RecordRungDecisionDelegate implements JavaDelegate {

	private final Climb climb;

	RecordRungDecisionDelegate(Climb climb) {
		this.climb = climb;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.climb.recordDecision(CASE_NUMBER.require(execution));
	}

}
