package nl.doorbraak.signal;

import java.time.Instant;
import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/**
 * A signal as it stands; whom it is about stands in the case file.
 *
 * @param sender id of the organisation that sent it
 * @param joined whether the case was there before
 * @param explanation why contact is sought by that day
 * @param contactHow null: nobody sought contact yet
 * @param closedBecause null: it is open
 */
public record EarlySignal(long id, String number, String sender, Arrears kind, int months, Instant receivedAt,
		Instant contactDueAt, String explanation, boolean joined, @Nullable Contact contactHow,
		@Nullable LocalDate contactOn, @Nullable NoCase closedBecause) {

	/** Whether contact was not sought in time. */
	public boolean isLate(Instant now) {
		return this.contactHow == null && this.closedBecause == null && !this.contactDueAt.isAfter(now);
	}

}
