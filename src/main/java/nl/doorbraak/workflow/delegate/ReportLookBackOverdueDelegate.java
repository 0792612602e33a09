package nl.doorbraak.workflow.delegate;

import nl.doorbraak.lead.LookBacks;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/** Nobody looked back in time: that is told. */
@Component
class ReportLookBackOverdueDelegate implements JavaDelegate {

	private final LookBacks lookBacks;

	ReportLookBackOverdueDelegate(LookBacks lookBacks) {
		this.lookBacks = lookBacks;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.lookBacks.tellOverdue(CASE_NUMBER.require(execution));
	}

}
