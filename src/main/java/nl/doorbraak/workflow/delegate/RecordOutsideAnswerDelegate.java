package nl.doorbraak.workflow.delegate;

import nl.doorbraak.casefile.Climb;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.ANSWERED;
import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/** Reads whether the body outside Doorbraak has answered. */
@Component
class RecordOutsideAnswerDelegate implements JavaDelegate {

	private final Climb climb;

	RecordOutsideAnswerDelegate(Climb climb) {
		this.climb = climb;
	}

	@Override
	public void execute(DelegateExecution execution) {
		ANSWERED.set(execution, this.climb.isAnsweredOutside(CASE_NUMBER.require(execution)));
	}

}
