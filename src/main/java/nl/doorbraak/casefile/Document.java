package nl.doorbraak.casefile;

import java.time.Instant;

import nl.doorbraak.support.Coded;

/**
 * A file of a case, without its bytes.
 *
 * @param fileName made by us: it holds no names of people
 */
public record Document(long id, Kind kind, String fileName, int size, String madeBy, Instant madeAt) {

	/** What a file is. */
	public enum Kind implements Coded {

		/** Made here, to be sent to the household. */
		DECISION_LETTER("decisionLetter", "Brief over het besluit"),

		/** A decision that was made in another system. */
		OUTSIDE_DECISION("outsideDecision", "Besluit uit een ander systeem"),

		/** What an agency wrote. */
		AGENCY_LETTER("agencyLetter", "Brief van een instantie");

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

		/** The part of a case that such a file belongs to. */
		Sight sight() {
			return switch (this) {
				case DECISION_LETTER, OUTSIDE_DECISION -> Sight.LETTERS;
				case AGENCY_LETTER -> Sight.ANSWERS;
				default -> Sight.WRITTEN;
			};
		}

	}

}
