package nl.doorbraak.casefile;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;

import nl.doorbraak.support.RecordedEvent;
import org.jspecify.annotations.Nullable;

import static nl.doorbraak.support.RecordedEvent.codes;

/**
 * What happens to a case, as facts for the other rooms. Codes, dates and keyed hashes
 * only.
 */
public final class CaseEvents {

	/** The last eight of its sixteen bytes. */
	private static final int SPAN_FROM = 16;

	private CaseEvents() {
	}

	/** An event of one case: its chain is the case number. */
	public interface CaseEvent extends RecordedEvent {

		String number();

		@Override
		default String chain() {
			return number();
		}

	}

	public record CaseReported(String number, String actor, String municipality,
			int termsVersion) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("municipality", this.municipality, "termsVersion", this.termsVersion);
		}

	}

	public record CaseOpened(String number, String actor) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of();
		}

	}

	public record RungOpened(String number, String actor, String rung, String body, boolean bodyConnected,
			Instant termEndsAt, int termsVersion) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("rung", this.rung, "body", this.body, "bodyConnected", this.bodyConnected, "termEndsAt",
					this.termEndsAt, "termsVersion", this.termsVersion);
		}

	}

	public record EntryRecorded(String number, String actor, String form, boolean outside,
			String contentHash) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("form", this.form, "outside", this.outside, "contentHash", this.contentHash);
		}

	}

	public record RungDecided(String number, String actor, String rung, String decision, boolean outside,
			@Nullable LocalDate lookAgainOn) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("rung", this.rung, "decision", this.decision, "outside", this.outside, "lookAgainOn",
					this.lookAgainOn);
		}

	}

	public record NextStepDetermined(String number, String actor, String rung, String nextStep) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("rung", this.rung, "nextStep", this.nextStep);
		}

	}

	public record TermQuestionAsked(String number, String actor, String rung, String askedOf,
			Instant answerDueAt) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("rung", this.rung, "askedOf", this.askedOf, "answerDueAt", this.answerDueAt);
		}

	}

	/** Somebody who stood in is off the case: the absence is over. */
	public record StandInEnded(String number, String actor, String person, String away) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("deputy", this.person, "deputyFor", this.away);
		}

	}

	/** The end of the term of the open rung moved; timers follow. */
	public record TermMoved(String number, String actor, String rung, String reason,
			Instant termEndsAt) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("rung", this.rung, "reason", this.reason, "termEndsAt", this.termEndsAt);
		}

	}

	/** Somebody moved the case to another version of the terms, for a reason. */
	public record TermsChanged(String number, String actor, int termsBefore, int termsVersion) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("termsBefore", this.termsBefore, "termsVersion", this.termsVersion);
		}

	}

	public record ThreatChanged(String number, String actor, String threat,
			@Nullable LocalDate eventDate) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("threat", this.threat, "eventDate", this.eventDate);
		}

	}

	/** Nothing threatens any more; why stands in the case file. */
	public record ThreatEnded(String number, String actor) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of();
		}

	}

	/** Wakes the ladder: the decision is in the case file. */
	public record CaseRedirected(String number, String actor, String rung) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("rung", this.rung);
		}

	}

	/** Wakes the ladder: the decision is in the case file. */
	public record CaseWithdrawn(String number, String actor, String rung) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("rung", this.rung);
		}

	}

	public record CasePaused(String number, String actor, String reason) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("reason", this.reason);
		}

	}

	public record CaseResumed(String number, String actor, Instant pausedAt, Instant resumedAt,
			int termsVersion) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("pausedAt", this.pausedAt, "resumedAt", this.resumedAt);
		}

	}

	public record CaseClosed(String number, String actor, String outcome) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("outcome", this.outcome);
		}

	}

	public record MemberAdded(String number, String actor, boolean addressSecret) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("addressSecret", this.addressSecret);
		}

	}

	/**
	 * Somebody looked at the case.
	 * @param part of the case: a page, a form, a kind of document
	 * @param purpose what for
	 */
	/**
	 * Somebody read a part of a case.
	 *
	 * @param span the reading itself, as the processing log names it: that log holds no
	 * names of readers
	 */
	public record CaseRead(String number, String actor, String part, Purpose purpose, String span,
			@Nullable Long resident) implements CaseEvent {

		public CaseRead(String number, String actor, String part, Purpose purpose, String span) {
			this(number, actor, part, purpose, span, null);
		}

		CaseRead(String number, String actor, String part, Purpose purpose) {
			this(number, actor, part, purpose, newSpan());
		}

		CaseRead(String number, String actor, String part, Purpose purpose, long resident) {
			this(number, actor, part, purpose, newSpan(), resident);
		}

		@Override
		public Map<String, Object> facts() {
			return codes("part", this.part, "purpose", this.purpose.code(), "span", this.span, "resident",
					this.resident);
		}

		private static String newSpan() {
			return UUID.randomUUID().toString().replace("-", "").substring(SPAN_FROM);
		}

	}

	/** Somebody said what they read the case for, where their work does not say it. */
	public record PurposeStated(String number, String actor, String purpose) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("purpose", this.purpose);
		}

	}

	/** Somebody who is not on the case may read it for a day. */
	public record EmergencyAccessGranted(String number, String actor, String reason, Instant untilAt, Instant dueAt,
			int termsVersion) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("reason", this.reason, "untilAt", this.untilAt, "dueAt", this.dueAt, "termsVersion",
					this.termsVersion);
		}

	}

	/** A manager said whether that was justified. */
	public record EmergencyAccessReviewed(String number, String actor, String reader,
			String verdict) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("reader", this.reader, "verdict", this.verdict);
		}

	}

	/** Nobody said so in time. */
	public record EmergencyReviewMissed(String number, String actor, String reader,
			Instant dueAt) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("reader", this.reader, "dueAt", this.dueAt);
		}

	}

	/** A file was kept with the case. */
	public record DocumentKept(String number, String actor, long document, String kind,
			String contentHash) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("document", this.document, "kind", this.kind, "contentHash", this.contentHash);
		}

	}

	/** It should not have been added; it stays, for the team alone. */
	public record DocumentWithdrawn(String number, String actor, long document, String kind) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("document", this.document, "kind", this.kind);
		}

	}

	/**
	 * The case has a number in its municipality's own system, another one, or none.
	 *
	 * @param contentHash keyed hash of the number; null for none
	 */
	public record CaseSystemNumberChanged(String number, String actor,
			@Nullable String contentHash) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("contentHash", this.contentHash);
		}

	}

	/** Where a municipality's own system shows a case is said anew, or no more. */
	public record CaseSystemLinked(String actor, String municipality, boolean linked) implements RecordedEvent {

		@Override
		public String chain() {
			return "case-systems";
		}

		@Override
		public Map<String, Object> facts() {
			return codes("municipality", this.municipality, "linked", this.linked);
		}

	}

	/** Something about a meeting of the people of the case. */
	public interface RoundTableEvent extends CaseEvent {

		UUID roundTable();

		int sequence();

	}

	public record RoundTablePlanned(String number, String actor, UUID roundTable, int sequence, Instant beginsAt,
			Instant endsAt) implements RoundTableEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("roundTable", this.roundTable, "sequence", this.sequence, "beginsAt", this.beginsAt, "endsAt",
					this.endsAt);
		}

	}

	/** It is at another moment or place, or with others. */
	public record RoundTableMoved(String number, String actor, UUID roundTable, int sequence, Instant beginsAt,
			Instant endsAt) implements RoundTableEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("roundTable", this.roundTable, "sequence", this.sequence, "beginsAt", this.beginsAt, "endsAt",
					this.endsAt);
		}

	}

	/** By somebody who works on the case, or because it was closed. */
	public record RoundTableCancelled(String number, String actor, UUID roundTable,
			int sequence) implements RoundTableEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("roundTable", this.roundTable, "sequence", this.sequence);
		}

	}

	/** The helpers do not agree on the household's perspective: they must meet. */
	public record MediatedSessionAsked(String number, String actor, Instant dueAt,
			int termsVersion) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("dueAt", this.dueAt, "termsVersion", this.termsVersion);
		}

	}

	/** They met; whether they agree now. */
	public record MediatedSessionHeld(String number, String actor, boolean perspectiveShared) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("perspectiveShared", this.perspectiveShared);
		}

	}

	/** They did not meet in time: the team decides without a shared perspective. */
	public record MediatedSessionMissed(String number, String actor, Instant dueAt) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("dueAt", this.dueAt);
		}

	}

	/** A later plan says that they agree. */
	public record PerspectiveShared(String number, String actor) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of();
		}

	}

	/** A line of the plan was written for the first time. */
	public record PlanLineAdded(String number, String actor, String part, int line,
			@Nullable LocalDate lastDayOn) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("part", this.part, "line", this.line, "lastDayOn", this.lastDayOn);
		}

	}

	/** It says something else now; how it stood before stays readable. */
	public record PlanLineChanged(String number, String actor, String part, int line,
			@Nullable LocalDate lastDayOn) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("part", this.part, "line", this.line, "lastDayOn", this.lastDayOn);
		}

	}

	public record PlanLineWithdrawn(String number, String actor, String part, int line) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("part", this.part, "line", this.line);
		}

	}

	/** The last day of something that a body does in this household is over. */
	public record PlanEndPassed(String number, String actor, String part, int line,
			LocalDate lastDayOn) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("part", this.part, "line", this.line, "lastDayOn", this.lastDayOn);
		}

	}

	/**
	 * A resident said that something in the case is wrong, and somebody decided whether
	 * it is.
	 *
	 * @param about code of what kind of text it is
	 */
	public record CorrectionRecorded(String number, String actor, String about, String verdict) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("about", this.about, "verdict", this.verdict);
		}

	}

	/**
	 * Personal data went to another organisation.
	 *
	 * @param items codes of what, with commas
	 * @param informed whether the resident knows
	 */
	public record PersonalDataShared(String number, String actor, String organisation, String items, String purpose,
			String basis, boolean informed) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("organisation", this.organisation, "items", this.items, "purpose", this.purpose, "basis",
					this.basis, "informed", this.informed);
		}

	}

}
