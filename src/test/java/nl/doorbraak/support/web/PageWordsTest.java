package nl.doorbraak.support.web;

import java.time.LocalDate;
import java.util.Locale;

import nl.doorbraak.support.web.PageWords.Words;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PageWordsTest {

	private static final LocalDate TODAY = LocalDate.of(2026, 7, 5);

	@Test
	void aShortDateHasItsYearWhenThatIsNotThisOne() {
		Words dutch = new Words(Locale.forLanguageTag("nl"), TODAY);
		assertThat(dutch.shortDate(LocalDate.of(2026, 2, 25))).isEqualTo("wo 25 februari");
		assertThat(dutch.shortDate(LocalDate.of(2025, 2, 25))).isEqualTo("di 25 februari 2025");
		assertThat(new Words(Locale.ENGLISH, TODAY).shortDate(LocalDate.of(2027, 1, 1)))
			.isEqualTo("Fri 1 January 2027");
	}

}
