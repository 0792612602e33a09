package nl.doorbraak.agency;

import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * What an agency answered to the questions of one half-year, as it was counted when that
 * was over.
 *
 * @param period year and half: {@code 2026-1}
 * @param silent of how many the term passed without an answer, also where one came later
 * @param notAssessed refusals that did not go through every condition
 * @param serial refusals on a ground that existed at one before
 * @param takenBack refusals that the agency took back
 * @param opensOn from this day others read them too
 * @param reply what the agency says about them
 * @param repliedBy login, or the link
 * @param replyName who replied by the link
 */
public record AgencyFigures(long id, String agency, String period, int asked, int answeredInTerm, int silent,
		int refused, int notAssessed, int serial, int takenBack, Instant releasedAt, LocalDate opensOn, UUID key,
		@Nullable String reply, @Nullable String repliedBy, @Nullable String replyName, @Nullable Instant repliedAt) {

	/** Smaller numbers are not shown: behind them stands one household or two. */
	public static final int LEAST = 5;

	public int year() {
		return Integer.parseInt(this.period.substring(0, 4));
	}

	/** 1 or 2. */
	public int half() {
		return Integer.parseInt(this.period.substring(5));
	}

	/** Whether there were enough questions to show any figure. */
	public boolean isShown() {
		return this.asked >= LEAST;
	}

	/** Whether others than the agency read them. */
	public boolean isOpen(LocalDate today) {
		return this.repliedAt != null || !today.isBefore(this.opensOn);
	}

}
