package nl.doorbraak.workflow.delegate;

import nl.doorbraak.mandate.Announcements;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/** Nobody announced it in time: that is told. */
@Component
class ReportAnnouncementOverdueDelegate implements JavaDelegate {

	private final Announcements announcements;

	ReportAnnouncementOverdueDelegate(Announcements announcements) {
		this.announcements = announcements;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.announcements.tellOverdue(CASE_NUMBER.require(execution));
	}

}
