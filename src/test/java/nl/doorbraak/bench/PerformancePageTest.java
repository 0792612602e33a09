package nl.doorbraak.bench;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** No figure stands on the page that no run of the benchmark measured. */
class PerformancePageTest {

	@Test
	void figuresOnThePageFollowFromTheRuns() throws IOException {
		assertThat(PerformancePage.page()).isEqualTo(PerformancePage.expected());
	}

}
