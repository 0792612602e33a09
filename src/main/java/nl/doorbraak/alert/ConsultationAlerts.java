package nl.doorbraak.alert;

import java.time.Instant;
import java.util.stream.Stream;

import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.alert.Outbox.Recipient;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Function;
import nl.doorbraak.mandate.ConsultationEvents.ConsultationAnswered;
import nl.doorbraak.mandate.ConsultationEvents.ConsultationAsked;
import nl.doorbraak.mandate.ConsultationEvents.ConsultationEnded;
import nl.doorbraak.mandate.ConsultationEvents.ConsultationEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who must hear of advice and questions about a proposal: who is asked, and who asked.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ConsultationAlerts {

	private final Outbox outbox;

	private final CaseFiles files;

	private final Recipients recipients;

	ConsultationAlerts(Outbox outbox, CaseFiles files, Recipients recipients) {
		this.outbox = outbox;
		this.files = files;
		this.recipients = recipients;
	}

	@EventListener
	void ask(ConsultationAsked event) {
		queue(event, AlertKind.CONSULTATION_ASKED, event.answerDueAt(),
				event.function().isEmpty() ? this.recipients.person(event.recipient())
						: this.recipients.holders(event.number(), Function.of(event.function()), event.body()));
	}

	@EventListener
	void tell(ConsultationAnswered event) {
		takeBack(event);
		queue(event, AlertKind.CONSULTATION_ANSWERED, null, this.recipients.person(event.recipient()));
	}

	@EventListener
	void ended(ConsultationEnded event) {
		takeBack(event);
	}

	private void takeBack(ConsultationEvent event) {
		this.outbox.of(event.number())
			.stream()
			.filter((alert) -> alert.deadlineVersion().equals(version(event)))
			.forEach(this.outbox::cancel);
	}

	private static String version(ConsultationEvent event) {
		return "consultation " + event.consultation();
	}

	private void queue(ConsultationEvent event, AlertKind kind, @Nullable Instant deadline,
			Stream<Recipient> recipients) {
		Draft draft = Draft.aboutRung(event.number(), this.files.standing(event.number()).last().id(), kind,
				version(event), deadline, null);
		this.outbox.add(draft, recipients);
	}

}
