package nl.doorbraak.workflow.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** Due work is done by the demo's clock and by the background at once. */
@WholeApplication
class DueWorkIT {

	private final Town town;

	@Autowired
	DueWorkIT(Town town) {
		this.town = town;
	}

	@Test
	void whoComesSecondFindsItDoneAndSaysNothing() throws Exception {
		this.town.workDue();
		Town.Visitor anna = this.town.as("anna");
		List<String> numbers = new ArrayList<>();
		ExecutorService two = Executors.newFixedThreadPool(2);
		try {
			for (int round = 0; round < 5; round++) {
				for (int i = 0; i < 4; i++) {
					numbers.add(anna.post("/api/v1/cases", Map.of("whatIsStuck", "Twee tegelijk."))
						.json()
						.path("number")
						.asText());
				}
				CyclicBarrier start = new CyclicBarrier(2);
				Future<Integer> one = two.submit(() -> afterBarrier(start));
				Future<Integer> other = two.submit(() -> afterBarrier(start));
				one.get();
				other.get();
			}
		}
		finally {
			two.shutdownNow();
		}
		for (String number : numbers) {
			assertThat(anna.state(number).path("rung").asText()).isEqualTo("local");
			anna.post("/api/v1/cases/" + number + "/withdrawal", Map.of("reason", "x"));
		}
		this.town.workDue();
	}

	private int afterBarrier(CyclicBarrier start) throws Exception {
		start.await();
		return this.town.workDue();
	}

}
