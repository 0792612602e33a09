package nl.doorbraak;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.JavaProcess;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.Until;
import nl.doorbraak.testing.WholeApplication;
import org.camunda.bpm.engine.ManagementService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The lead is taken within half a second of the crisis moment, at either of two processes
 * on one database, of which one watches: alarm or lead, never both, never none.
 * {@code -Praces} runs it for two hundred cases.
 */
@WholeApplication
class LeadAtTheCrisisIT {

	private static final int RACES = Integer.getInteger("races", 20);

	private static final int AT_ONCE = 20;

	private static final int AROUND = 500;

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private final Town town;

	private final ManagementService jobs;

	private final JdbcConnectionDetails database;

	private final ExecutorService hands = Executors.newFixedThreadPool(AT_ONCE);

	/** How long after their moment the cases are looked at here. */
	private Duration looked = Duration.ofMillis(100);

	private JavaProcess other;

	private List<RestClient> annas;

	@Autowired
	LeadAtTheCrisisIT(Town town, ManagementService jobs, JdbcConnectionDetails database) {
		this.town = town;
		this.jobs = jobs;
		this.database = database;
	}

	/** It looks for due cases all the time: a busy machine is late, not the watch. */
	@BeforeEach
	void startTheOther() {
		this.other = JavaProcess.demo(Path.of("target", "second-node", UUID.randomUUID().toString()).toAbsolutePath(),
				"--server.port=0", "--doorbraak.demo.cases=false", "--doorbraak.demo.join=true",
				"--doorbraak.demo.data-dir=" + folder(), "--doorbraak.clock.synchronise-every=100ms",
				"--doorbraak.alert.poll-every=1h", "--doorbraak.watchdog.every=1h",
				"--doorbraak.lead.watch-every=20ms");
		this.annas = Stream.of(this.town.address(), "http://127.0.0.1:" + this.other.port())
			.map((address) -> RestClient.builder()
				.baseUrl(address)
				.defaultHeaders((headers) -> headers.setBasicAuth("anna", "doorbraak"))
				.build())
			.toList();
	}

	@AfterEach
	void stopTheOther() {
		this.hands.shutdownNow();
		this.other.close();
	}

	@Test
	@Attack(value = "D17", failedWith = "the watch raises its moments also where somebody has the lead")
	void leadOrAlarmNeverBothNeverNone() throws Exception {
		for (int attempt = 1;; attempt++) {
			int alarmFirst = 0;
			for (int done = 0; done < RACES; done += AT_ONCE) {
				alarmFirst += race();
			}
			System.out.println("lead at the crisis on two processes, n = " + RACES + ": alarm first " + alarmFirst
					+ ", lead first " + (RACES - alarmFirst));
			int least = (RACES > AT_ONCE) ? RACES / 10 + 1 : 1;
			if (Math.min(alarmFirst, RACES - alarmFirst) >= least) {
				return;
			}
			assertThat(attempt).as("each side wins").isLessThan(4);
		}
	}

	/**
	 * A race for as many cases as there are hands, each reported at one process and taken
	 * at the other; how often the alarm was first.
	 */
	private int race() throws Exception {
		LocalDate event = this.town.today().plusDays(1);
		Instant moment = event.atStartOfDay(DutchTime.ZONE).toInstant();
		Map<String, String> report = Map.of("whatIsStuck", "Iedereen helpt, niemand heeft de regie.", "threat",
				"eviction", "eventDate", event.toString());
		List<String> cases = each((i) -> anna(i).post()
			.uri("/api/v1/cases")
			.body(report)
			.retrieve()
			.body(JsonNode.class)
			.path("number")
			.asText());
		Until.so(() -> "all wait for the moment", PATIENCE,
				() -> waiting(moment) == AT_ONCE && watched(moment) == AT_ONCE);
		this.town.moveClock(Duration.between(now(), moment.minusSeconds(3)));
		CyclicBarrier barrier = new CyclicBarrier(AT_ONCE);
		List<Integer> answers = each((i) -> {
			RestClient anna = anna(i + 1);
			anna.get().uri("/api/v1/cases/" + cases.get(i)).retrieve().toBodilessEntity();
			barrier.await();
			Instant start = moment.plus(this.looked).plusMillis(2L * AROUND * i / (AT_ONCE - 1) - AROUND);
			LockSupport.parkNanos(Duration.between(now(), start).toNanos());
			return anna.post()
				.uri("/api/v1/cases/" + cases.get(i) + "/lead/acceptance")
				.retrieve()
				.onStatus((status) -> true, (asked, answer) -> {
				})
				.toBodilessEntity()
				.getStatusCode()
				.value();
		});
		assertThat(answers).containsOnly(200);
		Until.so(() -> "all watches looked", PATIENCE, () -> watched(moment) == 0);
		int alarmFirst = 0;
		for (String number : cases) {
			boolean alarm = alarms(number, moment) > 0;
			assertThat(acts(number)).as(number).isEqualTo(alarm ? List.of("alarm", "lead") : List.of("lead"));
			alarmFirst += alarm ? 1 : 0;
		}
		each((i) -> anna(i).post()
			.uri("/api/v1/cases/" + cases.get(i) + "/withdrawal")
			.body(Map.of("reason", "x"))
			.retrieve()
			.toBodilessEntity());
		if (alarmFirst < AT_ONCE / 4 || alarmFirst > AT_ONCE * 3 / 4) {
			this.looked = this.looked.plusMillis((alarmFirst < AT_ONCE / 4) ? 200 : -200);
		}
		return alarmFirst;
	}

	/** Cases that are looked at next at this moment. */
	private long watched(Instant moment) {
		return this.town.database()
			.sql("select count(*) from doorbraak.lead_watch where next_at = ?")
			.param(Timestamp.from(moment))
			.query(Long.class)
			.single();
	}

	/** Timers of the engine that wait until the workers have looked. */
	private long waiting(Instant moment) {
		return this.jobs.createJobQuery()
			.timers()
			.activityId("event_watchMomentReached")
			.duedateHigherThan(Date.from(moment))
			.duedateLowerThan(Date.from(moment.plus(Duration.ofMinutes(40))))
			.count();
	}

	/** All hands at once. */
	private <T> List<T> each(Act<T> act) throws Exception {
		List<Callable<T>> acts = IntStream.range(0, AT_ONCE).mapToObj((i) -> (Callable<T>) () -> act.of(i)).toList();
		List<T> results = new ArrayList<>();
		for (Future<T> result : this.hands.invokeAll(acts)) {
			results.add(result.get());
		}
		return results;
	}

	/** At either process in turn. */
	private RestClient anna(int turn) {
		return this.annas.get(turn % 2);
	}

	/** What happened to the lead at the event, in the order of the record. */
	private List<String> acts(String number) {
		return this.town.database()
			.sql("""
					select case act when 'leadMissing' then 'alarm' else 'lead' end from doorbraak.audit_line where chain = ?
					  and (act = 'leadAccepted' or act = 'leadMissing' and facts::jsonb ->> 'moment' = 'crisis')
					order by number""")
			.param(number)
			.query(String.class)
			.list();
	}

	/** Rows of the alarm in the outbox. */
	private int alarms(String number, Instant moment) {
		List<Timestamp> rows = this.town.database()
			.sql("select created_at from doorbraak.alert where case_number = ? and kind = 'leadMissing' and deadline_version like 'crisis %'")
			.param(number)
			.query(Timestamp.class)
			.list();
		assertThat(rows).as("none early").allMatch((row) -> !row.toInstant().isBefore(moment));
		return rows.size();
	}

	/** Of the database, which only its superuser is told. */
	private String folder() {
		return JdbcClient.create(new DriverManagerDataSource(this.database.getJdbcUrl(), "postgres", ""))
			.sql("show data_directory")
			.query(String.class)
			.single();
	}

	private Instant now() {
		return this.town.clock().instant();
	}

	/** What a hand does. */
	@FunctionalInterface
	private interface Act<T> {

		T of(int hand) throws Exception;

	}

}
