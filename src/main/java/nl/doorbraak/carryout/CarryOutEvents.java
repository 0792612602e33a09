package nl.doorbraak.carryout;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

import nl.doorbraak.casefile.CaseEvents.CaseEvent;
import nl.doorbraak.support.RecordedEvent;
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

	/**
	 * Nobody answered in time.
	 *
	 * @param asked {@code measures}, {@code outcome} or {@code aftercare}
	 */
	public record CarryOutTermPassed(String number, String actor, String asked, Instant dueAt) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("asked", this.asked, "dueAt", this.dueAt);
		}

	}

	/**
	 * What a closed case came to.
	 *
	 * @param outcome {@code solved}, {@code partlySolved}, {@code notSolved},
	 * {@code otherwise} or {@code withdrawn}
	 * @param rung code of the level that decided; null where nobody did
	 * @param crisis whether it needed one
	 */
	public record OutcomeRecorded(String number, String actor, String outcome, @Nullable String rung,
			boolean crisis) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("outcome", this.outcome, "rung", this.rung, "crisis", this.crisis);
		}

	}

	/** Nothing is left to do after the breakthrough. */
	public record CarryOutEnded(String number, String actor) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of();
		}

	}

	/**
	 * Something is on the action list.
	 *
	 * @param person login of who does it; null: somebody of the organisation
	 */
	public record MeasureAdded(String number, String actor, long measure, String organisation, @Nullable String person,
			LocalDate dueOn, String source, @Nullable Long cents) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("measure", this.measure, "organisation", this.organisation, "person", this.person, "dueOn",
					this.dueOn, "source", this.source, "amountCents", this.cents);
		}

	}

	public record MeasureMoved(String number, String actor, long measure, LocalDate wasDueOn,
			LocalDate dueOn) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("measure", this.measure, "wasDueOn", this.wasDueOn, "dueOn", this.dueOn);
		}

	}

	/**
	 * Somebody said how it went.
	 *
	 * @param outside entered for who does it, by who works on the case
	 */
	public record MeasureAnswered(String number, String actor, long measure, String organisation, String outcome,
			boolean outside) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("measure", this.measure, "organisation", this.organisation, "outcome", this.outcome, "outside",
					this.outside);
		}

	}

	/** Its last day is near, or was. */
	public record MeasureDue(String number, String actor, long measure, LocalDate dueOn,
			boolean late) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("measure", this.measure, "dueOn", this.dueOn, "late", this.late);
		}

	}

	/** It is time to ask how it goes. */
	public record AftercareBegun(String number, String actor, int months, Instant dueAt) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("months", this.months, "dueAt", this.dueAt);
		}

	}

	/**
	 * The team asked how it goes.
	 *
	 * @param holds {@code yes}, {@code partly} or {@code no}
	 */
	public record AftercareRecorded(String number, String actor, int months, String holds) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("months", this.months, "holds", this.holds);
		}

	}

	/**
	 * It is time to ask the resident how it went.
	 *
	 * @param reminder for the second time, which is the last
	 */
	public record SurveyDue(String number, String actor, int months, boolean reminder) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("months", this.months, "reminder", this.reminder);
		}

	}

	/** There is a link for the resident. */
	public record SurveyLinkMade(String number, String actor, int months, Instant expiresAt) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("months", this.months, "expiresAt", this.expiresAt);
		}

	}

	public record SurveyLinkWithdrawn(String number, String actor, int months) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("months", this.months);
		}

	}

	/** The resident said how it went; not what. */
	public record SurveyAnswered(String number, String actor, int months, boolean withHelp) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("months", this.months, "withHelp", this.withHelp);
		}

	}

	/** Money left a budget for this case. */
	public record ExpensePaid(String number, String actor, long expense, long budget, long cents, LocalDate paidOn,
			boolean signed) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("expense", this.expense, "budget", this.budget, "amountCents", this.cents, "paidOn",
					this.paidOn, "signed", this.signed);
		}

	}

	/** An expense was taken back by a line of its own. */
	public record ExpenseReversed(String number, String actor, long expense, long reverses,
			long cents) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("expense", this.expense, "reverses", this.reverses, "amountCents", this.cents);
		}

	}

	/** A budget was made or changed; amounts in cents, null for no ceiling. */
	public record BudgetSet(String actor, long budget, int version, String organisation, int year, long cents,
			@Nullable Long caseCents, @Nullable Long householdCents, String costCentre) implements RecordedEvent {

		@Override
		public String chain() {
			return "budgets";
		}

		@Override
		public Map<String, Object> facts() {
			return codes("budget", this.budget, "version", this.version, "organisation", this.organisation, "year",
					this.year, "amountCents", this.cents, "caseCents", this.caseCents, "householdCents",
					this.householdCents, "costCentre", this.costCentre);
		}

	}

	/** Somebody took the expenses of a year with them. */
	public record ExpensesExported(String actor, String organisation, int year, int lines,
			long cents) implements RecordedEvent {

		@Override
		public String chain() {
			return "budgets";
		}

		@Override
		public Map<String, Object> facts() {
			return codes("organisation", this.organisation, "year", this.year, "lines", this.lines, "amountCents",
					this.cents);
		}

	}

}
