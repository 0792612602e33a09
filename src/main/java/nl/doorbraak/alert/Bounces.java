package nl.doorbraak.alert;

import nl.doorbraak.alert.AlertEvents.AlertSent;
import nl.doorbraak.alert.AlertEvents.AlertUndeliverable;
import nl.doorbraak.directory.Reach;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Lets the directory know which addresses work: what is known to fail reaches nobody. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Bounces {

	private final Reach reach;

	Bounces(Reach reach) {
		this.reach = reach;
	}

	@EventListener
	void works(AlertSent event) {
		this.reach.works(event.recipient());
	}

	/** Only where the server said no to this recipient, not to us. */
	@EventListener
	void bounced(AlertUndeliverable event) {
		if (event.answer().startsWith("55") || event.answer().equals("badAddress")) {
			this.reach.bounced(event.recipient());
		}
	}

}
