package nl.doorbraak.agency;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

/**
 * One question to one agency.
 *
 * @param agency id of the organisation
 * @param department which part of it; empty for the agency as a whole
 * @param scheme what is applied for; null when no list of conditions goes with it
 * @param schemeVersion of its list
 * @param previous id of the question that was refused before this one
 * @param askedOf whom of the agency; null where the directory names nobody
 * @param question id of the entry with the question
 * @param dueAt the first moment after the term
 * @param explanation why that date, in one or two Dutch sentences
 * @param silentAt when the term passed without an answer
 * @param waitingSince since when the agency waits for something it needs
 * @param waiting id of the entry that says what
 * @param answer what it said; null while it did not
 * @param assessedAll whether it looked at every condition; null unless it refused
 * @param findings what it found of each condition, by code; empty unless it refused by a
 * list
 * @param knownBefore of a refusal without a list: whether the ground existed at the one
 * before
 * @param told how the resident heard of the refusal
 * @param toldOn when; null while only a letter told it
 * @param withdrawnAt when the agency took its refusal back
 * @param withdrawal id of the entry that says why
 * @param referredTo who it says goes about this
 * @param outside whether the case's own team entered the answer
 * @param entry id of the entry with the answer
 * @param letter id of the document
 * @param reply id of the entry with what the agency says about a flag
 * @param lapsedAt when the question was taken back, or the case closed
 */
public record AgencyRequest(long id, String number, String agency, String department, RequestKind kind,
		@Nullable String scheme, @Nullable Integer schemeVersion, @Nullable Long previous, String askedBy,
		Instant askedAt, @Nullable AskedOf askedOf, long question, Instant dueAt, String explanation,
		@Nullable Instant silentAt, @Nullable Instant waitingSince, @Nullable Long waiting,
		@Nullable AgencyAnswer answer, @Nullable Boolean assessedAll, Map<Integer, Assessment> findings,
		@Nullable Boolean knownBefore, @Nullable String told, @Nullable LocalDate toldOn, @Nullable Instant withdrawnAt,
		@Nullable Long withdrawal, @Nullable String referredTo, boolean outside, @Nullable String answeredBy,
		@Nullable Instant answeredAt, @Nullable Long entry, @Nullable Long letter, @Nullable Long reply,
		@Nullable Instant lapsedAt) {

	public AgencyRequest {
		findings = Map.copyOf(findings);
	}

	public boolean isOpen() {
		return this.answer == null && this.lapsedAt == null;
	}

	/** Whether it was refused, and that was not taken back. */
	public boolean isStandingRefusal() {
		return this.answer == AgencyAnswer.REFUSED && this.withdrawnAt == null;
	}

	/** Whether somebody must still tell the resident in person that it was refused. */
	public boolean isColdRefusal() {
		return isStandingRefusal() && this.toldOn == null && this.told != null;
	}

	public LocalDate lastDay() {
		return DutchTime.lastDay(this.dueAt);
	}

	/**
	 * {@code open}, {@code silent}, {@code waiting}, {@code lapsed}, {@code withdrawn} or
	 * the code of the answer.
	 */
	public String state() {
		if (this.withdrawnAt != null) {
			return "withdrawn";
		}
		if (this.answer != null) {
			return this.answer.code();
		}
		if (this.lapsedAt != null) {
			return "lapsed";
		}
		return (this.waitingSince != null) ? "waiting" : (this.silentAt != null) ? "silent" : "open";
	}

}
