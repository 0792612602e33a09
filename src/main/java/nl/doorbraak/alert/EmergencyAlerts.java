package nl.doorbraak.alert;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.alert.Outbox.Recipient;
import nl.doorbraak.casefile.CaseEvents.EmergencyAccessGranted;
import nl.doorbraak.casefile.CaseEvents.EmergencyReviewMissed;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Function;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who must hear that somebody reads a case in an emergency: its team and the managers,
 * not who reads it; the director where nobody else can review it, or did so in time.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class EmergencyAlerts {

	private final Outbox outbox;

	private final CaseFiles files;

	private final Recipients recipients;

	EmergencyAlerts(Outbox outbox, CaseFiles files, Recipients recipients) {
		this.outbox = outbox;
		this.files = files;
		this.recipients = recipients;
	}

	@EventListener
	void tell(EmergencyAccessGranted event) {
		String municipality = this.files.get(event.number()).municipality();
		List<Recipient> managers = others(event.actor(),
				this.recipients.holders(event.number(), Function.MANAGER, municipality))
			.toList();
		Stream<Recipient> reviewers = managers.isEmpty()
				? this.recipients.holders(event.number(), Function.DIRECTOR, municipality) : managers.stream();
		queue(event.number(), AlertKind.EMERGENCY_ACCESS, event.actor() + " " + event.untilAt(), event.dueAt(),
				Stream.concat(others(event.actor(), this.recipients.team(event.number(), municipality)), reviewers));
	}

	@EventListener
	void tell(EmergencyReviewMissed event) {
		queue(event.number(), AlertKind.EMERGENCY_REVIEW_LATE, event.reader() + " " + event.dueAt(), event.dueAt(),
				this.recipients.holders(event.number(), Function.DIRECTOR,
						this.files.get(event.number()).municipality()));
	}

	private static Stream<Recipient> others(String reader, Stream<Recipient> recipients) {
		return recipients.filter((to) -> !Objects.equals(to.login(), reader));
	}

	private void queue(String number, AlertKind kind, String version, Instant dueAt, Stream<Recipient> to) {
		this.outbox.add(new Draft(number, null, kind, "emergency " + version, dueAt, null, null, null), to.distinct());
	}

}
