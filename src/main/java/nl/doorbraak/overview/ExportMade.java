package nl.doorbraak.overview;

import java.time.LocalDate;
import java.util.Map;

import nl.doorbraak.support.RecordedEvent;

/**
 * Somebody took the record of the cases of a municipality with them.
 *
 * @param kind code of the format
 * @param lines how many lines of the record
 */
record ExportMade(String actor, String kind, String municipality, LocalDate firstDay, LocalDate lastDay,
		long lines) implements RecordedEvent {

	@Override
	public String chain() {
		return "exports";
	}

	@Override
	public Map<String, Object> facts() {
		return Map.of("kind", this.kind, "municipality", this.municipality, "fromDate", this.firstDay.toString(),
				"untilDate", this.lastDay.toString(), "lines", this.lines);
	}

}
