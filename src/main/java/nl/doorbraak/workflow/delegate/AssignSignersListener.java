package nl.doorbraak.workflow.delegate;

import nl.doorbraak.mandate.Gate;
import nl.doorbraak.workflow.engine.OfferedTasks;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/** Offers a proposal to the function that is asked to sign, and to its deputies. */
@Component
class AssignSignersListener implements TaskListener {

	private final Gate gate;

	AssignSignersListener(Gate gate) {
		this.gate = gate;
	}

	@Override
	public void notify(DelegateTask task) {
		OfferedTasks.offer(task, this.gate.signers(CASE_NUMBER.require(task)));
	}

}
