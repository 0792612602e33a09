package nl.doorbraak.workflow.delegate;

import nl.doorbraak.casefile.Climb;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.RUNG;

/** Says on which rung the case begins. */
@Component
class OpenCaseDelegate implements JavaDelegate {

	private final Climb climb;

	OpenCaseDelegate(Climb climb) {
		this.climb = climb;
	}

	@Override
	public void execute(DelegateExecution execution) {
		RUNG.set(execution, this.climb.firstRung(CASE_NUMBER.require(execution)).code());
	}

}
