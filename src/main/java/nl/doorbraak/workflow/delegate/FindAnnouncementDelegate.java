package nl.doorbraak.workflow.delegate;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;

import nl.doorbraak.mandate.Announcements;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;

import org.springframework.stereotype.Component;

import static nl.doorbraak.workflow.engine.LadderVariables.ANNOUNCEMENT_DUE_AT;
import static nl.doorbraak.workflow.engine.LadderVariables.ANNOUNCEMENT_NEEDED;
import static nl.doorbraak.workflow.engine.LadderVariables.CASE_NUMBER;

/** Says until when the breakthrough must be announced, if it was signed here. */
@Component
class FindAnnouncementDelegate implements JavaDelegate {

	private final Announcements announcements;

	FindAnnouncementDelegate(Announcements announcements) {
		this.announcements = announcements;
	}

	@Override
	public void execute(DelegateExecution execution) {
		Optional<Instant> due = this.announcements.begin(CASE_NUMBER.require(execution));
		due.ifPresent((end) -> ANNOUNCEMENT_DUE_AT.set(execution, Date.from(end)));
		ANNOUNCEMENT_NEEDED.set(execution, due.isPresent());
	}

}
