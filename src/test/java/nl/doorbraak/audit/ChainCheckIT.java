package nl.doorbraak.audit;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.sun.net.httpserver.HttpServer;
import nl.doorbraak.audit.ChainCheck.Finding;
import nl.doorbraak.audit.ChainCheck.Result;
import nl.doorbraak.support.RecordedEvent;
import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.OwnDatabase;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Who owns the database can change every row of it. Each change to the record is found,
 * and what was not changed is never called so.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChainCheckIT {

	/** Of each kind; the long run does more. */
	private static final int TIMES = (Integer.getInteger("races", 20) > 20) ? 1000 : 20;

	private static final int CLEAN = (TIMES > 20) ? 100 : 10;

	private static final int CHAINS = 8;

	private static final int LINES = 6;

	private static final long SEED = System.nanoTime();

	private final Random random = new Random(SEED);

	private final OwnDatabase database = new OwnDatabase();

	private final Steps clock = new Steps();

	private final Path outside = Path.of("target", "heads-" + SEED + ".txt");

	private JdbcClient owner;

	private AuditTrail trail;

	private Heads heads;

	private TransactionTemplate transaction;

	@BeforeAll
	void record() throws Exception {
		this.database.migrate();
		this.owner = JdbcClient.create(new SingleConnectionDataSource(
				DriverManager.getConnection(this.database.url(), OwnDatabase.OWNER, ""), true));
		var application = new DriverManagerDataSource(this.database.url(), OwnDatabase.APPLICATION, "");
		var manager = new JdbcTransactionManager(application);
		this.transaction = new TransactionTemplate(manager);
		this.trail = new AuditTrail(JdbcClient.create(application), this.clock);
		this.heads = new Heads(JdbcClient.create(application), this.clock);
		for (int round = 0; round < LINES; round++) {
			for (int chain = 0; chain < CHAINS; chain++) {
				note(chain(chain), round);
			}
			if (round % 2 == 1) {
				takeHead();
			}
			this.clock.pass(Duration.ofDays(1));
		}
		takeHead();
		this.owner.sql("create table public.kept_lines as select * from doorbraak.audit_line").update();
		this.owner.sql("create table public.kept_heads as select * from doorbraak.audit_head").update();
	}

	@AfterEach
	void asItWas() {
		this.owner.sql("truncate doorbraak.audit_line").update();
		this.owner.sql("truncate doorbraak.audit_head, doorbraak.audit_head_sent").update();
		this.owner.sql("insert into doorbraak.audit_line select * from public.kept_lines").update();
		this.owner.sql("insert into doorbraak.audit_head select * from public.kept_heads").update();
	}

	@AfterAll
	void close() throws Exception {
		this.database.close();
		Files.deleteIfExists(this.outside);
	}

	private void takeHead() throws Exception {
		Head head = this.transaction.execute((tx) -> this.heads.take());
		Files.writeString(this.outside, head.line() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
	}

	private static String chain(int number) {
		return "DB-2026-%06d".formatted(number + 1);
	}

	private void note(String chain, int code) {
		this.transaction.executeWithoutResult((tx) -> this.trail.record(new Noted(chain, code)));
	}

	@Test
	void whatNobodyChangedIsWholeHoweverOftenItIsChecked() {
		for (int i = 0; i < CLEAN; i++) {
			note(chain(this.random.nextInt(CHAINS)), 100 + i);
			assertThat(check().findings()).as(told()).isEmpty();
		}
		System.out.println("record checked unchanged, n = " + CLEAN + ": 0 false alarms");
	}

	@Test
	@Attack(value = "H02", failedWith = "what the check finds is dropped")
	void aLineThatReadsOtherwiseIsNamed() {
		each("edited", (chain, line) -> {
			String change = List
				.of("actor = actor || 'x'", "act = 'other'", "facts = '{}'", "at = at + interval '1 microsecond'",
						"hash = sha256(hash)", "previous_hash = sha256(previous_hash)")
				.get(this.random.nextInt(6));
			own("update doorbraak.audit_line set " + change + " where chain = ? and number = ?", chain, line);
			return line;
		}, LINES);
	}

	@Test
	@Attack(value = "H02", failedWith = "what the check finds is dropped")
	void aLineThatIsTakenOutIsNamed() {
		each("deleted", (chain, line) -> {
			own("delete from doorbraak.audit_line where chain = ? and number = ?", chain, line);
			return line;
		}, LINES - 1);
	}

	@Test
	@Attack(value = "H02", failedWith = "what the check finds is dropped")
	void aLineThatIsPutInBetweenIsNamed() {
		each("inserted", (chain, line) -> {
			moveUp(chain, line);
			AuditLine after = line(chain, line + 1);
			AuditLine forged = new AuditLine(chain, line, after.at(), "mila", "signedOff", "{}", after.previousHash(),
					new byte[0]);
			insert(new AuditLine(chain, line, forged.at(), forged.actor(), forged.act(), forged.facts(),
					forged.previousHash(), forged.reckonedHash()));
			// What was put in follows on what stands before it; the line behind it does
			// not.
			return line + 1;
		}, LINES);
	}

	@Test
	@Attack(value = "H02", failedWith = "what the check finds is dropped")
	void twoLinesThatChangedPlacesAreNamed() {
		each("swapped", (chain, line) -> {
			own("update doorbraak.audit_line set number = 1000 where chain = ? and number = ?", chain, line);
			own("update doorbraak.audit_line set number = number - 1 where chain = ? and number = ?", chain, line + 1);
			own("update doorbraak.audit_line set number = ? where chain = ? and number = 1000", line + 1, chain);
			return line;
		}, LINES - 1);
	}

	@Test
	@Attack(value = "H02", failedWith = "what the check finds is dropped")
	void aTailThatIsCutIsMissedByTheHead() {
		each("cut", (chain, line) -> {
			own("delete from doorbraak.audit_line where chain = ? and number >= ?", chain, line);
			return null;
		}, LINES);
	}

	/** All of it made anew, so that everything in the database follows. */
	@Test
	@Attack(value = "H02", failedWith = "what the check finds is dropped")
	void aChainThatIsReckonedAnewIsToldByTheHeadsOutside() {
		each("recomputed", (chain, line) -> {
			own("update doorbraak.audit_line set actor = 'bert' where chain = ? and number = ?", chain, line);
			recompute(chain);
			headsAnew();
			assertThat(check(null).findings()).as("inside all follows").isEmpty();
			return null;
		}, LINES);
	}

	@Test
	void aHeadThatIsTakenBackOrChangedIsFound() {
		own("delete from doorbraak.audit_head where number = (select max(number) from doorbraak.audit_head)");
		assertThat(check().findings()).extracting(Finding::code).containsExactly(ChainCheck.HEAD_MISSING);
		asItWas();
		own("update doorbraak.audit_head set lines[1] = lines[1] - 1 where number = 2");
		assertThat(check().findings()).extracting(Finding::code)
			.containsExactlyInAnyOrder(ChainCheck.HEAD_CHANGED, ChainCheck.REWRITTEN);
		asItWas();
		own("delete from doorbraak.audit_head where number = 2");
		assertThat(check().findings()).extracting(Finding::code)
			.contains(ChainCheck.HEAD_CHANGED, ChainCheck.HEAD_MISSING);
	}

	@Test
	void aLineThatSaysItIsOlderThanItIsIsFound() {
		AuditLine last = line(chain(0), LINES);
		AuditLine late = new AuditLine(chain(0), LINES + 1, last.at(), "mila", "signedOff", "{}", last.hash(),
				new byte[0]);
		insert(new AuditLine(late.chain(), late.number(), late.at(), late.actor(), late.act(), late.facts(),
				late.previousHash(), late.reckonedHash()));
		assertThat(check().findings()).containsExactly(new Finding(chain(0), LINES + 1, ChainCheck.UNDER_NO_HEAD));
	}

	@Test
	@Attack(value = "H03", failedWith = "what the check finds is dropped")
	void anEmptyRecordAnothersHeadsAndADoubleNumberAreRefused() {
		assertThatThrownBy(
				() -> own("insert into doorbraak.audit_line select * from doorbraak.audit_line where chain = ?",
						chain(0)))
			.as("a number twice")
			.rootCause()
			.hasMessageContaining("duplicate key");
		Head another = Head.after(Optional.empty(), this.clock.instant(),
				List.of(new ChainEnd(chain(0), 1, new byte[32])));
		assertThat(check(List.of(another)).findings()).extracting(Finding::code)
			.as("another record's heads")
			.containsExactly(ChainCheck.HEAD_DIFFERS);
		own("delete from doorbraak.audit_line");
		assertThat(check().findings()).as("empty").isNotEmpty();
		this.owner.sql("truncate doorbraak.audit_head, doorbraak.audit_head_sent").update();
		assertThat(check().findings()).as("with no heads either")
			.extracting(Finding::code)
			.contains(ChainCheck.HEAD_MISSING);
	}

	@Test
	void aHundredThousandLinesTakeSeconds() {
		for (int batch = 0; batch < 100; batch++) {
			int number = batch;
			List<Noted> lines = IntStream.range(0, 1000)
				.mapToObj((i) -> new Noted("many-" + number + "-" + i % 10, i))
				.toList();
			this.transaction.executeWithoutResult((tx) -> lines.forEach(this.trail::record));
		}
		long before = System.nanoTime();
		Result result = check();
		Duration took = Duration.ofNanos(System.nanoTime() - before);
		System.out.println("record of " + result.lines() + " lines checked in " + took.toMillis() + " ms");
		assertThat(result.lines()).isGreaterThan(100_000);
		assertThat(result.findings()).isEmpty();
		assertThat(took).isLessThan(Duration.ofSeconds(30));
	}

	/** Until the address said yes, and then never again. */
	@Test
	void headsGoToAFileOfEachNodeAndToAnAddressOutside() throws Exception {
		List<String> received = new CopyOnWriteArrayList<>();
		AtomicInteger status = new AtomicInteger(503);
		HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		server.createContext("/heads", (exchange) -> {
			if (status.get() == 204) {
				received.addAll(
						new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).lines().toList());
			}
			exchange.sendResponseHeaders(status.get(), -1);
			exchange.close();
		});
		server.start();
		Path file = Path.of("target", "heads-node-" + SEED + ".txt");
		try {
			HeadsOutside node = new HeadsOutside(this.heads,
					JdbcClient.create(new DriverManagerDataSource(this.database.url(), OwnDatabase.APPLICATION, "")),
					file.toString(), URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/heads"));
			node.bringUpToDate();
			List<String> all = this.heads.after(0).stream().map(Head::line).toList();
			assertThat(Files.readAllLines(file)).isEqualTo(all);
			assertThat(received).as("it was not there").isEmpty();
			status.set(204);
			node.bringUpToDate();
			node.bringUpToDate();
			assertThat(received).isEqualTo(all);
			this.transaction.execute((tx) -> this.heads.take());
			node.bringUpToDate();
			assertThat(received).hasSize(all.size() + 1).isEqualTo(Files.readAllLines(file)).doesNotHaveDuplicates();
		}
		finally {
			server.stop(0);
			Files.deleteIfExists(file);
		}
	}

	@Test
	void theCommandNeedsNoMoreThanARoleThatReads() {
		this.database.asSuperuser().sql("create role checker login").update();
		grant("grant usage on schema doorbraak to checker");
		grant("grant select on doorbraak.audit_line, doorbraak.audit_head to checker");
		assertThat(command(this.database.url(), "checker", this.outside.toString())).startsWith("0 ")
			.contains("compared with the heads outside; all follows.");
		own("update doorbraak.audit_line set actor = 'x' where chain = ? and number = 3", chain(1));
		assertThat(command(this.database.url(), "checker")).startsWith("1 WRONG " + chain(1) + " 3: changed")
			.contains("not compared with heads outside; 1 do not follow.");
		assertThat(command(this.database.url(), "checker", "target/none.txt")).startsWith("2 ");
		assertThat(command(this.database.url(), "nobody")).startsWith("2 The record could not be read");
		assertThat(command()).startsWith("2 Usage:");
	}

	private void grant(String sql) {
		this.owner.sql(sql).update();
	}

	private static String command(String... arguments) {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		int code = AuditCommand.run(new PrintStream(out, true, StandardCharsets.UTF_8), null, List.of(arguments));
		return code + " " + out.toString(StandardCharsets.UTF_8);
	}

	/** Changes a random line of a random chain each time, and looks what is found. */
	private void each(String what, Change change, int upTo) {
		int found = 0;
		for (int i = 0; i < TIMES; i++) {
			String chain = chain(this.random.nextInt(CHAINS));
			Long named = change.make(chain, 1 + this.random.nextInt(upTo));
			List<Finding> findings = check().findings();
			assertThat(findings).as(told()).isNotEmpty();
			if (named != null) {
				assertThat(findings).as(told())
					.anyMatch((finding) -> finding.place().equals(chain) && finding.number() == named);
			}
			found++;
			asItWas();
		}
		System.out.println("record " + what + ", n = " + TIMES + ": found " + found);
	}

	private static String told() {
		return "random seed " + SEED;
	}

	private Result check() {
		return check(HeadsOutside.read(this.outside));
	}

	private Result check(List<Head> outside) {
		try (var connection = DriverManager.getConnection(this.database.url(), OwnDatabase.APPLICATION, "")) {
			return new ChainCheck(connection, outside, (lines) -> {
			}).run();
		}
		catch (SQLException ex) {
			throw new AssertionError(ex);
		}
	}

	private void own(String sql, Object... parameters) {
		assertThat(this.owner.sql(sql).params(parameters).update()).isPositive();
	}

	private AuditLine line(String chain, long number) {
		return this.owner.sql("select * from doorbraak.audit_line where chain = ? and number = ?")
			.params(chain, number)
			.query(AuditLine.FROM_ROW)
			.single();
	}

	private void moveUp(String chain, long from) {
		own("update doorbraak.audit_line set number = number + 1000 where chain = ? and number >= ?", chain, from);
		own("update doorbraak.audit_line set number = number - 999 where chain = ? and number > 1000", chain);
	}

	private void insert(AuditLine line) {
		own("insert into doorbraak.audit_line values (?, ?, ?, ?, ?, ?, ?, ?)", line.chain(), line.number(),
				Timestamp.from(line.at()), line.actor(), line.act(), line.facts(), line.previousHash(), line.hash());
	}

	private void recompute(String chain) {
		byte[] previous = Hashes.BEFORE_THE_FIRST;
		for (AuditLine each : this.trail.chain(chain)) {
			AuditLine line = new AuditLine(chain, each.number(), each.at(), each.actor(), each.act(), each.facts(),
					previous, new byte[0]);
			previous = line.reckonedHash();
			own("update doorbraak.audit_line set previous_hash = ?, hash = ? where chain = ? and number = ?",
					line.previousHash(), previous, chain, each.number());
		}
	}

	private void headsAnew() {
		List<Head> old = this.heads.after(0);
		List<Head> anew = new ArrayList<>();
		own("""
				update doorbraak.audit_head h set hashes = (
				  select array_agg(l.hash order by e.place) from unnest(h.chains, h.lines) with ordinality as e (chain, line, place)
				  join doorbraak.audit_line l on l.chain = e.chain and l.number = e.line)""");
		for (Head each : old) {
			List<ChainEnd> ends = this.owner
				.sql("""
						select e.chain, e.line, e.hash from doorbraak.audit_head h
						cross join lateral unnest(h.chains, h.lines, h.hashes) with ordinality as e (chain, line, hash, place)
						where h.number = ? order by e.place""")
				.params(each.number())
				.query((row, n) -> new ChainEnd(row.getString("chain"), row.getLong("line"), row.getBytes("hash")))
				.list();
			Head head = Head.after(anew.isEmpty() ? Optional.empty() : Optional.of(anew.get(anew.size() - 1)),
					each.at(), ends);
			anew.add(head);
			own("update doorbraak.audit_head set root = ?, previous_hash = ?, hash = ? where number = ?", head.root(),
					head.previousHash(), head.hash(), head.number());
		}
	}

	/** Something that who owns the database does. */
	private interface Change {

		/** The line that must be named; null where only the chain can be. */
		Long make(String chain, long line);

	}

	/** A clock that goes when it is told to. */
	private static final class Steps extends Clock {

		private Instant now = Instant.parse("2026-03-01T08:00:00.123456Z");

		void pass(Duration time) {
			this.now = this.now.plus(time);
		}

		@Override
		public Instant instant() {
			this.now = this.now.plusNanos(1000);
			return this.now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

	/** Something that happened. */
	record Noted(String chain, int code) implements RecordedEvent {

		@Override
		public String actor() {
			return "anna";
		}

		@Override
		public Map<String, Object> facts() {
			return Map.of("code", this.code);
		}

	}

}
