package nl.doorbraak.workflow.delegate;

import nl.doorbraak.carryout.CarryOut;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/** Takes what the breakthrough came to for the household. */
@Component
class RecordOutcomeDelegate implements JavaDelegate {

	private final CarryOut carryOut;

	RecordOutcomeDelegate(CarryOut carryOut) {
		this.carryOut = carryOut;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.carryOut.recordOutcome(CASE_NUMBER.require(execution));
	}

}
