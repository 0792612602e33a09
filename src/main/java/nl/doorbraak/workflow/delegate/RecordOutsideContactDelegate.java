package nl.doorbraak.workflow.delegate;

import java.util.Date;

import nl.doorbraak.casefile.Climb;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.NEXT_CONTACT_AT;

/** Sets when the body outside Doorbraak is spoken to next. */
@Component
class RecordOutsideContactDelegate implements JavaDelegate {

	private final Climb climb;

	RecordOutsideContactDelegate(Climb climb) {
		this.climb = climb;
	}

	@Override
	public void execute(DelegateExecution execution) {
		NEXT_CONTACT_AT.set(execution, Date.from(this.climb.nextContactAt(CASE_NUMBER.require(execution))));
	}

}
