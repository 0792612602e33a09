package nl.doorbraak.demo;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import nl.doorbraak.demo.DemoScript.Step;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DemoScriptTest {

	/** A weekday, a weekend, a new year and both changes of the clock. */
	private static final List<Instant> MOMENTS = Stream
		.of("2026-11-25T06:00:00Z", "2026-11-28T23:30:00Z", "2027-01-01T10:00:00Z", "2026-03-29T01:00:00Z",
				"2026-10-25T01:00:00Z")
		.map(Instant::parse)
		.toList();

	@Test
	void sameMomentGivesTheSameCases() {
		for (Instant now : MOMENTS) {
			assertThat(DemoScript.read(now)).isEqualTo(DemoScript.read(now));
		}
	}

	@Test
	void everyCaseBeginsWithItsReportAndNothingLiesAhead() {
		for (Instant now : MOMENTS) {
			List<Step> steps = DemoScript.read(now);
			assertThat(steps).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
			assertThat(steps).allMatch((step) -> !step.at().isAfter(now));
			assertThat(steps.stream().filter((step) -> step.act().equals("report"))).hasSize(300);
			for (int number = 0; number < 300; number++) {
				int each = number;
				assertThat(steps.stream().filter((step) -> step.number() == each).findFirst().orElseThrow().act())
					.as("case " + number + " on " + now)
					.isEqualTo("report");
			}
		}
	}

	/**
	 * A year on, nobody has left what a closed case still asks, but for who is behind.
	 */
	@Test
	void closedCasesAreLookedAfter() {
		for (Instant now : MOMENTS) {
			List<Step> steps = DemoScript.read(now);
			List<Step> asked = steps.stream().filter((step) -> step.act().equals("record-aftercare")).toList();
			assertThat(asked.stream().map(Step::number).distinct().count()).isGreaterThan(100);
			assertThat(steps).filteredOn((step) -> step.act().equals("look-back")).hasSizeGreaterThan(20);
			List<Integer> forgotten = steps.stream()
				.filter((step) -> step.act().equals("record-outcome") && !step.who().equals("bert")
						&& step.at().isBefore(now.minus(Duration.ofDays(110))))
				.map(Step::number)
				.filter((number) -> asked.stream().noneMatch((step) -> step.number() == number))
				.toList();
			assertThat(forgotten).isEmpty();
		}
	}

	@Test
	void noTwoCasesReadTheSame() {
		List<Object> situations = DemoScript.read(MOMENTS.get(0))
			.stream()
			.filter((step) -> step.act().equals("report"))
			.<Object>map((step) -> step.with().get("whatIsStuck"))
			.toList();
		assertThat(situations).doesNotHaveDuplicates();
	}

}
