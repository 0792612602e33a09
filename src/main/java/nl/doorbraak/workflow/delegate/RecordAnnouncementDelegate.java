package nl.doorbraak.workflow.delegate;

import nl.doorbraak.mandate.Announcements;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/** Takes how the breakthrough was announced. */
@Component
class RecordAnnouncementDelegate implements JavaDelegate {

	private final Announcements announcements;

	RecordAnnouncementDelegate(Announcements announcements) {
		this.announcements = announcements;
	}

	@Override
	public void execute(DelegateExecution execution) {
		this.announcements.record(CASE_NUMBER.require(execution));
	}

}
