package nl.doorbraak.ladder;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class WorkingCalendarTest {

	private final WorkingCalendar calendar = new WorkingCalendar(Map.of());

	@Test
	void theHolidaysAreThoseOfTheAct() {
		assertThat(namesIn(2026)).containsExactlyInAnyOrder("2026-01-01 Nieuwjaarsdag", "2026-04-03 Goede Vrijdag",
				"2026-04-06 Tweede Paasdag", "2026-04-27 Koningsdag", "2026-05-05 Bevrijdingsdag",
				"2026-05-14 Hemelvaartsdag", "2026-05-25 Tweede Pinksterdag", "2026-12-25 Eerste Kerstdag",
				"2026-12-26 Tweede Kerstdag");
	}

	@Test
	void kingsDayIsKeptOnSaturdayWhenTheTwentySeventhIsASunday() {
		assertThat(this.calendar.findName(LocalDate.of(2031, 4, 26))).contains("Koningsdag");
		assertThat(this.calendar.findName(LocalDate.of(2031, 4, 27))).isEmpty();
		assertThat(this.calendar.isWorkingDay(LocalDate.of(2031, 4, 28))).isTrue();
	}

	@Test
	void theFifthOfMayIsAHolidayInEveryYear() {
		assertThat(List.of(2026, 2027, 2028, 2029, 2030))
			.allSatisfy((year) -> assertThat(this.calendar.isWorkingDay(LocalDate.of(year, 5, 5))).isFalse());
	}

	@Test
	void anEquatedDayCountsOnlyWhenItIsInTheTable() {
		LocalDate day = LocalDate.of(2026, 5, 15);
		assertThat(this.calendar.isWorkingDay(day)).isTrue();
		assertThat(new WorkingCalendar(Map.of(day, "de vrijdag na Hemelvaartsdag")).isWorkingDay(day)).isFalse();
	}

	@Test
	void yearsBeforeKingsDayAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.calendar.isWorkingDay(LocalDate.of(2013, 4, 29)))
			.withMessageContaining("2013");
	}

	private Set<String> namesIn(int year) {
		return LocalDate.of(year, 1, 1)
			.datesUntil(LocalDate.of(year + 1, 1, 1))
			.flatMap((day) -> this.calendar.findName(day).map((name) -> day + " " + name).stream())
			.collect(Collectors.toSet());
	}

}
