package nl.doorbraak.workflow.delegate;

import nl.doorbraak.casefile.MediatedSessions;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/** Nobody met in time: that is told, and the team decides without. */
@Component
class ReportMediatedSessionMissingDelegate implements JavaDelegate {

	private final MediatedSessions sessions;

	ReportMediatedSessionMissingDelegate(MediatedSessions sessions) {
		this.sessions = sessions;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.sessions.recordMissing(CASE_NUMBER.require(execution));
	}

}
