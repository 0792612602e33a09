package nl.doorbraak.ladder;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import de.focus_shift.jollyday.core.Holiday;
import de.focus_shift.jollyday.core.HolidayCalendar;
import de.focus_shift.jollyday.core.HolidayManager;
import de.focus_shift.jollyday.core.ManagerParameters;

/**
 * Which days are working days: Monday to Friday, except the days of article 3 of the
 * Algemene termijnenwet, that is the holidays of its first paragraph, Good Friday (second
 * paragraph) and the days equated by decree (third paragraph).
 */
final class WorkingCalendar {

	/** The King's birthday has been celebrated on 27 April since this year. */
	private static final int FIRST_YEAR = 2014;

	/**
	 * The days of the act that jollyday has to know, by its key. Good Friday is a mere
	 * observance there and the fifth of May a holiday of every year, as in the act.
	 */
	private static final Map<String, String> NAMES = Map.of("NEW_YEAR", "Nieuwjaarsdag", "christian.GOOD_FRIDAY",
			"Goede Vrijdag", "christian.EASTER_MONDAY", "Tweede Paasdag", "KINGS_DAY", "Koningsdag", "LIBERATION",
			"Bevrijdingsdag", "christian.ASCENSION_DAY", "Hemelvaartsdag", "christian.PENTECOST_MONDAY",
			"Tweede Pinksterdag", "FIRST_CHRISTMAS_DAY", "Eerste Kerstdag", "SECOND_CHRISTMAS_DAY", "Tweede Kerstdag");

	private static final Map<Integer, Map<LocalDate, String>> HOLIDAYS = new ConcurrentHashMap<>();

	private final Map<LocalDate, String> equatedDays;

	WorkingCalendar(Map<LocalDate, String> equatedDays) {
		this.equatedDays = Map.copyOf(equatedDays);
	}

	boolean isWorkingDay(LocalDate day) {
		return !isWeekend(day) && findName(day).isEmpty();
	}

	boolean isWeekend(LocalDate day) {
		return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY;
	}

	/** The Dutch name of a holiday or a day equated with one. */
	Optional<String> findName(LocalDate day) {
		String holiday = HOLIDAYS.computeIfAbsent(day.getYear(), WorkingCalendar::holidays).get(day);
		return Optional.ofNullable((holiday != null) ? holiday : this.equatedDays.get(day));
	}

	/** The last of so many working days; the day itself does not count. */
	LocalDate plusWorkingDays(LocalDate day, int amount) {
		LocalDate last = day;
		for (int counted = 0; counted < amount; counted++) {
			last = workingDayFrom(last.plusDays(1));
		}
		return last;
	}

	/** The day itself or, if it is none, the next working day. */
	LocalDate workingDayFrom(LocalDate day) {
		LocalDate next = day;
		while (!isWorkingDay(next)) {
			next = next.plusDays(1);
		}
		return next;
	}

	LocalDate workingDayBefore(LocalDate day) {
		LocalDate previous = day.minusDays(1);
		while (!isWorkingDay(previous)) {
			previous = previous.minusDays(1);
		}
		return previous;
	}

	/** The holidays and equated days from Monday to Friday between two days. */
	List<LocalDate> skippedBetween(LocalDate after, LocalDate before) {
		List<LocalDate> skipped = new ArrayList<>();
		for (LocalDate day = after.plusDays(1); day.isBefore(before); day = day.plusDays(1)) {
			if (!isWeekend(day) && !isWorkingDay(day)) {
				skipped.add(day);
			}
		}
		return skipped;
	}

	private static Map<LocalDate, String> holidays(int year) {
		if (year < FIRST_YEAR) {
			throw new IllegalArgumentException("No holidays are known before " + FIRST_YEAR + ", asked for " + year);
		}
		Map<String, LocalDate> days = new HashMap<>();
		for (Holiday holiday : HolidayManager.getInstance(ManagerParameters.create(HolidayCalendar.NETHERLANDS))
			.getHolidays(Year.of(year))) {
			days.put(holiday.getPropertiesKey(), holiday.getDate());
		}
		Map<LocalDate, String> names = new HashMap<>();
		NAMES.forEach((key, name) -> {
			LocalDate day = days.get(key);
			if (day == null) {
				throw new IllegalStateException("The holiday calendar no longer knows " + key + " in " + year);
			}
			// Ascension Day can fall on the fifth of May; it is named by both.
			names.merge(day, name, (one, other) -> (one.compareTo(other) < 0) ? one + "/" + other : other + "/" + one);
		});
		return names;
	}

}
