package nl.doorbraak.workflow.delegate;

import nl.doorbraak.casefile.Climb;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_FINISHED;
import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.NEXT_STEP;
import static nl.doorbraak.workflow.engine.LadderVariables.RUNG;

/** Writes down what follows; when it is a rung, the case goes there. */
@Component
class RecordNextStepDelegate implements JavaDelegate {

	private final Climb climb;

	RecordNextStepDelegate(Climb climb) {
		this.climb = climb;
	}

	@Override
	public void execute(DelegateExecution execution) {
		String nextStep = NEXT_STEP.require(execution);
		boolean finished = this.climb.recordNextStep(CASE_NUMBER.require(execution), nextStep);
		CASE_FINISHED.set(execution, finished);
		if (!finished) {
			RUNG.set(execution, nextStep);
		}
	}

}
