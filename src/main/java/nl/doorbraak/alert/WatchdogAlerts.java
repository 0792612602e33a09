package nl.doorbraak.alert;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.alert.Outbox.Recipient;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.support.watchdog.LateWorkFound;
import nl.doorbraak.support.watchdog.Watched;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the watchdog found is told to the administrators: of a job that gave up those of
 * the case, else those of the municipalities whose cases it is about.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class WatchdogAlerts {

	private final Outbox outbox;

	private final CaseFiles files;

	private final Directory directory;

	private final Recipients recipients;

	WatchdogAlerts(Outbox outbox, CaseFiles files, Directory directory, Recipients recipients) {
		this.outbox = outbox;
		this.files = files;
		this.directory = directory;
		this.recipients = recipients;
	}

	@EventListener
	void tell(LateWorkFound event) {
		String version = event.what() + " " + event.foundAt();
		if (event.what().equals(Watched.INCIDENT)) {
			event.numbers()
				.forEach((number) -> this.outbox.add(
						new Draft(number, null, AlertKind.ENGINE_INCIDENT, version, null, null, null, null),
						holders(number, List.of(this.files.standing(number).municipality()))));
		}
		if (!event.what().equals(Watched.INCIDENT) || event.numbers().isEmpty()) {
			AlertKind kind = event.what().equals(Watched.CLOCK) ? AlertKind.CLOCK_OFF : AlertKind.LATE_WORK;
			// An alert that cannot go out is late itself, and would raise the next one
			// each minute: to who is still to get one it tells nothing new.
			this.outbox.add(new Draft("", null, kind, version, null, null, null, null),
					holders("", municipalities(event))
						.filter((to) -> kind != AlertKind.LATE_WORK || !this.outbox.isWaiting(kind, event.what(), to)));
		}
	}

	private Collection<String> municipalities(LateWorkFound event) {
		return event.numbers().isEmpty() ? this.directory.connectedMunicipalities()
				: event.numbers()
					.stream()
					.map((number) -> this.files.standing(number).municipality())
					.distinct()
					.toList();
	}

	private Stream<Recipient> holders(String number, Collection<String> municipalities) {
		return municipalities.stream()
			.flatMap((municipality) -> number.isEmpty() ? this.recipients.holders(Function.ADMINISTRATOR, municipality)
					: this.recipients.holders(number, Function.ADMINISTRATOR, municipality));
	}

}
