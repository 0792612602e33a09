package nl.doorbraak.workflow.tasklist;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import nl.doorbraak.testing.WholeApplication;
import org.camunda.bpm.engine.FilterService;
import org.camunda.bpm.engine.filter.Filter;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;

import static org.assertj.core.api.Assertions.assertThat;

/** What every node writes when it starts. */
@WholeApplication
class TasklistSetUpIT {

	private static final int NODES = 4;

	private final TasklistSetUp setUp;

	private final FilterService filters;

	TasklistSetUpIT(@Autowired TasklistSetUp setUp, @Autowired FilterService filters) {
		this.setUp = setUp;
		this.filters = filters;
	}

	@Test
	void nodesThatStartTogetherWriteItOnce() throws Exception {
		ExecutorService nodes = Executors.newFixedThreadPool(NODES);
		CyclicBarrier together = new CyclicBarrier(NODES);
		Callable<Boolean> start = () -> {
			together.await(10, TimeUnit.SECONDS);
			this.setUp.run(new DefaultApplicationArguments());
			return true;
		};
		try {
			for (int round = 0; round < 5; round++) {
				for (Future<Boolean> node : nodes
					.invokeAll(IntStream.range(0, NODES).mapToObj((n) -> start).toList())) {
					assertThat(node.get()).isTrue();
				}
			}
		}
		finally {
			nodes.shutdownNow();
		}
		List<String> names = this.filters.createTaskFilterQuery()
			.unlimitedList()
			.stream()
			.map(Filter::getName)
			.toList();
		assertThat(names).containsOnlyOnceElementsOf(Stream.of(ReadyFilter.values()).map(ReadyFilter::label).toList());
	}

}
