package nl.doorbraak.lead;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.watchdog.Watched;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WholeApplication;
import org.camunda.bpm.engine.ManagementService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.scheduling.config.ScheduledTaskHolder;

import static org.assertj.core.api.Assertions.assertThat;

/** Workers take due cases in batches, and no case holds up another. */
@WholeApplication
class WatchWorkerIT {

	private static final List<String> EVERYBODY = List.of("amira", "anna", "karim", "lotte", "mila", "paul");

	private final Town town;

	private final WatchWorker worker;

	private final ScheduledTaskHolder scheduled;

	private final LateMoments lateMoments;

	private final AuditTrail audit;

	private final ManagementService engine;

	private final JdbcConnectionDetails database;

	private final JdbcClient application;

	private final LocalDate event;

	private final Instant moment;

	@Autowired
	WatchWorkerIT(Town town, WatchWorker worker, ScheduledTaskHolder scheduled, LateMoments lateMoments,
			AuditTrail audit, ManagementService engine, JdbcConnectionDetails database, JdbcClient application) {
		this.town = town;
		this.worker = worker;
		this.scheduled = scheduled;
		this.lateMoments = lateMoments;
		this.audit = audit;
		this.engine = engine;
		this.database = database;
		this.application = application;
		this.event = town.today().plusDays(1);
		this.moment = startOf(this.event);
	}

	@BeforeEach
	@AfterEach
	void nothingIsLeft() {
		this.town.database().sql("drop trigger if exists out_of_order on doorbraak.lead_watch").update();
		this.town.closeAll();
	}

	@Test
	void fourWorkersAtOnceTellEachCaseOnce() throws Exception {
		List<String> cases = report(60);
		toTheMoment();
		ExecutorService nodes = Executors.newFixedThreadPool(4);
		int done = 0;
		try {
			for (Future<Integer> each : nodes
				.invokeAll(Collections.nCopies(4, (Callable<Integer>) this.worker::doDue))) {
				done += each.get();
			}
		}
		finally {
			nodes.shutdown();
		}
		assertThat(done).as("one that another just did is looked at in vain").isGreaterThanOrEqualTo(cases.size());
		assertThat(told(cases)).hasSize(cases.size())
			.allSatisfy((number, logins) -> assertThat(logins).isEqualTo(String.join(",", EVERYBODY)));
		for (String number : cases) {
			assertThat(acts(number).stream().filter((act) -> !act.startsWith("alertQueued")))
				.endsWith("leadMissing", "provisionalLeadAppointed")
				.filteredOn("leadMissing"::equals)
				.hasSize(1);
			assertThat(this.audit.firstBroken(number)).isEmpty();
		}
		assertThat(created(cases)).allMatch((at) -> !at.isBefore(this.moment));
		assertThat(nextAt(cases.get(0))).as("what comes after the event").isAfter(this.moment);
	}

	/** The same annotation three times on a method is one to Spring. */
	@Test
	void eachNodeHasThreeWorkers() {
		assertThat(this.scheduled.getScheduledTasks()).filteredOn((task) -> task.toString().contains("WatchWorker"))
			.hasSize(3);
	}

	@Test
	void whereNobodyHoldsTheFunctionTheMailboxIsTold() {
		String number = report(this.event);
		this.town.database().sql("delete from doorbraak.post where officer_login = 'paul'").update();
		try {
			toTheMoment();
			assertThat(this.worker.doDue()).isEqualTo(1);
		}
		finally {
			this.town.database()
				.sql("insert into doorbraak.post values ('paul', 'processDirector', 'RG01') on conflict do nothing")
				.update();
		}
		assertThat(this.town.database()
			.sql("select body_id || coalesce(recipient_login, '') from doorbraak.alert where case_number = ? and deadline_version like 'crisis %'")
			.param(number)
			.query(String.class)
			.list()).contains("RG01").doesNotContain("RG01paul").hasSizeGreaterThanOrEqualTo(EVERYBODY.size());
	}

	/** The database itself fails: nothing of the application is replaced. */
	@Test
	void caseThatFailsIsLeftWhollyAndHoldsUpNoOther() {
		List<String> cases = report(5);
		String bad = cases.get(2);
		toTheMoment();
		failAt(bad);
		this.worker.doDue();
		assertThat(told(cases).keySet()).containsExactlyInAnyOrderElementsOf(without(cases, bad));
		assertThat(acts(bad)).as("nothing of it, though it failed with the last statement")
			.doesNotContain("leadMissing");
		assertThat(raised(bad)).isEmpty();
		assertThat(cases.stream().filter((number) -> !number.equals(bad)).flatMap((number) -> raised(number).stream()))
			.containsOnly("crisis")
			.hasSize(4);
		assertThat(this.worker.doDue()).as("it is left alone for a while").isZero();
		this.town.moveClock(Duration.ofSeconds(61));
		assertThat(late()).as("and late, whatever the worker puts off").contains(bad);
		this.town.database().sql("drop trigger out_of_order on doorbraak.lead_watch").update();
		assertThat(this.worker.doDue()).isEqualTo(1);
		assertThat(told(List.of(bad))).containsKey(bad);
		assertThat(raised(bad)).containsExactly("crisis");
		assertThat(this.audit.firstBroken(bad)).isEmpty();
	}

	@Test
	void caseThatSomebodyIsWorkingOnComesNextRound() throws SQLException {
		List<String> cases = report(3);
		String held = cases.get(0);
		toTheMoment();
		try (Connection somebody = connection()) {
			somebody.setAutoCommit(false);
			JdbcClient.create(new SingleConnectionDataSource(somebody, true))
				.sql("select number from doorbraak.case_file where number = ? for update")
				.param(held)
				.query(String.class)
				.single();
			assertThat(this.worker.doDue()).isEqualTo(2);
			assertThat(told(cases).keySet()).containsExactlyInAnyOrderElementsOf(without(cases, held));
			somebody.rollback();
		}
		assertThat(this.worker.doDue()).isEqualTo(1);
		assertThat(told(cases).keySet()).containsExactlyInAnyOrderElementsOf(cases);
	}

	@Test
	void rowFollowsTheCase() {
		String number = report(this.town.today().plusDays(60));
		Town.Visitor anna = this.town.as("anna");
		assertThat(nextAt(number)).as("two working days after the report")
			.isBefore(startOf(this.town.today().plusDays(7)));
		assertThat(timerOf(number)).as("the engine comes later")
			.isBetween(nextAt(number).plus(Duration.ofMinutes(2)), nextAt(number).plus(Duration.ofMinutes(32)));
		anna.post("/api/v1/cases/" + number + "/threat",
				Map.of("threat", "eviction", "eventDate", this.event.toString()));
		assertThat(nextAt(number)).as("a moved event moves it").isEqualTo(this.moment);
		assertThat(timerOf(number)).isBetween(this.moment.plus(Duration.ofMinutes(2)),
				this.moment.plus(Duration.ofMinutes(32)));
		anna.post("/api/v1/cases/" + number + "/lead/acceptance", null);
		assertThat(rows(number)).as("accepted").isZero();
		anna.post("/api/v1/cases/" + number + "/lead/return", Map.of("reason", "noCapacity"));
		assertThat(nextAt(number)).as("given back").isEqualTo(this.moment);
		for (String organisation : List.of("RG01", "LMM", "UWV")) {
			anna.post("/api/v1/cases/" + number + "/lead/question", Map.of("organisation", organisation));
		}
		assertThat(nextAt(number)).as("the third question is a moment, now")
			.isBeforeOrEqualTo(this.town.clock().instant());
		anna.post("/api/v1/cases/" + number + "/withdrawal", Map.of("reason", "x"));
		assertThat(rows(number)).as("closed").isZero();
		assertThat(late()).isEmpty();
	}

	@Test
	void threatThatIsOverRaisesNoAlarmUnlessItsDayHasCome() {
		String over = report(this.event);
		Instant crisis = nextAt(over);
		Town.Visitor anna = this.town.as("anna");
		assertThat(anna.post("/api/v1/cases/" + over + "/threat-end", Map.of("reason", " ")).status()).isEqualTo(400);
		assertThat(
				anna.post("/api/v1/cases/" + over + "/threat-end", Map.of("reason", "De schuld is betaald.")).status())
			.isEqualTo(200);
		assertThat(anna.post("/api/v1/cases/" + over + "/threat-end", Map.of("reason", "x")).status()).as("twice")
			.isEqualTo(409);
		assertThat(acts(over)).contains("threatEnded");
		assertThat(nextAt(over)).as("the first of the other moments").isAfter(crisis);
		assertThat(timerOf(over)).isAfter(nextAt(over));
		String came = report(this.event);
		toTheMoment();
		this.worker.doDue();
		assertThat(raised(over)).doesNotContain("crisis");
		assertThat(raised(came)).containsExactly("crisis");
		assertThat(late()).isEmpty();
		Town.Answer late = anna.post("/api/v1/cases/" + came + "/threat-end", Map.of("reason", "x"));
		assertThat(late.status()).isEqualTo(409);
		assertThat(late.message()).contains("al gekomen");
		assertThat(acts(came)).doesNotContain("threatEnded");
	}

	@Test
	void whereNoWorkerIsTheEngineRaisesTheAlarm() {
		String number = report(this.event);
		this.town.moveClock(Duration.between(this.town.clock().instant(), timerOf(number).plusSeconds(1)));
		this.engine.createJobQuery()
			.timers()
			.activityId("event_watchMomentReached")
			.executable()
			.list()
			.forEach((job) -> this.engine.executeJob(job.getId()));
		assertThat(raised(number)).containsExactly("crisis");
		assertThat(this.worker.doDue()).as("nothing is left for a worker").isZero();
		assertThat(told(List.of(number))).containsKey(number);
	}

	@Test
	void watchdogMissesNoRowAndNoEvent() {
		String without = report(this.event);
		String tooLate = report(this.event);
		this.town.database().sql("delete from doorbraak.lead_watch where case_number = ?").param(without).update();
		this.town.database()
			.sql("update doorbraak.lead_watch set next_at = next_at + interval '1 year', look_at = look_at + interval '1 year' where case_number = ?")
			.param(tooLate)
			.update();
		this.town.moveClock(Duration.between(this.town.clock().instant(), this.moment.plus(Duration.ofMinutes(5))));
		assertThat(late()).containsExactlyInAnyOrder(without, tooLate);
		List.of(without, tooLate).forEach((number) -> this.lateMoments.repair(new Watched.Late(number, number)));
		assertThat(raised(without)).containsExactly("crisis");
		assertThat(raised(tooLate)).containsExactly("crisis");
		assertThat(late()).isEmpty();
	}

	private List<String> late() {
		return this.lateMoments.late(this.application, this.town.clock().instant().minusSeconds(60))
			.stream()
			.map(Watched.Late::number)
			.toList();
	}

	/** The last statement about this case fails. */
	private void failAt(String number) {
		this.town.database().sql("""
				create or replace function public.out_of_order() returns trigger language plpgsql as $$
				begin raise exception 'out of order'; end $$""").update();
		this.town.database().sql("""
				create trigger out_of_order before update of next_at on doorbraak.lead_watch for each row
				when (new.case_number = '%s') execute function public.out_of_order()""".formatted(number)).update();
	}

	private List<String> report(int cases) {
		List<String> numbers = new ArrayList<>();
		Map<String, String> report = Map.of("whatIsStuck", "Niemand heeft de regie.", "threat", "eviction", "eventDate",
				this.event.toString());
		Town.Visitor anna = this.town.as("anna");
		for (int i = 0; i < cases; i++) {
			numbers.add(anna.post("/api/v1/cases", report).json().path("number").asText());
		}
		this.town.workDue();
		return numbers;
	}

	private String report(LocalDate day) {
		return this.town.as("anna")
			.report(Map.of("whatIsStuck", "Niemand heeft de regie.", "threat", "eviction", "eventDate",
					day.toString()));
	}

	private void toTheMoment() {
		// Our clock and the one of the database can differ by milliseconds.
		this.town.moveClock(Duration.between(this.town.clock().instant(), this.moment).plusSeconds(1));
	}

	/** Who was told of the event, by case. */
	private Map<String, String> told(List<String> cases) {
		return this.town.database()
			.sql("""
					select case_number, string_agg(recipient_login, ',' order by recipient_login) as logins from doorbraak.alert
					where case_number = any (?) and kind = 'leadMissing' and deadline_version like 'crisis %' group by case_number""")
			.param(cases.toArray(String[]::new))
			.query((row, n) -> Map.entry(row.getString(1), row.getString(2)))
			.list()
			.stream()
			.collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

	private List<Instant> created(List<String> cases) {
		return this.town.database()
			.sql("select created_at from doorbraak.alert where case_number = any (?) and deadline_version like 'crisis %'")
			.param(cases.toArray(String[]::new))
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.list();
	}

	private List<String> raised(String number) {
		return this.town.database()
			.sql("select moment from doorbraak.lead_alarm where case_number = ? order by id")
			.param(number)
			.query(String.class)
			.list();
	}

	private List<String> acts(String number) {
		return this.town.database()
			.sql("select act from doorbraak.audit_line where chain = ? order by number")
			.param(number)
			.query(String.class)
			.list();
	}

	private Instant nextAt(String number) {
		return this.town.database()
			.sql("select next_at from doorbraak.lead_watch where case_number = ?")
			.param(number)
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.single();
	}

	private long rows(String number) {
		return this.town.database()
			.sql("select count(*) from doorbraak.lead_watch where case_number = ?")
			.param(number)
			.query(Long.class)
			.single();
	}

	/** Of the only case that runs. */
	private Instant timerOf(String number) {
		assertThat(number).isNotEmpty();
		return this.engine.createJobQuery()
			.timers()
			.activityId("event_watchMomentReached")
			.singleResult()
			.getDuedate()
			.toInstant();
	}

	private static List<String> without(List<String> cases, String number) {
		return cases.stream().filter((each) -> !each.equals(number)).toList();
	}

	private Connection connection() throws SQLException {
		return new DriverManagerDataSource(this.database.getJdbcUrl(), this.database.getUsername(), "").getConnection();
	}

	private static Instant startOf(LocalDate day) {
		return day.atStartOfDay(DutchTime.ZONE).toInstant();
	}

}
