package nl.doorbraak.ladder;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The Dutch sentences that say why a term ends when it ends. */
final class DutchText {

	private static final Locale DUTCH = Locale.forLanguageTag("nl-NL");

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEEE d MMMM uuuu", DUTCH);

	private static final DateTimeFormatter SHORT_DATE = DateTimeFormatter.ofPattern("d MMMM", DUTCH);

	private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH.mm", DUTCH);

	/** Up to here a pause is told in hours, which stay true when the clock changes. */
	private static final Duration LONGEST_IN_HOURS = Duration.ofHours(72);

	private final WorkingCalendar calendar;

	DutchText(WorkingCalendar calendar) {
		this.calendar = calendar;
	}

	String date(LocalDate day) {
		return DATE.format(day);
	}

	/** In the hour that comes twice in autumn, also which of the two is meant. */
	String moment(Instant instant) {
		ZonedDateTime local = instant.atZone(TermRules.ZONE);
		String moment = date(local.toLocalDate()) + " om " + TIME.format(local) + " uur";
		if (TermRules.ZONE.getRules().getValidOffsets(local.toLocalDateTime()).size() == 1) {
			return moment;
		}
		return moment + (TermRules.ZONE.getRules().isDaylightSavings(instant) ? " (zomertijd)" : " (wintertijd)");
	}

	String duration(Duration duration) {
		if (duration.toMinutes() == 0) {
			return "minder dan een minuut";
		}
		List<String> parts = new ArrayList<>();
		Duration rest = duration;
		if (duration.compareTo(LONGEST_IN_HOURS) > 0) {
			parts.add(rest.toDays() + " dagen");
			rest = rest.minusDays(rest.toDays());
		}
		if (rest.toHours() > 0) {
			parts.add(rest.toHours() + " uur");
		}
		if (rest.toMinutesPart() > 0) {
			parts.add(rest.toMinutesPart() + ((rest.toMinutesPart() == 1) ? " minuut" : " minuten"));
		}
		return enumerated(parts);
	}

	String lastDay(LocalDate lastDay, List<LocalDate> skipped) {
		return skipped.isEmpty() ? "De laatste dag is " + date(lastDay) : therefore(lastDay, skipped);
	}

	String therefore(LocalDate lastDay, List<LocalDate> skipped) {
		String lead = skipped.isEmpty() ? "Daarom" : capitalised(doNotCount(skipped)) + ", daarom";
		return lead + " is de laatste dag " + date(lastDay);
	}

	/** Why a day that is no working day made room for a later one. */
	String movedOn(String subject, LocalDate from, LocalDate lastDay) {
		String reason = this.calendar.isWeekend(from) ? "valt in het weekend"
				: "is " + this.calendar.findName(from).orElseThrow();
		List<LocalDate> skipped = this.calendar.skippedBetween(from, lastDay);
		return subject + " " + reason + (skipped.isEmpty() ? "" : " en " + doNotCount(skipped))
				+ ", daarom is de laatste dag " + date(lastDay);
	}

	static String capitalised(String sentence) {
		return sentence.substring(0, 1).toUpperCase(DUTCH) + sentence.substring(1);
	}

	private String doNotCount(List<LocalDate> days) {
		return enumerated(days.stream()
			.map((day) -> this.calendar.findName(day).orElseThrow() + " (" + SHORT_DATE.format(day) + ")")
			.toList()) + ((days.size() == 1) ? " telt niet mee" : " tellen niet mee");
	}

	private static String enumerated(List<String> parts) {
		if (parts.size() == 1) {
			return parts.get(0);
		}
		return String.join(", ", parts.subList(0, parts.size() - 1)) + " en " + parts.get(parts.size() - 1);
	}

}
