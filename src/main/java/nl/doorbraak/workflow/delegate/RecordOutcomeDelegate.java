package nl.doorbraak.workflow.delegate;

import nl.doorbraak.carryout.Closings;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/** Takes what a closed case came to. */
@Component
class RecordOutcomeDelegate implements JavaDelegate {

	private final Closings closings;

	RecordOutcomeDelegate(Closings closings) {
		this.closings = closings;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.closings.record(CASE_NUMBER.require(execution));
	}

}
