package nl.doorbraak.workflow.delegate;

import nl.doorbraak.carryout.Aftercare;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.REQUEST_ID;

/** Takes what the team heard some months after the closing. */
@Component
class RecordAftercareDelegate implements JavaDelegate {

	private final Aftercare aftercare;

	RecordAftercareDelegate(Aftercare aftercare) {
		this.aftercare = aftercare;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.aftercare.record(CASE_NUMBER.require(execution), Math.toIntExact(REQUEST_ID.require(execution)));
	}

}
