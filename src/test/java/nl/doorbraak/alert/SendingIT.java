package nl.doorbraak.alert;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import nl.doorbraak.alert.Carrier.Answer;
import nl.doorbraak.alert.Carrier.Result;
import nl.doorbraak.alert.Sending.Cause;
import nl.doorbraak.audit.ChainChecks;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.support.DatabaseClock;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Nodes;
import nl.doorbraak.support.watchdog.Watchdog;
import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.Post;
import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A database that is older than what was sent is told by what nodes noted outside; then
 * nothing goes out, twice never, until an administrator says so. And who hears something
 * late hears why.
 */
@WholeApplication
class SendingIT {

	@TempDir
	Path folder;

	private final List<String> mails = new ArrayList<>();

	private final List<String> texts = new ArrayList<>();

	private final List<String> reported = new ArrayList<>();

	@Autowired
	Town town;

	@Autowired
	AlertWorker worker;

	@Autowired
	Outbox outbox;

	@Autowired
	Nodes nodes;

	@Autowired
	ChainChecks record;

	@Autowired
	CaseFiles files;

	@Autowired
	Directory directory;

	@Autowired
	TransactionOperations transactions;

	@Autowired
	ApplicationEventPublisher events;

	@Autowired
	JdbcClient db;

	@Autowired
	DatabaseClock clock;

	@Autowired
	Watchdog watchdog;

	@Autowired
	Post post;

	@BeforeEach
	void nothingWaits() {
		this.town.closeAll();
		this.post.by((letter) -> {
			this.mails.add(letter.messageId());
			this.texts.add(letter.text());
			return new Answer(Result.ACCEPTED, "250");
		});
	}

	@AfterEach
	void goOn() {
		this.post.byMailbox();
		this.town.database()
			.sql("""
					update doorbraak.sending_halt set released_at = greatest(halted_at, doorbraak.current_instant()), released_by = 'femke',
					  reason = 'Einde van de proef.' where released_at is null""")
			.update();
		this.reported.forEach((number) -> this.town.as("anna")
			.post("/api/v1/cases/" + number + "/withdrawal", Map.of("reason", "x")));
		this.town.workDue();
	}

	@Test
	@Attack(value = "H06", failedWith = "alerts taken without asking whether sending is halted")
	void databaseThatWasPutBackSendsNothingTwiceAndNothingUntilSomebodySaysSo() throws IOException {
		String number = report(Map.of("whatIsStuck", "x"));
		this.town.as("anna").post("/api/v1/cases/" + number + "/lead/question", Map.of("organisation", "RG01"));
		this.worker.doDue();
		List<Alert> sent = this.outbox.of(number);
		assertThat(sent).hasSizeGreaterThanOrEqualTo(3).allMatch((alert) -> alert.state() == Alert.State.SENT);
		AlertJournal journal = journal("own.log");
		AlertJournal other = journal("other.log");
		sent.forEach((alert) -> journal.after(alert, "250"));
		Alert lost = alert("DB-2026-123456", "<lost@doorbraak.example>");
		other.after(lost, "250");
		begin(journal);
		assertThat(sending(journal).halted()).as("all is known").isEmpty();

		Alert waits = sent.get(0);
		Alert madeAnew = sent.get(1);
		Alert gone = sent.get(2);
		asOfTheBackup(waits, waits.messageId());
		asOfTheBackup(madeAnew, "<anew@doorbraak.example>");
		this.town.database().sql("delete from doorbraak.alert where id = ?").param(gone.id()).update();
		begin(journal);
		Sending sending = sending(journal);
		assertThat(sending.halted().orElseThrow().cause()).isEqualTo(Cause.JOURNAL_AHEAD);
		for (Alert each : List.of(waits, madeAnew)) {
			Alert now = this.outbox.get(each.id());
			assertThat(now.state()).isEqualTo(Alert.State.SENT);
			assertThat(now.messageId()).isEqualTo(each.messageId());
		}
		assertThat(sending.lost()).singleElement().satisfies((each) -> {
			assertThat(each.number()).isEqualTo(number);
			assertThat(each.here()).isTrue();
		});

		this.mails.clear();
		String next = report(Map.of("whatIsStuck", "y"));
		assertThat(Long.parseLong(next.substring(8)) - Long.parseLong(number.substring(8))).isGreaterThan(999);
		this.worker.doDue();
		assertThat(this.mails).as("nothing goes out").isEmpty();
		assertThat(this.watchdog.round()).as("no heartbeat").isFalse();

		WebVisitor femke = WebVisitor.login(this.town, "femke");
		WebVisitor mila = WebVisitor.login(this.town, "mila");
		String notice = "Doorbraak verstuurt nu geen e-mail en geen sms.";
		assertThat(femke.get("/").body()).contains(notice);
		assertThat(mila.get("/bereikbaarheid").body()).contains(notice);
		assertThat(WebVisitor.login(this.town, "anna").get("/").body()).doesNotContain(notice);
		assertThat(mila.get("/verzenden").body()).doesNotContain(number);
		assertThat(upload(femke, Files.readAllBytes(other.path())).status()).isEqualTo(302);
		WebVisitor.Answer wrong = upload(femke, "iets anders".getBytes(StandardCharsets.UTF_8));
		assertThat(wrong.status()).isEqualTo(400);
		assertThat(Jsoup.parse(wrong.body()).select("form[action=/verzenden/journaal] > #fout").text())
			.contains("geen verzonden bericht");
		assertThat(femke.get("/verzenden").body()).contains("DB-2026-123456", "de casus is weg", number);
		assertReadable();
		assertThat(mila.form("/verzenden/vrijgeven", Map.of("reden", "Alles is vergeleken.")).status()).isEqualTo(403);
		WebVisitor.Answer refused = femke.form("/verzenden/vrijgeven", Map.of("reden", "ja"));
		assertThat(refused.status()).isEqualTo(400);
		assertThat(Jsoup.parse(refused.body()).select("#fout ~ p #reden").val()).isEqualTo("ja");
		assertThat(femke.form("/verzenden/vrijgeven", Map.of("reden", "Alles is vergeleken.")).status()).isEqualTo(302);
		assertThat(femke.form("/verzenden/vrijgeven", Map.of("reden", "Alles is vergeleken.")).status()).isEqualTo(409);
		assertThat(femke.get("/").body()).doesNotContain(notice);

		// The engine's timer makes the alert anew that the database lost.
		this.town.database()
			.sql("""
					insert into doorbraak.alert (case_number, rung_id, kind, deadline_version, function, body_id, recipient_login, channel,
					  lead_id, due_at, next_attempt_at, created_at, message_id)
					values (?, ?, ?, ?, ?, ?, ?, ?, ?, doorbraak.current_instant(), doorbraak.current_instant(), doorbraak.current_instant(), ?)""")
			.params(gone.number(), gone.rungId(), gone.kind().code(), gone.deadlineVersion(), gone.function().code(),
					gone.body(), gone.login(), "mail", gone.leadId(), "<again@doorbraak.example>")
			.update();
		this.worker.doDue();
		List<String> queued = this.outbox.of(next).stream().map(Alert::messageId).toList();
		assertThat(this.mails).contains(queued.toArray(String[]::new)).doesNotContain("<again@doorbraak.example>");
		assertThat(this.outbox.findByMessageId(gone.messageId()))
			.hasValueSatisfying((alert) -> assertThat(alert.state()).isEqualTo(Alert.State.SENT));
		begin(journal);
		assertThat(sending.halted()).as("the same tells nothing new").isEmpty();
		assertThat(this.town.database()
			.sql("select act from doorbraak.audit_line where chain = 'sending' order by number desc limit 4")
			.query(String.class)
			.list()).containsExactly("sendingReleased", "journalCompared", "journalCompared", "sendingHalted");
	}

	/** A node that was killed between the yes and the commit is no restore. */
	@Test
	void whatAKilledNodeLeftWaitingIsMarkedSent() {
		String number = report(Map.of("whatIsStuck", "x"));
		Alert waits = this.outbox.of(number).get(0);
		AlertJournal journal = journal("own.log");
		journal.before(waits);
		journal.after(waits, "250");
		begin(journal);
		assertThat(sending(journal).halted()).isEmpty();
		this.mails.clear();
		this.worker.doDue();
		assertThat(this.mails).isNotEmpty().doesNotContain(waits.messageId());
	}

	@Test
	void settingHaltsToo() {
		AlertJournal journal = journal("own.log");
		sending(journal, true).begin();
		assertThat(sending(journal).halted().orElseThrow().cause()).isEqualTo(Cause.SETTING);
		assertThat(WebVisitor.login(this.town, "femke").get("/verzenden").body()).contains("doorbraak.alert.hold");
	}

	/** The alert that something is late waits too, and is late itself a minute later. */
	@Test
	void whileNothingIsSentTheSameLatenessIsToldOnceAndThePageSaysWhyItWaits() {
		report(Map.of("whatIsStuck", "x"));
		sending(journal("own.log"), true).begin();
		for (int i = 0; i < 5; i++) {
			this.town.moveClock(Duration.ofMinutes(2));
			this.watchdog.round();
		}
		assertThat(this.town.database()
			.sql("select split_part(deadline_version, ' ', 1) || ' ' || count(*) from doorbraak.alert where kind = 'lateWork' and state = 'waiting' and recipient_login = 'femke' group by split_part(deadline_version, ' ', 1)")
			.query(String.class)
			.list()).contains("alert 1").allMatch((each) -> each.endsWith(" 1"));
		WebVisitor femke = WebVisitor.login(this.town, "femke");
		assertThat(femke.get("/gezondheid").body()).contains("Doorbraak verstuurt nu niets", "/verzenden")
			.doesNotContain("gaat vanzelf");
		assertThat(femke.get("/gezondheid?opnieuw=bericht").body()).contains("Het bericht staat klaar")
			.doesNotContain("binnen een minuut");
		femke.form("/verzenden/vrijgeven", Map.of("reden", "Alles is vergeleken."));
		assertThat(femke.get("/gezondheid").body()).contains("gaat vanzelf");
	}

	/** The note of a node is ahead of its row: whatever was sent, this is a backup. */
	@Test
	void nodeKnowsThatItCommittedMore() throws IOException {
		Path journal = this.folder.resolve("journal.log");
		Nodes before = node(journal);
		assertThat(before.isDatabaseBehind()).isFalse();
		before.beat();
		before.beat();
		assertThat(node(journal).isDatabaseBehind()).isFalse();
		this.town.database().sql("update doorbraak.node set beat = 1 where name = ?").param(before.name()).update();
		Nodes after = node(journal);
		assertThat(after.isDatabaseBehind()).isTrue();
		after.beat();
		assertThat(node(journal).isDatabaseBehind()).as("told once").isFalse();
		Files.writeString(this.folder.resolve("journal.log.node"), "ffffffffffff 99 2026-11-29T12:00:00Z\n");
		assertThat(node(journal).isDatabaseBehind()).as("of another database").isFalse();
	}

	/** One moment of the watch, and one of the engine. */
	@Test
	void whatFellDueWhileNoNodeRanSaysWhyItIsLate() {
		LocalDate event = this.town.today().plusDays(2);
		String number = report(Map.of("whatIsStuck", "x", "threat", "eviction", "eventDate", event.toString()));
		String slow = report(Map.of("whatIsStuck", "x"));
		this.town.workDue();
		this.worker.doDue();
		assertThat(this.texts).noneMatch((text) -> text.contains("komt te laat"));
		this.mails.clear();
		this.texts.clear();
		this.nodes.beat();
		Instant stopped = this.clock.instant();
		this.town
			.moveClock(Duration.between(stopped, event.plusDays(60).atTime(10, 0).atZone(DutchTime.ZONE).toInstant()));
		node(this.folder.resolve("journal.log"));
		this.town.workDue();
		this.worker.doDue();
		String why = "Dit bericht komt te laat: van " + DutchTime.moment(stopped).substring(0, 10);
		assertThat(this.texts).filteredOn((text) -> text.contains(number) && text.contains("zonder regie"))
			.isNotEmpty()
			.allMatch((text) -> text.contains(why) && text.contains("lag Doorbraak stil door een storing"));
		assertThat(this.texts)
			.filteredOn((text) -> text.contains(slow) && text.contains("Omhoog, verlengen of afsluiten?"))
			.isNotEmpty()
			.allMatch((text) -> text.contains(why));
		this.texts.clear();
		String fresh = report(Map.of("whatIsStuck", "z"));
		this.worker.doDue();
		assertThat(this.texts).filteredOn((text) -> text.contains(fresh))
			.isNotEmpty()
			.noneMatch((text) -> text.contains("komt te laat"));
	}

	private void assertReadable() {
		try (Screens screens = Screens.open(); Screen screen = screens.screen(this.town.address(), "femke")) {
			screen.open("/verzenden");
			for (int width : new int[] { 1280, 390 }) {
				screen.page().setViewportSize(width, 900);
				screen.picture("sending-" + width);
				screen.assertReadable();
			}
		}
	}

	private Nodes node(Path journal) {
		return new Nodes(this.db, this.clock, journal.toString(), Duration.ofSeconds(90));
	}

	private String report(Map<String, ?> fields) {
		String number = this.town.as("anna").report(fields);
		this.reported.add(number);
		return number;
	}

	/** As before it was sent. */
	private void asOfTheBackup(Alert alert, String messageId) {
		this.town.database()
			.sql("update doorbraak.alert set state = 'waiting', sent_at = null, message_id = ?, attempts = 0 where id = ?")
			.params(messageId, alert.id())
			.update();
	}

	private static Alert alert(String number, String messageId) {
		return new Alert(1, number, null, AlertKind.LEAD_MISSING, "x", Function.MANAGER, "GM9001", "mila", null, null,
				null, null, Instant.EPOCH, Alert.State.SENT, 0, messageId, UUID.randomUUID(), Alert.Channel.MAIL, null,
				null);
	}

	private AlertJournal journal(String name) {
		AlertSettings settings = new AlertSettings(this.folder.resolve(name).toString(), 50, Duration.ofSeconds(60),
				List.of(Duration.ofSeconds(10)), Duration.ofHours(24));
		return new AlertJournal(settings, this.clock, this.nodes.database());
	}

	private void begin(AlertJournal journal) {
		sending(journal).begin();
	}

	private Sending sending(AlertJournal journal) {
		return sending(journal, false);
	}

	private Sending sending(AlertJournal journal, boolean hold) {
		return new Sending(this.db, this.outbox, journal, this.nodes, this.record, this.files, this.directory,
				this.transactions, this.events, hold, List.of());
	}

	private static WebVisitor.Answer upload(WebVisitor visitor, byte[] content) {
		String body = "--x\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"journaal.log\"\r\n"
				+ "Content-Type: text/plain\r\n\r\n" + new String(content, StandardCharsets.UTF_8) + "\r\n--x--\r\n";
		return visitor.send("POST", "/verzenden/journaal", body, "multipart/form-data; boundary=x", Map.of());
	}

}
