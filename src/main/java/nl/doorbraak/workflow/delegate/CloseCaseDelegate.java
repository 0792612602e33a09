package nl.doorbraak.workflow.delegate;

import nl.doorbraak.casefile.Outcome;
import nl.doorbraak.casefile.Climb;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.BROKEN_THROUGH;
import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.WITHDRAWN;

/** Closes the case and says how it ended. */
@Component
class CloseCaseDelegate implements JavaDelegate {

	private final Climb climb;

	CloseCaseDelegate(Climb climb) {
		this.climb = climb;
	}

	@Override
	public void execute(DelegateExecution execution) {
		Outcome outcome = this.climb.close(CASE_NUMBER.require(execution));
		BROKEN_THROUGH.set(execution, outcome == Outcome.BROKEN_THROUGH);
		WITHDRAWN.set(execution, outcome == Outcome.WITHDRAWN);
	}

}
