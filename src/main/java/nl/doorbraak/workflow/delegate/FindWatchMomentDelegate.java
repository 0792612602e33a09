package nl.doorbraak.workflow.delegate;

import java.util.Date;

import nl.doorbraak.lead.LeadWatch;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.NEXT_WATCH_AT;

/** Finds when the engine looks next at a case without a lead: after the workers. */
@Component
class FindWatchMomentDelegate implements JavaDelegate {

	private final LeadWatch watch;

	FindWatchMomentDelegate(LeadWatch watch) {
		this.watch = watch;
	}

	@Override
	public void execute(DelegateExecution execution) {
		NEXT_WATCH_AT.set(execution, Date.from(this.watch.looksAt(CASE_NUMBER.require(execution))));
	}

}
