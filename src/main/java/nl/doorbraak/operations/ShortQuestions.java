package nl.doorbraak.operations;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

import javax.sql.DataSource;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Asks the database on one thread of its own and waits no longer than this: who asks how
 * things are must have an answer also when the database gives none.
 */
@Component
class ShortQuestions implements DisposableBean {

	private static final Duration PATIENCE = Duration.ofSeconds(4);

	private final JdbcClient db;

	private final Duration patience;

	private final ExecutorService worker = Executors.newSingleThreadExecutor((work) -> {
		Thread thread = new Thread(work, "health");
		thread.setDaemon(true);
		return thread;
	});

	@Autowired
	ShortQuestions(DataSource database) {
		this(database, PATIENCE);
	}

	ShortQuestions(DataSource database, Duration patience) {
		this.patience = patience;
		JdbcTemplate patient = new JdbcTemplate(database);
		patient.setQueryTimeout((int) PATIENCE.toSeconds());
		this.db = JdbcClient.create(patient);
	}

	/** The answer; nothing when it failed or did not come in time. */
	<T> Optional<T> ask(Function<JdbcClient, T> question) {
		Future<T> asked = this.worker.submit(() -> question.apply(this.db));
		try {
			return Optional.of(asked.get(this.patience.toMillis(), TimeUnit.MILLISECONDS));
		}
		catch (ExecutionException | TimeoutException ex) {
			asked.cancel(true);
			return Optional.empty();
		}
		catch (InterruptedException ex) {
			asked.cancel(true);
			Thread.currentThread().interrupt();
			return Optional.empty();
		}
	}

	@Override
	public void destroy() {
		this.worker.shutdownNow();
	}

}
