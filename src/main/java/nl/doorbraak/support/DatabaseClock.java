package nl.doorbraak.support;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The clock of the whole application: {@code doorbraak.current_instant()} of the
 * database, so that all nodes agree. Between two looks there it counts what passes here,
 * and never reads the time of this machine: one that is put wrong brings nothing early.
 * Instants in UTC, in microseconds as the database keeps them.
 */
@Component
public class DatabaseClock extends Clock {

	private static final Clock MACHINE = Clock.systemUTC();

	private static final Instant STARTED = MACHINE.instant();

	private static final long STARTED_NANOS = System.nanoTime();

	private static final Duration ALLOWED = Duration.ofSeconds(2);

	private final JdbcClient db;

	private volatile Duration ahead = Duration.ZERO;

	private volatile Duration offset = Duration.ZERO;

	private final ApplicationEventPublisher events;

	DatabaseClock(JdbcClient db, ApplicationEventPublisher events) {
		this.db = db;
		this.events = events;
		synchronise();
	}

	/** What this machine's clock would say had nobody touched it since the start. */
	private static Instant steady() {
		return STARTED.plusNanos(System.nanoTime() - STARTED_NANOS);
	}

	/**
	 * Reads the database's time. What is known stays while it can be true, and else
	 * becomes the least that can be: a slow answer never puts the clock back, and nothing
	 * comes early.
	 */
	@Scheduled(fixedDelayString = "${doorbraak.clock.synchronise-every:5s}")
	public synchronized void synchronise() {
		Instant before = steady();
		Read read = this.db.sql("select doorbraak.current_instant(), clock_timestamp()")
			.query((row, number) -> new Read(row.getTimestamp(1).toInstant(), row.getTimestamp(2).toInstant()))
			.single();
		Instant after = steady();
		Instant database = read.database();
		this.offset = Duration.between(read.machine(), database).truncatedTo(ChronoUnit.MILLIS);
		Duration least = Duration.between(after, database);
		Duration most = Duration.between(before, database);
		if (this.ahead.compareTo(least) < 0 || this.ahead.compareTo(most) > 0) {
			this.ahead = least;
		}
		this.events.publishEvent(new Synchronised());
	}

	/** What else keeps time on this node follows this clock. */
	public record Synchronised() {
	}

	/** How far the database's clock runs ahead of this machine's. */
	public Duration ahead() {
		return Duration.between(MACHINE.instant(), instant());
	}

	/**
	 * How far the machine of the database runs ahead of this one: what the demo put
	 * forward is no difference.
	 */
	public Duration difference() {
		return ahead().minus(this.offset);
	}

	/** Whether the two differ by so much that somebody must put one of them right. */
	public boolean isOff() {
		return difference().abs().compareTo(ALLOWED) > 0;
	}

	@Override
	public Instant instant() {
		return steady().plus(this.ahead).truncatedTo(ChronoUnit.MICROS);
	}

	@Override
	public ZoneId getZone() {
		return ZoneOffset.UTC;
	}

	@Override
	public Clock withZone(ZoneId zone) {
		throw new IllegalArgumentException("Instants are UTC; convert where a person reads them");
	}

	/** At one moment: with what the demo put forward, and without. */
	private record Read(Instant database, Instant machine) {
	}

}
