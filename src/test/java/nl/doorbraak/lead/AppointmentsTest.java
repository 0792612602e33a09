package nl.doorbraak.lead;

import java.util.List;
import java.util.Set;

import nl.doorbraak.lead.LeadSettings.Power;
import nl.doorbraak.support.StartRefused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class AppointmentsTest {

	@Test
	void rightPowersAreTaken() {
		assertThatCode(() -> check("RG01", "processDirector", 3, "Convenant", "GM9001")).doesNotThrowAnyException();
		assertThatCode(() -> check("GM9001", "director", 2, "Besluit", null)).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			XX,     director, 2, Besluit,   -
			GM9001, baas,     2, Besluit,   -
			GM9001, director, 0, Besluit,   -
			GM9001, director, 4, Besluit,   GM9001
			GM9001, director, 2, ' ',       -
			GM9001, director, 2, Besluit,   RG01
			RG01,   director, 3, Convenant, -
			RG01,   director, 3, Convenant, XX
			""")
	void wrongPowerStopsTheStartAndSaysWhatToChange(String organisation, String function, int level, String basis,
			String binds) {
		assertThatExceptionOfType(StartRefused.class)
			.isThrownBy(() -> check(organisation, function, level, basis, binds))
			.withMessageContaining(organisation);
	}

	private static void check(String organisation, String function, int level, String basis, String binds) {
		Appointments.check(List
			.of(new Power(organisation, function, level, basis, (binds != null) ? List.of(binds) : List.of(), null)),
				Set.of("GM9001", "RG01"));
	}

}
