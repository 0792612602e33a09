package nl.doorbraak.workflow.delegate;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;

import nl.doorbraak.casefile.Climb;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.TERM_ENDS_AT;
import static nl.doorbraak.workflow.engine.LadderVariables.TERM_EXTENDED;

/** Takes the answer about the term; an extended term gets its new end. */
@Component
class RecordTermDecisionDelegate implements JavaDelegate {

	private final Climb climb;

	RecordTermDecisionDelegate(Climb climb) {
		this.climb = climb;
	}

	@Override
	public void execute(DelegateExecution execution) {
		Optional<Instant> newEnd = this.climb.recordTermDecision(CASE_NUMBER.require(execution));
		newEnd.ifPresent((end) -> TERM_ENDS_AT.set(execution, Date.from(end)));
		TERM_EXTENDED.set(execution, newEnd.isPresent());
	}

}
