package nl.doorbraak.workflow.delegate;

import nl.doorbraak.mandate.FollowUps;
import nl.doorbraak.workflow.engine.OfferedTasks;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/** Offers a hurried decision to the function that may ratify it. */
@Component
class AssignRatifiersListener implements TaskListener {

	private final FollowUps followUps;

	AssignRatifiersListener(FollowUps followUps) {
		this.followUps = followUps;
	}

	@Override
	public void notify(DelegateTask task) {
		OfferedTasks.offer(task, this.followUps.whoRatifies(CASE_NUMBER.require(task)));
	}

}
