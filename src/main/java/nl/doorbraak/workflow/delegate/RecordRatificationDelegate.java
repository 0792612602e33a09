package nl.doorbraak.workflow.delegate;

import nl.doorbraak.mandate.FollowUps;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.RATIFIED;

/** Takes whether a hurried decision is ratified, if the person may say so. */
@Component
class RecordRatificationDelegate implements JavaDelegate {

	private final FollowUps followUps;

	RecordRatificationDelegate(FollowUps followUps) {
		this.followUps = followUps;
	}

	@Override
	public void execute(DelegateExecution execution) {
		RATIFIED.set(execution, this.followUps.recordRatification(CASE_NUMBER.require(execution)));
	}

}
