package nl.doorbraak.alert;

import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.people.LeaverEvents.WorkLeft;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who answers for an organisation hears that work of somebody who left waits for the next
 * one.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class LeaverAlerts {

	private final Outbox outbox;

	private final Directory directory;

	private final Recipients recipients;

	LeaverAlerts(Outbox outbox, Directory directory, Recipients recipients) {
		this.outbox = outbox;
		this.directory = directory;
		this.recipients = recipients;
	}

	@EventListener
	void tell(WorkLeft event) {
		this.outbox.add(
				new Draft("", null, AlertKind.WORK_LEFT, "departure " + event.departure(), null, null, null, null),
				this.recipients.holders(this.directory.getOrganisation(event.organisation()).kind().answering(),
						event.organisation()));
	}

}
