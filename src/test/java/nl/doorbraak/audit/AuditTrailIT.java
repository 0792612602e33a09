package nl.doorbraak.audit;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import nl.doorbraak.casefile.CaseActions;
import nl.doorbraak.casefile.HouseholdMember;
import nl.doorbraak.support.RecordedEvent;
import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.Hurried;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@WholeApplication
class AuditTrailIT {

	private static final String CANARY = "kanariepiet";

	private final Town town;

	private final AuditTrail audit;

	private final CaseActions actions;

	private final JdbcClient application;

	private final ApplicationEventPublisher events;

	private final TransactionTemplate transaction;

	@Autowired
	AuditTrailIT(Town town, AuditTrail audit, CaseActions actions, JdbcClient application,
			ApplicationEventPublisher events, PlatformTransactionManager transactions) {
		this.town = town;
		this.audit = audit;
		this.actions = actions;
		this.application = application;
		this.events = events;
		this.transaction = new TransactionTemplate(transactions);
	}

	@Test
	void nothingThatPeopleWroteIsInTheRecord() {
		aCaseWithEverything();
		decisionsInAHurry();
		assertThat(withText("doorbraak.entry", "fields::text")).as("the case file has the texts").isPositive();
		assertThat(withText("doorbraak.audit_line", "audit_line::text")).as("the audit has none").isZero();
		for (String chain : this.audit.chains()) {
			assertThat(this.audit.firstBroken(chain)).as(chain).isEmpty();
		}
	}

	@Test
	void whatATimerOrTheSoftwareDidStandsUnderItsOwnName() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Niemand besluit."));
		this.town.passUntil(termEnd(number));
		this.town.passUntil(answerDue(number));
		assertThat(linesOf(number)).contains("anna caseReported", "anna entryRecorded", "#software caseOpened",
				"#software rungOpened", "#timer termQuestionAsked", "#timer rungDecided",
				"#software nextStepDetermined");
		assertThat(this.audit.chain(number)).extracting(AuditLine::actor).containsOnly("anna", "#software", "#timer");
		withdraw(number);
		assertThat(linesOf(number).stream().filter((line) -> !line.contains(" alert"))).endsWith("anna rungDecided",
				"anna caseWithdrawn", "#software nextStepDetermined", "#software caseClosed",
				"#software outcomeRecorded");
	}

	@Test
	void aReadingIsOneLineWithItsPurpose() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Wie leest dit?"));
		assertThat(linesOf(number)).doesNotContain("karim caseRead");
		this.town.as("karim").state(number);
		assertThat(this.audit.chain(number).stream().filter((line) -> line.act().equals("caseRead"))).singleElement()
			.satisfies((line) -> {
				assertThat(line.actor()).isEqualTo("karim");
				assertThat(line.facts()).startsWith("{\"part\":\"api\",\"purpose\":\"team\",");
			});
		assertThat(this.town.as("olaf").get("/api/v1/cases/" + number).status()).isEqualTo(404);
		assertThat(linesOf(number)).as("who saw nothing read nothing").doesNotContain("olaf caseRead");
		withdraw(number);
	}

	@ParameterizedTest
	@ValueSource(strings = { "update doorbraak.audit_line set actor = 'anna'", "delete from doorbraak.audit_line",
			"truncate doorbraak.audit_line", "drop table doorbraak.audit_line",
			"alter table doorbraak.audit_line add column note text", "update doorbraak.entry set written_by = 'anna'",
			"delete from doorbraak.entry", "truncate doorbraak.entry", "update doorbraak.audit_head set at = at",
			"delete from doorbraak.audit_head", "truncate doorbraak.audit_head cascade",
			"update doorbraak.processing_log set status = 'Ok'", "delete from doorbraak.processing_log",
			"update doorbraak.clock_offset set ahead = interval '1 day'", "set role doorbraak_owner" })
	@Attack(value = "H01", failedWith = "update and delete granted to the role in the migration")
	void theApplicationsRoleCannotChangeTheRecord(String sql) {
		assertThat(this.application.sql("select current_user::text").query(String.class).single())
			.isEqualTo("doorbraak_app");
		assertThatThrownBy(() -> this.application.sql(sql).update()).rootCause()
			.hasMessageMatching("(?s).*(permission denied|must be owner).*");
	}

	/** However many cases a municipality has, and however far back one looks. */
	@ParameterizedTest
	@ValueSource(strings = { "", AuditTrail.AFTER })
	void whatWasDecidedIsReadInTheOrderOfItsIndex(String after) {
		String plan = this.transaction.execute((tx) -> {
			this.application.sql("set local enable_sort = off").update();
			return String.join("\n",
					this.application.sql("explain (costs off) " + AuditTrail.DECISIONS.formatted(after))
						.param("municipalities", new String[] { "GM9001" })
						.param("limit", 50)
						.param("at", Timestamp.from(Instant.EPOCH))
						.param("chain", "DB-2026-000001")
						.param("number", 1)
						.query(String.class)
						.list());
		});
		assertThat(plan).contains("Index Scan Backward using audit_line_decision").doesNotContain("Sort");
		if (!after.isEmpty()) {
			assertThat(plan).contains("Index Cond: (ROW(at, chain, number) < ROW(");
		}
	}

	@Test
	void aLineThatSomebodyChangedIsFound() {
		String chain = "test-" + UUID.randomUUID();
		this.transaction.executeWithoutResult((tx) -> List.of("one", "two", "three")
			.forEach((code) -> this.events.publishEvent(new Noted(chain, "anna", Map.of("code", code)))));
		assertThat(this.audit.chain(chain)).extracting(AuditLine::number).containsExactly(1L, 2L, 3L);
		assertThat(this.audit.firstBroken(chain)).isEmpty();
		for (String change : List.of("facts = '{\"code\":\"TWO\"}'", "actor = 'karim'", "act = 'other'",
				"at = at + interval '1 microsecond'", "hash = previous_hash")) {
			this.town.database()
				.sql("create table public.kept as select * from doorbraak.audit_line where chain = ?")
				.params(chain)
				.update();
			this.town.database()
				.sql("update doorbraak.audit_line set " + change + " where chain = ? and number = 2")
				.params(chain)
				.update();
			assertThat(this.audit.firstBroken(chain)).as(change).get().extracting(AuditLine::number).isEqualTo(2L);
			putBack(chain);
		}
		this.town.database()
			.sql("create table public.kept as select * from doorbraak.audit_line where chain = ?")
			.params(chain)
			.update();
		this.town.database()
			.sql("delete from doorbraak.audit_line where chain = ? and number = 1")
			.params(chain)
			.update();
		assertThat(this.audit.firstBroken(chain)).as("a line taken out").isPresent();
		putBack(chain);
		assertThat(this.audit.firstBroken(chain)).isEmpty();
	}

	@Test
	void anActThatIsRolledBackLeavesNoLine() {
		String chain = "test-" + UUID.randomUUID();
		this.transaction.executeWithoutResult((tx) -> {
			this.events.publishEvent(new Noted(chain, "anna", Map.of()));
			tx.setRollbackOnly();
		});
		assertThat(this.audit.chain(chain)).isEmpty();
		assertThatThrownBy(() -> this.events.publishEvent(new Noted(chain, "anna", Map.of())))
			.as("an event outside a transaction");
	}

	@Test
	void whatASavepointTakesBackLeavesNoLine() {
		String chain = "test-" + UUID.randomUUID();
		TransactionTemplate nested = new TransactionTemplate(
				Objects.requireNonNull(this.transaction.getTransactionManager()));
		nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
		this.transaction.executeWithoutResult((tx) -> {
			nested.executeWithoutResult((inner) -> {
				note(chain, "first, and nothing before it");
				inner.setRollbackOnly();
			});
			note(chain, "one");
			nested.executeWithoutResult((inner) -> note(chain, "two"));
			nested.executeWithoutResult((inner) -> {
				note(chain, "never");
				inner.setRollbackOnly();
			});
			note(chain, "three");
		});
		assertThat(this.audit.chain(chain)).extracting(AuditLine::facts)
			.containsExactly("{\"code\":\"one\"}", "{\"code\":\"two\"}", "{\"code\":\"three\"}");
		assertThat(this.audit.firstBroken(chain)).isEmpty();
	}

	@Test
	void manyWhoWriteInTheSameChainsAtOnceNeverWaitForEachOther() throws Exception {
		List<String> chains = Stream.generate(() -> "test-" + UUID.randomUUID()).limit(5).toList();
		ExecutorService four = Executors.newFixedThreadPool(4);
		try {
			List<Callable<Boolean>> writers = IntStream.range(0, 40).mapToObj((i) -> (Callable<Boolean>) () -> {
				List<String> inAnyOrder = new ArrayList<>(chains);
				Collections.shuffle(inAnyOrder, new Random(i));
				this.transaction.executeWithoutResult((tx) -> inAnyOrder.forEach((chain) -> note(chain, "n" + i)));
				return true;
			}).toList();
			for (Future<Boolean> written : four.invokeAll(writers)) {
				assertThat(written.get()).isTrue();
			}
		}
		finally {
			four.shutdown();
		}
		for (String chain : chains) {
			assertThat(this.audit.chain(chain)).hasSize(40);
			assertThat(this.audit.firstBroken(chain)).isEmpty();
		}
	}

	private void note(String chain, String code) {
		this.events.publishEvent(new Noted(chain, "anna", Map.of("code", code)));
	}

	/** One case in which everything happens that a case can go through. */
	private void aCaseWithEverything() {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", "Een " + CANARY + " zit vast.", "memberName", "Ko " + CANARY,
				"involved", CANARY));
		anna.state(number);
		this.actions.addMember("anna", number,
				new HouseholdMember("Jo " + CANARY, null, "child", CANARY, CANARY, true));
		act("anna", number, "lead/question", Map.of("organisation", "RG01"));
		act("paul", number, "lead/refusal", Map.of("reason", "notOurLaw"));
		act("anna", number, "lead/question", Map.of("organisation", "LMM"));
		act("lotte", number, "lead/acceptance", null);
		act("lotte", number, "lead/return", Map.of("reason", "noCapacity"));
		this.town.passUntil(termEnd(number));
		anna.fill(number, "decide-on-term", Map.of("choice", "extend", "reason", "Nog een " + CANARY));
		act(number, "pause", Map.of("reason", "other"));
		act(number, "resumption", null);
		anna.fill(number, "make-plan",
				Map.of("desiredEffect", CANARY, "firstBreakthrough", CANARY, "perspectiveShared", "yes"));
		act(number, "threat", Map.of("threat", "eviction", "eventDate", this.town.today().toString()));
		assertThat(anna.post("/api/v1/cases/" + number + "/pause", Map.of("reason", CANARY)).status()).isEqualTo(400);
		act(number, "redirection", Map.of("reason", "Nu, want " + CANARY));
		nobodyHasAnAddress(() -> act(number, "withdrawal", Map.of("reason", "Zij wil geen " + CANARY)));
	}

	private void nobodyHasAnAddress(Runnable act) {
		this.town.pass(Duration.ZERO);
		this.town.database()
			.sql("create table public.addresses as select login, email from doorbraak.officer")
			.update();
		this.town.database().sql("update doorbraak.officer set email = null").update();
		act.run();
		this.town.pass(Duration.ZERO);
		this.town.database()
			.sql("update doorbraak.officer o set email = a.email from public.addresses a where a.login = o.login")
			.update();
		this.town.database().sql("drop table public.addresses").update();
	}

	/** Also those that nobody answers, until nobody is left to ask. */
	private void decisionsInAHurry() {
		Hurried hurried = new Hurried(this.town, (field) -> CANARY);
		hurried.play();
		String late = hurried.proposed(900, "yes");
		String silent = hurried.proposed(6000, "no");
		this.town.pass(Duration.ofDays(12));
		hurried.answer("dirk", late, "ratify-decision", "ratify");
		assertThat(linesOf(silent)).contains("#timer signOffPassedOn");
		withdraw(silent);
	}

	private void act(String number, String act, Map<String, ?> body) {
		act("anna", number, act, body);
	}

	private void act(String login, String number, String act, Map<String, ?> body) {
		Town.Answer answer = this.town.as(login).post("/api/v1/cases/" + number + "/" + act, body);
		assertThat(answer.status()).as(act + " " + answer.text()).isEqualTo(200);
		this.town.workDue();
	}

	private void withdraw(String number) {
		act(number, "withdrawal", Map.of("reason", "Einde van de proef."));
	}

	private List<String> linesOf(String number) {
		return this.audit.chain(number).stream().map((line) -> line.actor() + " " + line.act()).toList();
	}

	private long withText(String table, String text) {
		return this.town.database()
			.sql("select count(*) from %s where %s ilike ?".formatted(table, text))
			.params("%" + CANARY + "%")
			.query(Long.class)
			.single();
	}

	private java.time.Instant termEnd(String number) {
		return moment(number, "term_ends_at");
	}

	private java.time.Instant answerDue(String number) {
		return moment(number, "question_ends_at");
	}

	private java.time.Instant moment(String number, String column) {
		return this.town.database()
			.sql("""
					select r.%s from doorbraak.case_rung r join doorbraak.case_file c on c.id = r.case_id
					where c.number = ? and r.closed_at is null""".formatted(column))
			.params(number)
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.single();
	}

	private void putBack(String chain) {
		this.town.database().sql("delete from doorbraak.audit_line where chain = ?").params(chain).update();
		this.town.database().sql("insert into doorbraak.audit_line select * from public.kept").update();
		this.town.database().sql("drop table public.kept").update();
	}

	/** An event on a chain of this test's own. */
	record Noted(String chain, String actor, Map<String, Object> facts) implements RecordedEvent {
	}

}
