package nl.doorbraak.workflow.delegate;

import nl.doorbraak.casefile.MediatedSessions;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/** Takes what came of the mediated session. */
@Component
class RecordMediatedSessionDelegate implements JavaDelegate {

	private final MediatedSessions sessions;

	RecordMediatedSessionDelegate(MediatedSessions sessions) {
		this.sessions = sessions;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.sessions.recordSession(CASE_NUMBER.require(execution));
	}

}
