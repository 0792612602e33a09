package nl.doorbraak.workflow.delegate;

import nl.doorbraak.mandate.FollowUps;
import nl.doorbraak.workflow.engine.OfferedTasks;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/** Nobody ratified in time: the next higher function is asked too. */
@Component
class ReportRatificationOverdueDelegate implements JavaDelegate {

	private final FollowUps followUps;

	ReportRatificationOverdueDelegate(FollowUps followUps) {
		this.followUps = followUps;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.followUps.tellRatificationOverdue(CASE_NUMBER.require(execution))
			.ifPresent((signers) -> OfferedTasks.offer(execution, "userTask_ratifyDecision", signers));
	}

}
