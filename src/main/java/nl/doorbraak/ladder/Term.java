package nl.doorbraak.ladder;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/**
 * A computed end and the reason for it. The end is exclusive: for a term in days the
 * start of the day after the last day in Europe/Amsterdam, for a term in hours the exact
 * instant, on to a whole millisecond: a timer knows nothing finer and would come too
 * early.
 *
 * @param endsAt the first moment that no longer belongs to the term
 * @param lastDay the day in Europe/Amsterdam on which the term ends
 * @param explanation one or two plain Dutch sentences that say why it is this date
 * @param version the version of the terms that was used
 */
public record Term(Instant endsAt, LocalDate lastDay, String explanation, int version) {

	public Term {
		endsAt = endsAt.plusNanos(999_999).truncatedTo(ChronoUnit.MILLIS);
	}

}
