package nl.doorbraak.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import nl.doorbraak.faults.Checker.Result;
import nl.doorbraak.faults.Checker.Verdict;
import nl.doorbraak.testing.MoodySmtp;
import nl.doorbraak.testing.MoodySmtp.Mood;
import nl.doorbraak.testing.MoodySmtp.Taken;
import nl.doorbraak.testing.Until;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes on one database, each behind a proxy and with a mail server that misbehaves
 * on command; a driver with its ledger; and a clock that can be pushed.
 */
final class Rig implements AutoCloseable {

	static final ZoneId ZONE = ZoneId.of("Europe/Amsterdam");

	static final Duration PATIENCE = Duration.ofSeconds(120);

	private static final int HANDS = 4;

	private static final int GO_ON = 2;

	/** How long a job or an alert is one node's. */
	private static final Duration LEASE = Duration.ofSeconds(60);

	/** In this time a node that is well finishes what it has. */
	private static final Duration IN_HAND = Duration.ofSeconds(20);

	private static final Duration STEADY_AGAIN = Duration.ofMinutes(5);

	private final RigDatabase database;

	private final Heartbeat heartbeat = new Heartbeat();

	private final Ledger ledger;

	private final Driver driver;

	private final Node a;

	private final Node b;

	private final ExecutorService hands = Executors.newCachedThreadPool();

	private final Set<String> known = new HashSet<>();

	private final Map<String, Integer> counted = new HashMap<>();

	private final Map<String, Usual> usual = new HashMap<>();

	private final Alarms alarms;

	private int measured;

	private volatile Duration ahead = Duration.ZERO;

	Rig(Path folder) {
		try {
			this.alarms = new Alarms();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.database = new RigDatabase(folder.resolve("postgres"));
		this.ledger = new Ledger(folder.resolve("ledger.jsonl"));
		Clock clock = new Clock() {

			@Override
			public Instant instant() {
				return now();
			}

			@Override
			public ZoneId getZone() {
				return ZoneOffset.UTC;
			}

			@Override
			public Clock withZone(ZoneId zone) {
				throw new IllegalArgumentException("Instants are UTC");
			}
		};
		this.driver = new Driver(this.ledger, clock);
		List<String> settings = List.of("--doorbraak.watchdog.every=10s",
				"--doorbraak.watchdog.heartbeat=" + this.heartbeat.address(),
				"--management.prometheus.metrics.export.enabled=true");
		this.a = new Node("a", folder, new Proxy(this.database.port()), new MoodySmtp(this::now), settings);
		this.b = new Node("b", folder, new Proxy(this.database.port()), new MoodySmtp(this::now), settings);
		Runtime.getRuntime().addShutdownHook(new Thread(() -> nodes().forEach(Node::kill)));
		this.a.start();
		this.b.start();
	}

	Node a() {
		return this.a;
	}

	Node b() {
		return this.b;
	}

	Node other(Node node) {
		return (node == this.a) ? this.b : this.a;
	}

	List<Node> nodes() {
		return List.of(this.a, this.b);
	}

	Driver driver() {
		return this.driver;
	}

	RigDatabase database() {
		return this.database;
	}

	Heartbeat heartbeat() {
		return this.heartbeat;
	}

	/** The database's time. */
	Instant now() {
		return Instant.now().plus(this.ahead);
	}

	LocalDate today() {
		return LocalDate.ofInstant(now(), ZONE);
	}

	static Instant startOf(LocalDate day) {
		return day.atStartOfDay(ZONE).toInstant();
	}

	/** Pushes the clock of the database; never back. */
	void moveTo(Instant moment) {
		Duration further = Duration.between(now(), moment);
		if (!further.isNegative()) {
			advance(further);
		}
	}

	void advance(Duration time) {
		Duration next = this.ahead.plus(time);
		this.ledger.mark(now(), "pushed", Map.of("millis", time.toMillis()));
		// First here: no mail seems earlier than it is.
		this.ahead = next;
		try (Connection connection = this.database.open("doorbraak", "doorbraak_owner");
				PreparedStatement statement = connection
					.prepareStatement("update doorbraak.clock_offset set ahead = make_interval(secs => ?)")) {
			statement.setDouble(1, next.toMillis() / 1000.0);
			statement.executeUpdate();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static void sleep(Duration time) {
		long until = System.nanoTime() + time.toNanos();
		for (long left = time.toNanos(); left > 0; left = until - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
	}

	void sleepUntil(Instant moment) {
		Duration left = Duration.between(now(), moment);
		if (!left.isNegative()) {
			sleep(left);
		}
	}

	/** Everything as it should be, and both nodes there. */
	void ready() {
		this.database.startIfCrashed();
		for (Node node : nodes()) {
			node.proxy().wellBehaved();
			node.mail().mood((nth) -> Mood.ACCEPT);
			node.mail().afterTheYes((nth) -> {
			});
			node.mail().refuse("");
			node.mail().up();
			if (node.isKilled()) {
				node.begin();
			}
		}
		nodes().forEach(Node::serves);
	}

	void round(String row, int nth, Duration budget) {
		String name = row + "/" + nth;
		this.driver.round(name);
		this.ledger.mark(now(), "round", Map.of("round", name, "row", row, "budget", budget.toSeconds()));
	}

	void faultBegins(String what) {
		this.ledger.mark(now(), "faultBegins", Map.of("fault", what));
	}

	/** From here lateness counts, though not everything need be well yet. */
	void back() {
		this.ledger.mark(now(), "back", Map.of());
	}

	void faultEnds() {
		this.ledger.mark(now(), "faultEnds", Map.of());
	}

	/** So many mails may come twice, each under its one Message-ID. */
	void ambiguous(int n) {
		this.ledger.mark(now(), "ambiguous", Map.of("n", n));
	}

	static List<String> keys(String name, int cases) {
		return IntStream.range(0, cases).mapToObj((i) -> "Grootboek " + name + " " + i).toList();
	}

	/** Cases whose event is that day, reported at both nodes in turn, and open. */
	List<String> report(String name, int cases, LocalDate event) {
		List<String> keys = keys(name, cases);
		each(keys, (key) -> this.driver.report(node(key), "anna", key, event, null));
		Until.so(() -> "all " + cases + " open: " + open(keys) + ", late jobs " + dueJobs() + ", alerts " + dueAlerts(),
				PATIENCE, () -> open(keys) == cases && isQuiet());
		return keys;
	}

	Node node(String key) {
		return (Math.floorMod(key.hashCode(), 2) == 0) ? this.a : this.b;
	}

	<T> void each(List<T> all, java.util.function.Consumer<T> act) {
		ExecutorService some = Executors.newFixedThreadPool(HANDS);
		try {
			List<Future<?>> working = new ArrayList<>();
			all.forEach((one) -> working.add(some.submit(() -> act.accept(one))));
			for (Future<?> each : working) {
				each.get();
			}
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			some.shutdownNow();
		}
	}

	/** All at the same moment, as far as hands can. */
	<T> List<T> together(List<Callable<T>> acts) {
		java.util.concurrent.CyclicBarrier barrier = new java.util.concurrent.CyclicBarrier(acts.size());
		List<Future<T>> working = acts.stream().map((act) -> this.hands.submit(() -> {
			barrier.await();
			return act.call();
		})).toList();
		return working.stream().map(Rig::get).toList();
	}

	<T> Future<T> aside(Callable<T> act) {
		return this.hands.submit(act);
	}

	static <T> T get(Future<T> future) {
		try {
			return future.get();
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	long open(List<String> keys) {
		return this.database.count(
				"""
						select count(*) from doorbraak.case_file c join doorbraak.case_rung r on r.case_id = c.id and r.closed_at is null
						where c.what_is_stuck = any (?)""",
				(Object) keys.toArray(String[]::new));
	}

	String number(String key) {
		List<List<String>> rows = this.database.rows("select number from doorbraak.case_file where what_is_stuck = ?",
				key);
		return rows.isEmpty() ? "" : rows.get(0).get(0);
	}

	long dueJobs() {
		return this.database.count("""
				select count(*) from camunda.act_ru_job where retries_ > 0 and suspension_state_ = 1
				  and (duedate_ is null or duedate_ <= doorbraak.current_instant())""");
	}

	long dueAlerts() {
		return this.database.count(
				"select count(*) from doorbraak.alert where state = 'waiting' and next_attempt_at <= doorbraak.current_instant()");
	}

	boolean isQuiet() {
		return dueJobs() == 0 && dueAlerts() == 0;
	}

	void quiet() {
		Until.so(() -> "quiet: " + dueJobs() + " jobs and " + dueAlerts() + " alerts are due", Duration.ofMinutes(5),
				this::isQuiet);
	}

	/**
	 * The same after a fault: what a node had in hand then waits a minute of the clock's.
	 */
	void quietAgain() {
		long until = System.nanoTime() + IN_HAND.toNanos();
		while (!isQuiet() && System.nanoTime() < until) {
			sleep(Duration.ofSeconds(1));
		}
		if (!isQuiet()) {
			advance(LEASE.minus(IN_HAND));
		}
		quiet();
	}

	/** How many of the crisis alerts of these cases came to an end. */
	long told(List<String> keys) {
		return this.database.count("""
				select count(*) from doorbraak.alert a join doorbraak.case_file c on c.number = a.case_number
				where a.kind = 'leadMissing' and a.deadline_version like 'crisis %' and a.channel = 'mail'
				  and a.state in ('sent', 'undeliverable', 'cancelled') and c.what_is_stuck = any (?)""",
				(Object) keys.toArray(String[]::new));
	}

	/** Waits until everybody was told of all these cases; says in what time. */
	Duration awaitTold(List<String> keys, Duration atMost) {
		long start = System.nanoTime();
		long all = (long) keys.size() * Checker.EVERYBODY.size();
		Until.so(() -> "told " + told(keys) + " of " + all, atMost, () -> told(keys) >= all);
		return Duration.ofNanos(System.nanoTime() - start);
	}

	/** The round is over: nobody waits for these any more, but for a few that go on. */
	void withdraw(List<String> keys) {
		ready();
		each(keys.stream().skip(GO_ON).map(this::number).filter((number) -> !number.isEmpty()).toList(),
				(number) -> this.driver.withdraw(node(number), "anna", number));
		quietAgain();
	}

	List<Taken> mails() {
		return Stream.concat(this.a.mail().taken().stream(), this.b.mail().taken().stream()).toList();
	}

	/** Which rules that wake an operator hold now. */
	Set<String> alarms() {
		return this.alarms.holding(nodes().stream().map(Node::figures).toList());
	}

	/** What is usual for each node, measured when nothing happens. */
	void measure() {
		nodes().forEach((node) -> this.usual.put(node.name(), use(node)));
	}

	private Usual use(Node node) {
		return new Usual(node.threads(), node.proxy().connections(), node.heap());
	}

	/** What did not come back to what is usual. */
	private List<String> unsteady() {
		List<String> unsteady = new ArrayList<>();
		long owed = this.database.count("select count(*) from doorbraak.audit_owed where written_at is null");
		if (owed > 0) {
			unsteady.add(owed + " lines of the record are owed");
		}
		for (Node node : nodes()) {
			if (!this.usual.containsKey(node.name())) {
				continue;
			}
			Usual was = this.usual.get(node.name());
			Usual is = use(node);
			// A tenth, and the few that come and go.
			if (is.threads() > was.threads() * 1.1 + 12) {
				unsteady.add("node " + node.name() + " has " + is.threads() + " threads, had " + was.threads());
			}
			if (is.connections() > was.connections() * 1.1 + 4) {
				unsteady
					.add("node " + node.name() + " has " + is.connections() + " connections, had " + was.connections());
			}
			if (is.heap() > was.heap() * 1.1 + 24) {
				unsteady.add("node " + node.name() + " keeps " + is.heap() + " MB, kept " + was.heap());
			}
		}
		return unsteady;
	}

	/** Looks at the whole, and tells what is new since the last look. */
	Result check() {
		quiet();
		long until = System.nanoTime() + STEADY_AGAIN.toNanos();
		List<String> unsteady = unsteady();
		while (!unsteady.isEmpty() && System.nanoTime() < until) {
			sleep(Duration.ofSeconds(5));
			unsteady = unsteady();
		}
		this.measured += 3 * this.usual.size();
		Result whole = new Checker(this.ledger.read(), mails(), Dump.of(this.database), unsteady, this.measured)
			.check();
		List<Verdict> fresh = whole.verdicts()
			.stream()
			.map((verdict) -> new Verdict(verdict.id(), verdict.n() - this.counted.getOrDefault(verdict.id(), 0),
					verdict.violations().stream().filter((each) -> !this.known.contains(verdict.id() + each)).toList(),
					verdict.note()))
			.toList();
		whole.verdicts().forEach((verdict) -> {
			this.counted.put(verdict.id(), verdict.n());
			verdict.violations().forEach((each) -> this.known.add(verdict.id() + each));
		});
		return new Result(fresh, whole.lateness());
	}

	/** A case with a proposal that waits for a manager; its number. */
	String proposed(String key, LocalDate event) {
		Node node = node(key);
		assertThat(this.driver.report(node, "anna", key, event, null).status()).isEqualTo(201);
		String number = number(key);
		complete(node, "anna", number, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Betalen.",
				"cost", 6000, "deviates", "no", "reservation", "none", "perspectiveShared", "yes"));
		complete(node, "anna", number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Nodig."));
		Until.so(() -> "a gate for " + number, PATIENCE, () -> this.database
			.count("select count(*) from doorbraak.proposal where case_number = ? and state = 'open'", number) == 1);
		return number;
	}

	private void complete(Node node, String login, String number, String form, Map<String, Object> fields) {
		Until.so(() -> form + " of " + number, PATIENCE,
				() -> this.driver.complete(node, login, number, form, fields).status() == 200);
	}

	/** The open task of a gate, when the engine has it. */
	String signTask(Node node, String login, String number) {
		return Until.there(() -> "a task to sign in " + number, PATIENCE, () -> {
			String task = this.driver.task(node, login, number, "sign-off");
			return task.isEmpty() ? java.util.Optional.empty() : java.util.Optional.of(task);
		});
	}

	@Override
	public void close() {
		this.hands.shutdownNow();
		nodes().forEach(Node::kill);
		nodes().forEach((node) -> {
			node.proxy().close();
			node.mail().close();
		});
		this.heartbeat.close();
		this.ledger.close();
		this.database.close();
	}

	private record Usual(int threads, int connections, long heap) {
	}

}
