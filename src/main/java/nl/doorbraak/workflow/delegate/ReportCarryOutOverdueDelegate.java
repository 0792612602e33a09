package nl.doorbraak.workflow.delegate;

import nl.doorbraak.carryout.CarryOut;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/** Nobody answered in time: that is told. */
@Component
class ReportCarryOutOverdueDelegate implements JavaDelegate {

	private final CarryOut carryOut;

	ReportCarryOutOverdueDelegate(CarryOut carryOut) {
		this.carryOut = carryOut;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.carryOut.tellOverdue(CASE_NUMBER.require(execution));
	}

}
