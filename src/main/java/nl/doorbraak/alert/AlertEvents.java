package nl.doorbraak.alert;

import java.util.List;
import java.util.Map;

import nl.doorbraak.support.Actor;
import nl.doorbraak.support.RecordedEvent;
import nl.doorbraak.support.RecordedTogether;

/**
 * What happens to alerts, for the record: in the chain of their case, or of the digests.
 */
public final class AlertEvents {

	/** The chain of what is about no case. */
	static final String DIGESTS = "digests";

	private AlertEvents() {
	}

	/**
	 * An event of one alert.
	 */
	public interface AlertEvent extends RecordedEvent {

		String number();

		String kind();

		/** A login, or {@code mailbox:} with the id of a body. */
		String recipient();

		String messageId();

		@Override
		default String chain() {
			return number().isEmpty() ? DIGESTS : number();
		}

		@Override
		default String actor() {
			return Actor.SOFTWARE;
		}

		/** What the software tells and hears back; not what a person says to it. */
		@Override
		default boolean mayFollow() {
			return actor().equals(Actor.SOFTWARE);
		}

		@Override
		default Map<String, Object> facts() {
			return Map.of("kind", kind(), "recipient", recipient(), "messageId", messageId());
		}

	}

	/** Somebody must be told; the row is written. */
	public record AlertQueued(String number, String kind, String recipient, String messageId) implements AlertEvent {
	}

	/** Rows that were written together. */
	public record AlertsQueued(List<AlertQueued> all) implements RecordedTogether {

		public AlertsQueued {
			all = List.copyOf(all);
		}

	}

	/** The mail server accepted it. */
	public record AlertSent(String number, String kind, String recipient, String messageId) implements AlertEvent {
	}

	/** Somebody asked for another attempt at what did not go out or did not arrive. */
	public record AlertSentAgain(String number, String kind, String recipient, String messageId,
			String actor) implements AlertEvent {
	}

	/** Whom it was for opened its link. */
	public record AlertSeen(String number, String kind, String recipient, String messageId,
			String actor) implements AlertEvent {
	}

	/** Whom it was for said to have seen it and to know what to do; takes no lead. */
	public record AlertAcknowledged(String number, String kind, String recipient, String messageId,
			String actor) implements AlertEvent {
	}

	/**
	 * Somebody called about a case that nobody has the lead of.
	 *
	 * @param outcome code of {@link CallList.Outcome}
	 */
	public record CallMade(String number, String actor, String function, String organisation,
			String outcome) implements RecordedEvent {

		@Override
		public String chain() {
			return this.number;
		}

		@Override
		public Map<String, Object> facts() {
			return Map.of("function", this.function, "organisation", this.organisation, "outcome", this.outcome);
		}

	}

	/** What it asked was answered before it was due. */
	public record AlertCancelled(String number, String kind, String recipient, String messageId) implements AlertEvent {
	}

	/** It did not arrive, and nobody was left who could be told so. */
	public record NobodyReachable(String number, String kind, String recipient,
			String messageId) implements AlertEvent {
	}

	/**
	 * It did not arrive and will not.
	 *
	 * @param answer code of the mail server's answer, or our own word
	 */
	public record AlertUndeliverable(String number, String kind, String recipient, String messageId,
			String answer) implements AlertEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("kind", this.kind, "recipient", this.recipient, "messageId", this.messageId, "answer",
					this.answer);
		}

	}

}
