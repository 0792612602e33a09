package nl.doorbraak.mandate;

import java.time.Instant;
import java.util.Map;

import nl.doorbraak.mandate.MandateEvents.MandateEvent;

/**
 * What happens to advice and questions about a proposal, as facts for the other rooms.
 */
public final class ConsultationEvents {

	private ConsultationEvents() {
	}

	/** An event about one consultation. */
	public interface ConsultationEvent extends MandateEvent {

		/** Id of the consultation. */
		long consultation();

	}

	/**
	 * Somebody was asked.
	 *
	 * @param kind {@code advice} or {@code question}
	 * @param function whose advice; empty of a question
	 * @param body of that function; empty of a question
	 * @param recipient who is asked a question; empty of advice
	 */
	public record ConsultationAsked(String number, String actor, long consultation, long proposal, String kind,
			String function, String body, String recipient, Instant answerDueAt) implements ConsultationEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("consultation", this.consultation, "proposal", this.proposal, "kind", this.kind, "function",
					this.function, "body", this.body, "recipient", this.recipient, "answerDueAt",
					this.answerDueAt.toString());
		}

	}

	/**
	 * Somebody answered; that is no signature.
	 *
	 * @param function in which function
	 * @param opinion code; empty of a question
	 * @param recipient who asked
	 * @param proposalHash the version of the proposal that it is about
	 */
	public record ConsultationAnswered(String number, String actor, long consultation, long proposal, String kind,
			String function, String opinion, String recipient, String proposalHash) implements ConsultationEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("consultation", this.consultation, "proposal", this.proposal, "kind", this.kind, "function",
					this.function, "opinion", this.opinion, "recipient", this.recipient, "proposalHash",
					this.proposalHash);
		}

	}

	/** The proposal ended before there was an answer. */
	public record ConsultationEnded(String number, String actor, long consultation, long proposal,
			String kind) implements ConsultationEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("consultation", this.consultation, "proposal", this.proposal, "kind", this.kind);
		}

	}

}
