package nl.doorbraak.agency;

import java.time.Instant;
import java.time.LocalDate;

import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

/**
 * One question to one agency.
 *
 * @param agency id of the organisation
 * @param question id of the entry with the question
 * @param dueAt the first moment after the term
 * @param explanation why that date, in one or two Dutch sentences
 * @param silentAt when the term passed without an answer
 * @param answer what it said; null while it did not
 * @param assessedAll whether it says that it looked at every condition; null unless it
 * refused
 * @param referredTo who it says goes about this
 * @param outside whether the case's own team entered the answer
 * @param entry id of the entry with the answer
 * @param lapsedAt when the question was taken back, or the case closed
 */
public record AgencyRequest(long id, String number, String agency, String askedBy, Instant askedAt, long question,
		Instant dueAt, String explanation, @Nullable Instant silentAt, @Nullable AgencyAnswer answer,
		@Nullable Boolean assessedAll, @Nullable String referredTo, boolean outside, @Nullable String answeredBy,
		@Nullable Instant answeredAt, @Nullable Long entry, @Nullable Instant lapsedAt) {

	public boolean isOpen() {
		return this.answer == null && this.lapsedAt == null;
	}

	public LocalDate lastDay() {
		return DutchTime.lastDay(this.dueAt);
	}

	/** {@code open}, {@code silent}, {@code lapsed} or the code of the answer. */
	public String state() {
		if (this.answer != null) {
			return this.answer.code();
		}
		return (this.lapsedAt != null) ? "lapsed" : (this.silentAt != null) ? "silent" : "open";
	}

}
