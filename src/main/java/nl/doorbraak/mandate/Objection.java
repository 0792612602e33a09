package nl.doorbraak.mandate;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

import nl.doorbraak.directory.Officer;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

/**
 * An objection or a complaint against an announced decision.
 *
 * @param receipt id of what the team wrote when it came in
 * @param dueAt the first moment after the term
 * @param asked who is asked to decide; nobody when nobody competent was found
 * @param mandate number of the mandate under which was decided; null for a withdrawal
 * @param entry id of what was written with the outcome
 * @param holdUntil the last day on which the case may not be destroyed for it
 */
public record Objection(long id, String number, long proposal, Kind kind, LocalDate receivedOn, long receipt,
		Instant dueAt, String explanation, Optional<Officer.Post> asked, boolean overdue, @Nullable Outcome outcome,
		@Nullable String decidedBy, @Nullable Instant decidedAt, @Nullable String mandate,
		@Nullable Integer mandateVersion, @Nullable Long entry, @Nullable LocalDate holdUntil) {

	public boolean isOpen() {
		return this.outcome == null;
	}

	/** The last day of the term to decide. */
	public LocalDate lastDay() {
		return DutchTime.lastDay(this.dueAt);
	}

	/** What came in. */
	public enum Kind implements Coded {

		OBJECTION("objection", "Bezwaar"), COMPLAINT("complaint", "Klacht");

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

	/** How it ended. */
	public enum Outcome implements Coded {

		FOUNDED("founded", "Gegrond"), UNFOUNDED("unfounded", "Ongegrond"),
		INADMISSIBLE("inadmissible", "Niet-ontvankelijk"), WITHDRAWN("withdrawn", "Ingetrokken");

		private final String code;

		private final String label;

		Outcome(String code, String label) {
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
