package nl.doorbraak.workflow.delegate;

import nl.doorbraak.casefile.Climb;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.PERSPECTIVE_SHARED;

/** Reads from the plan whether the helpers share a perspective. */
@Component
class RecordPlanDelegate implements JavaDelegate {

	private final Climb climb;

	RecordPlanDelegate(Climb climb) {
		this.climb = climb;
	}

	@Override
	public void execute(DelegateExecution execution) {
		PERSPECTIVE_SHARED.set(execution, this.climb.isPerspectiveShared(CASE_NUMBER.require(execution)));
	}

}
