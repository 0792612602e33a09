package nl.doorbraak.workflow.delegate;

import nl.doorbraak.carryout.CarryOut;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/** Ends what follows a breakthrough. */
@Component
class EndCarryOutDelegate implements JavaDelegate {

	private final CarryOut carryOut;

	EndCarryOutDelegate(CarryOut carryOut) {
		this.carryOut = carryOut;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.carryOut.end(CASE_NUMBER.require(execution));
	}

}
