package nl.doorbraak.workflow.delegate;

import nl.doorbraak.casefile.Climb;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/** Nobody answered about the term: the case goes up. */
@Component
class RecordTermSilenceDelegate implements JavaDelegate {

	private final Climb climb;

	RecordTermSilenceDelegate(Climb climb) {
		this.climb = climb;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.climb.recordTermSilence(CASE_NUMBER.require(execution));
	}

}
