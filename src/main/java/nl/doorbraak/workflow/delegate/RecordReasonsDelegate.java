package nl.doorbraak.workflow.delegate;

import nl.doorbraak.mandate.FollowUps;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/** Takes the reasons of a hurried decision. */
@Component
class RecordReasonsDelegate implements JavaDelegate {

	private final FollowUps followUps;

	RecordReasonsDelegate(FollowUps followUps) {
		this.followUps = followUps;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.followUps.recordReasons(CASE_NUMBER.require(execution));
	}

}
