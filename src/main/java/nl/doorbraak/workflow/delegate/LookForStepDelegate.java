package nl.doorbraak.workflow.delegate;

import nl.doorbraak.lead.SilentLeads;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.LEAD_FREE;

/** Looks whether who has the lead did something, warns, or takes the lead back. */
@Component
class LookForStepDelegate implements JavaDelegate {

	private final SilentLeads leads;

	LookForStepDelegate(SilentLeads leads) {
		this.leads = leads;
	}

	@Override
	public void execute(DelegateExecution execution) {
		LEAD_FREE.set(execution, this.leads.look(CASE_NUMBER.require(execution)));
	}

}
