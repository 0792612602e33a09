package nl.doorbraak.audit;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import nl.doorbraak.audit.ChainCheck.Result;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Locks;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Checks the whole record: each night after the head of the day, and when somebody asks.
 * One check runs at a time, on whichever node; a killed one is forgotten.
 */
@Component
public class ChainChecks implements DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(ChainChecks.class);

	private static final Duration SILENT = Duration.ofMinutes(5);

	private static final TypeReference<List<Found>> FINDINGS = new TypeReference<>() {
	};

	private final Heads heads;

	private final HeadsOutside outside;

	private final JdbcClient db;

	private final JdbcTemplate connections;

	private final TransactionOperations transactions;

	private final ApplicationEventPublisher events;

	private final Clock clock;

	private final ObjectMapper json = new ObjectMapper();

	private final ExecutorService worker = Executors.newSingleThreadExecutor((work) -> {
		Thread thread = new Thread(work, "chain-check");
		thread.setDaemon(true);
		return thread;
	});

	ChainChecks(Heads heads, HeadsOutside outside, JdbcClient db, JdbcTemplate connections,
			TransactionOperations transactions, ApplicationEventPublisher events, Clock clock) {
		this.heads = heads;
		this.outside = outside;
		this.db = db;
		this.connections = connections;
		this.transactions = transactions;
		this.events = events;
		this.clock = clock;
	}

	@Override
	public void destroy() {
		this.worker.shutdownNow();
	}

	/** The first look of a day takes its head and checks everything. */
	@Scheduled(initialDelayString = "${doorbraak.audit.heads-every:10m}",
			fixedDelayString = "${doorbraak.audit.heads-every:10m}")
	void day() {
		boolean first = this.heads.latest()
			.map((head) -> DutchTime.day(head.at()).isBefore(DutchTime.day(this.clock.instant())))
			.orElse(true);
		if (first) {
			this.heads.take();
		}
		this.outside.bringUpToDate();
		if (first) {
			start(Actor.TIMER);
		}
	}

	/**
	 * The last head outside, when those outside go on after the last of the record: the
	 * database was put back.
	 */
	public Optional<Head> headAhead() {
		List<Head> outside = HeadsOutside.read(this.outside.file());
		Optional<Head> latest = this.heads.latest();
		if (outside.isEmpty() || latest.isEmpty()) {
			return Optional.empty();
		}
		Head last = outside.get(outside.size() - 1);
		return (last.number() > latest.get().number()
				&& outside.stream().anyMatch((head) -> head.mark().equals(latest.get().mark()))) ? Optional.of(last)
						: Optional.empty();
	}

	/** Takes a head now, and writes it outside. */
	public Head takeHead() {
		Head head = this.heads.take();
		this.outside.bringUpToDate();
		return head;
	}

	/**
	 * Begins a check, unless one runs.
	 * @param actor who asks
	 */
	public void start(String actor) {
		Long id = this.transactions.execute((tx) -> {
			Locks.alone(this.db, "check of the audit");
			return latest().filter((check) -> check.runs(this.clock.instant())).isPresent() ? null : open(actor);
		});
		if (id != null) {
			this.worker.execute(() -> checkComeWhatMay(id, actor));
		}
	}

	private long open(String actor) {
		return this.db.sql("""
				insert into doorbraak.chain_check (started_at, started_by, seen_at) values (:now, :actor, :now)
				returning id""")
			.param("now", Timestamp.from(this.clock.instant()))
			.param("actor", actor)
			.query(Long.class)
			.single();
	}

	private void checkComeWhatMay(long id, String actor) {
		try {
			check(id, actor);
		}
		catch (RuntimeException ex) {
			log.error("The record could not be checked", ex);
		}
	}

	private void check(long id, String actor) {
		Result result = Objects.requireNonNull(
				this.connections.execute((ConnectionCallback<Result>) (connection) -> new ChainCheck(connection,
						HeadsOutside.read(this.outside.file()), (lines) -> progress(id, lines))
					.run()));
		this.transactions.executeWithoutResult((tx) -> {
			this.db
				.sql("""
						update doorbraak.chain_check set ended_at = :now, seen_at = :now, lines_done = :lines, lines = :lines,
						  chains = :chains, heads = :heads, outside = :outside, findings = cast(:findings as jsonb) where id = :id""")
				.param("now", Timestamp.from(this.clock.instant()))
				.param("lines", result.lines())
				.param("chains", result.chains())
				.param("heads", result.heads())
				.param("outside", result.outside())
				.param("findings", write(result))
				.param("id", id)
				.update();
			this.events
				.publishEvent(new ChainChecked(actor, result.lines(), result.findings().size(), result.outside()));
		});
	}

	private void progress(long id, long lines) {
		this.db.sql("update doorbraak.chain_check set lines_done = :lines, seen_at = :now where id = :id")
			.param("lines", lines)
			.param("now", Timestamp.from(this.clock.instant()))
			.param("id", id)
			.update();
	}

	private String write(Result result) {
		try {
			return this.json.writeValueAsString(result.findings());
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The last check, which may still run. */
	public Optional<Check> latest() {
		return checks("order by id desc limit 1").stream().findFirst();
	}

	/** The last check that ended. */
	public Optional<Check> latestEnded() {
		return checks("where ended_at is not null order by id desc limit 1").stream().findFirst();
	}

	private List<Check> checks(String which) {
		RowMapper<Check> check = (row, n) -> {
			Timestamp ended = row.getTimestamp("ended_at");
			return new Check(row.getTimestamp("started_at").toInstant(), row.getString("started_by"),
					row.getLong("lines_done"), row.getTimestamp("seen_at").toInstant(),
					(ended != null) ? ended.toInstant() : null, row.getLong("chains"), row.getLong("heads"),
					row.getBoolean("outside"), read(row.getString("findings")));
		};
		return this.db.sql("select * from doorbraak.chain_check " + which).query(check).list();
	}

	private List<Found> read(@Nullable String findings) {
		try {
			return (findings != null) ? this.json.readValue(findings, FINDINGS) : List.of();
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * One check of the whole record.
	 *
	 * @param lines done so far
	 * @param seenAt when it was last seen at work
	 * @param endedAt null while it runs
	 * @param outside whether the heads were compared with those outside the database
	 */
	public record Check(Instant startedAt, String startedBy, long lines, Instant seenAt, @Nullable Instant endedAt,
			long chains, long heads, boolean outside, List<Found> findings) {

		public Check {
			findings = List.copyOf(findings);
		}

		/** Whether it is at work. */
		public boolean runs(Instant now) {
			return this.endedAt == null && this.seenAt.plus(SILENT).isAfter(now);
		}

	}

	/**
	 * A place that does not follow.
	 *
	 * @param place a chain, or {@code #heads}
	 * @param number of the line or the head
	 * @param code what is wrong there
	 */
	public record Found(String place, long number, String code) {
	}

}
