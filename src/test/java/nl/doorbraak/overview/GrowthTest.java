package nl.doorbraak.overview;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;

import nl.doorbraak.directory.Directory.Joining;
import nl.doorbraak.directory.Organisation.Kind;
import nl.doorbraak.overview.Growth.Month;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Who takes part is added up by month, also over months in which nobody joined. */
class GrowthTest {

	@Test
	void eachMonthHasWhoJoinedBeforeItsEnd() {
		List<Joining> joined = List.of(joining(Kind.MUNICIPALITY, "2026-01-31"),
				joining(Kind.MUNICIPALITY, "2026-01-02"), joining(Kind.AGENCY, "2026-03-01"),
				joining(Kind.REGION, "2025-01-01"));
		assertThat(Growth.of(joined, YearMonth.of(2026, 4)).months()).containsExactly(month(1, 2, 0), month(2, 2, 0),
				month(3, 2, 1), month(4, 2, 1));
	}

	@Test
	void threeYearsAreShownAndWhoJoinedBeforeThemCounts() {
		List<Month> months = Growth.of(List.of(joining(Kind.AGENCY, "2020-05-01")), YearMonth.of(2026, 4)).months();
		assertThat(months).hasSize(36).allMatch((each) -> each.agencies() == 1);
		assertThat(months.get(35).month()).isEqualTo(YearMonth.of(2026, 4));
	}

	@Test
	void whereNobodyTakesPartThereIsNoMonth() {
		assertThat(Growth.of(List.of(), YearMonth.of(2026, 4)).months()).isEmpty();
	}

	private static Joining joining(Kind kind, String day) {
		return new Joining(kind, LocalDate.parse(day));
	}

	private static Month month(int month, int municipalities, int agencies) {
		return new Month(YearMonth.of(2026, month), municipalities, agencies);
	}

}
