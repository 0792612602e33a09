package nl.doorbraak.workflow;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpServer;
import nl.doorbraak.alert.Carrier;
import nl.doorbraak.support.watchdog.Watchdog;
import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.Post;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WholeApplication;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/** What falls asleep is found on a second path, done once, and told. */
@WholeApplication
class WatchdogIT {

	private final Town town;

	private final Watchdog watchdog;

	private final RuntimeService processes;

	private final Post post;

	private final ManagementService engine;

	private final JdbcClient application;

	private final AtomicInteger heartbeats = new AtomicInteger();

	private HttpServer outside;

	@Autowired
	WatchdogIT(Town town, Watchdog watchdog, RuntimeService processes, ManagementService engine, Post post,
			JdbcClient application) {
		this.application = application;
		this.town = town;
		this.watchdog = watchdog;
		this.processes = processes;
		this.engine = engine;
		this.post = post;
	}

	/** What other classes left behind is over and sent. */
	@BeforeEach
	void allIsWell() throws Exception {
		this.town.closeAll();
		this.watchdog.round();
		this.town.database()
			.sql("update doorbraak.alert set state = 'cancelled' where state in ('waiting', 'undeliverable')")
			.update();
		this.outside = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		this.outside.createContext("/", (exchange) -> {
			this.heartbeats.incrementAndGet();
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		this.outside.start();
		ReflectionTestUtils.setField(this.watchdog, "heartbeat",
				java.net.URI.create("http://127.0.0.1:" + this.outside.getAddress().getPort() + "/"));
		assertThat(this.watchdog.round()).as("nothing is late to begin with").isTrue();
		assertThat(this.heartbeats.getAndSet(0)).isEqualTo(1);
	}

	@AfterEach
	void stop() {
		this.outside.stop(0);
		this.post.byMailbox();
		ReflectionTestUtils.setField(this.watchdog, "heartbeat", null);
		this.town.clear();
	}

	@Test
	void timerThatNobodyRanIsRunOnceAndToldAndTheHeartbeatWaits() {
		String number = report(null);
		this.town.moveClock(Duration.ofDays(70));
		assertThat(this.watchdog.round()).isFalse();
		assertThat(this.heartbeats).hasValue(0);
		assertThat(stays(number)).as("the term ended, the question was asked").isEqualTo(1);
		assertThat(this.town.database()
			.sql("select count(*) from doorbraak.case_rung r join doorbraak.case_file c on c.id = r.case_id where c.number = ? and r.question_ends_at is not null")
			.param(number)
			.query(Long.class)
			.single()).isEqualTo(1);
		assertThat(told("lateWork")).contains("femke");
		assertThat(this.town.database()
			.sql("select count(*) from doorbraak.alert where case_number = ? and kind = 'termQuestion' group by recipient_login")
			.param(number)
			.query(Long.class)
			.list()).as("asked once each").containsOnly(1L);
	}

	@Test
	void momentThatTheEngineForgotIsRaisedThroughTheSameKey() {
		LocalDate event = this.town.today().plusDays(1);
		String number = report(event);
		timers(number).forEach((timer) -> this.engine.setJobDuedate(timer.getId(),
				Date.from(timer.getDuedate().toInstant().plus(Duration.ofDays(365)))));
		this.town.moveClock(Duration.ofDays(2));
		assertThat(this.watchdog.round()).isFalse();
		assertThat(moments(number)).contains("crisis").doesNotHaveDuplicates();
		int raised = moments(number).size();
		this.watchdog.round();
		assertThat(moments(number)).hasSize(raised);
		assertThat(lateKeys("leadMoment", number)).isEqualTo(1);
	}

	@Test
	void termThatEndedWhileItsTimerWaitsForAnotherDayIsAskedAbout() {
		String number = report(null);
		timers(number).forEach((timer) -> this.engine.setJobDuedate(timer.getId(),
				Date.from(timer.getDuedate().toInstant().plus(Duration.ofDays(365)))));
		this.town.moveClock(Duration.ofDays(70));
		assertThat(this.watchdog.round()).isFalse();
		assertThat(lateKeys("term", number)).isEqualTo(1);
		assertThat(this.town.database()
			.sql("select count(*) from doorbraak.case_rung r join doorbraak.case_file c on c.id = r.case_id where c.number = ? and r.question_ends_at is not null")
			.param(number)
			.query(Long.class)
			.single()).isEqualTo(1);
	}

	@Test
	void alertThatNoWorkerSentIsSentOnce() {
		String number = report(null);
		this.town.moveClock(Duration.ofMinutes(3));
		assertThat(waiting(number)).isPositive();
		assertThat(this.watchdog.round()).isFalse();
		assertThat(waiting(number)).isZero();
		assertThat(this.watchdog.round()).as("and well again, with the alert about it sent").isTrue();
		assertThat(this.heartbeats).hasValue(1);
		assertThat(this.town.database()
			.sql("select count(*) from demo.mail where subject like '[' || ? || ']%' and recipient = 'anna@waterdam.example'")
			.param(number)
			.query(Long.class)
			.single()).isEqualTo(1);
	}

	@Test
	void ofTwoNodesAtTheSameMomentOneDoesAndTellsIt() throws Exception {
		String number = report(null);
		this.town.moveClock(Duration.ofDays(70));
		long before = found();
		ExecutorService nodes = Executors.newFixedThreadPool(4);
		for (Future<Boolean> round : nodes
			.invokeAll(Collections.nCopies(4, (Callable<Boolean>) this.watchdog::round))) {
			assertThatCode(round::get).doesNotThrowAnyException();
		}
		nodes.shutdown();
		this.watchdog.round();
		assertThat(this.town.database()
			.sql("select what || ' ' || key from doorbraak.watch_finding where ended_at is null or found_at > doorbraak.current_instant() - interval '1 minute'")
			.query(String.class)
			.list()).doesNotHaveDuplicates();
		assertThat(found() - before).as("a line for each kind of work, once")
			.isEqualTo(this.town.database()
				.sql("select count(distinct (what, found_at)) from doorbraak.watch_finding where found_at > doorbraak.current_instant() - interval '1 minute'")
				.query(Long.class)
				.single());
		assertThat(moments(number)).doesNotHaveDuplicates();
	}

	private long found() {
		return this.town.database()
			.sql("select count(*) from doorbraak.audit_line where act = 'lateWorkFound'")
			.query(Long.class)
			.single();
	}

	@Test
	void mailServerThatTakesNothingSilencesTheHeartbeat() {
		this.post.by((letter) -> new Carrier.Answer(Carrier.Result.UNREACHABLE, "noConnection"));
		report(null);
		this.town.moveClock(Duration.ofMinutes(3));
		this.watchdog.round();
		for (int minute = 0; minute < 6; minute++) {
			this.town.moveClock(Duration.ofSeconds(50));
			this.watchdog.round();
		}
		this.heartbeats.set(0);
		assertThat(this.watchdog.round()).isFalse();
		assertThat(this.heartbeats).hasValue(0);
		this.post.byMailbox();
		this.town.moveClock(Duration.ofMinutes(6));
		this.watchdog.round();
		assertThat(this.watchdog.round()).as("it drains by itself").isTrue();
	}

	@Test
	void jobThatGaveUpIsToldOnceToTheAdministratorsOfItsCase() {
		String number = report(null);
		this.engine.setJobRetries(timers(number).get(0).getId(), 0);
		this.town.moveClock(Duration.ofSeconds(1));
		assertThat(this.watchdog.round()).isFalse();
		assertThat(this.watchdog.round()).as("as long as nobody mends it").isFalse();
		assertThat(this.heartbeats).hasValue(0);
		assertThat(this.town.database()
			.sql("select recipient_login from doorbraak.alert where case_number = ? and kind = 'engineIncident'")
			.param(number)
			.query(String.class)
			.list()).contains("femke").doesNotHaveDuplicates();
	}

	/** Also of a job that belongs to no case. */
	@Test
	@Attack(value = "H10", failedWith = "the watchdog asks for no incidents")
	void incidentOfAnyJobReachesAPersonWithinFiveMinutes() {
		String number = report(null);
		this.engine.setJobRetries(timers(number).get(0).getId(), 0);
		long mails = mails();
		this.application
			.sql("""
					insert into camunda.act_ru_incident (id_, rev_, incident_timestamp_, incident_type_, cause_incident_id_, root_cause_incident_id_)
					values ('of-no-case', 1, doorbraak.current_instant() at time zone 'utc', 'failedJob', 'of-no-case', 'of-no-case')""")
			.update();
		try {
			this.town.moveClock(Duration.ofMinutes(2));
			this.watchdog.round();
			this.town.pass(Duration.ZERO);
			assertThat(this.town.database()
				.sql("select count(*) from demo.mail where recipient = 'femke@waterdam.example' and subject like ?")
				.param("[" + number + "] Een casus staat stil%")
				.query(Long.class)
				.single()).as("of the case").isEqualTo(1);
			assertThat(mails()).as("of no case").isGreaterThan(mails);
		}
		finally {
			this.application.sql("delete from camunda.act_ru_incident where id_ = 'of-no-case'").update();
		}
	}

	private long mails() {
		return this.town.database()
			.sql("select count(*) from demo.mail where recipient = 'femke@waterdam.example' and subject like '%te laat%'")
			.query(Long.class)
			.single();
	}

	@Test
	void openCaseOnWhichNothingWorksIsToldOnce() {
		String number = report(null);
		this.town.clear();
		this.town.moveClock(Duration.ofMinutes(2));
		assertThat(this.watchdog.round()).isFalse();
		assertThat(this.watchdog.round()).isFalse();
		assertThat(lateKeys("stuckCase", number)).isEqualTo(1);
	}

	private String report(LocalDate event) {
		Map<String, Object> fields = (event != null)
				? Map.of("whatIsStuck", "Iedereen helpt.", "threat", "eviction", "eventDate", event.toString())
				: Map.of("whatIsStuck", "Iedereen helpt.");
		return this.town.as("anna").report(fields);
	}

	private List<Job> timers(String number) {
		return this.processes.createProcessInstanceQuery()
			.processInstanceBusinessKey(number)
			.list()
			.stream()
			.flatMap((each) -> this.engine.createJobQuery().processInstanceId(each.getId()).timers().list().stream())
			.toList();
	}

	private int stays(String number) {
		return this.town.database()
			.sql("select count(*) from doorbraak.case_rung r join doorbraak.case_file c on c.id = r.case_id where c.number = ?")
			.param(number)
			.query(Integer.class)
			.single();
	}

	private int waiting(String number) {
		return this.town.database()
			.sql("select count(*) from doorbraak.alert where case_number = ? and state = 'waiting'")
			.param(number)
			.query(Integer.class)
			.single();
	}

	private List<String> moments(String number) {
		return this.town.database()
			.sql("select moment from doorbraak.lead_alarm where case_number = ?")
			.param(number)
			.query(String.class)
			.list();
	}

	private long lateKeys(String what, String key) {
		return this.town.database()
			.sql("select count(*) from doorbraak.watch_finding where what = ? and key = ?")
			.params(what, key)
			.query(Long.class)
			.single();
	}

	private List<String> told(String kind) {
		return this.town.database()
			.sql("select recipient_login from doorbraak.alert where kind = ? and recipient_login is not null")
			.param(kind)
			.query(String.class)
			.list();
	}

}
