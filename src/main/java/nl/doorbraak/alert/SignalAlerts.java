package nl.doorbraak.alert;

import java.util.stream.Stream;

import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.alert.Outbox.Recipient;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Function;
import nl.doorbraak.signal.SignalEvents.SignalClosed;
import nl.doorbraak.signal.SignalEvents.SignalContactLate;
import nl.doorbraak.signal.SignalEvents.SignalContactSought;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who must hear that nobody sought contact in time after an early signal. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class SignalAlerts {

	private final Outbox outbox;

	private final CaseFiles files;

	private final Recipients recipients;

	SignalAlerts(Outbox outbox, CaseFiles files, Recipients recipients) {
		this.outbox = outbox;
		this.files = files;
		this.recipients = recipients;
	}

	@EventListener
	void tell(SignalContactLate event) {
		String number = event.chain();
		String municipality = this.files.get(number).municipality();
		Stream<Recipient> told = event.function().equals(Function.MANAGER.code())
				? this.recipients.holders(number, Function.MANAGER, municipality)
				: this.recipients.team(number, municipality);
		this.outbox.add(new Draft(number, null, AlertKind.SIGNAL_LATE, version(event.signal()) + " " + event.function(),
				event.contactDueAt(), null, null, null), told.distinct());
	}

	@EventListener
	void sought(SignalContactSought event) {
		takeBack(event.chain(), event.signal());
	}

	@EventListener
	void closed(SignalClosed event) {
		event.signal().ifPresent((signal) -> takeBack(event.chain(), signal));
	}

	private void takeBack(String number, long signal) {
		this.outbox.of(number)
			.stream()
			.filter((alert) -> alert.kind() == AlertKind.SIGNAL_LATE
					&& String.valueOf(alert.deadlineVersion()).startsWith(version(signal) + " "))
			.forEach(this.outbox::cancel);
	}

	private static String version(long signal) {
		return "signal " + signal;
	}

}
