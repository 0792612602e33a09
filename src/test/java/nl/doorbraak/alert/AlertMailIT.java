package nl.doorbraak.alert;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.micrometer.observation.ObservationRegistry;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.alert.Outbox.Recipient;
import nl.doorbraak.alert.mail.Smtp;
import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.casefile.CaseEvents.RungOpened;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.MailServer;
import nl.doorbraak.testing.Post;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Alerts on their way through a real mail server, which is down, busy or says no. */
@WholeApplication
class AlertMailIT {

	private static final String CANARY = "kanarievogel";

	private static final MailServer MAIL = MailServer.started();

	private final Town town;

	private final AlertWorker worker;

	private final ApplicationContext beans;

	private final TransactionOperations transactions;

	private final Post post;

	private final Smtp smtp;

	private final List<String> reported = new ArrayList<>();

	@Autowired
	AlertMailIT(Town town, AlertWorker worker, ApplicationContext beans, TransactionOperations transactions, Post post,
			ConfigurableEnvironment settings) {
		this.town = town;
		this.worker = worker;
		this.beans = beans;
		this.transactions = transactions;
		this.post = post;
		this.smtp = new Smtp(settings, town.clock(), MAIL.port());
	}

	@AfterAll
	static void stop() {
		MAIL.down();
	}

	@BeforeEach
	void quiet() {
		MAIL.reset();
		this.post.by(this.smtp.carrier());
		this.town.workDue();
		this.worker.doDue();
		MAIL.reset();
	}

	/** What is closed does not climb on while other tests let time pass. */
	@AfterEach
	void close() {
		this.reported.forEach((number) -> this.town.as("anna")
			.post("/api/v1/cases/" + number + "/withdrawal", Map.of("reason", "x")));
		this.reported.clear();
		this.town.workDue();
		this.post.byMailbox();
		this.smtp.close();
	}

	@Test
	void alertArrivesOnceInTextAndHtmlWithoutAWordThatSomebodyTyped() throws Exception {
		String number = report();
		this.town.as("anna")
			.fill(number, "make-plan", Map.of("desiredEffect", CANARY, "firstBreakthrough", CANARY, "cost", 10,
					"perspectiveShared", "yes"));
		this.town.as("anna").fill(number, "decide-locally", Map.of("decision", "up", "explanation", CANARY));
		this.worker.doDue();
		this.worker.doDue();

		List<MimeMessage> mails = MAIL.about(number);
		assertThat(mails).extracting(MailServer::recipient)
			.containsExactlyInAnyOrder("anna@waterdam.example", "karim@waterdam.example",
					"paul@waterland-zuid.example");
		MimeMessage paul = mails.stream()
			.filter((mail) -> MailServer.recipient(mail).startsWith("paul"))
			.findFirst()
			.orElseThrow();
		assertThat(paul.getSubject()).isEqualTo("[" + number + "] Er ligt een casus bij u");
		MimeMultipart parts = (MimeMultipart) paul.getContent();
		assertThat(parts.getContentType()).startsWith("multipart/alternative");
		assertThat(parts.getBodyPart(0).getContentType()).startsWith("text/plain");
		assertThat(parts.getBodyPart(1).getContentType()).startsWith("text/html");
		for (int i = 0; i < 2; i++) {
			assertThat((String) parts.getBodyPart(i).getContent()).contains("niveau Regionaal")
				.contains("Tot en met ")
				.contains("dagen)")
				.contains("procesregisseur, Regio Waterland-Zuid")
				.containsPattern("http://localhost:8080/bericht/[0-9a-f-]{36}");
		}
		for (MimeMessage mail : mails) {
			String everything = mail.getSubject()
					+ MailServer.read(() -> new String(mail.getInputStream().readAllBytes()));
			assertThat(everything.toLowerCase()).doesNotContain(CANARY);
			assertThat(mail.getHeader("Message-ID")).hasSize(1);
		}
		assertThat(acts(number)).contains("alertQueued", "alertSent");
		assertThat(this.beans.getBean(AuditTrail.class).firstBroken(number)).isEmpty();
	}

	@Test
	void reminderIsNeverEarly() {
		String number = atTheQuestion();
		Instant due = db().sql("""
				select min(due_at) from doorbraak.alert where case_number = :n and kind = 'termReminder'""")
			.param("n", number)
			.query(Timestamp.class)
			.single()
			.toInstant();
		this.worker.doDue();
		this.town.pass(Duration.between(this.town.clock().instant(), due).minusSeconds(20));
		this.worker.doDue();
		assertThat(states(number, "termReminder")).containsOnly("waiting");
		this.town.passUntil(due);
		this.worker.doDue();
		assertThat(states(number, "termReminder")).hasSize(2).containsOnly("sent");
		assertThat(subjects(number)).contains("[" + number + "] Herinnering: omhoog, verlengen of afsluiten?");
		assertThat(db().sql("select count(*) from doorbraak.alert where sent_at < due_at").query(Long.class).single())
			.isZero();
	}

	@Test
	void reminderIsTakenBackWhenTheQuestionIsAnswered() {
		String number = atTheQuestion();
		this.worker.doDue();
		this.town.as("anna").fill(number, "decide-on-term", Map.of("choice", "extend", "reason", CANARY));
		assertThat(states(number, "termReminder")).hasSize(2).containsOnly("cancelled");
		this.town.pass(Duration.ofDays(4));
		this.worker.doDue();
		assertThat(subjects(number)).noneMatch((subject) -> subject.contains("Herinnering"))
			.anyMatch((subject) -> subject.endsWith("Omhoog, verlengen of afsluiten?"));
		assertThat(acts(number)).contains("alertCancelled");
	}

	@Test
	void whilePausedNobodyIsRemindedAndAfterwardsTheDateIsTheNewOne() {
		String number = atTheQuestion();
		this.worker.doDue();
		Town.Visitor anna = this.town.as("anna");
		assertThat(anna.post("/api/v1/cases/" + number + "/pause", Map.of("reason", "residentAway")).status())
			.isEqualTo(200);
		assertThat(states(number, "termReminder")).containsOnly("cancelled");
		this.town.pass(Duration.ofDays(7));
		assertThat(anna.post("/api/v1/cases/" + number + "/resumption", null).status()).isEqualTo(200);
		assertThat(states(number, "termReminder")).containsExactlyInAnyOrder("cancelled", "cancelled", "waiting",
				"waiting");
		this.town.pass(Duration.ofDays(8));
		this.worker.doDue();
		assertThat(states(number, "termSilence")).as("team and manager").hasSize(3).containsOnly("sent");
	}

	@Test
	void silenceOnTheHighestRungAlarmsAmbassadorsAndDesk() {
		String number = report();
		this.town.as("anna")
			.fill(number, "make-plan", Map.of("desiredEffect", CANARY, "firstBreakthrough", CANARY, "cost", 10,
					"perspectiveShared", "yes"));
		Map<String, Object> up = Map.of("decision", "up", "explanation", CANARY);
		String today = this.town.today().toString();
		this.town.as("anna").fill(number, "decide-locally", up);
		this.town.as("paul")
			.fill(number, "hold-round-table", Map.of("heldOn", today, "invited", List.of("uwv"), "agreements", CANARY));
		this.town.as("paul").fill(number, "decide-regionally", up);
		this.town.as("lotte")
			.fill(number, "make-first-contact", Map.of("contactedOn", today, "competentBodyStatus", "unknown"));
		this.town.as("lotte").fill(number, "decide-nationally", up);
		assertThat(states(number, "topRungAgain")).isEmpty();
		this.town.passUntil(termEnd(number));
		this.town.pass(Duration.ofDays(8));
		this.worker.doDue();
		assertThat(states(number, "topRungAgain")).hasSize(2).containsOnly("sent");
		assertThat(MAIL.about(number).stream().filter((mail) -> MailServer.subject(mail).contains("hoogste")))
			.extracting(MailServer::recipient)
			.containsExactlyInAnyOrder("amira@escalatieteam.example", "lotte@maatwerkloket.example");
	}

	/** In that hour the event comes, so that everybody must be told. */
	@Test
	void mailServerDownForAnHourLosesNothingAndDoublesNothing() {
		LocalDate event = this.town.today().plusDays(2);
		String number = report("threat", "eviction", "eventDate", event.toString());
		Instant comes = event.atStartOfDay(DutchTime.ZONE).toInstant();
		this.town.passUntil(comes.minus(Duration.ofMinutes(30)));
		int before = MAIL.about(number).size();
		MAIL.down();
		this.town.passUntil(comes.plus(Duration.ofMinutes(30)));
		List<Alert> late = outbox().of(number)
			.stream()
			.filter((alert) -> alert.state() == Alert.State.WAITING && !alert.dueAt().isBefore(comes))
			.toList();
		assertThat(late).extracting(Alert::kind).contains(AlertKind.LEAD_MISSING);
		assertThat(MAIL.about(number)).hasSize(before);
		MAIL.up();
		this.town.pass(Duration.ofMinutes(5));
		this.town.pass(Duration.ofHours(1));
		List<String> delivered = MAIL.about(number)
			.stream()
			.map((mail) -> MailServer.read(mail::getMessageID))
			.toList();
		assertThat(delivered).as("nothing twice")
			.doesNotHaveDuplicates()
			.containsExactlyInAnyOrderElementsOf(
					db().sql("select message_id from doorbraak.alert where case_number = :n and state <> 'cancelled'")
						.param("n", number)
						.query(String.class)
						.list());
		assertThat(delivered).as("nothing lost").containsAll(late.stream().map(Alert::messageId).toList());
		assertThat(MAIL.about(number)
			.stream()
			.filter((mail) -> MailServer.subject(mail).endsWith("Deze casus is zonder regie"))
			.map(MailServer::recipient)).contains("lotte@maatwerkloket.example", "amira@escalatieteam.example",
					"paul@waterland-zuid.example", "mila@waterdam.example", "anna@waterdam.example");
	}

	@Test
	void mailServerDownForADayMakesTheAlertUndeliverable() {
		String number = report();
		MAIL.down();
		try {
			this.worker.doDue();
			this.worker.doDue();
			this.town.moveClock(Duration.ofHours(23));
			this.town.pass(Duration.ofHours(1).plusMinutes(6));
			this.worker.doDue();
			this.worker.doDue();
			assertThat(states(number, "rungOpened")).contains("undeliverable");
		}
		finally {
			MAIL.up();
		}
	}

	@Test
	void busyServerGetsTheSameMessageAgain() {
		String number = report();
		MAIL.beBusy(2);
		this.worker.doDue();
		assertThat(MAIL.about(number)).isEmpty();
		assertThat(states(number, "rungOpened")).containsOnly("waiting");
		this.town.pass(Duration.ofSeconds(10));
		this.worker.doDue();
		assertThat(MAIL.about(number)).hasSize(2);
		assertThat(MAIL.offered()).hasSize(4);
		assertThat(MAIL.offered().subList(2, 4)).containsExactlyInAnyOrderElementsOf(MAIL.offered().subList(0, 2));
	}

	@Test
	@Attack(value = "H08", failedWith = "a no to the recipient counts as delivered")
	void refusedRecipientIsUndeliverableAtOnceAndTheManagerIsTold() {
		MAIL.refuse("karim@waterdam.example");
		String number = report();
		this.worker.doDue();
		assertThat(MAIL.about(number)).extracting(MailServer::recipient)
			.containsExactlyInAnyOrder("anna@waterdam.example", "mila@waterdam.example");
		assertThat(states(number, "rungOpened")).containsExactlyInAnyOrder("sent", "undeliverable");
		assertThat(subjects(number)).contains("[" + number + "] Een bericht is niet bezorgd");
		assertThat(acts(number)).contains("alertUndeliverable");

		MAIL.refuse("mila@waterdam.example");
		String second = report();
		this.worker.doDue();
		assertThat(states(second, "undeliverable")).as("then the next").containsExactly("undeliverable", "sent");
		assertThat(MAIL.about(second)).extracting(MailServer::recipient).contains("paul@waterland-zuid.example");
		assertThat(acts(second)).doesNotContain("nobodyReachable");
	}

	@Test
	void whenNobodyIsLeftToTellThatIsWrittenDown() {
		List.of("karim@waterdam.example", "mila@waterdam.example", "paul@waterland-zuid.example",
				"femke@waterdam.example")
			.forEach(MAIL::refuse);
		String number = report();
		this.worker.doDue();
		this.worker.doDue();
		assertThat(states(number, "undeliverable")).as("each once, and no loop")
			.hasSize(3)
			.containsOnly("undeliverable");
		assertThat(acts(number)).containsOnlyOnce("nobodyReachable");
	}

	@Test
	void whoNoLongerHoldsTheFunctionGetsNothing() {
		String number = report();
		long rung = rungOf(number);
		Draft draft = Draft.aboutRung(number, rung, AlertKind.RUNG_OPENED, "left", null, null);
		this.transactions
			.executeWithoutResult((status) -> outbox().add(draft, new Recipient(Function.DESK_OFFICER, "LMM", "paul")));
		this.worker.doDue();
		assertThat(MAIL.about(number)).extracting(MailServer::recipient)
			.doesNotContain("paul@waterland-zuid.example")
			.contains("mila@waterdam.example");
	}

	@Test
	@Attack(value = "E11", failedWith = "mail to the team without a look at its posts")
	void mailGoesToWhoIsMeantAtTheMomentOfSendingWithoutAWordAboutPeople() {
		String number = this.town.as("anna")
			.report(Map.of("whatIsStuck", CANARY, "memberName", CANARY, "memberBirthDate", "1980-01-01", "involved",
					CANARY));
		this.reported.add(number);
		this.worker.doDue();
		MAIL.reset();
		this.transactions.executeWithoutResult((status) -> {
			Draft draft = Draft.aboutRung(number, rungOf(number), AlertKind.RUNG_OPENED, "moved", null, null);
			outbox().add(draft, new Recipient(Function.PROCESS_DIRECTOR, "RG01", "paul"));
			outbox().add(draft, new Recipient(Function.DESK_OFFICER, "LMM", null));
			outbox().add(draft, new Recipient(Function.CASE_DIRECTOR, "GM9001", "anna"));
		});
		db().sql("update doorbraak.officer set email = 'nieuw@waterland-zuid.example' where login = 'paul'").update();
		db().sql("update doorbraak.organisation set email = 'nieuw@lmm.example' where id = 'LMM'").update();
		db().sql("update doorbraak.post set organisation_id = 'GM9002' where officer_login = 'anna'").update();
		try {
			this.worker.doDue();
		}
		finally {
			db().sql("update doorbraak.officer set email = 'paul@waterland-zuid.example' where login = 'paul'")
				.update();
			db().sql("update doorbraak.organisation set email = 'doorbraak@lmm.example' where id = 'LMM'").update();
			db().sql("update doorbraak.post set organisation_id = 'GM9001' where officer_login = 'anna'").update();
		}
		List<MimeMessage> mails = MAIL.about(number);
		assertThat(mails).extracting(MailServer::recipient)
			.contains("nieuw@waterland-zuid.example", "nieuw@lmm.example")
			.doesNotContain("paul@waterland-zuid.example", "doorbraak@lmm.example", "anna@waterdam.example");
		for (MimeMessage mail : mails) {
			assertThat(
					MailServer.subject(mail) + MailServer.read(() -> new String(mail.getInputStream().readAllBytes())))
				.doesNotContain(CANARY);
		}
	}

	@Test
	void nobodyHoldsTheFunctionSoTheMailboxOfTheBodyGetsIt() {
		String number = report();
		Draft draft = Draft.aboutRung(number, rungOf(number), AlertKind.RUNG_OPENED, "empty", null, null);
		this.transactions
			.executeWithoutResult((status) -> outbox().add(draft, new Recipient(Function.DESK_OFFICER, "LMM", null)));
		this.worker.doDue();
		assertThat(MAIL.about(number)).extracting(MailServer::recipient).contains("doorbraak@lmm.example");
	}

	@Test
	void twoWorkersAtOnceSendEachAlertOnce() throws Exception {
		List<String> numbers = List.of(report(), report(), report(), report());
		this.worker.doDue();
		MAIL.reset();
		this.transactions.executeWithoutResult((status) -> {
			for (int i = 0; i < 200; i++) {
				String number = numbers.get(i % 4);
				outbox().add(Draft.aboutRung(number, rungOf(number), AlertKind.RUNG_OPENED, "race " + i, null, null),
						new Recipient(Function.CASE_DIRECTOR, "GM9001", "anna"));
			}
		});
		CyclicBarrier start = new CyclicBarrier(2);
		ExecutorService two = Executors.newFixedThreadPool(2);
		try {
			Future<Integer> one = two.submit(() -> afterBarrier(start));
			Future<Integer> other = two.submit(() -> afterBarrier(start));
			assertThat(one.get() + other.get()).isEqualTo(200);
			assertThat(one.get()).as("both worked").isBetween(1, 199);
		}
		finally {
			two.shutdownNow();
		}
		assertThat(MAIL.offered()).hasSize(200).doesNotHaveDuplicates();
	}

	@Test
	void killedBetweenTheServersYesAndTheCommitSendsAgainUnderTheSameMessageId() throws Exception {
		String number = report();
		Carrier server = this.smtp.carrier();
		AlertWorker dying = workerWith((letter) -> {
			server.carry(letter);
			throw new Killed();
		});
		assertThatThrownBy(dying::doDue).isInstanceOf(Killed.class);
		assertThat(MAIL.offered()).hasSize(1);
		String messageId = MAIL.offered().get(0);
		assertThat(journal(messageId)).as("no after").singleElement().asString().contains(" before ");
		this.worker.doDue();
		assertThat(MAIL.offered()).as("its lease lasts").hasSize(1);
		this.town.pass(Duration.ofSeconds(61));
		this.worker.doDue();
		assertThat(MAIL.offered().stream().filter(messageId::equals)).hasSize(2);
		assertThat(journal(messageId)).extracting((line) -> line.split(" ")[3])
			.containsExactly("before", "before", "after");
		assertThat(Files.readString(journal())).doesNotContain("@waterdam.example", "anna");
		assertThat(states(number, "rungOpened")).hasSize(2).containsOnly("sent");
	}

	@Test
	void whatCouldNotBeWrittenIsWrittenAfterwardsAndNotSentAgain() {
		String number = report();
		db().sql("alter table doorbraak.alert add constraint full_disk check (state <> 'sent') not valid").update();
		try {
			assertThatThrownBy(this.worker::doDue).isInstanceOf(DataAccessException.class);
		}
		finally {
			db().sql("alter table doorbraak.alert drop constraint full_disk").update();
		}
		assertThat(MAIL.offered()).hasSize(1);
		this.worker.doDue();
		assertThat(states(number, "rungOpened")).as("without waiting for the lease").hasSize(2).containsOnly("sent");
		assertThat(MAIL.offered()).hasSize(2).doesNotHaveDuplicates();
	}

	@Test
	void oneAlertThatCannotBeMadeDoesNotHoldUpTheOthers() {
		String number = report();
		this.transactions.executeWithoutResult((status) -> outbox().add(
				Draft.aboutRung(number, rungOf(report()), AlertKind.RUNG_OPENED, "wrong rung", null, null),
				new Recipient(Function.CASE_DIRECTOR, "GM9001", "bert")));
		this.worker.doDue();
		assertThat(MAIL.about(number)).hasSize(2);
		assertThat(
				db().sql("select last_answer from doorbraak.alert where case_number = :n and recipient_login = 'bert'")
					.param("n", number)
					.query(String.class)
					.single())
			.isEqualTo("notMade");
	}

	@Test
	void theSameEventTwiceIsOneAlert() {
		String number = report();
		RungOpened event = new RungOpened(number, "#software", "regional", "RG01", true,
				this.town.clock().instant().plus(Duration.ofDays(3)), 1);
		for (int i = 0; i < 2; i++) {
			this.transactions.executeWithoutResult((status) -> this.beans.publishEvent(event));
		}
		this.worker.doDue();
		assertThat(MAIL.about(number)).extracting(MailServer::recipient)
			.containsOnlyOnce("paul@waterland-zuid.example");
	}

	@Test
	void rowIsRolledBackWithTheAct() {
		String number = report();
		long before = count(number);
		this.transactions.executeWithoutResult((status) -> {
			outbox().add(Draft.aboutRung(number, rungOf(number), AlertKind.CASE_CLOSED, "undone", null, null),
					new Recipient(Function.CASE_DIRECTOR, "GM9001", "anna"));
			status.setRollbackOnly();
		});
		assertThat(count(number)).isEqualTo(before);
	}

	@Test
	void noTransactionIsOpenWhileTheMailServerThinks() {
		String number = report();
		AtomicLong open = new AtomicLong();
		HikariPoolMXBean pool = this.beans.getBean(HikariDataSource.class).getHikariPoolMXBean();
		MAIL.whileTheClientWaits(() -> open.addAndGet(pool.getActiveConnections()));
		this.worker.doDue();
		assertThat(MAIL.about(number)).hasSize(2);
		assertThat(open).as("connections in use").hasValue(0);
		assertThatThrownBy(() -> this.transactions.execute((status) -> this.worker.doDue()))
			.isInstanceOf(IllegalStateException.class);
	}

	@Test
	void mailServerThatHangsDoesNotHoldItsSender() {
		Map<Object, Object> settings = new HashMap<>(this.smtp.sender().getJavaMailProperties());
		assertThat(settings).containsEntry("mail.smtp.connectiontimeout", "5000")
			.containsEntry("mail.smtp.timeout", "10000")
			.containsEntry("mail.smtp.writetimeout", "10000")
			.containsEntry("mail.smtps.connectiontimeout", "5000")
			.containsEntry("mail.smtps.timeout", "10000")
			.containsEntry("mail.smtps.writetimeout", "10000");
	}

	private int afterBarrier(CyclicBarrier start) throws Exception {
		start.await();
		return this.worker.doDue();
	}

	private AlertWorker workerWith(Carrier carrier) {
		return new AlertWorker(outbox(), this.beans.getBean(Undelivered.class), this.beans.getBean(LetterWriter.class),
				carrier, this.beans.getBeanProvider(TextCarrier.class), this.beans.getBean(AlertJournal.class),
				this.beans.getBean(Sending.class), this.beans.getBean(Directory.class),
				this.beans.getBean(CaseFiles.class), this.transactions, this.beans,
				this.beans.getBean(AlertSettings.class), ObservationRegistry.NOOP);
	}

	private String report(String... more) {
		Map<String, Object> fields = new HashMap<>(Map.of("whatIsStuck", "Een " + CANARY + " zit klem.", "lifeDomains",
				List.of("money"), "amount", 10, "involved", CANARY, "memberName", CANARY + " " + System.nanoTime(),
				"memberBirthDate", "1990-01-01"));
		for (int i = 0; i < more.length; i += 2) {
			fields.put(more[i], more[i + 1]);
		}
		String number = this.town.as("anna").report(fields);
		this.reported.add(number);
		return number;
	}

	/** A case whose team is asked about its term. */
	private String atTheQuestion() {
		String number = report();
		this.town.passUntil(termEnd(number));
		assertThat(states(number, "termQuestion")).hasSize(2);
		return number;
	}

	private Instant termEnd(String number) {
		return this.beans.getBean(CaseFiles.class).standing(number).last().termEndsAt();
	}

	private List<String> states(String number, String kind) {
		return db().sql("select state from doorbraak.alert where case_number = :n and kind = :kind order by id")
			.param("n", number)
			.param("kind", kind)
			.query(String.class)
			.list();
	}

	private List<String> subjects(String number) {
		return MAIL.about(number).stream().map(MailServer::subject).toList();
	}

	private List<String> acts(String number) {
		return this.beans.getBean(AuditTrail.class).chain(number).stream().map((line) -> line.act()).toList();
	}

	private List<String> journal(String messageId) throws IOException {
		return Files.readAllLines(journal()).stream().filter((line) -> line.contains(messageId)).toList();
	}

	private Path journal() {
		return Path.of(this.beans.getBean(AlertSettings.class).journal());
	}

	private long rungOf(String number) {
		return this.beans.getBean(CaseFiles.class).standing(number).last().id();
	}

	private long count(String number) {
		return db().sql("select count(*) from doorbraak.alert where case_number = :n")
			.param("n", number)
			.query(Long.class)
			.single();
	}

	private Outbox outbox() {
		return this.beans.getBean(Outbox.class);
	}

	private JdbcClient db() {
		return this.town.database();
	}

	/** The process is gone. */
	private static final class Killed extends Error {

		private static final long serialVersionUID = 1L;

	}

}
