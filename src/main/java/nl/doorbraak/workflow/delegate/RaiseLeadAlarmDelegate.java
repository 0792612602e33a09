package nl.doorbraak.workflow.delegate;

import nl.doorbraak.lead.LeadWatch;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/**
 * The moment is past: tells that nobody has the lead, if no worker did and nobody has it.
 */
@Component
class RaiseLeadAlarmDelegate implements JavaDelegate {

	private final LeadWatch watch;

	RaiseLeadAlarmDelegate(LeadWatch watch) {
		this.watch = watch;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.watch.look(CASE_NUMBER.require(execution));
	}

}
