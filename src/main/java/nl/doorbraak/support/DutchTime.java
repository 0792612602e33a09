package nl.doorbraak.support;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** How a date is shown: in Dutch and in Europe/Amsterdam, whatever the server's zone. */
public final class DutchTime {

	public static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");

	private static final Locale DUTCH = Locale.forLanguageTag("nl-NL");

	private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEEE d MMMM yyyy", DUTCH);

	private static final DateTimeFormatter SHORT_DATE = DateTimeFormatter.ofPattern("EEE d MMMM", DUTCH);

	private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm", DUTCH);

	private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("EEEE d MMMM yyyy, HH:mm 'uur'", DUTCH);

	private DutchTime() {
	}

	public static String date(LocalDate date) {
		return DATE.format(date);
	}

	public static String shortDate(LocalDate date) {
		return SHORT_DATE.format(date);
	}

	public static String moment(Instant instant) {
		return MOMENT.format(instant.atZone(ZONE));
	}

	/** A moment and when it ends, on one day. */
	public static String period(Instant begin, Instant end) {
		return date(day(begin)) + ", " + HOUR.format(begin.atZone(ZONE)) + " tot " + HOUR.format(end.atZone(ZONE))
				+ " uur";
	}

	/** What ends at midnight has a last day; else the moment itself is told. */
	public static String deadline(Instant end) {
		return isMidnight(end) ? date(lastDay(end)) : moment(end);
	}

	public static boolean isMidnight(Instant instant) {
		return instant.atZone(ZONE).toLocalTime().equals(LocalTime.MIDNIGHT);
	}

	/** The last day of something that ends at this instant. */
	public static LocalDate lastDay(Instant end) {
		return day(end.minusNanos(1000));
	}

	/** The calendar day in the Netherlands at this instant. */
	public static LocalDate day(Instant instant) {
		return instant.atZone(ZONE).toLocalDate();
	}

}
