package nl.doorbraak.alert;

import java.time.Clock;
import java.util.Collection;
import java.util.List;

import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.RefusalRecorded;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Somebody sent fields that a form does not have, which no screen of ours does: the
 * administrators hear of it, once a day for each person.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ForgedForms {

	private static final String CODE = "field-undeclared";

	private final Outbox outbox;

	private final Directory directory;

	private final Recipients recipients;

	private final Clock clock;

	ForgedForms(Outbox outbox, Directory directory, Recipients recipients, Clock clock) {
		this.outbox = outbox;
		this.directory = directory;
		this.recipients = recipients;
		this.clock = clock;
	}

	@EventListener
	void tell(RefusalRecorded event) {
		if (!event.code().equals(CODE)) {
			return;
		}
		String version = event.actor() + " " + DutchTime.day(this.clock.instant());
		this.outbox.add(new Draft("", null, AlertKind.FORM_FORGED, version, null, null, null, null),
				municipalities(event.actor()).stream()
					.flatMap((municipality) -> this.recipients.holders(Function.ADMINISTRATOR, municipality))
					.distinct());
	}

	/** Of who works at none: all that are connected. */
	private Collection<String> municipalities(String login) {
		List<String> all = this.directory.connectedMunicipalities();
		List<String> own = this.directory.posts(login)
			.stream()
			.map(Officer.Post::organisation)
			.filter(all::contains)
			.distinct()
			.toList();
		return own.isEmpty() ? all : own;
	}

}
