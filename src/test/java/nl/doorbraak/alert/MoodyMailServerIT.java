package nl.doorbraak.alert;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import nl.doorbraak.alert.Carrier.Answer;
import nl.doorbraak.alert.Carrier.Result;
import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.alert.Outbox.Recipient;
import nl.doorbraak.alert.mail.Smtp;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Function;
import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.MoodySmtp;
import nl.doorbraak.testing.MoodySmtp.Mood;
import nl.doorbraak.testing.MoodySmtp.Taken;
import nl.doorbraak.testing.Post;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two hundred alerts and a mail server in every mood: none lost, none early, and none
 * twice but under one Message-ID, where the server was gone before it said yes.
 */
@WholeApplication
class MoodyMailServerIT {

	private static final int ALERTS = 200;

	private final Town town;

	private final AlertWorker worker;

	private final Outbox outbox;

	private final CaseFiles files;

	private final TransactionOperations transactions;

	private final Post post;

	private final ConfigurableEnvironment settings;

	private final MoodySmtp server;

	private final Smtp smtp;

	private String number = "";

	@Autowired
	MoodyMailServerIT(Town town, AlertWorker worker, Outbox outbox, CaseFiles files, TransactionOperations transactions,
			Post post, ConfigurableEnvironment settings) {
		this.town = town;
		this.worker = worker;
		this.outbox = outbox;
		this.files = files;
		this.transactions = transactions;
		this.post = post;
		this.settings = settings;
		this.server = new MoodySmtp(this::now);
		this.smtp = new Smtp(settings, town.clock(), this.server.port());
	}

	@BeforeEach
	void reported() {
		this.number = this.town.as("anna").report(Map.of("whatIsStuck", "x"));
		this.worker.doDue();
		this.post.by(this.smtp.carrier());
	}

	@AfterEach
	void close() {
		this.server.up();
		this.server.mood((nth) -> Mood.ACCEPT);
		this.worker.doDue();
		this.post.byMailbox();
		this.smtp.close();
		this.server.close();
		this.town.as("anna").post("/api/v1/cases/" + this.number + "/withdrawal", Map.of("reason", "x"));
		this.town.workDue();
	}

	/**
	 * It refuses for an hour; after that it answers 451 to one in three, and now and then
	 * is gone, before or after it said yes.
	 */
	@Test
	void anHourOfRefusalAndABadMoodAfterwards() {
		this.server.down();
		Map<String, Instant> due = queue("anna", ALERTS, Duration.ofMinutes(75));
		onlyThisCaseHasMail();
		letWork(Duration.ofHours(1), Duration.ofMinutes(5));
		assertThat(this.server.taken()).isEmpty();
		AtomicInteger unheard = new AtomicInteger();
		this.server.mood((nth) -> {
			if (nth % 20 == 7) {
				unheard.incrementAndGet();
				return Mood.CUT_BEFORE_THE_YES;
			}
			return (nth % 20 == 13) ? Mood.CUT_AFTER_THE_YES : (nth % 3 == 0) ? Mood.BUSY : Mood.ACCEPT;
		});
		this.server.up();
		letWork(Duration.ofMinutes(45), Duration.ofMinutes(2));
		assertThat(unheard.get()).isPositive();
		assertThat(assertNoneLostNoneEarly(due)).as("again only where the yes was not heard, under the same Message-ID")
			.hasSize(ALERTS + unheard.get());
	}

	@Test
	@Attack(value = "H08", failedWith = "a no to the recipient counts as delivered")
	void oneRecipientRefusedAndTheNextAlarmedWithinFiveMinutes() {
		this.server.refuse("karim@waterdam.example");
		Map<String, Instant> due = queue("anna", 20, Duration.ofMinutes(3));
		queue("karim", 1, Duration.ZERO);
		Instant refusedAfter = now();
		letWork(Duration.ofMinutes(5), Duration.ofMinutes(1));
		assertThat(assertNoneLostNoneEarly(due)).as("none twice").hasSize(20);
		assertThat(messages("recipient_login = 'karim' and deadline_version like 'mood%' and state = 'undeliverable'"))
			.hasSize(1);
		List<String> alarm = messages("kind = 'undeliverable' and recipient_login = 'mila'");
		assertThat(alarm).hasSize(1);
		assertThat(this.server.taken()).filteredOn((each) -> alarm.contains(each.messageId()))
			.singleElement()
			.satisfies((each) -> assertThat(each.at()).isBefore(refusedAfter.plus(Duration.ofMinutes(5))));
	}

	/**
	 * Nobody takes the call, nobody greets, nobody reads: waits side by side, each as
	 * long as its time-out.
	 */
	@Test
	void whoHangsDoesNotHoldItsSender() throws Exception {
		this.server.mood((nth) -> Mood.STOP_READING);
		List<Socket> callers = new ArrayList<>();
		ExecutorService senders = Executors.newFixedThreadPool(3);
		try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
				ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
			while (connects(full, callers)) {
				assertThat(callers).hasSizeLessThan(20);
			}
			Letter small = new Letter("anna@waterdam.example", "x", "x", "<p>x</p>", "<a@b.example>");
			Letter large = new Letter("anna@waterdam.example", "x", "x", "x".repeat(20_000_000), "<b@b.example>");
			Future<Duration> connecting = senders.submit(() -> patience(full.getLocalPort(), small));
			Future<Duration> reading = senders.submit(() -> patience(mute.getLocalPort(), small));
			Future<Duration> writing = senders.submit(() -> patience(this.server.port(), large));
			assertThat(connecting.get()).as("connect").isBetween(Duration.ofSeconds(4), Duration.ofSeconds(8));
			assertThat(reading.get()).as("read").isBetween(Duration.ofSeconds(9), Duration.ofSeconds(14));
			assertThat(writing.get()).as("write").isBetween(Duration.ofSeconds(9), Duration.ofSeconds(16));
		}
		finally {
			senders.shutdownNow();
			for (Socket caller : callers) {
				caller.close();
			}
		}
	}

	/** How long the carrier, as production makes it, tries. */
	private Duration patience(int port, Letter letter) {
		try (Smtp line = new Smtp(this.settings, this.town.clock(), port)) {
			long start = System.nanoTime();
			Answer answer = line.carrier().carry(letter);
			assertThat(answer.result()).isEqualTo(Result.UNREACHABLE);
			return Duration.ofNanos(System.nanoTime() - start);
		}
	}

	private static boolean connects(ServerSocket server, List<Socket> callers) throws Exception {
		Socket caller = new Socket();
		callers.add(caller);
		try {
			caller.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()), 300);
			return true;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
	}

	/**
	 * Alerts of which half are due now and half after a while; their Message-IDs with
	 * when they are due.
	 */
	private Map<String, Instant> queue(String login, int alerts, Duration later) {
		long rung = this.files.standing(this.number).last().id();
		Instant now = now();
		this.transactions.executeWithoutResult((status) -> {
			for (int i = 0; i < alerts; i++) {
				this.outbox.add(
						Draft.aboutRung(this.number, rung, AlertKind.RUNG_OPENED, "mood " + i, null,
								(i % 2 == 0) ? now : now.plus(later)),
						new Recipient(Function.CASE_DIRECTOR, "GM9001", login));
			}
		});
		Map<String, Instant> due = new HashMap<>();
		this.town.database()
			.sql("""
					select message_id, due_at from doorbraak.alert where case_number = ? and recipient_login = ?
					  and deadline_version like 'mood%'""")
			.params(this.number, login)
			.query((RowCallbackHandler) (row) -> due.put(row.getString(1), row.getTimestamp(2).toInstant()));
		assertThat(due).hasSize(alerts);
		return due;
	}

	/** Step by step, as the background would. */
	private void letWork(Duration time, Duration step) {
		for (Instant end = now().plus(time); now().isBefore(end);) {
			this.worker.doDue();
			this.town.moveClock(step);
		}
		this.worker.doDue();
	}

	/** What the server took of them, each copy. */
	private List<Taken> assertNoneLostNoneEarly(Map<String, Instant> due) {
		List<Taken> taken = this.server.taken().stream().filter((each) -> due.containsKey(each.messageId())).toList();
		assertThat(taken).extracting(Taken::messageId).as("none lost").containsAll(due.keySet());
		assertThat(taken).as("none early").noneMatch((each) -> each.at().isBefore(due.get(each.messageId())));
		assertThat(messages("recipient_login = 'anna' and state <> 'sent'")).as("known as sent").isEmpty();
		return taken;
	}

	private List<String> messages(String which) {
		return this.town.database()
			.sql("select message_id from doorbraak.alert where case_number = ? and " + which)
			.param(this.number)
			.query(String.class)
			.list();
	}

	/** The server counts what it is offered: nothing that another class left behind. */
	private void onlyThisCaseHasMail() {
		this.town.database()
			.sql("update doorbraak.alert set state = 'cancelled' where state = 'waiting' and case_number is distinct from ?")
			.param(this.number)
			.update();
	}

	/** By the database's clock. */
	private Instant now() {
		return this.town.database()
			.sql("select doorbraak.current_instant()")
			.query(Timestamp.class)
			.single()
			.toInstant();
	}

}
