package nl.doorbraak.workflow.delegate;

import java.util.Date;

import nl.doorbraak.lead.LookBacks;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.LOOK_BACK_DUE_AT;

/** Says until when the team looks back on the crisis. */
@Component
class FindLookBackDelegate implements JavaDelegate {

	private final LookBacks lookBacks;

	FindLookBackDelegate(LookBacks lookBacks) {
		this.lookBacks = lookBacks;
	}

	@Override
	public void execute(DelegateExecution execution) {
		LOOK_BACK_DUE_AT.set(execution, Date.from(this.lookBacks.begin(CASE_NUMBER.require(execution))));
	}

}
