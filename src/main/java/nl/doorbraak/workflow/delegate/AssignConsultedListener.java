package nl.doorbraak.workflow.delegate;

import nl.doorbraak.mandate.Consultations;
import nl.doorbraak.workflow.engine.OfferedTasks;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.REQUEST_ID;

/** Offers a question about a proposal to the adviser, or to the drafter. */
@Component
class AssignConsultedListener implements TaskListener {

	private final Consultations consultations;

	AssignConsultedListener(Consultations consultations) {
		this.consultations = consultations;
	}

	@Override
	public void notify(DelegateTask task) {
		OfferedTasks.offer(task, this.consultations.asked(REQUEST_ID.require(task)));
	}

}
