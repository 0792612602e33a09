package nl.doorbraak.workflow.delegate;

import nl.doorbraak.mandate.FollowUps;
import nl.doorbraak.workflow.engine.OfferedTasks;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.TaskListener;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/** Offers the reasons to who signed, and to the function that did. */
@Component
class AssignReasonGiversListener implements TaskListener {

	private final FollowUps followUps;

	AssignReasonGiversListener(FollowUps followUps) {
		this.followUps = followUps;
	}

	@Override
	public void notify(DelegateTask task) {
		OfferedTasks.offer(task, this.followUps.whoGivesReasons(CASE_NUMBER.require(task)));
	}

}
