package nl.doorbraak.workflow.delegate;

import nl.doorbraak.mandate.Objections;
import nl.doorbraak.workflow.engine.OfferedTasks;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.REQUEST_ID;

/** Offers an objection or complaint to who may decide on it. */
@Component
class AssignObjectionDecidersListener implements TaskListener {

	private final Objections objections;

	AssignObjectionDecidersListener(Objections objections) {
		this.objections = objections;
	}

	@Override
	public void notify(DelegateTask task) {
		OfferedTasks.offer(task, this.objections.whoDecides(REQUEST_ID.require(task)));
	}

}
