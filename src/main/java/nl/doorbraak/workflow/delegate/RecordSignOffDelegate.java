package nl.doorbraak.workflow.delegate;

import nl.doorbraak.mandate.Gate;
import nl.doorbraak.mandate.Gate.Answered;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.AGREED;
import static nl.doorbraak.workflow.engine.LadderVariables.APPROVALS_COMPLETE;
import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.PASSED_ON;
import static nl.doorbraak.workflow.engine.LadderVariables.SENT_BACK;

/** Takes the answer to a proposal, if the person has the mandate for it. */
@Component
class RecordSignOffDelegate implements JavaDelegate {

	private final Gate gate;

	RecordSignOffDelegate(Gate gate) {
		this.gate = gate;
	}

	@Override
	public void execute(DelegateExecution execution) {
		Answered answered = this.gate.recordSignOff(CASE_NUMBER.require(execution));
		AGREED.set(execution, answered == Answered.AGREED || answered == Answered.SIGNED);
		APPROVALS_COMPLETE.set(execution, answered == Answered.SIGNED);
		PASSED_ON.set(execution, answered == Answered.PASSED_ON);
		SENT_BACK.set(execution, answered == Answered.SENT_BACK);
	}

}
