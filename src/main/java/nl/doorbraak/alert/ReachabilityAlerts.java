package nl.doorbraak.alert;

import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.alert.Outbox.Recipient;
import nl.doorbraak.reachability.ReachabilityEvents.TestRoundBegun;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Sends a test message to everybody who is asked whether it arrives. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ReachabilityAlerts {

	static final String ROUND = "round ";

	private final Outbox outbox;

	ReachabilityAlerts(Outbox outbox) {
		this.outbox = outbox;
	}

	@EventListener
	void send(TestRoundBegun event) {
		Draft draft = new Draft("", null, AlertKind.REACHABILITY_TEST, ROUND + event.round(), null, null, null, null);
		this.outbox.add(draft,
				event.asked()
					.stream()
					.map((each) -> new Recipient(each.function(), each.organisation(), each.login())));
	}

}
