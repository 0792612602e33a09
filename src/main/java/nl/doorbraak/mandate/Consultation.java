package nl.doorbraak.mandate;

import java.time.Instant;

import nl.doorbraak.directory.Function;
import nl.doorbraak.support.Coded;
import org.jspecify.annotations.Nullable;

/**
 * Something asked about a proposal that waits for a signature. It is no signature, and
 * stops none.
 *
 * @param function whose advice is asked, at that organisation; null of a question
 * @param person who is asked a question; null of advice
 * @param question id of the entry with what is asked
 * @param opinion null of a question, and while there is no answer
 * @param proposalHash the version of the proposal that the answer is about
 * @param answeredAs in which function
 * @param entry id of the entry with the answer
 * @param endedAt when the proposal ended without an answer to this
 */
record Consultation(long id, long proposal, String number, Kind kind, @Nullable Function function,
		@Nullable String organisation, @Nullable String person, String askedBy, Instant askedAt, long question,
		@Nullable Opinion opinion, @Nullable String proposalHash, @Nullable String answeredBy,
		@Nullable Function answeredAs, @Nullable Instant answeredAt, @Nullable Long entry, @Nullable Instant endedAt) {

	boolean isOpen() {
		return this.answeredAt == null && this.endedAt == null;
	}

	/** Advice that the drafter or the team asks, or a question that a signer asks. */
	enum Kind implements Coded {

		ADVICE("advice", "Advies of paraaf"), QUESTION("question", "Vraag aan wie het voorstel deed");

		private final String code;

		private final String label;

		Kind(String code, String label) {
			this.code = code;
			this.label = label;
		}

		@Override
		public String code() {
			return this.code;
		}

		@Override
		public String label() {
			return this.label;
		}

	}

}
