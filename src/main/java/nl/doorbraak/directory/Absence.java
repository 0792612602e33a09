package nl.doorbraak.directory;

import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/**
 * When somebody is away: whole days in Europe/Amsterdam, the last one included.
 *
 * @param login of who is away
 * @param deputy login of who stands in; null when nobody does
 */
public record Absence(long id, String login, LocalDate firstDay, LocalDate lastDay, @Nullable String deputy) {

	/** Whether that day is one of these. */
	public boolean covers(LocalDate day) {
		return !day.isBefore(this.firstDay) && !day.isAfter(this.lastDay);
	}

	/** Whether both have a day in common. */
	boolean overlaps(Absence other) {
		return !this.lastDay.isBefore(other.firstDay) && !this.firstDay.isAfter(other.lastDay);
	}

}
