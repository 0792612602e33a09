package nl.doorbraak;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import nl.doorbraak.casefile.PlanPart;
import nl.doorbraak.testing.Canary;
import nl.doorbraak.testing.Hurried;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Whatever people write lives in the case file and nowhere else: a word of its own goes
 * into every text field of every form and page, and is then looked for in the engine, the
 * log and the audit.
 */
@WholeApplication
class FreeTextIT {

	private final Town town;

	private final JdbcClient database;

	private final String canary = Canary.word();

	private final Map<String, String> words = new LinkedHashMap<>();

	private final Log log = new Log();

	private final Appender<ILoggingEvent> console = root().getAppender("CONSOLE");

	private final Map<String, Level> levels = new LinkedHashMap<>();

	@Autowired
	FreeTextIT(Town town, JdbcClient database) {
		this.town = town;
		this.database = database;
	}

	private static Logger root() {
		return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
	}

	@BeforeEach
	void listenToTheLog() {
		for (String name : List.of("nl.doorbraak", "org.camunda")) {
			Logger logger = (Logger) LoggerFactory.getLogger(name);
			this.levels.put(name, logger.getLevel());
			logger.setLevel(Level.DEBUG);
		}
		this.log.start();
		root().addAppender(this.log);
		// Nobody reads some ten thousand statements on the console.
		root().detachAppender(this.console);
	}

	@AfterEach
	void stopListening() {
		root().detachAppender(this.log);
		root().addAppender(this.console);
		this.levels.forEach((name, level) -> ((Logger) LoggerFactory.getLogger(name)).setLevel(level));
	}

	@Test
	void whatPeopleWriteLivesInTheCaseFileOnly() throws Exception {
		climb();
		down();
		internal();
		outside();
		onThePage();
		backing();
		competence();
		competenceOutside();
		new Hurried(this.town, this::word).play();
		assertThat(this.words.keySet()).as("every text field of every form was filled in").containsAll(textFields());
		assertThat(this.words).allSatisfy((field, word) -> assertThat(tablesWith("doorbraak", word)).as(field)
			.isSubsetOf("entry.fields", "case_file.what_is_stuck", "case_file.involved", "case_file.case_system_number",
					"document.title", "document_withdrawal.why", "household_member.name",
					"household_member.normalised_name", "household_member.contact", "household_member.address",
					field.equals("page/backing-on-subject") ? "backing.words" : "entry.fields")
			.isNotEmpty());
		assertThat(tablesWith("camunda", this.canary)).isEmpty();
		assertThat(this.log.lines).as("the log was heard").hasSizeGreaterThan(100);
		assertThat(this.log.lines).noneMatch((line) -> line.contains(this.canary));
	}

	@Test
	void failureInTheMiddleOfWorkTellsNothing() {
		Town.Visitor anna = this.town.as("anna");
		broken("case_file", "state <> 'reported'", () -> {
			Town.Answer answer = anna.post("/api/v1/cases", Map.of("whatIsStuck", word("failing/whatIsStuck")));
			assertThat(answer.status()).isEqualTo(500);
			assertThat(answer.text()).doesNotContain(this.canary, "Exception", "case_file");
		});
		broken("case_rung", "rung <> 'local'", () -> {
			assertThat(anna.post("/api/v1/cases", Map.of("whatIsStuck", word("failing/whatIsStuck"))).status())
				.isEqualTo(201);
			assertThatThrownBy(this.town::workDue).isInstanceOf(RuntimeException.class);
		});
		assertThat(this.database
			.sql("select count(*) from camunda.act_ru_job where exception_msg_ is not null and retries_ > 0")
			.query(Long.class)
			.single()).as("the failure was kept with the job").isPositive();
		assertThat(tablesWith("camunda", this.canary)).isEmpty();
		assertThat(this.log.lines).noneMatch((line) -> line.contains(this.canary));
		this.town.pass(java.time.Duration.ofMinutes(1));
	}

	@Test
	void decisionThatIsRefusedBehindItsFormLeavesNothing() {
		String number = reachMinistry();
		Town.Visitor amira = this.town.as("amira");
		String task = amira.task(number, "decide-breakthrough");
		amira.post("/api/v1/tasks/" + task + "/claim", null);
		Town.Answer answer = amira.post("/api/v1/tasks/" + task + "/complete",
				Map.of("decision", "down", "explanation", word("refused/explanation"), "takesOver",
						word("refused/takesOver"), "lookAgainOn", this.town.today().minusDays(1).toString()));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.text()).doesNotContain(this.canary);
		WebVisitor browser = WebVisitor.login(this.town, "amira");
		WebVisitor.Answer tasklist = browser.post(WebVisitor.ENGINE + "task/" + task + "/submit-form",
				Map.of("variables", Map.of("decision", Map.of("value", "down"), "explanation",
						Map.of("value", word("refused/explanation")), "takesOver",
						Map.of("value", word("refused/takesOver")), "lookAgainOn", Map.of("value", "2020-01-01"))));
		assertThat(tasklist.status()).isEqualTo(400);
		assertThat(tasklist.json().path("message").asText()).isEqualTo(answer.message());
		assertThat(tasklist.told()).doesNotContain(this.canary);
		assertThat(tablesWith("camunda", this.canary)).isEmpty();
		assertThat(tablesWith("doorbraak", this.canary)).isEmpty();
		assertThat(this.log.lines).noneMatch((line) -> line.contains(this.canary));
		amira.fill(number, "decide-breakthrough", Map.of("decision", "noRoom", "explanation", "x"));
	}

	/** Does something while the database refuses these rows. */
	private void broken(String table, String rule, Runnable act) {
		JdbcClient owner = this.town.database();
		owner.sql("alter table doorbraak." + table + " add constraint broken check (" + rule + ") not valid").update();
		try {
			act.run();
		}
		finally {
			owner.sql("alter table doorbraak." + table + " drop constraint broken").update();
		}
	}

	private String reachMinistry() {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", "x", "threat", "eviction", "eventDate",
				this.town.today().plusDays(1).toString()));
		for (int i = 0; i < 2; i++) {
			assertThat(anna.post("/api/v1/cases/" + number + "/redirection", Map.of("reason", "x")).status())
				.isEqualTo(200);
			this.town.workDue();
		}
		this.town.as("amira")
			.fill(number, "convene-escalation-team",
					Map.of("convenedOn", this.town.today().toString(), "whoDecides", "minister"));
		return number;
	}

	private void climb() {
		String today = this.town.today().toString();
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", word("report-case/whatIsStuck"), "memberName",
				word("report-case/memberName"), "memberBirthDate", "1980-01-01", "involved",
				word("report-case/involved"), "lifeDomains", List.of("money"), "residentSays",
				word("report-case/residentSays"), "caseSystemNumber", word("report-case/caseSystemNumber")));
		anna.fill(number, "make-plan",
				Map.of("desiredEffect", word("make-plan/desiredEffect"), "firstBreakthrough",
						word("make-plan/firstBreakthrough"), "ruleInTheWay", word("make-plan/ruleInTheWay"), "cost", 0,
						"deviates", "yes", "reservation", "none", "perspectiveShared", "no", "byWhom",
						word("make-plan/byWhom")));
		page(WebVisitor.login(this.town, "anna"), number, "instanties",
				Map.of("agency", "UWV,SVB,BD", "question", word("page/agency-question")));
		this.town.as("ulla")
			.fill(number, "answer-request", Map.of("answer", "granted", "action", word("answer-request/action"),
					"decidedBy", word("answer-request/decidedBy"), "reference", word("answer-request/reference")));
		refusals(number);
		this.town.as("bram")
			.fill(number, "answer-request",
					Map.of("answer", "notCompetent", "referredTo", "unknown", "why", word("answer-request/why")));
		anna.fill(number, "hold-mediated-session",
				Map.of("heldOn", today, "outcome", word("hold-mediated-session/outcome"), "perspectiveShared", "no"));
		LocalDate lastDay = LocalDate.parse(anna.state(number).path("termLastDay").asText());
		this.town.passUntil(lastDay.plusDays(1).atStartOfDay(ZoneId.of("Europe/Amsterdam")).toInstant());
		anna.fill(number, "decide-on-term", Map.of("choice", "extend", "reason", word("decide-on-term/reason")));
		anna.fill(number, "decide-locally",
				Map.of("decision", "brokenThrough", "explanation", word("decide-locally/explanation")));
		page(WebVisitor.login(this.town, "anna"), number, "advies",
				Map.of("adviser", "legalAdviser", "question", word("page/advice-question")));
		this.town.as("noor")
			.answerAsRead(number, "answer-consultation",
					Map.of("opinion", "disagree", "remarks", word("answer-consultation/remarks")));
		assertThat(WebVisitor.login(this.town, "mila")
			.form("/tekenen/" + number + "/vraag", Map.of("question", word("page/signers-question")))
			.status()).isEqualTo(302);
		anna.answerAsRead(number, "answer-consultation", Map.of("answer", word("answer-consultation/answer")));
		this.town.as("mila")
			.sign(number, Map.of("decision", "refuse", "ground", "policy", "reason", word("sign-off/reason")));
		anna.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "x"));
		this.town.as("mila").sign(number, Map.of("decision", "passOn", "passOnReason", word("sign-off/passOnReason")));
		this.town.as("dirk").sign(number, Map.of("decision", "sendBack", "missing", word("sign-off/missing")));
		anna.fill(number, "decide-locally", Map.of("decision", "up", "explanation", "x"));
		Town.Visitor paul = this.town.as("paul");
		paul.fill(number, "hold-round-table",
				Map.of("heldOn", today, "agreements", word("hold-round-table/agreements")));
		paul.fill(number, "decide-regionally",
				Map.of("decision", "up", "explanation", word("decide-regionally/explanation")));
		Town.Visitor lotte = this.town.as("lotte");
		lotte.fill(number, "make-first-contact", Map.of("contactedOn", today, "competentBodyStatus", "known",
				"competentBody", word("make-first-contact/competentBody"), "notes", word("make-first-contact/notes")));
		lotte.fill(number, "decide-nationally",
				Map.of("decision", "up", "explanation", word("decide-nationally/explanation")));
		Town.Visitor amira = this.town.as("amira");
		amira.fill(number, "convene-escalation-team",
				Map.of("convenedOn", today, "whoDecides", "minister", "hardshipClause",
						word("convene-escalation-team/hardshipClause"), "notes",
						word("convene-escalation-team/notes")));
		amira.fill(number, "decide-breakthrough",
				Map.of("decision", "brokenThrough", "explanation", word("decide-breakthrough/explanation")));
		assertThat(anna.state(number).path("state").asText()).isEqualTo("closed");
		anna.fill(number, "announce-decision",
				Map.of("announcedAs", "elsewhere", "sentOn", this.town.today().toString(), "manner", "post",
						"addressee", "resident", "remedy", "none", "reference", word("announce-decision/reference")));
		page(WebVisitor.login(this.town, "anna"), number, "bezwaar",
				Map.of("kind", "objection", "receivedOn", this.town.today().toString(), "reference", "2026-1"));
		anna.fill(number, "decide-objection", Map.of("outcome", "withdrawn", "why", word("decide-objection/why")));
		anna.fill(number, "confirm-measures", Map.of("carriedOut", "yes", "whatWasDone",
				word("confirm-measures/whatWasDone"), "byWhom", word("confirm-measures/byWhom")));
		anna.fill(number, "record-outcome",
				Map.of("outcome", "solved", "knot", word("record-outcome/knot"), "whatChanged",
						word("record-outcome/whatChanged"), "residentSays", word("record-outcome/residentSays"),
						"learned", word("record-outcome/learned")));
		page(WebVisitor.login(this.town, "anna"), number, "nazorg/ervaring/0",
				Map.of("serious", "2", "text", word("page/survey-text")));
		this.town.database()
			.sql("update doorbraak.aftercare set begins_on = :today where months = 3")
			.param("today", java.sql.Date.valueOf(this.town.today()))
			.update();
		this.town.pass(java.time.Duration.ofMinutes(1));
		anna.fill(number, "record-aftercare", Map.of("holds", "no", "howItGoes", word("record-aftercare/howItGoes"),
				"stillNeeded", word("record-aftercare/stillNeeded")));
	}

	/** From the highest level down to the lowest, each time with who takes over. */
	private void down() {
		String number = reachMinistry();
		down("amira", number, "decide-breakthrough");
		this.town.as("lotte")
			.fill(number, "make-first-contact",
					Map.of("contactedOn", this.town.today().toString(), "competentBodyStatus", "unknown"));
		down("lotte", number, "decide-nationally");
		this.town.as("paul")
			.fill(number, "hold-round-table", Map.of("heldOn", this.town.today().toString(), "agreements", "x"));
		down("paul", number, "decide-regionally");
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		page(anna, number, "maatregelen", Map.of("source", "roundTable", "what", word("page/measure-what"), "who",
				"UWV", "dueOn", this.town.today().toString()));
		long measure = this.database.sql("select max(id) from doorbraak.measure").query(Long.class).single();
		assertThat(anna
			.form("/maatregelen/" + measure + "/antwoord",
					Map.of("outcome", "failed", "said", word("page/measure-said")))
			.status()).isEqualTo(302);
		assertThat(WebVisitor.login(this.town, "mila")
			.form("/budgetten",
					Map.of("organisation", "GM9001", "name", "Budget van " + this.canary.hashCode(), "year",
							String.valueOf(this.town.today().getYear()), "amount", "100", "costCentre", "6.71"))
			.status()).isEqualTo(302);
		String budget = String
			.valueOf(this.database.sql("select max(id) from doorbraak.budget").query(Long.class).single());
		page(anna, number, "betalingen", Map.of("budget", budget, "what", word("page/expense-what"), "amount", "1",
				"paidOn", this.town.today().toString(), "reference", "F-1"));
		long expense = this.database.sql("select max(id) from doorbraak.expense").query(Long.class).single();
		page(anna, number, "betalingen/" + expense + "/terug", Map.of("reason", word("page/expense-reason")));
		page(anna, number, "intrekken", Map.of("reason", "x"));
		this.town.workDue();
	}

	private void down(String login, String number, String form) {
		this.town.as(login)
			.fill(number, form, Map.of("decision", "down", "explanation", "x", "takesOver", word(form + "/takesOver"),
					"lookAgainOn", this.town.today().plusDays(20).toString()));
	}

	private void internal() {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", word("report-case/whatIsStuck"), "threat", "eviction",
				"eventDate", this.town.today().toString()));
		anna.fill(number, "make-plan", Map.of("desiredEffect", "x", "firstBreakthrough", "x", "cost", 10, "deviates",
				"no", "reservation", "none", "perspectiveShared", "yes"));
		anna.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "x"));
		anna.fill(number, "announce-decision",
				Map.of("announcedAs", "internal", "whyInternal", word("announce-decision/whyInternal")));
		anna.fill(number, "look-back",
				Map.of("couldHaveBeenDecided", word("look-back/couldHaveBeenDecided"), "whoCouldHave",
						word("look-back/whoCouldHave"), "agreedForNextTime", word("look-back/agreedForNextTime")));
	}

	/** Sara's region does not work in Doorbraak. */
	private void outside() {
		Town.Visitor sara = this.town.as("sara");
		String number = sara.report(Map.of("whatIsStuck", word("report-case/whatIsStuck")));
		sara.fill(number, "make-plan",
				Map.of("desiredEffect", "x", "firstBreakthrough", "x", "perspectiveShared", "yes"));
		sara.fill(number, "decide-locally", Map.of("decision", "up", "explanation", "x"));
		sara.fill(number, "report-outside",
				Map.of("reportedOn", this.town.today().toString(), "reportedTo", word("report-outside/reportedTo"),
						"reference", word("report-outside/reference"), "nextContactOn", this.town.today().toString()));
		this.town.pass(java.time.Duration.ofDays(1));
		sara.fill(number, "enter-outside-answer",
				Map.of("answered", "yes", "decision", "down", "explanation", "x", "takesOver",
						word("enter-outside-answer/takesOver"), "lookAgainOn",
						this.town.today().plusDays(20).toString()));
		sara.fill(number, "make-plan",
				Map.of("desiredEffect", "x", "firstBreakthrough", "x", "perspectiveShared", "yes"));
		sara.fill(number, "decide-locally", Map.of("decision", "up", "explanation", "x"));
		sara.fill(number, "report-outside", Map.of("reportedOn", this.town.today().toString(), "reportedTo", "x",
				"nextContactOn", this.town.today().toString()));
		this.town.pass(java.time.Duration.ofDays(1));
		sara.fill(number, "enter-outside-answer",
				Map.of("answered", "yes", "decision", "brokenThrough", "decidedBy",
						word("enter-outside-answer/decidedBy"), "reference", word("enter-outside-answer/reference"),
						"explanation", word("enter-outside-answer/explanation")));
	}

	private void onThePage() {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", word("report-case/whatIsStuck"), "threat", "eviction",
				"eventDate", this.town.today().plusDays(1).toString()));
		WebVisitor browser = WebVisitor.login(this.town, "anna");
		page(browser, number, "huishouden", Map.of("name", word("page/member-name"), "role", "child", "contact",
				word("page/contact"), "address", word("page/address"), "addressSecret", "true"));
		page(browser, number, "inwoner", Map.of("woorden", word("page/resident-says")));
		paper(browser, number);
		page(browser, number, "rondetafel", Map.of("day", this.town.today().plusDays(2).toString(), "begin", "10:00",
				"end", "11:00", "where", "online", "place", word("page/round-table-place"), "guests", "anna,karim"));
		plan(browser, number);
		emergency(number);
		page(browser, number, "doorzetten", Map.of("reason", word("page/redirect-reason")));
		this.town.workDue();
		page(browser, number, "intrekken", Map.of("reason", word("page/withdraw-reason")));
		this.town.workDue();
		assertThat(anna.state(number).path("outcome").asText()).isEqualTo("withdrawn");
	}

	private void paper(WebVisitor browser, String number) {
		String sent = "--x\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nother\r\n--x\r\nContent-Disposition: form-data; name=\"datedOn\"\r\n\r\n"
				+ this.town.today() + "\r\n--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n"
				+ word("page/paper-title") + "\r\n--x\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\""
				+ this.canary + ".pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7 %%EOF\r\n--x--\r\n";
		assertThat(
				browser.send("POST", "/casus/" + number + "/stukken", sent, "multipart/form-data; boundary=x", Map.of())
					.status())
			.isEqualTo(302);
		long paper = this.database.sql("select max(id) from doorbraak.document").query(Long.class).single();
		page(browser, number, "stukken/" + paper + "/intrekken", Map.of("why", word("page/paper-why")));
	}

	private void emergency(String number) {
		assertThat(WebVisitor.login(this.town, "bert")
			.form("/noodtoegang",
					Map.of("casus", number, "reason", "danger", "why", word("page/emergency-why"), "confirmed", "true"))
			.status()).isEqualTo(302);
		long access = this.database.sql(
				"select e.id from doorbraak.emergency_access e join doorbraak.case_file c on c.id = e.case_id where c.number = ?")
			.param(number)
			.query(Long.class)
			.single();
		assertThat(WebVisitor.login(this.town, "mila")
			.form("/noodtoegang/" + access, Map.of("verdict", "justified", "why", word("page/review-why")))
			.status()).isEqualTo(302);
		assertThat(WebVisitor.login(this.town, "bert")
			.form("/casus/" + number + "/waarvoor", Map.of("purpose", "other", "other", word("page/purpose-other")))
			.status()).isEqualTo(302);
		assertThat(WebVisitor.login(this.town, "joris")
			.form("/controle/" + number + "/namen", Map.of("purpose", "complaint", "why", word("page/names-why")))
			.status()).isEqualTo(302);
		assertThat(WebVisitor.login(this.town, "joris")
			.form("/controle/" + number + "/bewijspakket",
					Map.of("names", "shown", "purpose", "complaint", "why", word("page/evidence-why")))
			.status()).isEqualTo(200);
	}

	/** Nobody knows who may decide; the desk settles it, and cannot the second time. */
	private void competence() {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", "x", "threat", "eviction", "eventDate",
				this.town.today().plusDays(1).toString()));
		WebVisitor browser = WebVisitor.login(this.town, "anna");
		page(browser, number, "bevoegd", Map.of("status", "unknown", "ground", word("page/competence-ground")));
		page(browser, number, "doorzetten", Map.of("reason", "x"));
		this.town.workDue();
		page(WebVisitor.login(this.town, "lotte"), number, "bevoegd", Map.of("status", "known", "body", "GM9001",
				"ground", word("page/settled-ground"), "decidedBy", word("page/settled-by")));
		Town.Visitor lotte = this.town.as("lotte");
		lotte.fill(number, "make-first-contact",
				Map.of("contactedOn", this.town.today().toString(), "competentBodyStatus", "disputed"));
		lotte.fill(number, "decide-nationally", Map.of("decision", "noRoom", "explanation", "x", "whyUnsettled",
				word("decide-nationally/whyUnsettled")));
		assertThat(anna.state(number).path("outcome").asText()).isEqualTo("closedWithoutRoom");
	}

	/** The same at a desk that does not work in Doorbraak: the team enters it. */
	private void competenceOutside() {
		Town.Visitor anna = this.town.as("anna");
		connect(false);
		try {
			String number = anna.report(Map.of("whatIsStuck", "x", "threat", "eviction", "eventDate",
					this.town.today().plusDays(1).toString()));
			WebVisitor browser = WebVisitor.login(this.town, "anna");
			page(browser, number, "bevoegd", Map.of("status", "unknown", "ground", "x"));
			page(browser, number, "doorzetten", Map.of("reason", "x"));
			this.town.workDue();
			anna.fill(number, "report-outside", Map.of("reportedOn", this.town.today().toString(), "reportedTo", "x",
					"nextContactOn", this.town.today().toString()));
			this.town.pass(java.time.Duration.ofDays(1));
			Map<String, Object> closed = new LinkedHashMap<>(
					Map.of("answered", "yes", "decision", "noRoom", "explanation", "x"));
			String task = anna.task(number, "enter-outside-answer");
			anna.post("/api/v1/tasks/" + task + "/claim", null);
			assertThat(anna.post("/api/v1/tasks/" + task + "/complete", closed).message())
				.isEqualTo("'Wie bevoegd is, is nog niet beslist. Waarom niet?' is nog niet ingevuld.");
			closed.put("whyUnsettled", word("enter-outside-answer/whyUnsettled"));
			anna.fill(number, "enter-outside-answer", closed);
			assertThat(anna.state(number).path("outcome").asText()).isEqualTo("closedWithoutRoom");
		}
		finally {
			connect(true);
		}
	}

	private void connect(boolean desk) {
		this.town.database()
			.sql("update doorbraak.organisation set connected = ? where id = 'LMM'")
			.param(desk)
			.update();
	}

	/** Every question of every part of the plan that is answered in words. */
	private void plan(WebVisitor browser, String number) {
		for (PlanPart part : PlanPart.values()) {
			Map<String, String> fields = new LinkedHashMap<>();
			part.fields().forEach((field) -> fields.put(field.key(), switch (field.type()) {
				case TEXT, LINE -> word("page/plan-" + part.code() + "-" + field.key());
				case DATE -> this.town.today().toString();
				case AMOUNT -> "10";
				case CHOICE, MANY -> field.options().get(0);
				case YES -> "yes";
				case BODY -> "UWV";
				case BREAKTHROUGH -> "5";
			}));
			page(browser, number, "plan/" + part.code(), fields);
		}
	}

	/**
	 * What a director stands for: on a case it stands in the case, on a subject it names
	 * nobody.
	 */
	private void backing() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "x"));
		this.town.as("anna")
			.fill(number, "make-plan", Map.of("desiredEffect", "x", "firstBreakthrough", "x", "cost", 12000, "deviates",
					"no", "reservation", "none", "perspectiveShared", "yes"));
		this.town.as("anna").fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "x"));
		WebVisitor dirk = WebVisitor.login(this.town, "dirk");
		assertThat(dirk.form("/rugdekking", Map.of("casus", number, "tekst", word("page/backing-on-case"))).status())
			.isEqualTo(302);
		assertThat(
				dirk.form("/rugdekking", Map.of("gebied", "money", "tekst", word("page/backing-on-subject"))).status())
			.isEqualTo(302);
	}

	/** An agency that needs something, refuses, and refuses again. */
	private void refusals(String number) {
		Town.Visitor siem = this.town.as("siem");
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		page(anna, number, "delen",
				Map.of("organisation", "SVB", "items", "health", "purpose", "decide", "basis", "publicTask",
						"necessity", word("page/share-necessity"), "subsidiarity", word("page/share-subsidiarity"),
						"special", word("page/share-special"), "notInformed", "notReachable"));
		siem.fill(number, "answer-request",
				Map.of("answer", "needsFacts", "needed", word("answer-request/needed"), "neededFrom", "resident"));
		this.town.as("anna").fill(number, "deliver-facts", Map.of("delivered", word("deliver-facts/delivered")));
		Map<String, Object> refusal = Map.of("answer", "refused", "decidedBy", "De teammanager.", "grounds",
				word("answer-request/grounds"), "alternative", word("answer-request/alternative"), "sufficient",
				word("answer-request/sufficient"), "assessedAll", "yes", "remedy", "none", "toldBy", "visit");
		siem.fill(number, "answer-request", refusal);
		String refused = this.database
			.sql("select max(id)::text from doorbraak.agency_request where answer = 'refused'")
			.query(String.class)
			.single();
		page(anna, number, "instanties", Map.of("agency", "SVB", "question", "Nog eens", "previous", refused,
				"workaround", word("page/agency-workaround")));
		Map<String, Object> again = new LinkedHashMap<>(refusal);
		again.putAll(Map.of("knownBefore", "yes", "newFacts", word("answer-request/newFacts")));
		siem.fill(number, "answer-request", again);
		page(anna, number, "instanties/" + refused + "/afwijzing-ingetrokken",
				Map.of("why", word("page/agency-withdrawal")));
	}

	private static void page(WebVisitor browser, String number, String act, Map<String, String> fields) {
		assertThat(browser.form("/casus/" + number + "/" + act, fields).status()).as(act).isEqualTo(302);
	}

	private String word(String field) {
		return this.words.computeIfAbsent(field, (key) -> this.canary + "x" + this.words.size() + "x");
	}

	/** Every field of every form in which people write, as form/key. */
	private static Set<String> textFields() throws Exception {
		Set<String> fields = new TreeSet<>();
		for (Resource form : new PathMatchingResourcePatternResolver().getResources("classpath*:forms/*.form")) {
			JsonNode definition = new ObjectMapper().readTree(form.getInputStream());
			definition.path("components").forEach((field) -> {
				if (Set.of("textfield", "textarea").contains(field.path("type").asText())
						&& !field.path("readonly").asBoolean()) {
					fields.add(definition.path("id").asText() + "/" + field.path("key").asText());
				}
			});
		}
		return fields;
	}

	/** The columns of a schema that hold this word, in any encoding of text. */
	private Set<String> tablesWith(String schema, String word) {
		List<Map<String, Object>> columns = this.database.sql("""
				select c.table_name as t, c.column_name as c, c.data_type as d from information_schema.columns c
				join information_schema.tables t using (table_schema, table_name)
				where c.table_schema = :schema and t.table_type = 'BASE TABLE' and t.table_name not like 'flyway%'
				  and c.data_type in ('text', 'character varying', 'bytea', 'jsonb', 'json', 'ARRAY')""")
			.param("schema", schema)
			.query()
			.listOfRows();
		assertThat(columns).hasSizeGreaterThan(20);
		Set<String> found = new TreeSet<>();
		columns.forEach((column) -> {
			String bytes = column.get("d").equals("bytea") ? "%s" : "convert_to(%s::text, 'UTF8')";
			long rows = this.database
				.sql("select count(*) from " + schema + "." + column.get("t")
						+ " where position(convert_to(:word, 'UTF8') in "
						+ bytes.formatted("\"" + column.get("c") + "\"") + ") > 0")
				.param("word", word)
				.query(Long.class)
				.single();
			if (rows > 0) {
				found.add(column.get("t") + "." + column.get("c"));
			}
		});
		return found;
	}

	private static final class Log extends AppenderBase<ILoggingEvent> {

		private final List<String> lines = java.util.Collections.synchronizedList(new ArrayList<>());

		@Override
		protected void append(ILoggingEvent event) {
			this.lines.add(event.getFormattedMessage() + ((event.getThrowableProxy() != null)
					? ThrowableProxyUtil.asString(event.getThrowableProxy()) : ""));
		}

	}

}
