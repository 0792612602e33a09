package nl.doorbraak;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

import com.fasterxml.jackson.databind.JsonNode;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.JavaProcess;
import nl.doorbraak.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A thousand crisis dates in the same second ({@code -Dcases} for another number): every
 * alarm is in the outbox within seconds, none before its time, none twice.
 */
@Tag("load")
class CrisisLoadIT {

	private static final int CASES = Integer.getInteger("cases", 1000);

	/** While the mail of what is told goes out on the same machine. */
	private static final Duration ALLOWED = Duration.ofSeconds(10).plusMillis(2L * CASES);

	private static final Duration MINUTE = Duration.ofSeconds(60);

	private static final List<String> EVERYBODY = List.of("amira", "anna", "karim", "lotte", "mila", "paul");

	private final Path folder = Path.of("target", "crisis-load", UUID.randomUUID().toString()).toAbsolutePath();

	private JavaProcess application;

	@BeforeEach
	void start() {
		this.application = JavaProcess.demo(this.folder, "--server.port=0", "--doorbraak.demo.cases=false",
				"--doorbraak.demo.data-dir=postgres");
		this.application.port();
	}

	@AfterEach
	void stop() {
		this.application.close();
	}

	@Test
	void thousandCrisisDatesInTheSameSecond() throws Exception {
		LocalDate event = DutchTime.day(now()).plusDays(1);
		Instant moment = event.atStartOfDay(DutchTime.ZONE).toInstant();
		report(event);
		db().sql("update doorbraak.clock_offset set ahead = ahead + (?::timestamptz - doorbraak.current_instant())")
			.param(moment.minusSeconds(5).toString())
			.update();
		Until.so(() -> "alarms of all cases; so far " + alarmed(), MINUTE.multipliedBy(10), () -> {
			LockSupport.parkNanos(Duration.ofSeconds(1).toNanos());
			long alarmed = alarmed();
			System.out.println("after " + seconds(Duration.between(moment, now())) + " s: alarms of " + alarmed
					+ " cases in the outbox");
			return alarmed == CASES;
		});
		Duration last = Duration.between(moment, now());
		List<Duration> late = db()
			.sql("select created_at from doorbraak.alert where deadline_version like 'crisis %' order by 1")
			.query((row, n) -> Duration.between(moment, row.getTimestamp(1).toInstant()))
			.list();
		System.out.println("alarms of " + CASES + " cases in the same second: all in the outbox after " + seconds(last)
				+ " s; late p50 " + seconds(late.get(late.size() / 2)) + " s, p99 "
				+ seconds(late.get(late.size() * 99 / 100)) + " s, max " + seconds(late.get(late.size() - 1)) + " s");
		assertThat(late).as("early").noneMatch(Duration::isNegative);
		assertThat(db().sql("""
				select string_agg(recipient_login, ',' order by recipient_login) from doorbraak.alert
				where kind = 'leadMissing' and deadline_version like 'crisis %' group by case_number""")
			.query(String.class)
			.list()).as("none lost, none twice").hasSize(CASES).containsOnly(String.join(",", EVERYBODY));
		assertThat(db().sql("""
				select count(*) from doorbraak.audit_line
				where act = 'leadMissing' and facts::jsonb ->> 'moment' = 'crisis' group by chain""")
			.query(Integer.class)
			.list()).as("in the record once").hasSize(CASES).containsOnly(1);
		assertThat(last).isLessThan(ALLOWED);
	}

	/** Through the API, four at a time; then waits until all that follows is done. */
	private void report(LocalDate event) throws Exception {
		RestClient anna = RestClient.builder()
			.baseUrl("http://127.0.0.1:" + this.application.port())
			.defaultHeaders((headers) -> headers.setBasicAuth("anna", "doorbraak"))
			.build();
		Map<String, String> report = Map.of("whatIsStuck", "Iedereen helpt, niemand heeft de regie.", "threat",
				"eviction", "eventDate", event.toString());
		AtomicInteger reported = new AtomicInteger();
		Callable<Integer> one = () -> {
			anna.post().uri("/api/v1/cases").body(report).retrieve().body(JsonNode.class);
			int all = reported.incrementAndGet();
			if (all % 100 == 0) {
				System.out.println(all + " of " + CASES + " cases reported");
			}
			return all;
		};
		ExecutorService hands = Executors.newFixedThreadPool(4);
		try {
			for (Future<Integer> each : hands.invokeAll(Collections.nCopies(CASES, one))) {
				each.get();
			}
		}
		finally {
			hands.shutdownNow();
		}
		Until.so(() -> "all open and told", MINUTE.multipliedBy(5 + CASES / 500),
				() -> count("doorbraak.case_rung where closed_at is null") == CASES
						&& count("doorbraak.alert where state = 'waiting'") == 0);
	}

	/** Cases of which the alarm of the event is in the outbox. */
	private long alarmed() {
		return db().sql(
				"select count(distinct case_number) from doorbraak.alert where kind = 'leadMissing' and deadline_version like 'crisis %'")
			.query(Long.class)
			.single();
	}

	private long count(String what) {
		return db().sql("select count(*) from " + what).query(Long.class).single();
	}

	private static String seconds(Duration duration) {
		return String.format(Locale.ROOT, "%.1f", duration.toMillis() / 1000.0);
	}

	private Instant now() {
		return db().sql("select doorbraak.current_instant()").query(Timestamp.class).single().toInstant();
	}

	private JdbcClient db() {
		return JavaProcess.database(this.folder, "doorbraak_owner");
	}

}
