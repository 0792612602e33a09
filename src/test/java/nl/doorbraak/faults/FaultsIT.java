package nl.doorbraak.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.IntStream;

import com.sun.tools.attach.VirtualMachine;
import nl.doorbraak.faults.Checker.Result;
import nl.doorbraak.faults.Driver.Said;
import nl.doorbraak.mandate.MandateEvents.MandateRecorded;
import nl.doorbraak.testing.MoodySmtp.Mood;
import nl.doorbraak.testing.Released;
import nl.doorbraak.testing.Until;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What servers, networks and clocks do to two nodes, row by row; after each the checker
 * counts what must be zero. {@code -Dfaults.form=long} is for the night,
 * {@code -Dfaults.seed} repeats a run, {@code -Dfaults.cases} is how many cases a round
 * has, {@code -Dfaults.rounds} how many rounds of a row are enough of the night. Tells in
 * {@code target/faults.md}.
 */
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.MethodName.class)
class FaultsIT {

	private static final boolean LONG = "long".equals(System.getProperty("faults.form", "short"));

	private static final long SEED = Long.getLong("faults.seed", System.nanoTime() & 0xFFFFFF);

	private static final int CASES = Integer.getInteger("faults.cases", LONG ? 100 : 12);

	/** How long what is broken stays so, in real time; the rest of it is the clock's. */
	private static final Duration OUTAGE = Duration.ofSeconds(LONG ? 120 : 30);

	private static final String CLOCK_OFF = "DoorbraakClockOff";

	private static final String LATE_WORK = "DoorbraakLateWork";

	private static final int QUEUED = 20_000;

	private static final Duration UNDISTURBED = Duration.ofSeconds(30);

	private static final Duration AFTER_A_KILL = Duration.ofSeconds(90);

	private static final Duration DATABASE_IS_BACK = Duration.ofSeconds(60);

	private static final Duration AFTER_AN_OUTAGE = Duration.ofMinutes(5);

	private static final Duration MAIL_IS_BACK = Duration.ofMinutes(10);

	private final Random random = new Random(SEED);

	private final Report report = new Report(SEED, LONG ? "long" : "short");

	private final Path folder = Path.of("target", "faults-rig", UUID.randomUUID().toString());

	private Rig rig;

	private Set<String> usualAlarms = Set.of();

	private AssertionError failedUndisturbed;

	/** How often a row does it, in the short form and in the long one. */
	private static int rounds(int brief, int night) {
		return LONG ? Math.min(night, Integer.getInteger("faults.rounds", night)) : brief;
	}

	@BeforeAll
	void start() {
		System.out
			.println("faults: seed " + SEED + ", form " + (LONG ? "long" : "short") + ", " + CASES + " cases a round");
		this.rig = new Rig(this.folder);
		try {
			undisturbed();
		}
		catch (AssertionError ex) {
			this.failedUndisturbed = ex;
		}
	}

	private void undisturbed() {
		row("T-00", "undisturbed", () -> {
			List<String> cases = crisis("T-00", 1, UNDISTURBED, CASES, (deadline) -> {
			});
			this.rig.withdraw(cases);
			Rig.sleep(Duration.ofSeconds(5));
			this.rig.measure();
			this.usualAlarms = this.rig.alarms();
			assertThat(this.usualAlarms).as("rules that wake an operator").doesNotContain(CLOCK_OFF, LATE_WORK);
			return "budget 10 s p99, 30 s max; rules that hold when all is well: " + this.usualAlarms;
		}, 1);
	}

	@AfterAll
	void stop() {
		List.of("T-01", "T-02", "T-03", "T-04", "T-05", "T-06", "T-07", "T-09", "T-10", "T-11", "T-12", "T-13", "T-15",
				"T-16", "T-20")
			.stream()
			.filter((row) -> !this.report.has(row))
			.forEach((row) -> this.report.notRun(row, "", "not chosen"));
		this.report.notRun("T-08", "both changes of the clock, leap day, year end",
				"needs no nodes: DeadlinesByHandTest, 200 deadlines against another calculator, in each verify");
		this.report.write(Path.of("target"));
		System.out.println(this.report.markdown());
		if (this.rig != null) {
			this.rig.close();
		}
	}

	/** What is measured before anything is broken. */
	@Test
	void t00Undisturbed() {
		if (this.failedUndisturbed != null) {
			throw this.failedUndisturbed;
		}
	}

	@Test
	void t01KilledInTheMiddle() {
		List<Moment> moments = new ArrayList<>(List.of(Moment.values()));
		Collections.shuffle(moments, this.random);
		int rounds = rounds(1, 200);
		row("T-01", "kill -9 of one node", () -> {
			List<String> told = new ArrayList<>();
			for (int i = 0; i < rounds; i++) {
				Moment moment = moments.get(i % moments.size());
				killAt(moment, i + 1);
				told.add(moment.name().toLowerCase(Locale.ROOT));
			}
			return "moments: " + String.join(", ", told.stream().distinct().toList());
		}, rounds);
	}

	private void killAt(Moment moment, int round) {
		Node victim = this.random.nextBoolean() ? this.rig.a() : this.rig.b();
		AtomicBoolean done = new AtomicBoolean();
		Runnable kill = () -> {
			if (done.compareAndSet(false, true)) {
				victim.kill();
				this.rig.faultEnds();
			}
		};
		int nth = 2 + this.random.nextInt(CASES);
		List<String> signing = new ArrayList<>();
		if (moment == Moment.WHILE_SIGNING) {
			signing.add(this.rig.proposed("Grootboek T-01/" + round + " te tekenen", null));
		}
		List<String> cases = crisis("T-01", round, AFTER_A_KILL, CASES, (deadline) -> {
			this.rig.faultBegins(moment + " at " + victim.name());
			this.rig.ambiguous(1);
			switch (moment) {
				case RANDOM -> this.rig.sleepUntil(deadline.plusMillis(this.random.nextInt(6000)));
				case BEFORE_SENDING -> victim.mail().mood((offered) -> {
					if (offered == nth) {
						kill.run();
					}
					return Mood.ACCEPT;
				});
				case AFTER_250 -> {
					AtomicInteger taken = new AtomicInteger();
					victim.mail().afterTheYes((offered) -> {
						if (taken.incrementAndGet() == nth) {
							kill.run();
						}
					});
				}
				case BEFORE_COMMIT -> {
					this.rig.sleepUntil(deadline.plusMillis(this.random.nextInt(3000)));
					victim.proxy().insteadOfNextCommit(kill);
				}
				case AFTER_COMMIT -> {
					this.rig.sleepUntil(deadline.plusMillis(this.random.nextInt(3000)));
					victim.proxy().afterNextCommit(kill);
				}
				case WHILE_SIGNING -> {
					Node node = victim;
					String task = this.rig.signTask(node, "mila", signing.get(0));
					String hash = this.rig.driver().hash(node, "mila", task);
					this.rig.driver().claim(node, "mila", signing.get(0), task);
					Future<Said> signed = this.rig.aside(() -> this.rig.driver()
						.complete(node, "mila", signing.get(0), "sign-off", task,
								Map.of("decision", "agree", "proposalHash", hash)));
					Rig.sleep(Duration.ofMillis(this.random.nextInt(80)));
					kill.run();
					Rig.get(signed);
				}
			}
			// An aim that was never there to be hit is a kill at a random moment.
			this.rig.sleepUntil(deadline.plusSeconds(8));
			kill.run();
			victim.proxy().wellBehaved();
			victim.begin();
		});
		victim.serves();
		if (!signing.isEmpty() && this.rig.database()
			.count("select count(*) from doorbraak.sign_off where case_number = ?", signing.get(0)) == 0) {
			Node other = this.rig.other(victim);
			Until.so(() -> "signed after all", Rig.PATIENCE, () -> sign(other, "mila", signing.get(0)).status() == 200);
		}
		this.rig.withdraw(cases);
	}

	private Said sign(Node node, String login, String number) {
		String task = this.rig.signTask(node, login, number);
		Said claimed = this.rig.driver().claim(node, login, number, task);
		return (claimed.status() == 200)
				? this.rig.driver()
					.complete(node, login, number, "sign-off", task,
							Map.of("decision", "agree", "proposalHash", this.rig.driver().hash(node, login, task)))
				: claimed;
	}

	@Test
	void t02BothDownOverTheDeadline() {
		int rounds = rounds(1, 10);
		row("T-02", "both nodes down for ten minutes over the deadline", () -> {
			String marked = "";
			for (int i = 1; i <= rounds; i++) {
				List<String> cases = crisis("T-02", i, AFTER_AN_OUTAGE, CASES, (deadline) -> {
					this.rig.faultBegins("both killed");
					this.rig.ambiguous(2);
					this.rig.nodes().forEach(Node::kill);
					Rig.sleep(OUTAGE);
					this.rig.moveTo(deadline.plus(Duration.ofMinutes(10)));
					this.rig.back();
					this.rig.a().begin();
					this.rig.b().begin();
					this.rig.nodes().forEach(Node::serves);
					this.rig.faultEnds();
				});
				marked = marked(cases);
				this.rig.withdraw(cases);
			}
			return OUTAGE.toSeconds() + " s of the ten minutes in real time; " + marked;
		}, rounds);
	}

	/** Each mail says that it is late, and that nothing ran meanwhile. */
	private String marked(List<String> keys) {
		if (this.rig.database().rows("select to_regclass('doorbraak.outage')").get(0).get(0) == null) {
			return "not run: this Doorbraak does not mark what is late because nothing ran";
		}
		List<String> ids = this.rig.database()
			.rows("""
					select a.message_id from doorbraak.alert a join doorbraak.case_file c on c.number = a.case_number
					where a.kind = 'leadMissing' and a.deadline_version like 'crisis %' and c.what_is_stuck = any (?)""",
					(Object) keys.toArray(String[]::new))
			.stream()
			.map((row) -> row.get(0))
			.toList();
		List<String> mails = this.rig.mails()
			.stream()
			.filter((mail) -> ids.contains(mail.messageId()))
			.map((mail) -> mail.text().replace("=\n", "").replaceAll("\\s+", " "))
			.toList();
		assertThat(mails).hasSizeGreaterThanOrEqualTo(ids.size())
			.allMatch((mail) -> mail.contains("lag Doorbraak stil"));
		return mails.size() + " mails say that they are late because nothing ran";
	}

	@Test
	void t03DatabaseCrashes() {
		int rounds = rounds(1, 20);
		row("T-03", "PostgreSQL stops at once under load", () -> {
			List<String> recovered = new ArrayList<>();
			for (int i = 1; i <= rounds; i++) {
				int round = i;
				List<String> underLoad = new ArrayList<>();
				List<String> cases = crisis("T-03", i, DATABASE_IS_BACK, CASES, (deadline) -> {
					AtomicBoolean on = new AtomicBoolean(true);
					Future<List<String>> load = this.rig.aside(() -> work("T-03/" + round + " onder druk", on));
					this.rig.sleepUntil(deadline.plusMillis(this.random.nextInt(3000)));
					this.rig.faultBegins("the database stops");
					this.rig.ambiguous(2);
					this.rig.database().crash();
					Rig.sleep(Duration.ofSeconds(2 + this.random.nextInt(5)));
					this.rig.database().start();
					this.rig.back();
					Duration after = recovers("T-03/" + round);
					this.rig.faultEnds();
					recovered.add(seconds(after));
					on.set(false);
					underLoad.addAll(Rig.get(load));
					assertThat(after).as("nodes work again without a restart").isLessThan(DATABASE_IS_BACK);
				});
				resolve(underLoad);
				this.rig.withdraw(cases);
			}
			return "both nodes worked again after " + String.join(", ", recovered);
		}, rounds);
	}

	private List<String> work(String name, AtomicBoolean on) {
		return work(name, on, Duration.ofMillis(100));
	}

	/** Reports at both nodes until it is enough; which keys. */
	private List<String> work(String name, AtomicBoolean on, Duration pause) {
		List<String> keys = Collections.synchronizedList(new ArrayList<>());
		List<Callable<Integer>> hands = IntStream.range(0, 2).mapToObj((hand) -> (Callable<Integer>) () -> {
			int done = 0;
			while (on.get()) {
				String key = "Grootboek " + name + " " + hand + "-" + done++;
				keys.add(key);
				this.rig.driver().report(this.rig.node(key), "anna", key, null, null);
				Rig.sleep(pause);
			}
			return done;
		}).toList();
		this.rig.together(hands);
		return keys;
	}

	/** What got no yes is looked for by its key, and asked again where it is not. */
	private void resolve(List<String> keys) {
		keys.stream().filter((key) -> this.rig.number(key).isEmpty()).forEach((key) -> {
			Said said = this.rig.driver().report(this.rig.node(key), "anna", key, null, null);
			assertThat(said.status()).isEqualTo(201);
		});
		this.rig.quietAgain();
		this.rig.each(keys,
				(key) -> Until.so(() -> key + " is open", Rig.PATIENCE, () -> this.rig.open(List.of(key)) == 1));
		this.rig.each(keys, (key) -> this.rig.driver().withdraw(this.rig.node(key), "anna", this.rig.number(key)));
	}

	/** Until each node takes a report. */
	private Duration recovers(String name) {
		long start = System.nanoTime();
		List<String> keys = new ArrayList<>();
		for (Node node : this.rig.nodes()) {
			Until.so(() -> "node " + node.name() + " works again", Duration.ofSeconds(120), () -> {
				String key = "Grootboek " + name + " weer " + node.name() + keys.size();
				keys.add(key);
				return this.rig.driver().report(node, "anna", key, null, null).won();
			});
		}
		Duration after = Duration.ofNanos(System.nanoTime() - start);
		keys.stream()
			.map(this.rig::number)
			.filter((number) -> !number.isEmpty())
			.forEach((number) -> Until.so(() -> number + " withdrawn", Rig.PATIENCE,
					() -> this.rig.driver().withdraw(this.rig.a(), "anna", number).won()));
		return after;
	}

	@Test
	void t04DatabaseIsABlackHole() {
		int rounds = rounds(1, 5);
		row("T-04", "black hole, half-open, answers of COMMIT cut, slow", () -> {
			List<String> notes = new ArrayList<>();
			int cuts = LONG ? 200 : 30;
			for (int i = 1; i <= rounds; i++) {
				int round = i;
				List<String> cases = crisis("T-04", i, AFTER_A_KILL, CASES, (deadline) -> {
					java.util.concurrent.CompletableFuture<Node> hit = new java.util.concurrent.CompletableFuture<>();
					this.rig.faultBegins("black hole of two minutes in the middle of the alarms");
					this.rig.ambiguous(50);
					this.rig.nodes().forEach((node) -> node.proxy().blackHoleAtAlarm(() -> {
						this.rig.other(node).proxy().blackHoleAtAlarm(null);
						hit.complete(node);
					}));
					Node victim = hit.get(60, java.util.concurrent.TimeUnit.SECONDS);
					// The other node is well: it does what this one cannot.
					this.rig.back();
					long start = System.nanoTime();
					this.rig.together(IntStream.range(0, 8)
						.mapToObj((hand) -> (Callable<Said>) () -> this.rig.driver()
							.report(victim, "anna", "Grootboek T-04/" + round + " zwart " + hand, null, null))
						.toList());
					Duration free = Duration.ofNanos(System.nanoTime() - start);
					notes.add("threads free after " + seconds(free));
					// Else what the clock is pushed by is lateness of theirs.
					this.rig.awaitTold(Rig.keys("T-04/" + round, CASES), AFTER_A_KILL);
					if (LONG) {
						this.rig.sleepUntil(deadline.plus(Duration.ofMinutes(2)));
					}
					this.rig.moveTo(deadline.plus(Duration.ofMinutes(2)));
					victim.proxy().wellBehaved();
					notes.add("back after " + seconds(recovers("T-04/" + round + " gat")));
					this.rig.faultEnds();
					assertThat(free).as("threads free").isLessThan(Duration.ofSeconds(45));
				});
				this.rig.withdraw(cases);
				int next = rounds + i;
				List<String> underLoad = new ArrayList<>();
				List<String> more = crisis("T-04", next, DATABASE_IS_BACK, CASES, (deadline) -> {
					AtomicBoolean on = new AtomicBoolean(true);
					this.rig.faultBegins("half-open, then COMMIT");
					this.rig.ambiguous(2 * cuts + 50);
					this.rig.a().proxy().halfOpen();
					this.rig.b().proxy().delay(20);
					Future<List<String>> load = this.rig.aside(() -> work("T-04/" + next + " knip", on));
					Rig.sleep(Duration.ofSeconds(10));
					this.rig.b().proxy().delay(0);
					this.rig.nodes().forEach((node) -> node.proxy().cutAnswersOfCommit(cuts / 2));
					Until.so(() -> "answers cut: " + this.rig.a().proxy().cut() + " and " + this.rig.b().proxy().cut(),
							Duration.ofSeconds(120),
							() -> this.rig.a().proxy().cut() + this.rig.b().proxy().cut() >= cuts);
					notes.add((this.rig.a().proxy().cut() + this.rig.b().proxy().cut()) + " answers of COMMIT cut");
					this.rig.nodes().forEach((node) -> node.proxy().wellBehaved());
					this.rig.back();
					recovers("T-04/" + next + " knip");
					on.set(false);
					underLoad.addAll(Rig.get(load));
					this.rig.faultEnds();
					notes.add(underLoad.size() + " reports under it");
				});
				underLoad.addAll(IntStream.range(0, 8)
					.mapToObj((hand) -> "Grootboek T-04/" + round + " zwart " + hand)
					.toList());
				resolve(underLoad);
				this.rig.withdraw(more);
			}
			return String.join("; ", notes);
		}, rounds);
	}

	@Test
	void t05MailServerRefuses() {
		int rounds = rounds(1, 3);
		row("T-05", "mail server refuses for an hour", () -> {
			List<String> notes = new ArrayList<>();
			for (int i = 1; i <= rounds; i++) {
				int round = i;
				List<String> cases = crisis("T-05", i, MAIL_IS_BACK, CASES, (deadline) -> {
					this.rig.faultBegins("no mail");
					this.rig.nodes().forEach((node) -> node.mail().down());
					this.rig.sleepUntil(deadline.plusSeconds(4));
					int busy = mailOnJobThreads();
					assertThat(this.rig.driver()
						.report(this.rig.a(), "anna", "Grootboek T-05/" + round + " ernaast", null, null)
						.status()).isEqualTo(201);
					Until.so(() -> "other work goes on", Duration.ofSeconds(60),
							() -> this.rig.open(List.of("Grootboek T-05/" + round + " ernaast")) == 1);
					busy = Math.max(busy, mailOnJobThreads());
					this.rig.moveTo(deadline.plus(Duration.ofMinutes(4)));
					Instant looked = this.rig.now();
					int beats = this.rig.heartbeat().beats();
					Until.so(() -> "the watchdog notices", Duration.ofSeconds(60), () -> this.rig.database()
						.count("select count(*) from doorbraak.watch_finding where what = 'alert' and ended_at is null") > 0);
					Duration noticed = Duration.between(deadline, this.rig.now());
					Rig.sleep(Duration.ofSeconds(12));
					notes.add("alarm " + seconds(noticed) + " after the deadline, heartbeats after it "
							+ (this.rig.heartbeat().beats() - beats));
					assertThat(noticed).isLessThan(Duration.ofMinutes(5));
					assertThat(this.rig.heartbeat().beats() - beats)
						.as("heartbeats while mail waits, looked at " + looked)
						.isLessThanOrEqualTo(1);
					this.rig.sleepUntil(deadline.plus(Duration.ofMinutes(4)).plus(OUTAGE));
					this.rig.moveTo(deadline.plus(Duration.ofHours(1)));
					this.rig.nodes().forEach((node) -> node.mail().up());
					this.rig.faultEnds();
					notes.add("at most " + busy + " job threads at mail");
					assertThat(busy).isZero();
					drain();
				});
				cases.add("Grootboek T-05/" + round + " ernaast");
				this.rig.withdraw(cases);
			}
			return String.join("; ", notes);
		}, rounds);
	}

	/**
	 * Waits a while, then lets the clock pass what is left of the waits between attempts.
	 */
	private void drain() {
		long until = System.nanoTime() + OUTAGE.dividedBy(2).toNanos();
		while (System.nanoTime() < until && waiting() > 0) {
			Rig.sleep(Duration.ofSeconds(1));
		}
		if (waiting() > 0) {
			this.rig.advance(Duration.ofMinutes(5));
		}
	}

	/** Alerts that should be out by now. */
	private long waiting() {
		return this.rig.database()
			.count("select count(*) from doorbraak.alert where state = 'waiting' and due_at <= doorbraak.current_instant()");
	}

	/** How many threads of the engine's workers are inside the mail carrier now. */
	private int mailOnJobThreads() {
		int busy = 0;
		for (Node node : this.rig.nodes()) {
			for (String thread : node.command("Thread.print").split("\n\n")) {
				busy += (thread.contains("camundaTaskExecutor") && thread.contains("SmtpCarrier")) ? 1 : 0;
			}
		}
		return busy;
	}

	@Test
	void t06MailServerMisbehaves() {
		int rounds = rounds(1, 10);
		row("T-06", "mail hangs, 451, cut after 250, 550", () -> {
			AtomicInteger cut = new AtomicInteger();
			AtomicInteger busy = new AtomicInteger();
			AtomicInteger hung = new AtomicInteger();
			for (int i = 1; i <= rounds; i++) {
				AtomicInteger cuts = new AtomicInteger();
				List<String> cases = crisis("T-06", i, MAIL_IS_BACK, CASES, (deadline) -> {
					this.rig.faultBegins("mail misbehaves");
					Random moods = new Random(this.random.nextLong());
					IntFunction<Mood> mood = (nth) -> {
						synchronized (moods) {
							int chance = moods.nextInt(30);
							if (chance < 10) {
								busy.incrementAndGet();
								return Mood.BUSY;
							}
							if (chance < 13) {
								cuts.incrementAndGet();
								return (chance == 10) ? Mood.CUT_AFTER_THE_YES : Mood.CUT_BEFORE_THE_YES;
							}
							if (chance == 13 && hung.get() < 3) {
								hung.incrementAndGet();
								return Mood.STOP_READING;
							}
							return Mood.ACCEPT;
						}
					};
					this.rig.nodes().forEach((node) -> {
						node.mail().refuse("karim@waterdam.example");
						node.mail().mood(mood);
					});
					this.rig.sleepUntil(deadline.plus(OUTAGE));
					drain();
					this.rig.nodes().forEach((node) -> node.mail().mood((nth) -> Mood.ACCEPT));
					this.rig.faultEnds();
					this.rig.ambiguous(cuts.get());
					cut.addAndGet(cuts.get());
					drain();
				});
				this.rig.nodes().forEach((node) -> node.mail().refuse(""));
				long raised = this.rig.database()
					.count("""
							select coalesce(max(extract(epoch from u.created_at - a.first_attempt_at)), 0)::bigint
							from doorbraak.alert u join doorbraak.alert a on a.id = u.about_id where u.kind = 'undeliverable'""");
				assertThat(raised).as("seconds until the next person hears of a 550").isLessThanOrEqualTo(300);
				this.rig.withdraw(cases);
			}
			return busy + " times 451, " + cut + " times cut, " + hung + " times hung; 550 for one recipient";
		}, rounds);
	}

	@Test
	void t07ClocksThatAreOff() {
		this.rig.a().kill();
		// As seldom as production looks at the database's time.
		boolean wrong = this.rig.a().beginUnderAWrongClock("--doorbraak.clock.synchronise-every=30s");
		this.rig.a().serves();
		if (!wrong) {
			this.report.notRun("T-07", "clocks", "no C compiler for the library that puts a clock wrong");
			return;
		}
		try {
			clocksThatAreOff(rounds(1, 3));
		}
		finally {
			this.rig.a().kill();
			this.rig.ready();
		}
	}

	private void clocksThatAreOff(int rounds) {
		row("T-07", "a node's clock 90 s and 1 h off either way; SIGSTOP", () -> {
			List<String> notes = new ArrayList<>();
			alarmOfTheClock(notes);
			int nth = 0;
			for (int i = 1; i <= rounds; i++) {
				for (Duration off : List.of(Duration.ofSeconds(90), Duration.ofSeconds(-90), Duration.ofHours(1),
						Duration.ofHours(-1))) {
					List<String> cases = crisis("T-07", ++nth, UNDISTURBED.plus(UNDISTURBED), CASES / 2, (deadline) -> {
						this.rig.faultBegins("clock of a off by " + off);
						this.rig.a().skew(off);
						this.rig.sleepUntil(deadline.plusSeconds(2));
						this.rig.faultEnds();
					});
					this.rig.a().skew(Duration.ZERO);
					this.rig.withdraw(cases);
				}
				List<String> cases = crisis("T-07", ++nth, AFTER_A_KILL, CASES, (deadline) -> {
					this.rig.sleepUntil(deadline.plusMillis(500));
					this.rig.faultBegins("b stands still");
					this.rig.ambiguous(1);
					this.rig.b().signal("STOP");
					Rig.sleep(OUTAGE);
					this.rig.advance(Duration.ofMinutes(10).minus(OUTAGE));
					this.rig.b().signal("CONT");
					this.rig.faultEnds();
				});
				this.rig.withdraw(cases);
			}
			String early = aTermUnderAFastClock(notes);
			assertThat(early).as("terms that ended early").isEmpty();
			return String.join("; ", notes);
		}, rounds);
	}

	/**
	 * The rule looks at how far the clock of a node's machine is from the database's.
	 * While nobody pushes that.
	 */
	private void alarmOfTheClock(List<String> notes) {
		Until.so(() -> "clocks that agree: " + this.rig.alarms(), Duration.ofSeconds(60),
				() -> !this.rig.alarms().contains(CLOCK_OFF));
		for (int seconds : new int[] { 90, -90, 3600, -3600 }) {
			this.rig.a().skew(Duration.ofSeconds(seconds));
			assertThat(this.rig.alarms()).as("clock of a off by " + seconds).contains(CLOCK_OFF);
			this.rig.a().skew(Duration.ZERO);
			assertThat(this.rig.alarms()).as("clocks that agree").doesNotContain(CLOCK_OFF);
		}
		notes.add(CLOCK_OFF + " held at once each of four times, and not between");
	}

	/**
	 * Terms end at their moment by the database, whatever a node believes the time is.
	 */
	private String aTermUnderAFastClock(List<String> notes) {
		this.rig.round("T-07", 100, UNDISTURBED);
		List<String> keys = this.rig.report("T-07/term", 6, null);
		Instant ends = Instant.parse(this.rig.database()
			.rows("""
					select to_char(max(r.term_ends_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
					from doorbraak.case_rung r join doorbraak.case_file c on c.id = r.case_id where c.what_is_stuck = any (?)""",
					(Object) keys.toArray(String[]::new))
			.get(0)
			.get(0));
		this.rig.moveTo(ends.minusSeconds(85));
		Rig.sleep(Duration.ofSeconds(33));
		this.rig.faultBegins("clock of a 90 s fast before a term");
		this.rig.a().skew(Duration.ofSeconds(90));
		this.rig.sleepUntil(ends.plusSeconds(8));
		this.rig.a().skew(Duration.ZERO);
		this.rig.faultEnds();
		this.rig.quiet();
		String early = String.join(", ", this.rig.database()
			.rows("""
					select c.number || ' ' || (r.term_ends_at - min(a.created_at))::text from doorbraak.case_rung r
					join doorbraak.case_file c on c.id = r.case_id
					join doorbraak.alert a on a.rung_id = r.id and a.kind = 'termQuestion'
					where c.what_is_stuck = any (?) group by c.number, r.id, r.term_ends_at
					having min(a.created_at) < r.term_ends_at""", (Object) keys.toArray(String[]::new))
			.stream()
			.map((row) -> row.get(0))
			.toList());
		notes.add(this.rig.database()
			.count("""
					select count(*) from doorbraak.case_rung r join doorbraak.case_file c on c.id = r.case_id
					where r.question_ends_at is not null and c.what_is_stuck = any (?)""",
					(Object) keys.toArray(String[]::new))
				+ " terms ended under a clock 90 s fast");
		this.rig.withdraw(keys);
		return early;
	}

	@Test
	void t09TheSameMessageManyTimes() {
		int groups = rounds(2, 500);
		row("T-09", "one message 2, 5 and 50 times at once, on both nodes, and later", () -> {
			this.rig.round("T-09", 1, UNDISTURBED);
			int said = 0;
			for (int i = 0; i < groups; i++) {
				for (int times : new int[] { 2, 5, 50 }) {
					String key = "Grootboek T-09 " + i + " maal " + times;
					this.rig.driver().report(this.rig.node(key), "anna", key, null, null);
					Until.so(() -> key + " is open", Rig.PATIENCE, () -> this.rig.open(List.of(key)) == 1);
					String number = this.rig.number(key);
					List<Said> leads = together(times, (node) -> this.rig.driver().takeTheLead(node, "anna", number));
					assertThat(leads).as("lead of " + number)
						.anyMatch(Said::won)
						.allMatch((each) -> each.status() < 500);
					List<Said> gone = together(times, (node) -> this.rig.driver().withdraw(node, "anna", number));
					assertThat(gone).as("withdrawal of " + number)
						.anyMatch(Said::won)
						.allMatch((each) -> each.status() < 500);
					assertThat(this.rig.driver().withdraw(this.rig.b(), "anna", number).status()).isLessThan(500);
					said += 2 * times + 1;
				}
			}
			return 3 * groups + " groups, " + said + " messages";
		}, 1);
	}

	private List<Said> together(int times, java.util.function.Function<Node, Said> act) {
		return this.rig.together(IntStream.range(0, times)
			.mapToObj((i) -> (Callable<Said>) () -> act.apply((i % 2 == 0) ? this.rig.a() : this.rig.b()))
			.toList());
	}

	@Test
	void t10DoubleClickOnASignature() {
		int pairs = rounds(8, 500);
		row("T-10", "double click on a signature, same and other node", () -> {
			this.rig.round("T-10", 1, UNDISTURBED);
			for (int i = 0; i < pairs; i++) {
				String number = this.rig.proposed("Grootboek T-10 " + i, null);
				String task = this.rig.signTask(this.rig.a(), "mila", number);
				String hash = this.rig.driver().hash(this.rig.a(), "mila", task);
				assertThat(this.rig.driver().claim(this.rig.a(), "mila", number, task).status()).isEqualTo(200);
				Node second = (i % 2 == 0) ? this.rig.a() : this.rig.b();
				int later = this.random.nextInt(51);
				List<Said> said = this.rig
					.together(List.of(() -> agree(this.rig.a(), "mila", number, task, hash), () -> {
						Rig.sleep(Duration.ofMillis(later));
						return agree(second, "mila", number, task, hash);
					}));
				assertThat(said).as(number).allMatch((each) -> each.status() < 500);
				assertThat(signatures(number)).as(number).isEqualTo(1);
			}
			return pairs + " pairs";
		}, 1);
	}

	private Said agree(Node node, String login, String number, String task, String hash) {
		return this.rig.driver()
			.complete(node, login, number, "sign-off", task, Map.of("decision", "agree", "proposalHash", hash));
	}

	private long signatures(String number) {
		return this.rig.database().count("select count(*) from doorbraak.sign_off where case_number = ?", number);
	}

	@Test
	void t11TwoManagersAtOnce() {
		int each = rounds(3, 500);
		row("T-11", "two managers, one of them too late; withdrawn; mandate revoked", () -> {
			this.rig.round("T-11", 1, UNDISTURBED);
			this.rig.database()
				.run("doorbraak", "doorbraak_owner",
						"insert into doorbraak.post values ('bert', 'manager', 'GM9001') on conflict do nothing");
			try {
				Map<Against, Integer> first = new java.util.EnumMap<>(Against.class);
				for (Against against : Against.values()) {
					for (int i = 0; i < each; i++) {
						first.merge(against, race(against, i) ? 1 : 0, Integer::sum);
					}
				}
				return each + " pairs each; the first approval won: " + first
						+ "; against the end of a term: SigningRacesIT";
			}
			finally {
				this.rig.database()
					.run("doorbraak", "doorbraak_owner",
							"delete from doorbraak.post where officer_login = 'bert' and function = 'manager'");
				mandates(false);
			}
		}, 1);
	}

	/** Whether the first approval won. */
	private boolean race(Against against, int nth) {
		String number = this.rig.proposed("Grootboek T-11 " + against + " " + nth, null);
		String task = this.rig.signTask(this.rig.a(), "mila", number);
		String hash = this.rig.driver().hash(this.rig.a(), "mila", task);
		Callable<Said> approve = () -> {
			Said claimed = this.rig.driver().claim(this.rig.a(), "mila", number, task);
			return claimed.won() ? agree(this.rig.a(), "mila", number, task, hash) : claimed;
		};
		Callable<Said> other = () -> switch (against) {
			case APPROVAL, REFUSAL -> {
				Said claimed = this.rig.driver().claim(this.rig.b(), "bert", number, task);
				yield claimed.won() ? this.rig.driver()
					.complete(this.rig.b(), "bert", number, "sign-off", task,
							(against == Against.APPROVAL) ? Map.of("decision", "agree", "proposalHash", hash) : Map
								.of("decision", "refuse", "ground", "law", "reason", "Nee.", "proposalHash", hash))
						: claimed;
			}
			case WITHDRAWAL -> this.rig.driver().withdraw(this.rig.b(), "anna", number);
			case REVOCATION -> {
				mandates(true);
				yield new Said(200, com.fasterxml.jackson.databind.node.MissingNode.getInstance(), false);
			}
		};
		int head = this.random.nextInt(60);
		boolean firstEarly = nth % 2 == 0;
		List<Said> said = this.rig
			.together(List.of(later(approve, firstEarly ? 0 : head), later(other, firstEarly ? head : 0)));
		if (against == Against.REVOCATION) {
			assertThat(this.rig.database().rows("""
					select s.at, m.revoked_at from doorbraak.sign_off s
					join doorbraak.mandate m on m.number = s.mandate_number and m.version = s.mandate_version
					where s.case_number = ? and s.at >= m.revoked_at""", number))
				.as("signed in " + number + " after the mandate was revoked")
				.isEmpty();
		}
		mandates(false);
		boolean won = said.get(0).won();
		assertThat(said).as(against + " " + number).allMatch((each) -> each.status() < 500);
		if (against == Against.APPROVAL || against == Against.REFUSAL) {
			assertThat(said.stream().filter(Said::won)).as(against + " " + number + " " + said).hasSize(1);
			assertThat(said.stream().filter((each) -> !each.won()))
				.allMatch((each) -> each.status() == 409 || each.status() == 403 || each.status() == 404);
			assertThat(signatures(number)).isEqualTo(1);
		}
		else {
			assertThat(signatures(number)).as(against + " " + number + " " + said).isEqualTo(won ? 1 : 0);
		}
		return won;
	}

	private static Callable<Said> later(Callable<Said> act, int millis) {
		return () -> {
			Rig.sleep(Duration.ofMillis(millis));
			return act.call();
		};
	}

	/** As the register does it: alone first, and then at what time. */
	private void mandates(boolean revoked) {
		this.rig.database()
			.run("doorbraak", "doorbraak_owner", revoked ? """
					do $$ begin
					  perform pg_advisory_xact_lock(hashtextextended('%s', 0));
					  update doorbraak.mandate set revoked_at = doorbraak.current_instant() where number = 'GM9001-02';
					end $$""".formatted(MandateRecorded.CHAIN)
					: "update doorbraak.mandate set revoked_at = null where number = 'GM9001-02' and revoked_at is not null");
	}

	@Test
	void t12LeadAtTheCrisis() {
		int rounds = rounds(1, 25);
		row("T-12", "lead taken within half a second of the crisis", () -> {
			int alarms = 0;
			int all = 0;
			for (int i = 1; i <= rounds; i++) {
				int n = 20;
				List<String> cases = crisis("T-12", i, UNDISTURBED, n, (deadline) -> {
				}, (keys, deadline) -> {
					List<Callable<Said>> acts = new ArrayList<>();
					for (int each = 0; each < n; each++) {
						String number = this.rig.number(keys.get(each));
						Node node = (each % 2 == 0) ? this.rig.a() : this.rig.b();
						Instant at = deadline.plusMillis(1200L * each / n - 500);
						acts.add(() -> {
							this.rig.sleepUntil(at);
							return this.rig.driver().takeTheLead(node, "anna", number);
						});
					}
					assertThat(this.rig.together(acts)).allMatch(Said::won);
					Until.so(() -> "all watches looked", Rig.PATIENCE, () -> this.rig.database()
						.count("select count(*) from doorbraak.lead_watch w join doorbraak.case_file c on c.number = w.case_number where c.what_is_stuck = any (?)",
								(Object) keys.toArray(String[]::new)) == 0);
				});
				for (String key : cases) {
					List<List<String>> acts = this.rig.database()
						.rows("""
								select act from doorbraak.audit_line where chain = ?
								  and (act = 'leadAccepted' or act = 'leadMissing' and facts::jsonb ->> 'moment' = 'crisis') order by number""",
								this.rig.number(key));
					assertThat(acts).as("alarm before the lead, or the lead alone: " + this.rig.number(key))
						.isIn(List.of(List.of("leadAccepted")),
								List.of(List.of("leadMissing"), List.of("leadAccepted")));
					alarms += acts.size() - 1;
					all++;
				}
				this.rig.withdraw(cases);
			}
			return all + " cases: alarm first " + alarms + ", lead first " + (all - alarms);
		}, rounds);
	}

	@Test
	void t13DiskFull() {
		Path disk = this.folder.resolve("disk").toAbsolutePath();
		if (!mount(disk)) {
			this.report.notRun("T-13", "disk full", "no file system of its own could be mounted (needs root)");
			return;
		}
		row("T-13", "disk of the data full, then freed", () -> {
			try {
				this.rig.database().run("postgres", "postgres", "create tablespace small location '" + disk + "/data'");
				for (String table : List.of("audit_line", "case_file", "alert", "entry", "household")) {
					this.rig.database()
						.run("doorbraak", "postgres", "alter table doorbraak." + table + " set tablespace small");
				}
				List<String> notes = new ArrayList<>();
				List<String> cases = crisis("T-13", 1, AFTER_AN_OUTAGE, CASES, (deadline) -> {
					this.rig.faultBegins("disk full");
					this.rig.ambiguous(50);
					fill(disk.resolve("filler"));
					int refused = 0;
					for (int i = 0; i < 60; i++) {
						String key = "Grootboek T-13 vol " + i;
						Said said = this.rig.driver().report(this.rig.node(key), "anna", key, null, null);
						refused += said.won() ? 0 : 1;
						if (!said.won()) {
							assertThat(this.rig.number(key)).as("nothing half").isEmpty();
						}
					}
					this.rig.moveTo(deadline.plus(Duration.ofMinutes(4)));
					notes.add("alarm while it is full: " + alarm());
					Files.delete(disk.resolve("filler"));
					this.rig.back();
					notes.add(refused + " of 60 reports refused while it was full");
					notes.add("back after " + seconds(recovers("T-13")));
					this.rig.faultEnds();
					assertThat(refused).isPositive();
				});
				this.rig.withdraw(cases);
				return String.join("; ", notes);
			}
			finally {
				for (String table : List.of("audit_line", "case_file", "alert", "entry", "household")) {
					this.rig.database()
						.run("doorbraak", "postgres", "alter table doorbraak." + table + " set tablespace pg_default");
				}
				this.rig.database().run("postgres", "postgres", "drop tablespace small");
				run("umount", disk.toString());
			}
		}, 1);
	}

	/**
	 * Waits until nothing beats outside any more and a rule wakes an operator; which
	 * rules.
	 */
	private Set<String> alarm() {
		Until.so(() -> "the heartbeat falls silent", Duration.ofSeconds(60),
				() -> this.rig.heartbeat().silence().compareTo(Duration.ofSeconds(20)) > 0);
		return Until.there(() -> "a rule holds", Duration.ofSeconds(60), () -> {
			Set<String> holding = new TreeSet<>(this.rig.alarms());
			holding.removeAll(this.usualAlarms);
			return holding.isEmpty() ? Optional.empty() : Optional.of(holding);
		});
	}

	private static boolean mount(Path disk) {
		try {
			Files.createDirectories(disk);
			boolean mounted = run("mount", "-t", "tmpfs", "-o", "size=64m,mode=0777", "doorbraak-faults",
					disk.toString());
			if (mounted) {
				Files.createDirectories(disk.resolve("data"));
			}
			return mounted;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void fill(Path file) throws IOException {
		byte[] block = new byte[64 * 1024];
		try (OutputStream out = Files.newOutputStream(file)) {
			while (true) {
				out.write(block);
			}
		}
		catch (IOException ex) {
			if (!Files.exists(file)) {
				throw ex;
			}
		}
	}

	private static boolean run(String... command) {
		try {
			return new ProcessBuilder(command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void t15WorkersThatHang() {
		int rounds = rounds(1, 3);
		row("T-15", "all workers of the engine blocked", () -> {
			int hung = 0;
			int ran = 0;
			for (int i = 1; i <= rounds; i++) {
				int round = i;
				List<String> stuck = IntStream.range(0, 10)
					.mapToObj((n) -> "Grootboek T-15/" + round + " vast " + n)
					.toList();
				AtomicInteger most = new AtomicInteger();
				AtomicInteger left = new AtomicInteger();
				List<String> cases = crisis("T-15", i, UNDISTURBED, CASES, (deadline) -> {
					this.rig.faultBegins("workers hang");
					try (Connection locks = this.rig.database().open("doorbraak", "postgres")) {
						locks.setAutoCommit(false);
						// Each worker that opens a case writes its stay.
						locks.createStatement().execute("lock table doorbraak.case_rung in share mode");
						this.rig.each(stuck,
								(key) -> this.rig.driver().report(this.rig.node(key), "anna", key, null, null));
						Until.so(() -> "workers hang", Duration.ofSeconds(30), () -> hanging() >= 8);
						queue();
						this.rig.sleepUntil(deadline.plusSeconds(12));
						most.set(hanging());
						locks.rollback();
					}
					Rig.sleep(Duration.ofSeconds(10));
					left.set(this.rig.database()
						.run("doorbraak", "postgres", "delete from camunda.act_ru_job where id_ like 'queued-%'"));
					this.rig.faultEnds();
				});
				hung = Math.max(hung, most.get());
				ran = Math.max(ran, QUEUED - left.get());
				Until.so(() -> "what hung goes on", Rig.PATIENCE, () -> this.rig.open(stuck) == stuck.size());
				List<String> all = new ArrayList<>(cases);
				all.addAll(stuck);
				this.rig.withdraw(all);
			}
			assertThat(hung).as("workers that waited").isGreaterThanOrEqualTo(8);
			return hung + " statements waited for one lock at once; " + QUEUED
					+ " jobs of low priority queued behind them, " + ran
					+ " of which ran in ten seconds; not run: clean-up of history (never on)";
		}, rounds);
	}

	private int hanging() {
		return (int) this.rig.database()
			.count("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = 'doorbraak'");
	}

	/**
	 * Work for the engine's workers that harms nothing: it looks for a model that is not
	 * there.
	 */
	private void queue() {
		this.rig.database()
			.run("doorbraak", "postgres",
					"""
							insert into camunda.act_ru_job (id_, rev_, type_, exclusive_, retries_, handler_type_, handler_cfg_,
							  suspension_state_, priority_, sequence_counter_, create_time_)
							select 'queued-' || n, 1, 'message', false, 3, 'activate-job-definition',
							  '{"by":"processDefinitionKey","processDefinitionKey":"none","includeJobs":false}', 1, -10, 1, localtimestamp
							from generate_series(1, %d) n"""
						.formatted(QUEUED));
	}

	@Test
	void t16RollingUpgrade() throws Exception {
		Released before = Released.last();
		int rounds = rounds(1, 3);
		row("T-16", "the release before and this one together, back, and forward again", () -> {
			List<String> notes = new ArrayList<>(List.of("release " + before.commit().substring(0, 7)));
			for (int i = 1; i <= rounds; i++) {
				int round = i;
				become(this.rig.b(), before);
				List<String> done = new ArrayList<>();
				List<String> cases = crisis("T-16", i, UNDISTURBED, CASES, (deadline) -> {
					AtomicBoolean on = new AtomicBoolean(true);
					Future<List<String>> load = this.rig
						.aside(() -> work("T-16/" + round + " samen", on, Duration.ofSeconds(1)));
					Rig.sleep(LONG ? Duration.ofMinutes(10) : OUTAGE);
					on.set(false);
					done.addAll(Rig.get(load));
				});
				int half = done.size() / 2;
				finishElsewhere(done.subList(0, half));
				become(this.rig.a(), before);
				finishElsewhere(done.subList(half, done.size()));
				List<String> old = this.rig.report("T-16/" + i + " terug", CASES, null);
				noStrangerToTheEngine();
				// One after the other was done above.
				this.rig.nodes().forEach((node) -> {
					node.stop();
					node.become(null);
					node.begin();
				});
				this.rig.nodes().forEach(Node::serves);
				finishElsewhere(old);
				this.rig.withdraw(cases);
				noStrangerToTheEngine();
				notes.add((done.size() + old.size()) + " cases ended at the other version");
			}
			return String.join("; ", notes);
		}, rounds);
	}

	private void become(Node node, Released version) {
		node.stop();
		node.become(version);
		node.start();
	}

	/** Each at the node that did not report it. */
	private void finishElsewhere(List<String> keys) {
		this.rig.each(keys,
				(key) -> Until.so(() -> key + " is open", Rig.PATIENCE, () -> this.rig.open(List.of(key)) == 1));
		this.rig.each(keys, (key) -> assertThat(
				this.rig.driver().withdraw(this.rig.other(this.rig.node(key)), "anna", this.rig.number(key)).status())
			.isEqualTo(200));
		this.rig.quiet();
	}

	private void noStrangerToTheEngine() {
		assertThat(this.rig.database().count("select count(*) from camunda.act_ru_incident")).as("incidents").isZero();
		assertThat(this.rig.nodes()).allSatisfy((node) -> assertThat(node.output()).doesNotContain("ClassNotFound",
				"NoSuchBean", "Unknown property used"));
	}

	@Test
	void t20OutOfMemory() {
		int rounds = rounds(1, 3);
		row("T-20", "out of memory in one node, open sockets at the other", () -> {
			List<String> notes = new ArrayList<>();
			int many = LONG ? 10_000 : 2000;
			for (int i = 1; i <= rounds; i++) {
				List<String> cases = crisis("T-20", i, AFTER_A_KILL, CASES, (deadline) -> {
					List<Socket> sockets = new ArrayList<>();
					try {
						this.rig.faultBegins("out of memory at a");
						this.rig.ambiguous(1);
						for (int n = 0; n < many; n++) {
							sockets.add(new Socket(InetAddress.getLoopbackAddress(), this.rig.b().port()));
						}
						this.rig.sleepUntil(deadline.plusSeconds(1));
						eatMemory(this.rig.a());
						this.rig.a().awaitEnd(Duration.ofSeconds(60));
						this.rig.faultEnds();
						notes.add("a ended; " + sockets.size() + " sockets at b");
					}
					finally {
						for (Socket socket : sockets) {
							socket.close();
						}
					}
					this.rig.a().begin();
				});
				this.rig.a().serves();
				this.rig.withdraw(cases);
			}
			return String.join("; ", notes);
		}, rounds);
	}

	private void eatMemory(Node node) {
		try {
			Path jar = this.folder.resolve("eater.jar").toAbsolutePath();
			Manifest manifest = new Manifest();
			manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
			manifest.getMainAttributes().putValue("Agent-Class", HeapEater.class.getName());
			try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
				String name = HeapEater.class.getName().replace('.', '/') + ".class";
				out.putNextEntry(new JarEntry(name));
				out.write(Files.readAllBytes(Path.of("target", "test-classes", name)));
			}
			VirtualMachine machine = VirtualMachine.attach(String.valueOf(node.pid()));
			machine.loadAgent(jar.toString());
		}
		catch (IOException ex) {
			// It ended while it was told to.
			return;
		}
		catch (com.sun.tools.attach.AttachNotSupportedException | com.sun.tools.attach.AgentLoadException
				| com.sun.tools.attach.AgentInitializationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private List<String> crisis(String row, int round, Duration budget, int cases, Fault fault) {
		return crisis(row, round, budget, cases, fault,
				(keys, deadline) -> this.rig.awaitTold(keys, budget.plus(Rig.PATIENCE)));
	}

	/**
	 * A round of cases whose event is tomorrow: the clock goes to just before that day,
	 * and the fault does what it does around it.
	 */
	private List<String> crisis(String row, int round, Duration budget, int cases, Fault fault, Then then) {
		this.rig.ready();
		this.rig.round(row, round, budget);
		LocalDate event = this.rig.today().plusDays(1);
		Instant deadline = Rig.startOf(event);
		if (this.rig.now().isAfter(deadline.minus(Duration.ofMinutes(30)))) {
			event = event.plusDays(1);
			deadline = Rig.startOf(event);
		}
		List<String> keys = new ArrayList<>(this.rig.report(row + "/" + round, cases, event));
		strangers(row + "/" + round, event);
		this.rig.quiet();
		this.rig.moveTo(deadline.minusSeconds(90));
		Rig.sleep(Duration.ofSeconds(2));
		this.rig.quiet();
		this.rig.moveTo(deadline.minusSeconds(5));
		try {
			fault.of(deadline);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		then.of(keys, deadline);
		return keys;
	}

	/** Another municipality has a case too, of which nobody here may find anything. */
	private void strangers(String name, LocalDate event) {
		String canary = "kanarie" + Math.abs((name + SEED).hashCode());
		String key = "Grootboek " + name + " " + canary;
		assertThat(this.rig.driver().report(this.rig.a(), "olaf", key, event, canary).status()).isEqualTo(201);
		String number = this.rig.number(key);
		this.rig.driver().look(this.rig.b(), "anna", "/api/v1/cases/" + number, canary, false);
		this.rig.driver().look(this.rig.a(), "mila", "/api/v1/cases/" + number, canary, false);
		this.rig.driver().look(this.rig.b(), "mila", "/api/v1/tasks", canary, true);
		Until.so(() -> number + " withdrawn", Rig.PATIENCE,
				() -> this.rig.driver().withdraw(this.rig.b(), "olaf", number).won());
	}

	/** One row: what it does, then what the checker found since the row before. */
	private void row(String row, String what, Callable<String> work, int rounds) {
		String load = load();
		Instant began = Instant.now();
		String note;
		boolean good = true;
		Throwable failed = null;
		try {
			note = work.call();
		}
		catch (Exception | AssertionError ex) {
			good = false;
			failed = ex;
			Throwable root = ex;
			while (root.getCause() != null) {
				root = root.getCause();
			}
			note = String.valueOf(root.getMessage()).lines().limit(6).reduce("", (one, next) -> one + " " + next);
			ex.printStackTrace(System.out);
		}
		Duration worked = Duration.between(began, Instant.now());
		Result found;
		try {
			this.rig.ready();
			found = this.rig.check();
		}
		catch (RuntimeException | AssertionError ex) {
			ex.printStackTrace(System.out);
			found = new Result(List.of(), Map.of());
			good = false;
			note = note + "; could not be checked: " + ex.getMessage();
		}
		note += "; took " + worked.toSeconds() + " s, and "
				+ Duration.between(began.plus(worked), Instant.now()).toSeconds() + " s to count";
		boolean zero = found.verdicts().stream().allMatch((verdict) -> verdict.violations().isEmpty());
		List<Double> lateness = found.lateness().getOrDefault(row, List.of());
		this.report.ran(row, what, rounds, good && zero, note, load + " to " + load(), lateness, found.verdicts());
		this.report.write(Path.of("target"));
		System.out.println("faults: " + row + " " + ((good && zero) ? "holds" : "FAILS") + ": " + note + " "
				+ found.verdicts().stream().filter((verdict) -> !verdict.violations().isEmpty()).toList());
		if (failed != null) {
			throw new AssertionError(row + ": " + note, failed);
		}
		assertThat(found.verdicts()).as(row + ", seed " + SEED)
			.allSatisfy((verdict) -> assertThat(verdict.violations()).as(verdict.id()).isEmpty());
	}

	private static String load() {
		return String.format(Locale.ROOT, "%.1f", ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
	}

	private static String seconds(Duration time) {
		return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
	}

	/** Where a kill is aimed. */
	private enum Moment {

		RANDOM, BEFORE_SENDING, AFTER_250, BEFORE_COMMIT, AFTER_COMMIT, WHILE_SIGNING

	}

	/** What an approval races against. */
	private enum Against {

		APPROVAL, REFUSAL, WITHDRAWAL, REVOCATION

	}

	/** What happens around a deadline. */
	@FunctionalInterface
	private interface Fault {

		void of(Instant deadline) throws Exception;

	}

	/** What must be waited for after it. */
	@FunctionalInterface
	private interface Then {

		void of(List<String> keys, Instant deadline);

	}

}
