package nl.doorbraak.workflow.delegate;

import java.util.Date;

import nl.doorbraak.carryout.CarryOut;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.MEASURES_DUE_AT;

/** Begins what follows a breakthrough, and says until when. */
@Component
class BeginCarryOutDelegate implements JavaDelegate {

	private final CarryOut carryOut;

	BeginCarryOutDelegate(CarryOut carryOut) {
		this.carryOut = carryOut;
	}

	@Override
	public void execute(DelegateExecution execution) {
		MEASURES_DUE_AT.set(execution, Date.from(this.carryOut.begin(CASE_NUMBER.require(execution))));
	}

}
