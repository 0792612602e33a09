package nl.doorbraak.resident;

import java.time.Period;
import java.util.Map;

import nl.doorbraak.ladder.Rung;
import nl.doorbraak.support.StartRefused;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ResidentSettingsTest {

	@Test
	void linkThatLivesLongerThanItMayIsRefusedAtTheStart() {
		assertThatExceptionOfType(StartRefused.class)
			.isThrownBy(() -> new ResidentSettings(Period.ofDays(366), Period.ofDays(365), Map.of()));
		assertThatExceptionOfType(StartRefused.class)
			.isThrownBy(() -> new ResidentSettings(Period.ZERO, Period.ofDays(365), Map.of()));
	}

	@Test
	void organisationSaysAPhaseInItsOwnWords() {
		ResidentSettings settings = new ResidentSettings(Period.ofDays(1), Period.ofDays(1),
				Map.of("tailored", Map.of("nl", "Wij maken iets voor u.", "en", " ")));
		assertThat(settings.text(Phase.TAILORED, "nl")).contains("Wij maken iets voor u.");
		assertThat(settings.text(Phase.TAILORED, "en")).isEmpty();
		assertThat(settings.text(Phase.PREVENTION, "nl")).isEmpty();
	}

	@Test
	void aboveTheTableInTheKitchenItIsTailorMade() {
		assertThat(Phase.of(null)).isEqualTo(Phase.PREVENTION);
		assertThat(Phase.of(Rung.LOCAL)).isEqualTo(Phase.PREVENTION);
		assertThat(Phase.of(Rung.REGIONAL)).isEqualTo(Phase.TAILORED);
	}

}
