package nl.doorbraak.ladder;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Deadlines over both changes of the clock, a leap day and the end of a year, to the
 * second as somebody reckons them who has neither a calendar of holidays nor a table of
 * time zones: Easter by Gauss, the clock by the rule of the last Sunday.
 */
class DeadlinesByHandTest {

	private static final int DEADLINES = 200;

	private static final List<LocalDate> AROUND = List.of(LocalDate.of(2027, 3, 28), LocalDate.of(2027, 10, 31),
			LocalDate.of(2028, 2, 29), LocalDate.of(2026, 12, 31));

	private final Random random = new Random(Long.getLong("faults.seed", 20270328));

	private final Terms terms = new Terms(Version1.and());

	@Test
	void equalToTheSecond() {
		for (int i = 0; i < DEADLINES; i++) {
			LocalDate day = AROUND.get(i % AROUND.size()).minusDays(this.random.nextInt(45));
			LocalTime time = (i % 5 == 0) ? LocalTime.of(2, 30)
					: LocalTime.ofSecondOfDay(this.random.nextInt(24 * 3600));
			Instant opened = instant(day, time);
			LocalDate local = localDay(opened);
			assertThat(this.terms.forRung(Rung.LOCAL, opened, null, 1).endsAt()).as("20 working days from " + opened)
				.isEqualTo(instant(working(local, 20).plusDays(1), LocalTime.MIDNIGHT));
			assertThat(this.terms.extended(Rung.REGIONAL, opened, null, 1).endsAt()).as("5 working days from " + opened)
				.isEqualTo(instant(working(local, 5).plusDays(1), LocalTime.MIDNIGHT));
			assertThat(this.terms.forQuestion(Rung.LOCAL, opened, null, 1).endsAt()).as("2 working days from " + opened)
				.isEqualTo(instant(working(local, 2).plusDays(1), LocalTime.MIDNIGHT));
			assertThat(this.terms.forRung(Rung.LOCAL, opened, local, 1).endsAt()).as("24 hours from " + opened)
				.isEqualTo(opened.plus(Duration.ofHours(24)));
		}
	}

	private static LocalDate working(LocalDate day, int amount) {
		LocalDate last = day;
		for (int left = amount; left > 0;) {
			last = last.plusDays(1);
			left -= isFree(last) ? 0 : 1;
		}
		return last;
	}

	private static boolean isFree(LocalDate day) {
		LocalDate easter = easter(day.getYear());
		LocalDate king = LocalDate.of(day.getYear(), 4, 27);
		king = (king.getDayOfWeek() == DayOfWeek.SUNDAY) ? king.minusDays(1) : king;
		return day.getDayOfWeek().getValue() > 5
				|| List
					.of(easter.minusDays(2), easter.plusDays(1), easter.plusDays(39), easter.plusDays(40),
							easter.plusDays(50), king)
					.contains(day)
				|| List.of(101, 505, 1225, 1226).contains(day.getMonthValue() * 100 + day.getDayOfMonth());
	}

	private static LocalDate easter(int year) {
		int century = year / 100;
		int moon = (19 * (year % 19) + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
		int sunday = (32 + 2 * (century % 4) + 2 * (year % 100 / 4) - moon - year % 4) % 7;
		int late = (year % 19 + 11 * moon + 22 * sunday) / 451;
		int march = moon + sunday - 7 * late + 22;
		return LocalDate.of(year, 3, 1).plusDays(march - 1);
	}

	/** What does not exist in the night of spring is an hour later; the first of two. */
	private static Instant instant(LocalDate day, LocalTime time) {
		Instant winter = day.atTime(time).toInstant(ZoneOffset.ofHours(1));
		Instant summer = day.atTime(time).toInstant(ZoneOffset.ofHours(2));
		return isSummer(summer) ? summer : winter;
	}

	private static LocalDate localDay(Instant at) {
		return LocalDate.ofInstant(at, ZoneOffset.ofHours(isSummer(at) ? 2 : 1));
	}

	private static boolean isSummer(Instant at) {
		int year = LocalDate.ofInstant(at, ZoneOffset.UTC).getYear();
		return !at.isBefore(lastSunday(year, 3)) && at.isBefore(lastSunday(year, 10));
	}

	/** At one in the morning, universal time. */
	private static Instant lastSunday(int year, int month) {
		LocalDate day = LocalDate.of(year, month, 31);
		while (day.getDayOfWeek() != DayOfWeek.SUNDAY) {
			day = day.minusDays(1);
		}
		return day.atTime(1, 0).toInstant(ZoneOffset.UTC);
	}

}
