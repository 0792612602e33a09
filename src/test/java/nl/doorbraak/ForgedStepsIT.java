package nl.doorbraak;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import com.sun.management.OperatingSystemMXBean;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.AttackResults;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.camunda.bpm.engine.RuntimeService;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static nl.doorbraak.testing.WebVisitor.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Steps of the ladder that somebody forges, repeats or aims at another case: there is no
 * door for messages, so this goes through every door that passes one on.
 */
@WholeApplication
class ForgedStepsIT {

	private static final int AT_ONCE = 50;

	private static final List<String> WRONG_DATES = List.of("9999-01-01", "0000-00-00", "2027-02-29", "2027-02-30",
			"2027-03-28T02:30", "2027-10-31T02:30", "2027-03-28T02:30:00+01:00[Europe/Amsterdam]", "R/PT0S", "morgen");

	private static final List<String> TIMER_TEXTS = List.of("R/PT0S", "R/PT1S", "R2147483647/PT1S", "-PT1H",
			"P9999999999D", "R/" + "P1D".repeat(3333));

	private final Town town;

	private final JdbcClient application;

	private final RuntimeService engine;

	private Town.Visitor anna;

	@Autowired
	ForgedStepsIT(Town town, JdbcClient application, RuntimeService engine) {
		this.town = town;
		this.application = application;
		this.engine = engine;
	}

	@BeforeEach
	void annaIsThere() {
		this.town.clear();
		this.anna = this.town.as("anna");
	}

	@Test
	@Attack(value = "D13", failedWith = "who accepts does not look whether somebody has the lead")
	void sameStepFiftyTimesAtOnceHasOneEffect() throws Exception {
		String number = report();
		this.anna.post(cases(number) + "/lead/question", Map.of("organisation", "LMM"));
		this.town.workDue();
		String link = "/regie/" + this.town.database()
			.sql("select answer_key::text from doorbraak.alert where case_number = ? and kind = 'leadAsked' and recipient_login = 'lotte'")
			.param(number)
			.query(String.class)
			.single();
		WebVisitor nobody = WebVisitor.anonymous(this.town);
		List<Integer> refusals = atOnce(
				() -> nobody.form(link, Map.of("act", "refuse", "reason", "noCapacity")).status());
		assertThat(refusals).containsOnly(200, 409).containsOnlyOnce(200);
		assertThat(lines(number, "leadRefused")).isEqualTo(1);
		List<Integer> taken = atOnce(() -> this.anna.post(cases(number) + "/lead/acceptance", null).status());
		assertThat(taken).containsOnly(200, 409).containsOnlyOnce(200);
		assertThat(lines(number, "leadAccepted")).isEqualTo(1);
		List<Integer> withdrawn = atOnce(
				() -> this.anna.post(cases(number) + "/withdrawal", Map.of("reason", "Opgelost.")).status());
		assertThat(withdrawn).containsOnly(200, 409).containsOnlyOnce(200);
		this.town.workDue();
		assertThat(lines(number, "caseWithdrawn")).isEqualTo(1);
		assertThat(lines(number, "caseClosed")).isEqualTo(1);
		AttackResults.measured("D13", AT_ONCE + " at once at three doors: one effect each, the others 409");
	}

	@Test
	@Attack(value = "D14", failedWith = "everybody counts as on every case")
	void stepForAnUnknownADoubleAForeignOrNoCaseMovesNothing() {
		String number = report();
		String other = this.town.as("olaf").report(Map.of("whatIsStuck", "Van een ander."));
		this.anna.post(cases(number) + "/agency-requests",
				Map.of("agencies", List.of("UWV", "SVB"), "question", "Kan dit?"));
		this.town.workDue();
		Map<String, Map<String, ?>> steps = new LinkedHashMap<>();
		steps.put("/withdrawal", Map.of("reason", "x"));
		steps.put("/redirection", Map.of("reason", "x"));
		steps.put("/pause", Map.of("reason", "other"));
		steps.put("/resumption", Map.of());
		steps.put("/threat", Map.of("threat", "eviction"));
		steps.put("/threat-end", Map.of("reason", "x"));
		steps.put("/lead/acceptance", Map.of());
		steps.put("/lead/refusal", Map.of("reason", "noCapacity"));
		steps.put("/agency-requests", Map.of("agencies", List.of("UWV"), "question", "x"));
		steps.put("/agency-requests/1/withdrawal", Map.of());
		String before = state(number) + state(other);
		steps.forEach((step, body) -> {
			for (String wrong : List.of(other, "DB-2020-999999", "DB-2026-", "%20")) {
				Town.Answer answer = this.anna.post("/api/v1/cases/" + wrong + step, body);
				assertThat(answer.status()).as(wrong + step).isIn(wrong.equals("%20") ? 400 : 404, 404);
			}
			assertThat(this.anna.post("/api/v1/cases/" + step, body).status()).as("no case" + step).isIn(400, 404);
		});
		WebVisitor nobody = WebVisitor.anonymous(this.town);
		for (String key : List.of(UUID.randomUUID().toString(), "niets", "")) {
			assertThat(nobody.form("/regie/" + key, Map.of("act", "refuse", "reason", "noCapacity")).status()).as(key)
				.isIn(401, 404);
		}
		assertThat(WebVisitor.login(this.town, "anna")
			.post(ENGINE + "message", Map.of("messageName", "lead.accepted", "businessKey", number))
			.status()).isEqualTo(404);
		assertThat(state(number) + state(other)).isEqualTo(before);
		Town.Visitor ulla = this.town.as("ulla");
		String task = ulla.task(number, "answer-request");
		ulla.post("/api/v1/tasks/" + task + "/claim", null);
		assertThat(ulla
			.post("/api/v1/tasks/" + task + "/complete",
					Map.of("answer", "notCompetent", "decidedBy", "Teammanager", "grounds", "Niet van ons.",
							"referredTo", "SVB"))
			.status()).isIn(200, 400);
		assertThat(this.town.database()
			.sql("select count(*) from doorbraak.agency_request where case_number = ? and agency_id = 'SVB' and answer is null and lapsed_at is null")
			.param(number)
			.query(Long.class)
			.single()).as("the other question waits on").isEqualTo(1);
	}

	@Test
	@Attack(value = "D15", failedWith = "a second report of a resident is let through")
	void caseOfOneResidentIsStartedOnceAndTheOthersHearItsNumber() throws Exception {
		String name = "Resi " + UUID.randomUUID().toString().substring(0, 8);
		Map<String, String> report = Map.of("whatIsStuck", "Dubbel gemeld.", "memberName", name, "memberBirthDate",
				"1981-04-02");
		List<Town.Answer> answers = atOnce(10, () -> this.anna.post("/api/v1/cases", report));
		this.town.workDue();
		String number = answers.stream()
			.filter((answer) -> answer.status() == 201)
			.map((answer) -> answer.json().path("number").asText())
			.findFirst()
			.orElseThrow();
		assertThat(answers).extracting(Town.Answer::status).containsOnly(201, 409).containsOnlyOnce(201);
		assertThat(answers).filteredOn((answer) -> answer.status() == 409)
			.allMatch((answer) -> answer.message().contains(number));
		assertThat(this.engine.createProcessInstanceQuery()
			.processInstanceBusinessKey(number)
			.processDefinitionKey("escalation-ladder")
			.count()).isEqualTo(1);
		WebVisitor browser = WebVisitor.login(this.town, "anna");
		assertThat(
				browser.post(ENGINE + "process-definition/key/escalation-ladder/start", Map.of("businessKey", number))
					.status())
			.isEqualTo(404);
		assertThatThrownBy(() -> this.application
			.sql("""
					insert into doorbraak.case_file (number, household_id, municipality_id, state, what_is_stuck, life_domains, reported_by,
					  reported_at, terms_version, hash_key)
					select number, household_id, municipality_id, state, what_is_stuck, life_domains, reported_by, reported_at,
					  terms_version, hash_key from doorbraak.case_file where number = ?""")
			.param(number)
			.update()).rootCause().hasMessageContaining("duplicate key");
	}

	@Test
	@Attack(value = "D18", failedWith = "any date counts as near enough")
	void dateThatCannotBeIsRefusedAtEveryDoorAndOneThatCanIsShownBack() {
		String number = report();
		WebVisitor browser = WebVisitor.login(this.town, "anna");
		String before = state(number);
		for (String date : WRONG_DATES) {
			assertThat(
					this.anna.post(cases(number) + "/threat", Map.of("threat", "eviction", "eventDate", date)).status())
				.as("threat " + date)
				.isEqualTo(400);
			assertThat(
					this.anna.post("/api/v1/cases", Map.of("whatIsStuck", "x", "threat", "eviction", "eventDate", date))
						.status())
				.as("report " + date)
				.isEqualTo(400);
			assertThat(browser.form("/casus/" + number + "/dreiging", Map.of("threat", "eviction", "eventDate", date))
				.status()).as("page " + date).isEqualTo(400);
			assertThat(
					browser.form("/casus/" + number + "/stap", Map.of("kind", "call", "day", date, "line", "Gebeld."))
						.status())
				.as("step " + date)
				.isEqualTo(400);
			assertThat(browser.form("/afwezig", Map.of("firstDay", date, "lastDay", date)).status()).as("away " + date)
				.isEqualTo(400);
		}
		for (String empty : List.of("", " ")) {
			assertThat(
					browser.form("/casus/" + number + "/stap", Map.of("kind", "call", "day", empty, "line", "Gebeld."))
						.status())
				.isEqualTo(400);
		}
		assertThat(this.anna
			.post(cases(number) + "/threat",
					Map.of("threat", "eviction", "eventDate", this.town.today().minusYears(2).toString()))
			.status()).as("long past").isEqualTo(400);
		assertThat(state(number)).isEqualTo(before);
		LocalDate leap = this.town.today().plusYears(1).withMonth(2).withDayOfMonth(28);
		while (!leap.isLeapYear()) {
			leap = leap.plusYears(1);
		}
		leap = leap.plusDays(1);
		assertThat(this.anna.post(cases(number) + "/threat", Map.of("threat", "eviction", "eventDate", leap.toString()))
			.status()).isEqualTo(200);
		assertThat(browser.get("/casus/" + number).body()).contains(DutchTime.date(leap));
	}

	/** No door takes a duration or a cycle; where a date is asked, it is none. */
	@Test
	@Attack(value = "D19", failedWith = "the form checker takes any text for a date")
	void timerTextIsRefusedAtOnceWhereverADateIsAsked() {
		String number = report();
		WebVisitor browser = WebVisitor.login(this.town, "anna");
		String before = state(number);
		OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		long most = 0;
		int asked = 0;
		for (int round = 0; round < 4; round++) {
			for (String text : TIMER_TEXTS) {
				List<Callable<Integer>> doors = List.of(
						() -> this.anna.post(cases(number) + "/threat", Map.of("threat", "eviction", "eventDate", text))
							.status(),
						() -> this.anna
							.post("/api/v1/cases", Map.of("whatIsStuck", "x", "threat", "eviction", "eventDate", text))
							.status());
				assertThat(
						browser.form("/casus/" + number + "/dreiging", Map.of("threat", "eviction", "eventDate", text))
							.status())
					.isEqualTo(400);
				for (Callable<Integer> door : doors) {
					long began = machine.getProcessCpuTime();
					assertThat(call(door)).as(text.substring(0, Math.min(20, text.length()))).isEqualTo(400);
					// The first round warms up.
					if (round > 0) {
						most = Math.max(most, machine.getProcessCpuTime() - began);
						asked++;
					}
				}
			}
		}
		AttackResults.measured("D19", asked
				+ " timer texts at two doors: at most %.1f ms of processor time each".formatted(most / 1_000_000.0));
		assertThat(most).as("processor time, both sides").isLessThan(Duration.ofMillis(100).toNanos());
		assertThat(state(number)).isEqualTo(before);
	}

	@Test
	@Attack(value = "D20", failedWith = "a reason is not asked and the team not looked for")
	void nobodyStopsAProcessAndACrisisEndsOnlyWithAReasonUnderAName() {
		LocalDate event = this.town.today().plusDays(1);
		String number = this.anna.report(Map.of("whatIsStuck", "Zij wordt uit huis gezet.", "threat", "eviction",
				"eventDate", event.toString()));
		String instance = instance(number);
		for (String login : List.of("anna", "mila", "femke")) {
			WebVisitor browser = WebVisitor.login(this.town, login);
			Map<String, String> doors = Map.of("process-instance/" + instance, "DELETE",
					"process-instance/" + instance + "/suspended", "PUT", "process-instance/suspended", "PUT",
					"process-instance/delete", "POST", "process-instance/" + instance + "/modification", "POST");
			doors
				.forEach((door, method) -> assertThat(browser
					.send(method, ENGINE + door, "{\"suspended\":true,\"processInstanceIds\":[\"" + instance + "\"]}",
							"application/json", Map.of())
					.status()).as(login + " " + method + " " + door).isIn(403, 404));
		}
		Map<String, String> reason = Map.of("reason", "Zij wil dit niet meer.");
		assertThat(this.anna.post(cases(number) + "/withdrawal", Map.of("reason", " ")).status()).isEqualTo(400);
		assertThat(this.anna.post(cases(number) + "/withdrawal", Map.of()).status()).isEqualTo(400);
		for (String login : List.of("bert", "mila", "olaf", "paul")) {
			assertThat(this.town.as(login).post(cases(number) + "/withdrawal", reason).status()).as(login)
				.isIn(403, 404);
		}
		assertThat(instance(number)).isEqualTo(instance);
		assertThat(this.anna.post(cases(number) + "/withdrawal", reason).status()).isEqualTo(200);
		this.town.workDue();
		assertThat(this.town.database()
			.sql("select actor from doorbraak.audit_line where chain = ? and act = 'caseWithdrawn'")
			.param(number)
			.query(String.class)
			.list()).containsExactly("anna");
		this.town.passUntil(event.atStartOfDay(DutchTime.ZONE).toInstant());
		assertThat(this.town.database()
			.sql("select count(*) from doorbraak.lead_alarm where case_number = ? and moment = 'crisis'")
			.param(number)
			.query(Long.class)
			.single()).as("its timer is gone").isZero();
	}

	@Test
	@Attack(value = "D22", failedWith = "a rung is skipped without a crisis")
	void caseIsOnOneRungWhateverIsAskedAtOnce() throws Exception {
		String calm = report();
		assertThat(this.anna.post(cases(calm) + "/redirection", Map.of("reason", "Sla maar over.")).status())
			.as("over a rung without a crisis")
			.isEqualTo(409);
		String task = this.anna.task(calm, "make-plan");
		this.anna.post("/api/v1/tasks/" + task + "/claim", null);
		assertThat(rungs(calm)).containsExactly("local open");
		String number = this.anna.report(Map.of("whatIsStuck", "Zij wordt uit huis gezet.", "threat", "eviction",
				"eventDate", this.town.today().plusDays(1).toString()));
		List<Integer> answers = atOnce(10,
				() -> this.anna.post(cases(number) + "/redirection", Map.of("reason", "Nu.")).status());
		assertThat(answers).containsOnly(200, 409).containsOnlyOnce(200);
		this.town.workDue();
		assertThat(rungs(number)).containsExactly("local closed", "national open");
		assertThat(this.town.as("lotte").tasks(number, "decide-locally")).as("not down by itself").isEmpty();
		assertThatThrownBy(() -> this.application
			.sql("""
					insert into doorbraak.case_rung (case_id, rung, body_id, body_connected, opened_at, term_ends_at, term_last_day, term_explanation)
					select case_id, 'regional', body_id, body_connected, opened_at, term_ends_at, term_last_day, term_explanation
					from doorbraak.case_rung where closed_at is null and case_id = (select id from doorbraak.case_file where number = ?)""")
			.param(number)
			.update()).as("two at once").rootCause().hasMessageContaining("case_rung_one_open");
	}

	@Test
	@Attack(value = "H04", failedWith = "the engine's history open to who is logged in")
	void historyIsNotDeletedThroughTheEnginesApi() {
		String number = report();
		String instance = instance(number);
		this.anna.post(cases(number) + "/withdrawal", Map.of("reason", "Opgelost."));
		this.town.workDue();
		String before = history(instance) + " " + lines(number, "%");
		for (String login : List.of("anna", "mila", "femke", "joris")) {
			WebVisitor browser = WebVisitor.login(this.town, login);
			Map<String, String> doors = new HashMap<>(Map.of("history/process-instance/" + instance, "DELETE",
					"history/process-instance/" + instance + "/variable-instances", "DELETE", "history/cleanup", "POST",
					"history/process-instance/delete", "POST", "history/process-instance/set-removal-time", "POST",
					"history/decision-instance/delete", "POST", "history/cleanup/configuration", "PUT"));
			doors.forEach((door,
					method) -> assertThat(browser
						.send(method, ENGINE + door, "{\"historicProcessInstanceIds\":[\"" + instance + "\"]}",
								"application/json", Map.of())
						.status()).as(login + " " + method + " " + door).isIn(403, 404));
		}
		assertThat(history(instance) + " " + lines(number, "%")).isEqualTo(before);
	}

	/**
	 * Letters carry no certificate of their own; what was signed is held by its hash, in
	 * the case file and in the record.
	 */
	@Test
	void signedPaperCannotBeAlteredByOneByte() {
		String number = report();
		this.anna.fill(number, "make-plan", Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Betalen.", "cost",
				100, "deviates", "no", "reservation", "none", "perspectiveShared", "yes"));
		this.anna.fill(number, "decide-locally",
				Map.of("decision", "brokenThrough", "explanation", "Dit is wat er nodig is."));
		WebVisitor browser = WebVisitor.login(this.town, "anna");
		assertThat(browser
			.form("/casus/" + number + "/huishouden",
					Map.of("name", "Cor Zand", "birthDate", "1981-04-02", "role", "adult", "contact", "06 1234",
							"address", "Pad 7"))
			.status()).isEqualTo(302);
		assertThat(browser.form("/casus/" + number + "/besluit", Map.of("remedy", "objection", "aan", "0")).status())
			.isEqualTo(302);
		String change = "update doorbraak.document set bytes = set_byte(bytes, 1000, get_byte(bytes, 1000) # 1) where case_id = (select id from doorbraak.case_file where number = ?)";
		assertThatThrownBy(() -> this.application.sql(change).param(number).update()).rootCause()
			.hasMessageContaining("permission denied");
		assertThatThrownBy(() -> this.town.database().sql(change).param(number).update())
			.as("nor by the owner without its hash")
			.rootCause()
			.hasMessageContaining("document_check");
		assertThat(lines(number, "documentKept")).as("its keyed hash is in the record").isEqualTo(1);
	}

	private String report() {
		return this.anna.report(Map.of("whatIsStuck", "Geen potje past."));
	}

	private static String cases(String number) {
		return "/api/v1/cases/" + number;
	}

	private <T> List<T> atOnce(Callable<T> act) throws Exception {
		return atOnce(AT_ONCE, act);
	}

	private <T> List<T> atOnce(int times, Callable<T> act) throws Exception {
		ExecutorService hands = Executors.newFixedThreadPool(times);
		CyclicBarrier barrier = new CyclicBarrier(times);
		try {
			List<Future<T>> asked = new ArrayList<>();
			for (int i = 0; i < times; i++) {
				asked.add(hands.submit(() -> {
					barrier.await();
					return act.call();
				}));
			}
			List<T> answers = new ArrayList<>();
			for (Future<T> each : asked) {
				answers.add(each.get());
			}
			return answers;
		}
		finally {
			hands.shutdownNow();
		}
	}

	private static int call(Callable<Integer> door) {
		try {
			return door.call();
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

	private String instance(String number) {
		return this.engine.createProcessInstanceQuery()
			.processInstanceBusinessKey(number)
			.processDefinitionKey("escalation-ladder")
			.singleResult()
			.getId();
	}

	private long history(String instance) {
		return this.application.sql("select count(*) from camunda.act_hi_actinst where root_proc_inst_id_ = ?")
			.param(instance)
			.query(Long.class)
			.single();
	}

	private long lines(String number, String act) {
		return this.town.database()
			.sql("select count(*) from doorbraak.audit_line where chain = ? and act like ?")
			.params(number, act)
			.query(Long.class)
			.single();
	}

	private List<String> rungs(String number) {
		return this.town.database()
			.sql("select r.rung || case when r.closed_at is null then ' open' else ' closed' end from doorbraak.case_rung r join doorbraak.case_file c on c.id = r.case_id where c.number = ? order by r.id")
			.param(number)
			.query(String.class)
			.list();
	}

	/** Where the case stands in our tables and in the engine's. */
	/** Without that it was read: a page that says what is wrong is one. */
	private String state(String number) {
		return rungs(number) + " " + (lines(number, "%") - lines(number, "caseRead")) + " " + this.town.database()
			.sql("select state || coalesce(threat, '') || coalesce(event_date::text, '') from doorbraak.case_file where number = ?")
			.param(number)
			.query(String.class)
			.single() + " "
				+ this.application.sql(
						"select string_agg(e.id_ || coalesce(e.act_id_, ''), ',' order by e.id_) from camunda.act_ru_execution e join camunda.act_ru_execution p on p.id_ = e.proc_inst_id_ where p.business_key_ = ?")
					.param(number)
					.query(String.class)
					.single();
	}

}
