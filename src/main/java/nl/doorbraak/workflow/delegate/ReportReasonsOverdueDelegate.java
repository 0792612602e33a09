package nl.doorbraak.workflow.delegate;

import nl.doorbraak.mandate.FollowUps;
import nl.doorbraak.workflow.engine.OfferedTasks;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/** The reasons did not come in time: the next higher function is asked too. */
@Component
class ReportReasonsOverdueDelegate implements JavaDelegate {

	private final FollowUps followUps;

	ReportReasonsOverdueDelegate(FollowUps followUps) {
		this.followUps = followUps;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.followUps.tellReasonsOverdue(CASE_NUMBER.require(execution))
			.ifPresent((signers) -> OfferedTasks.offer(execution, "userTask_giveReasons", signers));
	}

}
