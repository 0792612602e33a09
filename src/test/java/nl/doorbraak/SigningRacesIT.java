package nl.doorbraak;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;

import com.fasterxml.jackson.databind.JsonNode;
import nl.doorbraak.support.DatabaseClock;
import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.runtime.Job;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static nl.doorbraak.testing.WebVisitor.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two who want to decide the same at the same moment, through HTTP from a barrier, with a
 * head start for each in turn: exactly one outcome, and who comes second hears who was
 * first. {@code -Praces} runs each race two hundred times.
 */
@WholeApplication
class SigningRacesIT {

	private static final int RACES = Integer.getInteger("races", 20);

	/** In milliseconds; the longest is five times as much. */
	private static final int HEAD_START = 20;

	private static final int BATCH = 20;

	private static final String TAKEN = "Deze beslissing is al genomen door ";

	private final Town town;

	private final DatabaseClock clock;

	private final RuntimeService engine;

	private final ManagementService jobs;

	private final Random random = new Random(7);

	private final Map<String, Integer> won = new TreeMap<>();

	private ExecutorService hands;

	@Autowired
	SigningRacesIT(Town town, DatabaseClock clock, RuntimeService engine, ManagementService jobs) {
		this.town = town;
		this.clock = clock;
		this.engine = engine;
		this.jobs = jobs;
	}

	@BeforeEach
	void twoManagers() {
		// What an earlier race left would fill the list of who reports.
		this.town.clear();
		own("insert into doorbraak.post values ('bert', 'manager', 'GM9001') on conflict do nothing");
		this.hands = Executors.newFixedThreadPool(2);
	}

	@AfterEach
	void registerAndPostsAsTheyWere() {
		registerAndPosts();
		own("delete from doorbraak.post where officer_login = 'bert' and function = 'manager'");
		this.hands.shutdownNow();
	}

	private void registerAndPosts() {
		own("update doorbraak.mandate set revoked_at = null, approvals = case function when 'districtTeamMember' then 3 else 1 end");
		own("insert into doorbraak.post values ('mila', 'manager', 'GM9001') on conflict do nothing");
	}

	@Test
	@Attack(value = "D08", failedWith = "the form guard takes no lock and looks no second time")
	void doubleClickAnswersOnce() throws Exception {
		Person mila = new Person("mila");
		for (int round = 0; round < RACES; round++) {
			clearNowAndThen(round);
			String number = proposed(6000);
			Door door = Door.values()[round % Door.values().length];
			Callable<Said> click = mila.ready(number, door, Map.of("decision", "agree"), true);
			List<Said> said = race(round, click, click, 0);
			count(said.get(0).won() ? "first click" : "second click");
			assertOneOutcome(number, said, List.of("mila", "mila"));
			assertThat(state(number)).isEqualTo("signed");
			assertThat(lines(number, "signedOff")).as("one line").isEqualTo(1);
		}
		tell("double click", 2);
	}

	@Test
	@Attack(value = "D09",
			failedWith = "the checks of the mandate say yes to everybody: a second answer stood beside the first")
	void oneManagerAgreesAndTheOtherDoesNot() throws Exception {
		Person mila = new Person("mila");
		Person bert = new Person("bert");
		for (int round = 0; round < RACES; round++) {
			clearNowAndThen(round);
			String number = proposed(6000);
			Door door = Door.values()[round % Door.values().length];
			List<Said> said = race(round, mila.ready(number, door, Map.of("decision", "agree"), false),
					bert.ready(number, door, Map.of("decision", "refuse", "ground", "law", "reason", "Nee."), false),
					0);
			boolean agreed = said.get(0).won();
			count(agreed ? "agreed" : "refused");
			assertOneOutcome(number, said, List.of("mila", "bert"));
			assertThat(state(number)).isEqualTo(agreed ? "signed" : "refused");
			WebVisitor.Answer later = (agreed ? bert : mila).browser.form("/tekenen/" + number,
					Map.of("decision", "agree", "proposalHash", "x"));
			assertThat(later.status()).isEqualTo(409);
			assertThat(later.body()).as("who and when")
				.containsPattern(
						TAKEN + "Manager " + (agreed ? "Mila Jansen" : "Bert [^ ]+( [^ ]+)*") + " op [0-9a-z]+");
			assertThat(lines(number, "signedOff") + lines(number, "signOffRefused")).as("one line").isEqualTo(1);
		}
		tell("agreed against refused", 2);
	}

	@Test
	void twoApprovalsOfOnePersonAreOne() throws Exception {
		own("update doorbraak.mandate set approvals = 2 where number = 'GM9001-02'");
		Person mila = new Person("mila");
		for (int round = 0; round < RACES; round++) {
			clearNowAndThen(round);
			String number = proposed(6000);
			List<Said> said = race(round, mila.ready(number, Door.PAGE, Map.of("decision", "agree"), false),
					mila.ready(number, Door.API, Map.of("decision", "agree"), false), 0);
			count(said.get(0).won() ? "page" : "API");
			assertOneOutcome(number, said, List.of("mila", "mila"));
			assertThat(state(number)).as("waits for the other").isEqualTo("open");
		}
		tell("two approvals by one person", 2);
	}

	/**
	 * By turns the mandate is revoked and the manager leaves the post; the first time of
	 * each a moment before, else at the same moment.
	 */
	@Test
	@Attack(value = "B06", failedWith = "the verdict of before the signature kept")
	void agreedOrRightEndedNeverBoth() throws Exception {
		for (int round = 0; round < RACES; round++) {
			Person mila = new Person("mila");
			clearNowAndThen(round);
			String number = proposed(6000);
			boolean post = round / 4 % 2 == 1;
			boolean before = round == 0 || round == 4;
			Door door = before ? Door.PAGE : Door.values()[round % Door.values().length];
			Callable<Said> end = () -> {
				own(post ? "delete from doorbraak.post where officer_login = 'mila' and function = 'manager'"
						: "update doorbraak.mandate set revoked_at = doorbraak.current_instant() where number = 'GM9001-02'");
				return new Said(200, "");
			};
			Callable<Said> agree = mila.ready(number, door, Map.of("decision", "agree"), true);
			if (before) {
				end.call();
			}
			Said said = before ? agree.call() : race(round, agree, end, 150).get(0);
			registerAndPosts();
			count(said.won() ? "agreed" : "ended");
			if (!said.won()) {
				// Who left every post has no session any more, and no right at any door.
				assertThat(said.status()).as(said.text()).isIn(post ? List.of(401, 403) : List.of(403));
				assertThat(said.text()).contains(post ? "" : "Dit mandaat geldt nu niet");
			}
			assertThat(said.won() && before).as("agreed after the end").isFalse();
			assertThat(signOffs(number)).isEqualTo(said.won() ? List.of("mila agreed") : List.of());
			assertThat(state(number)).isEqualTo(said.won() ? "signed" : "open");
			this.town.workDue();
		}
		tell("agreed against the end of the mandate or the post", 2);
	}

	/**
	 * The level is left when nobody says what must happen after its term; at that moment
	 * the director, who was asked after the manager, agrees.
	 */
	@Test
	@Attack(value = "D12", failedWith = "the gate does not look at the end of the term")
	void agreedOrTheTermEndedNeverBoth() throws Exception {
		for (int done = 0; done < RACES; done += BATCH) {
			this.town.clear();
			raceAgainstTheTerm();
		}
		tell("agreed against the end of the term", 2);
	}

	private void raceAgainstTheTerm() throws Exception {
		Town.Visitor anna = this.town.as("anna");
		List<String> cases = new ArrayList<>();
		for (int i = 0; i < BATCH; i++) {
			cases.add(planned(12_000));
		}
		Instant end = instant(cases.get(0), "term_ends_at");
		moveTo(end.minus(Duration.ofDays(1)));
		cases.forEach((number) -> decide(anna, number));
		moveTo(end.plusSeconds(1));
		Instant silence = instant(cases.get(0), "question_ends_at");
		moveTo(silence.minusSeconds(60));
		Map<String, Callable<Said>> ready = new HashMap<>();
		for (int i = 0; i < BATCH; i++) {
			String asked = column(cases.get(i), "asked_function");
			Person signer = new Person(asked.equals("director") ? "dirk" : "wilma");
			ready.put(cases.get(i), signer.ready(cases.get(i), Door.values()[i % Door.values().length],
					Map.of("decision", "agree"), true));
		}
		Map<String, Job> timers = new HashMap<>();
		cases.forEach((number) -> timers.put(number, timer(number, silence)));
		ExecutorService all = Executors.newFixedThreadPool(2 * BATCH);
		try {
			this.town.moveClock(Duration.between(this.clock.instant(), silence.minusSeconds(4)));
			List<Future<Said>> signing = new ArrayList<>();
			List<Future<Said>> ending = new ArrayList<>();
			for (int i = 0; i < BATCH; i++) {
				String number = cases.get(i);
				Instant start = (i == 0) ? silence.minusSeconds(3)
						: (i == BATCH - 1) ? silence.plusSeconds(1) : silence.minusMillis(1500 - 100L * i);
				signing.add(all.submit(() -> {
					sleepUntil(start);
					return ready.get(number).call();
				}));
				// The workers are late, as they may be.
				ending.add(all.submit(() -> {
					sleepUntil(silence.plusMillis(1200));
					return end(timers.get(number));
				}));
			}
			for (int i = 0; i < BATCH; i++) {
				String number = cases.get(i);
				Said said = signing.get(i).get();
				ending.get(i).get();
				count(said.won() ? "agreed" : "term");
				assertThat(said.won()).as("the first is in time, the last is not")
					.isEqualTo((i == 0) || i != BATCH - 1 && said.won());
				if (!said.won()) {
					assertThat(said.status()).as(said.text()).isEqualTo(409);
					assertThat(said.text()).containsAnyOf("De termijn van dit niveau is voorbij",
							"Dit voorstel is vervallen op ");
				}
				assertThat(signOffs(number)).hasSize(said.won() ? 1 : 0);
				assertThat(late(number, silence)).as("none after the moment").isZero();
				assertThat(state(number)).isEqualTo(said.won() ? "signed" : "lapsed");
				assertThat(decision(number)).isEqualTo(said.won() ? "brokenThrough" : "termEnded");
			}
		}
		finally {
			all.shutdownNow();
		}
		this.town.workDue();
	}

	/** What lies between stays undone: nobody waits for it here. */
	private void moveTo(Instant moment) {
		this.town.moveClock(Duration.between(this.clock.instant(), moment));
		this.town.workDue();
	}

	private void sleepUntil(Instant moment) {
		LockSupport.parkNanos(Duration.between(this.clock.instant(), moment).toNanos());
	}

	private Said end(Job timer) {
		try {
			this.jobs.executeJob(timer.getId());
			return new Said(200, "");
		}
		catch (RuntimeException ex) {
			// As the background does it: what is gone was done by another.
			assertThat(this.jobs.createJobQuery().jobId(timer.getId()).count()).isZero();
			return new Said(409, "");
		}
	}

	private long late(String number, Instant moment) {
		return this.town.database()
			.sql("select count(*) from doorbraak.sign_off where case_number = ? and at >= ?")
			.params(number, java.sql.Timestamp.from(moment))
			.query(Long.class)
			.single();
	}

	private long lines(String number, String act) {
		return this.town.database()
			.sql("select count(*) from doorbraak.audit_line where chain = ? and act = ?")
			.params(number, act)
			.query(Long.class)
			.single();
	}

	/** People's lists hold a hundred tasks. */
	private void clearNowAndThen(int round) {
		if (round % BATCH == 0) {
			this.town.clear();
		}
	}

	private void assertOneOutcome(String number, List<Said> said, List<String> people) {
		this.town.workDue();
		assertThat(said.stream().filter(Said::won)).as(said.toString()).hasSize(1);
		int winner = said.get(0).won() ? 0 : 1;
		Said loser = said.get(1 - winner);
		assertThat(loser.status()).as(loser.text()).isEqualTo(409);
		String name = people.get(winner).equals("mila") ? "Mila Jansen" : "Bert";
		assertThat(loser.text()).containsAnyOf(TAKEN, " gaf akkoord op ", "heeft deze taak al opgepakt").contains(name);
		assertThat(signOffs(number)).hasSize(1).first().asString().startsWith(people.get(winner) + " ");
	}

	/**
	 * Both from a barrier; in two of four rounds one has a head start, on a crowded
	 * machine sometimes a longer one.
	 */
	private List<Said> race(int round, Callable<Said> one, Callable<Said> other, int slowestMillis) throws Exception {
		CyclicBarrier barrier = new CyclicBarrier(2);
		Duration head = Duration
			.ofMillis((slowestMillis > 0) ? this.random.nextInt(slowestMillis) : HEAD_START * (1 + round / 4 % 5));
		Future<Said> first = this.hands.submit(() -> run(barrier, one, (round % 4 == 1) ? head : Duration.ZERO));
		Future<Said> second = this.hands
			.submit(() -> run(barrier, other, (round % 4 == 0 || slowestMillis > 0) ? head : Duration.ZERO));
		List<Said> said = List.of(first.get(), second.get());
		assertThat(said).noneMatch((each) -> each.status() >= 500);
		return said;
	}

	private static Said run(CyclicBarrier barrier, Callable<Said> act, Duration later) throws Exception {
		barrier.await();
		LockSupport.parkNanos(later.toNanos());
		return act.call();
	}

	private void count(String winner) {
		this.won.merge(winner, 1, Integer::sum);
	}

	private void tell(String race, int sides) {
		System.out.println(race + ", n = " + RACES + ": " + this.won);
		assertThat(this.won).as("each side won").hasSize(sides);
		assertThat(this.won.values()).allMatch((times) -> RACES < 200 || times > RACES / 10);
	}

	private Job timer(String number, Instant due) {
		return this.engine.createProcessInstanceQuery()
			.processInstanceBusinessKey(number)
			.list()
			.stream()
			.flatMap((instance) -> this.jobs.createJobQuery()
				.processInstanceId(instance.getId())
				.timers()
				.duedateLowerThan(java.util.Date.from(due.plusSeconds(1)))
				.list()
				.stream())
			.findFirst()
			.orElseThrow();
	}

	private String planned(int euros) {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", "Geen potje past."));
		anna.fill(number, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Betalen.", "cost", euros,
				"deviates", "no", "reservation", "none", "perspectiveShared", "yes"));
		return number;
	}

	private String proposed(int euros) {
		String number = planned(euros);
		decide(this.town.as("anna"), number);
		return number;
	}

	private static void decide(Town.Visitor anna, String number) {
		anna.fill(number, "decide-locally",
				Map.of("decision", "brokenThrough", "explanation", "Dit is wat er nodig is."));
	}

	private String state(String number) {
		return column(number, "state");
	}

	private String column(String number, String name) {
		return this.town.database()
			.sql("select " + name + " from doorbraak.proposal where case_number = ? order by id desc limit 1")
			.param(number)
			.query(String.class)
			.single();
	}

	private List<String> signOffs(String number) {
		return this.town.database()
			.sql("select person || ' ' || outcome from doorbraak.sign_off where case_number = ? order by id")
			.param(number)
			.query(String.class)
			.list();
	}

	private String decision(String number) {
		return this.town.database()
			.sql("select decision from doorbraak.case_rung where decision is not null and case_id = (select id from doorbraak.case_file where number = ?) order by id limit 1")
			.param(number)
			.query(String.class)
			.single();
	}

	private Instant instant(String number, String column) {
		return this.town.database()
			.sql("select " + column
					+ " from doorbraak.case_rung where closed_at is null and case_id = (select id from doorbraak.case_file where number = ?)")
			.param(number)
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.single();
	}

	private void own(String sql) {
		this.town.database().sql(sql).update();
	}

	/** Where somebody signs. */
	private enum Door {

		PAGE, API, TASKLIST

	}

	/** What somebody heard. */
	private record Said(int status, String text) {

		boolean won() {
			return this.status < 400;
		}

	}

	/** Somebody who has read the proposal and has a finger on the button. */
	private final class Person {

		private final String login;

		private final Town.Visitor api;

		private final WebVisitor browser;

		Person(String login) {
			this.login = login;
			this.api = SigningRacesIT.this.town.as(login);
			this.browser = WebVisitor.login(SigningRacesIT.this.town, login);
		}

		Callable<Said> ready(String number, Door door, Map<String, String> answer, boolean claimed) {
			String task = this.api.task(number, "sign-off");
			JsonNode shown = this.api.values(task);
			Map<String, String> fields = new HashMap<>(answer);
			fields.put("proposalHash", shown.path("proposalHash").asText());
			if (claimed) {
				assertThat(this.api.post("/api/v1/tasks/" + task + "/claim", null).status()).isEqualTo(200);
			}
			return switch (door) {
				case PAGE -> () -> {
					WebVisitor.Answer said = this.browser.form("/tekenen/" + number, fields);
					return new Said(said.status(), said.body());
				};
				case API -> () -> {
					Town.Answer claim = claimed ? null : this.api.post("/api/v1/tasks/" + task + "/claim", null);
					Town.Answer said = (claim == null || claim.status() == 200)
							? this.api.post("/api/v1/tasks/" + task + "/complete", fields) : claim;
					return new Said(said.status(), said.text());
				};
				case TASKLIST -> () -> {
					WebVisitor.Answer claim = claimed ? null
							: this.browser.post(ENGINE + "task/" + task + "/claim", Map.of("userId", this.login));
					Map<String, Object> variables = new HashMap<>();
					fields.forEach((key, value) -> variables.put(key, Map.of("value", value, "type", "String")));
					WebVisitor.Answer said = (claim == null || claim.status() == 204) ? this.browser
						.post(ENGINE + "task/" + task + "/submit-form", Map.of("variables", variables)) : claim;
					return new Said(said.status(), said.body());
				};
			};
		}

	}

}
