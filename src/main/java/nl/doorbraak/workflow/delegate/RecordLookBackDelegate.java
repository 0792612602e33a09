package nl.doorbraak.workflow.delegate;

import nl.doorbraak.lead.LookBacks;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/** Takes what the team wrote when it looked back. */
@Component
class RecordLookBackDelegate implements JavaDelegate {

	private final LookBacks lookBacks;

	RecordLookBackDelegate(LookBacks lookBacks) {
		this.lookBacks = lookBacks;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.lookBacks.record(CASE_NUMBER.require(execution));
	}

}
