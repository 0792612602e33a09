package nl.doorbraak.casefile;

import java.time.LocalDate;

import nl.doorbraak.support.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class BirthDateTest {

	private static final LocalDate TODAY = LocalDate.of(2027, 7, 5);

	@ParameterizedTest
	@CsvSource({ "2027-07-06, in de toekomst", "1700-01-01, meer dan 130 jaar terug" })
	void refusalSaysWhatIsWrongWithTheDate(LocalDate birth, String why) {
		assertThatThrownBy(() -> CaseActions.checkBirthDate(birth, TODAY, "birthDate"))
			.isInstanceOfSatisfying(Refused.class, (refused) -> assertThat(refused.sentence()).contains(why));
	}

	@Test
	void whoWasBornTodayOrIsVeryOldIsTaken() {
		assertThatCode(() -> {
			CaseActions.checkBirthDate(TODAY, TODAY, "birthDate");
			CaseActions.checkBirthDate(TODAY.minusYears(130), TODAY, "birthDate");
		}).doesNotThrowAnyException();
	}

}
