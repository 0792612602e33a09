package nl.doorbraak.support.watchdog;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import nl.doorbraak.support.CaseInLog;
import nl.doorbraak.support.watchdog.Watched.Late;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Looks on a second path whether what had to happen happened: on a thread and a
 * connection of its own, so that no job, pool or schedule that hangs holds it up. What is
 * late it does, tells once, and keeps the outside heartbeat waiting: whoever listens
 * there hears that something is wrong, also when this whole node is gone.
 */
@Component
public class Watchdog implements DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(Watchdog.class);

	private static final Duration ALLOWED = Duration.ofMinutes(1);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final JdbcConnectionDetails database;

	private final List<Watched> all;

	private final TransactionOperations transactions;

	private final ApplicationEventPublisher events;

	private final Duration every;

	private final @Nullable URI heartbeat;

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE.dividedBy(2)).build();

	private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor((work) -> {
		Thread thread = new Thread(work, "watchdog");
		thread.setDaemon(true);
		return thread;
	});

	Watchdog(JdbcConnectionDetails database, List<Watched> all, TransactionOperations transactions,
			ApplicationEventPublisher events, @Value("${doorbraak.watchdog.every:60s}") Duration every,
			@Value("${doorbraak.watchdog.heartbeat:#{null}}") @Nullable URI heartbeat) {
		this.database = database;
		this.all = all;
		this.transactions = transactions;
		this.events = events;
		this.every = every;
		this.heartbeat = heartbeat;
	}

	@EventListener(ApplicationReadyEvent.class)
	void begin() {
		this.scheduler.scheduleWithFixedDelay(this::roundComeWhatMay, this.every.toMillis(), this.every.toMillis(),
				TimeUnit.MILLISECONDS);
	}

	@Override
	public void destroy() {
		this.scheduler.shutdownNow();
	}

	private void roundComeWhatMay() {
		try {
			round();
		}
		catch (RuntimeException ex) {
			log.error("The watchdog could not look; no heartbeat", ex);
		}
	}

	/**
	 * Looks once; says whether all was well. Of two nodes at the same moment one looks,
	 * and the other says no.
	 */
	public boolean round() {
		try (Connection connection = open()) {
			JdbcClient own = JdbcClient.create(new SingleConnectionDataSource(connection, true));
			// Held by the connection, so by nobody whose node is gone.
			if (!own.sql("select pg_try_advisory_lock(hashtextextended('round of the watchdog', 0))")
				.query(Boolean.class)
				.single()) {
				return false;
			}
			boolean well = look(own);
			note(own, well);
			if (well) {
				tellOutside();
			}
			// A connection that is closed keeps it until the server noticed.
			own.sql("select pg_advisory_unlock(hashtextextended('round of the watchdog', 0))")
				.query(Boolean.class)
				.single();
			return well;
		}
		catch (SQLException ex) {
			throw new IllegalStateException("The watchdog has no connection", ex);
		}
	}

	private Connection open() throws SQLException {
		Properties properties = new Properties();
		properties.setProperty("user", this.database.getUsername());
		properties.setProperty("password", this.database.getPassword());
		properties.setProperty("ApplicationName", "watchdog");
		properties.setProperty("loginTimeout", "10");
		properties.setProperty("socketTimeout", "30");
		properties.setProperty("tcpKeepAlive", "true");
		properties.setProperty("logServerErrorDetail", "false");
		return DriverManager.getConnection(this.database.getJdbcUrl(), properties);
	}

	private boolean look(JdbcClient own) {
		boolean well = true;
		Instant now = own.sql("select doorbraak.current_instant()")
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.single();
		for (Watched watched : this.all) {
			List<Late> late = watched.late(own, now.minus(ALLOWED));
			forget(own, watched.what(), late, now);
			List<Late> found = found(own, watched.what(), late, now);
			late.forEach((each) -> repair(watched, each));
			if (!found.isEmpty()) {
				report(own, watched.what(), found, now);
			}
			well &= late.isEmpty();
		}
		return well;
	}

	private static void repair(Watched watched, Late late) {
		try {
			CaseInLog.during(late.number(), () -> watched.repair(late));
		}
		catch (RuntimeException ex) {
			log.error("Late work of kind {} could not be done", watched.what(), ex);
		}
	}

	/** What could not be told is found anew by the next round. */
	private void report(JdbcClient own, String what, List<Late> found, Instant now) {
		log.warn("Late: {} of kind {}", found.size(), what);
		List<String> numbers = new ArrayList<>(
				found.stream().map(Late::number).filter((number) -> !number.isEmpty()).distinct().toList());
		try {
			this.transactions.executeWithoutResult(
					(tx) -> this.events.publishEvent(new LateWorkFound(what, numbers, found.size(), now)));
		}
		catch (RuntimeException ex) {
			forget(own, what, List.of(), now);
			throw ex;
		}
	}

	/**
	 * What was not found before: the unique key says it to one round only. All at once,
	 * because each commit waits for the disk.
	 */
	private static List<Late> found(JdbcClient own, String what, List<Late> late, Instant now) {
		if (late.isEmpty()) {
			return late;
		}
		Set<String> keys = own.sql("""
				insert into doorbraak.watch_finding (what, key, found_at, municipality_id)
				select :what, late.key, :now, c.municipality_id from unnest(:keys, :numbers) as late (key, number)
				  left join doorbraak.case_file c on c.number = late.number
				on conflict do nothing returning key""")
			.param("what", what)
			.param("keys", late.stream().map(Late::key).toArray(String[]::new))
			.param("numbers", late.stream().map(Late::number).toArray(String[]::new))
			.param("now", Timestamp.from(now))
			.query(String.class)
			.set();
		return late.stream().filter((each) -> keys.contains(each.key())).toList();
	}

	/** What is late no more can be late again. */
	private static void forget(JdbcClient own, String what, List<Late> late, Instant now) {
		own.sql("""
				update doorbraak.watch_finding set ended_at = :now
				where what = :what and ended_at is null and not key = any (cast(:keys as text[]))""")
			.param("now", Timestamp.from(now))
			.param("what", what)
			.param("keys", late.stream().map(Late::key).toArray(String[]::new))
			.update();
	}

	/** So that somebody hears when no node looks any more. */
	private static void note(JdbcClient own, boolean well) {
		own.sql("""
				insert into doorbraak.watchdog_round (at, well) values (doorbraak.current_instant(), :well)
				on conflict (only_row) do update set at = excluded.at, well = excluded.well""")
			.param("well", well)
			.update();
	}

	private void tellOutside() {
		if (this.heartbeat == null) {
			return;
		}
		try {
			int status = this.http
				.send(HttpRequest.newBuilder(this.heartbeat).timeout(PATIENCE).build(),
						HttpResponse.BodyHandlers.discarding())
				.statusCode();
			if (status >= 300) {
				log.warn("The heartbeat address answers {}", status);
			}
		}
		catch (java.io.IOException ex) {
			log.warn("The heartbeat address does not answer: {}", ex.getClass().getSimpleName());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
