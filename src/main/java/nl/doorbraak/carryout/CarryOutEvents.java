package nl.doorbraak.carryout;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

import nl.doorbraak.casefile.CaseEvents.CaseEvent;
import org.jspecify.annotations.Nullable;

import static nl.doorbraak.support.RecordedEvent.codes;

/** What happens after the decision on a case: codes, dates and amounts only. */
public final class CarryOutEvents {

	private CarryOutEvents() {
	}

	/** What follows a breakthrough has begun. */
	public record CarryOutBegun(String number, String actor, Instant dueAt, int termsVersion) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("dueAt", this.dueAt, "termsVersion", this.termsVersion);
		}

	}

	/**
	 * Somebody said whether what was decided is done.
	 *
	 * @param carriedOut {@code yes}, {@code partly}, {@code no} or {@code never}
	 */
	public record MeasuresConfirmed(String number, String actor, String carriedOut,
			@Nullable LocalDate lookAgainOn) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("carriedOut", this.carriedOut, "lookAgainOn", this.lookAgainOn);
		}

	}

	/** Nobody answered in time about the measures or, after them, the outcome. */
	public record CarryOutTermPassed(String number, String actor, String asked, Instant dueAt) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("asked", this.asked, "dueAt", this.dueAt);
		}

	}

	/**
	 * What the breakthrough came to for the household.
	 *
	 * @param outcome {@code solved}, {@code partlySolved} or {@code notSolved}
	 */
	public record OutcomeRecorded(String number, String actor, String outcome) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("outcome", this.outcome);
		}

	}

	/** Nothing is left to do after the breakthrough. */
	public record CarryOutEnded(String number, String actor) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of();
		}

	}

}
