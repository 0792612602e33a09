package nl.doorbraak.report;

import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Months and years in the Netherlands, and what is too small to show. */
class PeriodTest {

	@Test
	void monthEndsWhereTheNextBeginsAlsoOverAChangeOfTheClock() {
		Period march = Period.of("2026-03");
		assertThat(march.begins()).isEqualTo(Instant.parse("2026-02-28T23:00:00Z"));
		assertThat(march.ends()).isEqualTo(Instant.parse("2026-03-31T22:00:00Z"));
		assertThat(Period.of("2026-12").ends()).isEqualTo(Period.of("2027-01").begins());
		assertThat(march.code()).isEqualTo("2026-03");
	}

	@Test
	void yearIsAPeriodToo() {
		Period year = Period.of("2026");
		assertThat(year.isYear()).isTrue();
		assertThat(year.begins()).isEqualTo(Period.of("2026-01").begins());
		assertThat(year.ends()).isEqualTo(Period.of("2026-12").ends());
		assertThat(year.code()).isEqualTo("2026");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "26-03", "2026-13", "2026-00", "2026-3", "1999", "2026-03-01", "x", "2026-03 or 1=1" })
	void nothingElseIsAPeriod(String code) {
		assertThat(Period.find(code)).isEmpty();
	}

}
