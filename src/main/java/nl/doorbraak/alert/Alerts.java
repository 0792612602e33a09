package nl.doorbraak.alert;

import java.time.Instant;
import java.util.List;

import nl.doorbraak.directory.Directory;

import org.springframework.stereotype.Service;

/** What was told about a case, and whether it arrived: for who may read the case. */
@Service
public class Alerts {

	private final Outbox outbox;

	private final Directory directory;

	Alerts(Outbox outbox, Directory directory) {
		this.outbox = outbox;
		this.directory = directory;
	}

	/** All alerts of a case, the last one first. */
	public List<AlertLine> of(String number) {
		return this.outbox.of(number)
			.stream()
			.map((alert) -> new AlertLine(alert.kind(),
					(alert.login() != null) ? this.directory.nameOf(alert.login())
							: this.directory.getOrganisation(alert.body()).name(),
					alert.function().label(), alert.dueAt(), alert.state().name().toLowerCase(java.util.Locale.ROOT)))
			.toList();
	}

	/**
	 * One alert as the case page shows it.
	 *
	 * @param recipient name of the person, or of the body whose mailbox it is
	 * @param state {@code waiting}, {@code sent}, {@code undeliverable} or
	 * {@code cancelled}
	 */
	public record AlertLine(AlertKind kind, String recipient, String function, Instant dueAt, String state) {
	}

}
