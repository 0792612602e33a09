package nl.doorbraak.workflow.delegate;

import java.util.Date;

import nl.doorbraak.lead.SilentLeads;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.NEXT_STEP_AT;

/** Finds when somebody looks whether who has the lead did something. */
@Component
class FindStepMomentDelegate implements JavaDelegate {

	private final SilentLeads leads;

	FindStepMomentDelegate(SilentLeads leads) {
		this.leads = leads;
	}

	@Override
	public void execute(DelegateExecution execution) {
		NEXT_STEP_AT.set(execution, Date.from(this.leads.nextAt(CASE_NUMBER.require(execution))));
	}

}
