package nl.doorbraak.workflow.delegate;

import nl.doorbraak.mandate.Gate;
import nl.doorbraak.mandate.Gate.Answered;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.AGREED;
import static nl.doorbraak.workflow.engine.LadderVariables.APPROVALS_COMPLETE;
import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/** Takes the signature or the refusal, if the person has the mandate for it. */
@Component
class RecordSignOffDelegate implements JavaDelegate {

	private final Gate gate;

	RecordSignOffDelegate(Gate gate) {
		this.gate = gate;
	}

	@Override
	public void execute(DelegateExecution execution) {
		Answered answered = this.gate.recordSignOff(CASE_NUMBER.require(execution));
		AGREED.set(execution, answered.agreed());
		APPROVALS_COMPLETE.set(execution, answered.complete());
	}

}
