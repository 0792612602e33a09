package nl.doorbraak.alert;

import java.util.Objects;
import java.util.stream.Stream;

import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.audit.ChainChecked;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * A record that does not follow is told to the auditors and the administrators of every
 * municipality, each time it is found.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ChainAlerts {

	private final Outbox outbox;

	private final Directory directory;

	private final Recipients recipients;

	ChainAlerts(Outbox outbox, Directory directory, Recipients recipients) {
		this.outbox = outbox;
		this.directory = directory;
		this.recipients = recipients;
	}

	@EventListener
	void tell(ChainChecked event) {
		if (event.findings() == 0) {
			return;
		}
		this.outbox.add(
				new Draft("", null, AlertKind.RECORD_BROKEN, event.findings() + " of " + event.lines(), null, null,
						null, null),
				this.directory.connectedMunicipalities()
					.stream()
					.flatMap((each) -> Stream.of(Function.AUDITOR, Function.ADMINISTRATOR)
						.flatMap((function) -> this.recipients.holders(function, each)))
					.filter((to) -> !Objects.equals(to.login(), event.actor()))
					.distinct());
	}

}
