package nl.doorbraak.signal;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

import nl.doorbraak.support.RecordedEvent;

/** What happens to early signals, as facts. */
public final class SignalEvents {

	/** The chain of signals that need no case. */
	public static final String CHAIN = "signals";

	private SignalEvents() {
	}

	/** A signal came in, and opened a case or joined one. */
	public record SignalReceived(String chain, String actor, String organisation, String kind, boolean joined,
			Instant contactDueAt) implements RecordedEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("organisation", this.organisation, "kind", this.kind, "joined", this.joined, "contactDueAt",
					this.contactDueAt.toString());
		}

	}

	/** Somebody sought contact with the resident. */
	public record SignalContactSought(String chain, String actor, long signal, String how,
			LocalDate soughtOn) implements RecordedEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("how", this.how, "soughtOn", this.soughtOn.toString());
		}

	}

	/**
	 * Nobody sought contact in time.
	 *
	 * @param function code of the function that hears it
	 */
	public record SignalContactLate(String chain, String actor, long signal, Instant contactDueAt,
			String function) implements RecordedEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("contactDueAt", this.contactDueAt.toString(), "function", this.function);
		}

	}

	/**
	 * A signal needs no case.
	 *
	 * @param chain of the case that it opened or joined; else {@link #CHAIN}
	 * @param signal empty when nothing of it is kept
	 */
	public record SignalClosed(String chain, String actor, Optional<Long> signal, String organisation, String kind,
			String reason) implements RecordedEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("organisation", this.organisation, "kind", this.kind, "reason", this.reason);
		}

	}

}
