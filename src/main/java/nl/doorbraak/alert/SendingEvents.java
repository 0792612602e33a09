package nl.doorbraak.alert;

import java.util.Map;

import nl.doorbraak.support.Actor;
import nl.doorbraak.support.RecordedEvent;

/** What happens to the sending of all alerts, for the record: in a chain of its own. */
public final class SendingEvents {

	private SendingEvents() {
	}

	/** An event about sending. */
	private interface SendingEvent extends RecordedEvent {

		@Override
		default String chain() {
			return "sending";
		}

	}

	/**
	 * Nothing is sent from now on.
	 *
	 * @param cause code of {@link Sending.Cause}
	 */
	public record SendingHalted(String cause) implements SendingEvent {

		@Override
		public String actor() {
			return Actor.SOFTWARE;
		}

		@Override
		public boolean mayFollow() {
			return true;
		}

		@Override
		public Map<String, Object> facts() {
			return Map.of("cause", this.cause);
		}

	}

	/**
	 * The journal of a node was compared with the outbox, and told more than that knew.
	 *
	 * @param marked alerts that were marked as sent
	 * @param lost alerts of which the database has no row
	 */
	public record JournalCompared(String actor, int marked, int lost) implements SendingEvent {

		@Override
		public boolean mayFollow() {
			return this.actor.equals(Actor.SOFTWARE);
		}

		@Override
		public Map<String, Object> facts() {
			return Map.of("marked", this.marked, "lost", this.lost);
		}

	}

	/** Somebody let alerts be sent again; the reason stands beside the halt. */
	public record SendingReleased(String actor, String cause, long lost) implements SendingEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("cause", this.cause, "lost", this.lost);
		}

	}

}
