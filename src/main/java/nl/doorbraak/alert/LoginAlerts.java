package nl.doorbraak.alert;

import java.time.Clock;

import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.support.security.LoginsTried;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** That somebody tries passwords is told to the administrators of every municipality. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class LoginAlerts {

	private final Outbox outbox;

	private final Directory directory;

	private final Recipients recipients;

	private final Clock clock;

	LoginAlerts(Outbox outbox, Directory directory, Recipients recipients, Clock clock) {
		this.outbox = outbox;
		this.directory = directory;
		this.recipients = recipients;
		this.clock = clock;
	}

	@EventListener
	void tell(LoginsTried event) {
		this.outbox.add(
				new Draft("", null, AlertKind.LOGINS_TRIED, this.clock.instant().toString(), null, null, null, null),
				this.directory.connectedMunicipalities()
					.stream()
					.flatMap((each) -> this.recipients.holders(Function.ADMINISTRATOR, each))
					.distinct());
	}

}
