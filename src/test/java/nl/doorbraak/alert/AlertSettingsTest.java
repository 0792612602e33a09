package nl.doorbraak.alert;

import java.time.Duration;
import java.util.List;

import nl.doorbraak.support.StartRefused;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Settings with which an alert would be lost, late or sent by two nodes are refused. */
class AlertSettingsTest {

	private static final List<Duration> RETRIES = List.of(Duration.ofSeconds(10), Duration.ofMinutes(5));

	private static final Duration LEASE = Duration.ofSeconds(60);

	private static final Duration DAY = Duration.ofHours(24);

	@Test
	void settingsLikeOursPass() {
		AlertSettings settings = new AlertSettings("journal", 50, LEASE, RETRIES, DAY);
		assertThat(settings.waitAfter(1)).isEqualTo(Duration.ofSeconds(10));
		assertThat(settings.waitAfter(9)).isEqualTo(Duration.ofMinutes(5));
	}

	@Test
	void eachThatIsNotSafeIsRefusedByName() {
		refused("doorbraak.alert.give-up-after", LEASE, RETRIES, Duration.ofHours(23));
		refused("doorbraak.alert.retries", LEASE, List.of(Duration.ofMinutes(6)), DAY);
		refused("doorbraak.alert.retries", LEASE, List.of(), DAY);
		refused("doorbraak.alert.lease", Duration.ofSeconds(29), RETRIES, DAY);
		refused("doorbraak.alert.lease", Duration.ofSeconds(61), RETRIES, DAY);
	}

	private static void refused(String named, Duration lease, List<Duration> retries, Duration giveUpAfter) {
		assertThatExceptionOfType(StartRefused.class)
			.isThrownBy(() -> new AlertSettings("journal", 50, lease, retries, giveUpAfter))
			.satisfies((refused) -> assertThat(refused.action()).contains(named));
	}

}
