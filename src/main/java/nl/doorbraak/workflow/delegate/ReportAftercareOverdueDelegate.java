package nl.doorbraak.workflow.delegate;

import nl.doorbraak.carryout.Aftercare;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.REQUEST_ID;

/** Nobody asked in time how it goes: that is told. */
@Component
class ReportAftercareOverdueDelegate implements JavaDelegate {

	private final Aftercare aftercare;

	ReportAftercareOverdueDelegate(Aftercare aftercare) {
		this.aftercare = aftercare;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.aftercare.tellOverdue(CASE_NUMBER.require(execution), Math.toIntExact(REQUEST_ID.require(execution)));
	}

}
