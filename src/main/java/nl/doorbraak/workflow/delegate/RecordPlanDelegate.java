package nl.doorbraak.workflow.delegate;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;

import nl.doorbraak.casefile.MediatedSessions;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;
import static nl.doorbraak.workflow.engine.LadderVariables.PERSPECTIVE_SHARED;
import static nl.doorbraak.workflow.engine.LadderVariables.SESSION_ENDS_AT;

/**
 * Reads from the plan whether the helpers share a perspective; if not, until when they
 * must meet.
 */
@Component
class RecordPlanDelegate implements JavaDelegate {

	/** In version 1.0.0 of the model the session has no term of its own. */
	private static final String SESSION_TERM = "event_mediatedSessionMissing";

	private final MediatedSessions sessions;

	RecordPlanDelegate(MediatedSessions sessions) {
		this.sessions = sessions;
	}

	@Override
	public void execute(DelegateExecution execution) {
		String number = CASE_NUMBER.require(execution);
		if (execution.getBpmnModelInstance().getModelElementById(SESSION_TERM) == null) {
			PERSPECTIVE_SHARED.set(execution, this.sessions.isShared(number));
			return;
		}
		Optional<Instant> sessionEndsAt = this.sessions.readPlan(number);
		PERSPECTIVE_SHARED.set(execution, sessionEndsAt.isEmpty());
		sessionEndsAt.ifPresent((end) -> SESSION_ENDS_AT.set(execution, Date.from(end)));
	}

}
