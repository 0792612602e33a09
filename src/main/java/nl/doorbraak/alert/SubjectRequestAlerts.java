package nl.doorbraak.alert;

import java.time.Instant;
import java.util.stream.Stream;

import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.alert.Outbox.Recipient;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Function;
import nl.doorbraak.privacy.SubjectRequestEvents.SubjectRequestDueSoon;
import nl.doorbraak.privacy.SubjectRequestEvents.SubjectRequestLate;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who must hear that a resident waits for access or a correction: the team a week before
 * the term ends, the managers too when it passed.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class SubjectRequestAlerts {

	private final Outbox outbox;

	private final CaseFiles files;

	private final Recipients recipients;

	SubjectRequestAlerts(Outbox outbox, CaseFiles files, Recipients recipients) {
		this.outbox = outbox;
		this.files = files;
		this.recipients = recipients;
	}

	@EventListener
	void remind(SubjectRequestDueSoon event) {
		queue(event.number(), AlertKind.SUBJECT_REQUEST_SOON, event.request(), event.dueAt(), Stream.empty());
	}

	@EventListener
	void tell(SubjectRequestLate event) {
		queue(event.number(), AlertKind.SUBJECT_REQUEST_LATE, event.request(), event.dueAt(), this.recipients
			.holders(event.number(), Function.MANAGER, this.files.get(event.number()).municipality()));
	}

	private void queue(String number, AlertKind kind, long request, Instant dueAt, Stream<Recipient> others) {
		Stream<Recipient> team = this.recipients.team(number, this.files.get(number).municipality());
		this.outbox.add(
				new Draft(number, null, kind, "subject request " + request + " " + dueAt, dueAt, null, null, null),
				Stream.concat(team, others).distinct());
	}

}
