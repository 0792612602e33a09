package nl.doorbraak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.testing.Attack;
import com.fasterxml.jackson.databind.JsonNode;
import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.util.HtmlUtils;

import static nl.doorbraak.testing.WebVisitor.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What may be written, and by whom, is decided by the server and in the same way at both
 * doors: our API and the engine's web API that Tasklist uses.
 */
@WholeApplication
class FormGuardIT {

	private static final String HUGE = "x".repeat(100_000);

	private static final Map<String, Object> PLAN = Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Aflossen.",
			"perspectiveShared", "yes");

	private final Town town;

	private final JdbcClient database;

	private Town.Visitor anna;

	private WebVisitor annasBrowser;

	@Autowired
	FormGuardIT(Town town, JdbcClient database) {
		this.town = town;
		this.database = database;
	}

	@BeforeEach
	void annaIsThere() {
		this.anna = this.town.as("anna");
		this.annasBrowser = WebVisitor.login(this.town, "anna");
	}

	/** One bad submission of a plan or a decision. */
	record Bad(String what, String field, Object value, String label) {

		@Override
		public String toString() {
			return this.what;
		}

	}

	static Stream<Bad> badPlans() {
		String effect = "Wat wil de inwoner bereiken? In zijn of haar eigen woorden";
		String breakthrough = "Eerste doorbraak: wat moet er als eerste gebeuren?";
		return Stream.of(new Bad("undeclared", "mandateGranted", true, "mandateGranted"),
				new Bad("undeclared", "rung", "ministry", "rung"),
				new Bad("undeclared", "leadAgency", "UWV", "leadAgency"),
				new Bad("undeclared", "approvedBy", "mila", "approvedBy"),
				new Bad("undeclared with a wicked name", "<script>kwaad(7)</script>", "x", "Een veld"),
				new Bad("__proto__", "__proto__", Map.of("polluted", true), "Een veld"),
				new Bad("constructor", "constructor", "kwaad(7)", "constructor"),
				new Bad("read-only changed", "whatIsStuck", "Iets anders kwaad(7)", "Wat zit er vast?"),
				new Bad("missing", "desiredEffect", null, effect), new Bad("blank", "desiredEffect", "   ", effect),
				new Bad("too long", "desiredEffect", "x".repeat(4001), effect),
				new Bad("100,000 characters", "desiredEffect", HUGE, effect),
				new Bad("a number for text", "desiredEffect", 7, effect),
				new Bad("a list for text", "firstBreakthrough", List.of("kwaad(7)"), breakthrough),
				new Bad("an object for text", "firstBreakthrough", Map.of("a", "kwaad(7)"), breakthrough),
				new Bad("U+0000", "firstBreakthrough", "kwaad(7)\u0000", breakthrough),
				new Bad("a lone surrogate", "firstBreakthrough", "kwaad(7)\ud800", breakthrough),
				new Bad("bytes that were no text", "firstBreakthrough", "kwaad(7)\ufffd", breakthrough),
				new Bad("an escape character", "firstBreakthrough", "\u001b[31mkwaad(7)", breakthrough),
				new Bad("text for a number", "cost", "kwaad(7)", "Wat kost dat? (euro)"),
				new Bad("below the least", "cost", -1, "Wat kost dat? (euro)"),
				new Bad("above the most", "cost", 10_000_001, "Wat kost dat? (euro)"),
				new Bad("an endless number", "cost", new java.math.BigDecimal("1e999999"), "Wat kost dat? (euro)"),
				new Bad("too many decimals", "cost", 1.001, "Wat kost dat? (euro)"),
				new Bad("too long in a line", "ruleInTheWay", "x".repeat(201), "Welke regel zit in de weg?"),
				new Bad("an unknown option", "perspectiveShared", "kwaad(7)",
						"Zijn de betrokkenen het eens over het perspectief van het huishouden?"),
				new Bad("a list for an option", "perspectiveShared", List.of("yes"),
						"Zijn de betrokkenen het eens over het perspectief van het huishouden?"),
				new Bad("true for an option", "perspectiveShared", true,
						"Zijn de betrokkenen het eens over het perspectief van het huishouden?"));
	}

	@Attack(value = "G01", failedWith = "the zero sign taken for text")
	@Test
	@Attack(value = "D01", failedWith = "undeclared fields let through by the form checker")
	void badPlanIsRefusedAtBothDoorsAndChangesNothing() {
		String number = this.anna.report(FirstClimbIT.SMALL_DEBT);
		String task = this.anna.task(number, "make-plan");
		claim(task);
		badPlans().forEach((bad) -> {
			Map<String, Object> fields = new LinkedHashMap<>(PLAN);
			fields.put(bad.field(), bad.value());
			refused(this.anna, this.annasBrowser, bad, number, task, fields);
		});
		assertThat(complete(task, PLAN).status()).isEqualTo(200);
	}

	@Test
	@Attack(value = "D01", failedWith = "undeclared fields let through by the form checker")
	void fieldsThatNoFormHasAreToldToTheAdministratorsOnceADay() {
		String number = this.anna.report(FirstClimbIT.SMALL_DEBT);
		String task = this.anna.task(number, "make-plan");
		claim(task);
		String before = state(number, task);
		this.town.database().sql("delete from doorbraak.alert where kind = 'formForged'").update();
		for (String field : List.of("mandateGranted", "rung", "leadAgency", "approvedBy")) {
			Map<String, Object> fields = new LinkedHashMap<>(PLAN);
			fields.put(field, "x");
			assertThat(complete(task, fields).status()).as(field).isEqualTo(400);
			assertThat(this.annasBrowser.post(submit(task), variables(fields)).status()).as(field).isEqualTo(400);
		}
		assertThat(state(number, task)).isEqualTo(before);
		assertThat(this.database.sql("select recipient_login from doorbraak.alert where kind = 'formForged'")
			.query(String.class)
			.list()).containsExactly("femke");
		this.town.pass(Duration.ZERO);
		assertThat(this.town.database()
			.sql("select subject || body from demo.mail where subject like '%Iemand stuurde velden%'")
			.query(String.class)
			.list()).isNotEmpty().noneMatch((mail) -> mail.contains(number) || mail.contains("anna"));
	}

	static Stream<Bad> badDecisions() {
		String when = "Wanneer kijken wij opnieuw?";
		return Stream.of(new Bad("hidden sent", "lookAgainOn", "2027-01-31", when),
				new Bad("an unknown option", "decision", "minister", "Wat besluit u?"),
				new Bad("a date that is none", "lookAgainOn", "2027-02-30", when),
				new Bad("the year 9999", "lookAgainOn", "9999-01-01", when),
				new Bad("a date with a time", "lookAgainOn", "2027-03-28T02:30", when),
				new Bad("a number for a date", "lookAgainOn", 20270131, when),
				new Bad("a timer's text for a date", "lookAgainOn", "R/PT0S", when),
				new Bad("no date", "lookAgainOn", null, when),
				new Bad("read-only changed", "desiredEffect", "kwaad(7)", "Wat wil de inwoner bereiken?"));
	}

	@Test
	@Attack(value = "D02", failedWith = "the form checker says no to nothing of a field")
	void badDecisionIsRefusedAtBothDoorsAndChangesNothing() {
		String number = this.anna.report(FirstClimbIT.SMALL_DEBT);
		this.anna.fill(number, "make-plan", PLAN);
		this.anna.fill(number, "decide-locally", Map.of("decision", "up", "explanation", "x"));
		Town.Visitor paul = this.town.as("paul");
		paul.fill(number, "hold-round-table",
				Map.of("heldOn", this.town.today().toString(), "invited", List.of("uwv"), "agreements", "x"));
		String task = paul.task(number, "decide-regionally");
		paul.post("/api/v1/tasks/" + task + "/claim", null);
		WebVisitor browser = WebVisitor.login(this.town, "paul");
		badDecisions().forEach((bad) -> {
			Map<String, Object> fields = new LinkedHashMap<>();
			boolean up = bad.what().equals("hidden sent");
			fields.put("decision", up ? "up" : "down");
			fields.put("explanation", "x");
			if (!up) {
				fields.put("takesOver", "Het wijkteam.");
				fields.put("lookAgainOn", this.town.today().plusDays(30).toString());
			}
			fields.put(bad.field(), bad.value());
			refused(paul, browser, bad, number, task, fields);
		});
	}

	/** Of who is not on the case; some labels and options are facts. */
	static Stream<Bad> badAnswers() {
		return Stream.of(new Bad("a condition left out", "conditionB", null, "De wachttijd is voorbij (Wet WIA 23)"),
				new Bad("an unknown finding", "conditionA", "kwaad(7)", "De inwoner was verzekerd (Wet WIA 7)"),
				new Bad("a condition that is not on the list", "conditionE", "met", "conditionE"),
				new Bad("hidden sent", "needed", "kwaad(7)", "Wat hebt u nog nodig?"),
				new Bad("read-only changed", "question", "kwaad(7)", "Wat wordt er gevraagd?"),
				new Bad("another's answer", "referredTo", "SVB", "Wie gaat er wel over?"),
				new Bad("text for a checkbox", "identified", "kwaad(7)", "Wij weten over wie het gaat"),
				new Bad("undeclared", "assessed", true, "assessed"));
	}

	@Test
	@Attack(value = "D02", failedWith = "the form checker says no to nothing of a field")
	void badAnswerOfAnAgencyIsRefusedAtBothDoorsAndChangesNothing() {
		String number = this.anna.report(FirstClimbIT.SMALL_DEBT);
		this.anna.post("/api/v1/cases/" + number + "/agency-requests", Map.of("agencies", List.of("UWV"), "question",
				"Kan dit?", "kind", "application", "scheme", "disabilityBenefit"));
		this.town.workDue();
		Town.Visitor ulla = this.town.as("ulla");
		String task = ulla.task(number, "answer-request");
		ulla.post(api(task, "claim"), null);
		WebVisitor browser = WebVisitor.login(this.town, "ulla");
		Map<String, Object> refusal = new LinkedHashMap<>(Map.of("answer", "refused", "decidedBy", "Teammanager",
				"grounds", "x", "sufficient", "x", "remedy", "none", "toldBy", "phone"));
		for (String letter : List.of("A", "B", "C", "D")) {
			refusal.put("condition" + letter, letter.equals("B") ? "notMet" : "met");
		}
		badAnswers().forEach((bad) -> {
			Map<String, Object> fields = new LinkedHashMap<>(refusal);
			fields.put(bad.field(), bad.value());
			refused(ulla, browser, bad, number, task, fields);
		});
		assertThat(ulla.post(api(task, "complete"), refusal).status()).isEqualTo(200);
	}

	static Stream<Bad> badReports() {
		String stuck = "Wat zit er vast? Eén zin is genoeg.";
		return Stream.of(new Bad("undeclared", "municipality", "GM9002", "municipality"),
				new Bad("missing", "whatIsStuck", null, stuck),
				new Bad("U+0000", "whatIsStuck", "kwaad(7)\u0000", stuck),
				new Bad("too long", "whatIsStuck", "x".repeat(1001), stuck),
				new Bad("hidden sent", "eventDate", "2027-01-31", "Wanneer gebeurt dit?"),
				new Bad("an unknown option", "threat", "kwaad(7)", "Dreigt er iets?"),
				new Bad("an unknown option in a list", "lifeDomains", List.of("money", "kwaad(7)"),
						"Waar gaat het over?"),
				new Bad("nothing in a list", "lifeDomains", java.util.Collections.singletonList(null),
						"Waar gaat het over?"),
				new Bad("text for a list", "lifeDomains", "kwaad(7)", "Waar gaat het over?"),
				new Bad("text for a checkbox", "reportAnyway", "kwaad(7)", "Toch melden"),
				new Bad("a date that is none", "memberBirthDate", "1979-02-30", "Geboortedatum van deze inwoner"));
	}

	@Test
	void badReportIsRefusedAtBothDoorsAndOpensNoCase() {
		badReports().forEach(this::reportIsRefused);
	}

	private void reportIsRefused(Bad bad) {
		Map<String, Object> fields = new LinkedHashMap<>(FirstClimbIT.SMALL_DEBT);
		fields.put(bad.field(), bad.value());
		long cases = count("doorbraak.case_file");
		long instances = count("camunda.act_hi_procinst");
		Town.Answer api = this.anna.send(HttpMethod.POST, "/api/v1/cases", text(fields));
		assertRefused(bad, api.status(), api.text(), api.json());
		WebVisitor.Answer tasklist = this.annasBrowser.post(startForm(), variables(fields));
		assertRefused(bad, tasklist.status(), tasklist.told(), tasklist.json());
		assertThat(tasklist.header("Content-Type")).startsWith("application/problem+json");
		assertThat(count("doorbraak.case_file")).isEqualTo(cases);
		assertThat(count("camunda.act_hi_procinst")).isEqualTo(instances);
	}

	@Test
	void reportAtTasklistsDoorOpensACase() {
		long cases = count("doorbraak.case_file");
		WebVisitor.Answer answer = this.annasBrowser.post(startForm(), variables(FirstClimbIT.SMALL_DEBT));
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		assertThat(answer.json().path("businessKey").asText()).startsWith("DB-");
		assertThat(count("doorbraak.case_file")).isEqualTo(cases + 1);
		assertThat(this.database.sql("select life_domains::text from doorbraak.case_file where number = :number")
			.param("number", answer.json().path("businessKey").asText())
			.query(String.class)
			.single()).isEqualTo("{money,family,work,housing,care}");
		this.town.workDue();
	}

	static Stream<String> wicked() {
		return Stream.of("${7*7}", "#{7*7}", "{{constructor.constructor('x')()}}", "<script>alert(1)</script>",
				"[[${7*7}]]", "<img src=x onerror=alert(1)>", "[\"geen lijst\"]", "[1, 2]", "{\"a\": 1}", "null",
				"true", "=1+1", "\ud83c\udfe0 huis", "regel\nregel", "${jndi:ldap://127.0.0.1/x}",
				"'; drop table x; --", "om\u202egedraaid", "on\u200bzicht\u200dbaar", "e" + "\u0301".repeat(999));
	}

	@Test
	@Attack(value = "C05", failedWith = "a field of a form evaluated by the engine")
	void wickedTextIsKeptToTheLetterAtBothDoors() {
		wicked().forEach((text) -> {
			isKept(text, false);
			isKept(text, true);
		});
	}

	private void isKept(String text, boolean tasklist) {
		String number = report(Map.of("whatIsStuck", text));
		String task = this.anna.task(number, "make-plan");
		assertThat(this.annasBrowser.post(ENGINE + "task/" + task + "/claim", Map.of("userId", "anna")).status())
			.isEqualTo(204);
		Map<String, Object> fields = new LinkedHashMap<>(PLAN);
		fields.put("firstBreakthrough", text);
		fields.put("whatIsStuck", text);
		int status = tasklist ? this.annasBrowser.post(submit(task), variables(fields)).status()
				: complete(task, fields).status();
		assertThat(status).isIn(200, 204);
		assertThat(this.database
			.sql("select f ->> 'value' from doorbraak.entry e join doorbraak.case_file c on c.id = e.case_id, "
					+ "jsonb_array_elements(e.fields) f where c.number = :number and f ->> 'key' = 'firstBreakthrough'")
			.param("number", number)
			.query(String.class)
			.single()).isEqualTo(text);
		assertThat(this.annasBrowser.get("/casus/" + number).body()).contains(HtmlUtils.htmlEscape(text, "UTF-8"))
			.doesNotContain("<script>alert", "<img src=x");
	}

	/** Reports in Tasklist. */
	private String report(Map<String, ?> fields) {
		WebVisitor.Answer answer = this.annasBrowser.post(startForm(), variables(fields));
		assertThat(answer.status()).as(answer.body()).isEqualTo(200);
		this.town.workDue();
		return answer.json().path("businessKey").asText();
	}

	@Test
	void whatIsNoFormIsRefusedByTasklistsDoor() {
		String number = this.anna.report(FirstClimbIT.SMALL_DEBT);
		String task = this.anna.task(number, "make-plan");
		claim(task);
		String before = state(number, task);
		String good = "{\"value\":\"kwaad(7)\"}";
		List<String> bodies = List.of("", "null", "[]", "7", "\"kwaad(7)\"", "{", "{\"variables\":[]}",
				"{\"variables\":7}", "{\"variables\":{\"desiredEffect\":\"kwaad(7)\"}}",
				"{\"variables\":{\"desiredEffect\":{\"value\":\"a\",\"wrong\":\"kwaad(7)\"}}}",
				"{\"variables\":{\"desiredEffect\":{\"value\":\"kwaad(7)\",\"type\":\"Object\"}}}",
				"{\"variables\":{\"desiredEffect\":{\"value\":\"kwaad(7)\",\"type\":\"File\"}}}",
				"{\"variables\":{\"desiredEffect\":{\"value\":\"rO0ABXQAB2t3YWFkNw==\",\"type\":\"Object\",\"valueInfo\":"
						+ "{\"objectTypeName\":\"java.lang.String\",\"serializationDataFormat\":\"application/x-java-serialized-object\"}}}}",
				"{\"variables\":{\"desiredEffect\":{\"value\":\"{}\",\"type\":\"Json\",\"valueInfo\":{\"objectTypeName\":\"java.io.File\"}}}}",
				"{\"variables\":{\"desiredEffect\":" + good + ",\"desiredEffect\":" + good + "}}",
				"{\"variables\":{\"desiredEffect\":{\"value\":\"kwaad(7){\",\"type\":\"Json\"},\"cost\":{\"value\":\"[\",\"type\":\"Json\"}}}",
				"{\"variables\":{},\"orQueries\":[]}", "{\"variables\":{}}{\"variables\":{}}",
				"{\"variables\":{\"desiredEffect\":{\"value\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}}}");
		assertThat(bodies).allSatisfy((body) -> {
			WebVisitor.Answer answer = this.annasBrowser.post(submit(task), body);
			assertThat(answer.status()).as(answer.body()).isEqualTo(400);
			assertThat(answer.json().path("message").asText()).isNotBlank();
			assertThat(answer.told()).doesNotContain("kwaad", "Exception", "Cannot");
		});
		assertThat(this.annasBrowser
			.post(submit(task), "{\"variables\":{\"a\":{\"value\":\"" + "x".repeat(300_000) + "\"}}}")
			.status()).isEqualTo(413);
		assertThat(this.annasBrowser.send("POST", submit(task), "variables=kwaad", "text/plain", Map.of()).status())
			.isIn(400, 415);
		assertThat(state(number, task)).isEqualTo(before);
	}

	@Test
	@Attack(value = "D03", failedWith = "the form guard does not look who claimed the task")
	void onlyWhoClaimedATaskCompletesIt() {
		String number = this.anna.report(FirstClimbIT.SMALL_DEBT);
		String task = this.anna.task(number, "make-plan");
		assertSaid(409, complete(task, PLAN), this.annasBrowser.post(submit(task), variables(PLAN)));
		claim(task);
		String before = state(number, task);
		Town.Visitor karim = this.town.as("karim");
		WebVisitor karimsBrowser = WebVisitor.login(this.town, "karim");
		assertSaid(403, karim.post(api(task, "complete"), PLAN), karimsBrowser.post(submit(task), variables(PLAN)));
		assertSaid(409, karim.post(api(task, "claim"), null),
				karimsBrowser.post(ENGINE + "task/" + task + "/claim", Map.of("userId", "karim")), "Anna de Wit");
		assertSaid(403, karim.post(api(task, "unclaim"), null),
				karimsBrowser.post(ENGINE + "task/" + task + "/unclaim", ""));
		for (String stranger : List.of("olaf", "bert", "mila", "paul")) {
			Town.Visitor visitor = this.town.as(stranger);
			WebVisitor browser = WebVisitor.login(this.town, stranger);
			assertSaid(404, visitor.post(api(task, "complete"), PLAN), browser.post(submit(task), variables(PLAN)));
			assertSaid(404, visitor.post(api(task, "claim"), null),
					browser.post(ENGINE + "task/" + task + "/claim", Map.of("userId", stranger)));
			assertSaid(404, visitor.post(api(task, "unclaim"), null),
					browser.post(ENGINE + "task/" + task + "/unclaim", ""));
			assertThat(browser.get("/taak/" + task).status()).isEqualTo(404);
		}
		assertThat(state(number, task)).isEqualTo(before);
		assertThat(this.annasBrowser.post(ENGINE + "task/" + task + "/unclaim", "").status()).isEqualTo(204);
		assertThat(complete(task, PLAN).status()).isEqualTo(409);
		claim(task);
		assertThat(this.anna.post(api(task, "unclaim"), null).status()).isEqualTo(200);
		claim(task);
		assertThat(complete(task, PLAN).status()).isEqualTo(200);
		WebVisitor.Answer again = this.annasBrowser.post(submit(task), variables(PLAN));
		assertThat(again.status()).isIn(404, 409);
		assertThat(again.json().path("message").asText()).isNotBlank();
		assertThat(complete(task, PLAN).status()).isIn(404, 409);
	}

	@Test
	void nobodyIsGivenATaskByAnother() {
		String number = this.anna.report(FirstClimbIT.SMALL_DEBT);
		String task = this.anna.task(number, "make-plan");
		WebVisitor karimsBrowser = WebVisitor.login(this.town, "karim");
		String claim = ENGINE + "task/" + task + "/claim";
		assertThat(karimsBrowser.post(claim, Map.of("userId", "anna")).status()).as("claim for another").isEqualTo(403);
		assertThat(assignee(task)).isNull();
		claim(task);
		for (String body : List.of("{}", "{\"userId\":null}", "{\"userId\":\"\"}", "{\"userId\":\"anna\"}",
				"{\"userId\":\"karim\"}")) {
			assertThat(karimsBrowser.post(claim, body).status()).as(body).isBetween(400, 499);
			assertThat(assignee(task)).as(body).isEqualTo("anna");
		}
		for (String path : List.of("assignee", "delegate", "resolve", "complete", "bpmnError", "bpmnEscalation",
				"identity-links", "comment/create", "localVariables", "variables", "localVariables/caseNumber",
				"variables/caseNumber")) {
			for (String method : List.of("POST", "PUT", "DELETE")) {
				WebVisitor.Answer answer = karimsBrowser.send(method, ENGINE + "task/" + task + "/" + path,
						"{\"userId\":\"karim\",\"value\":1}", "application/json", Map.of());
				assertThat(answer.status()).as(method + " " + path).isEqualTo(404);
			}
		}
		assertThat(assignee(task)).isEqualTo("anna");
	}

	@Test
	void doubleClickCompletesOnce() throws Exception {
		ExecutorService pool = Executors.newFixedThreadPool(2);
		Map<String, Integer> seen = new HashMap<>();
		try {
			for (int round = 0; round < 20; round++) {
				String number = this.anna.report(FirstClimbIT.SMALL_DEBT);
				String task = this.anna.task(number, "make-plan");
				claim(task);
				boolean tasklist = round % 2 == 0;
				CyclicBarrier barrier = new CyclicBarrier(2);
				Callable<Said> click = () -> {
					barrier.await();
					if (tasklist) {
						WebVisitor.Answer answer = this.annasBrowser.post(submit(task), variables(PLAN));
						return new Said(answer.status(), answer.body());
					}
					Town.Answer answer = complete(task, PLAN);
					return new Said(answer.status(), answer.text());
				};
				List<Said> statuses = new ArrayList<>();
				for (Future<Said> each : List.of(pool.submit(click), pool.submit(click))) {
					statuses.add(each.get());
				}
				assertThat(statuses.stream().filter((said) -> said.status() == 200 || said.status() == 204))
					.as(statuses.toString())
					.hasSize(1);
				assertThat(statuses.stream().filter((said) -> said.status() == 404 || said.status() == 409))
					.as(statuses.toString())
					.hasSize(1);
				statuses.forEach((said) -> seen.merge(String.valueOf(said.status()), 1, Integer::sum));
				assertThat(entries(number, "make-plan")).isEqualTo(1);
			}
		}
		finally {
			pool.shutdownNow();
		}
		System.out.println("double click, n = 20: " + seen);
	}

	private record Said(int status, String text) {
	}

	private void refused(Town.Visitor visitor, WebVisitor browser, Bad bad, String number, String task,
			Map<String, Object> fields) {
		String before = state(number, task);
		long lines = lines("refusals");
		Town.Answer api = visitor.send(HttpMethod.POST, api(task, "complete"), text(fields));
		assertRefused(bad, api.status(), api.text(), api.json());
		WebVisitor.Answer tasklist = browser.post(submit(task), variables(fields));
		assertRefused(bad, tasklist.status(), tasklist.told(), tasklist.json());
		assertThat(tasklist.header("Content-Type")).startsWith("application/problem+json");
		assertThat(state(number, task)).as("nothing changed by: " + bad).isEqualTo(before);
		assertThat(lines("refusals")).as("one line for each refusal").isEqualTo(lines + 2);
	}

	private static void assertRefused(Bad bad, int status, String told, JsonNode problem) {
		assertThat(status).as(bad + ": " + told).isEqualTo(400);
		assertThat(problem.path("message").asText()).as(bad.what()).contains(bad.label());
		assertThat(told).as(bad.what()).doesNotContain("kwaad", "Exception", "Cannot submit");
		if (!problem.path("title").asText().equals("field-undeclared")) {
			assertThat(problem.path("field").asText()).as(bad.what()).isEqualTo(bad.field());
		}
	}

	private static void assertSaid(int status, Town.Answer api, WebVisitor.Answer tasklist, String... words) {
		assertThat(api.status()).as(api.text()).isEqualTo(status);
		assertThat(tasklist.status()).as(tasklist.body()).isEqualTo(status);
		assertThat(api.message()).isNotBlank();
		assertThat(List.of(words)).allMatch(api.message()::contains);
		assertThat(tasklist.json().path("message").asText()).isEqualTo(api.message());
	}

	private Town.Answer complete(String task, Map<String, ?> fields) {
		return this.anna.post(api(task, "complete"), fields);
	}

	private void claim(String task) {
		assertThat(this.anna.post(api(task, "claim"), null).status()).isEqualTo(200);
	}

	private static String api(String task, String act) {
		return "/api/v1/tasks/" + task + "/" + act;
	}

	private static String submit(String task) {
		return ENGINE + "task/" + task + "/submit-form";
	}

	private String startForm() {
		return ENGINE + "process-definition/" + this.database.sql(
				"select id_ from camunda.act_re_procdef where key_ = 'escalation-ladder' order by version_ desc limit 1")
			.query(String.class)
			.single() + "/submit-form";
	}

	/** As Tasklist sends them: lists and objects as JSON text. */
	private static String variables(Map<String, ?> fields) {
		return text(
				Map.of("variables", fields.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, (field) -> {
					Map<String, Object> typed = new LinkedHashMap<>();
					boolean structured = field.getValue() instanceof List || field.getValue() instanceof Map;
					if (structured) {
						typed.put("type", "Json");
					}
					typed.put("value", structured ? text(field.getValue()) : field.getValue());
					return typed;
				}, (a, b) -> a, LinkedHashMap::new))));
	}

	/** JSON in which every character outside ASCII is escaped, so that it can be sent. */
	private static String text(Object value) {
		String json = WebVisitor.json(value);
		return json.chars()
			.mapToObj((c) -> (c < 128) ? String.valueOf((char) c) : "\\u%04x".formatted(c))
			.collect(Collectors.joining());
	}

	/**
	 * What may not have changed: claim, entries, stays, the audit of the case, the
	 * engine.
	 */
	private String state(String number, String task) {
		return assignee(task) + "|" + entries(number, null) + "|" + lines(number) + "|"
				+ count("doorbraak.case_rung r join doorbraak.case_file c on c.id = r.case_id where c.number = '"
						+ number + "'")
				+ "|" + count("camunda.act_ru_task where id_ = '" + task + "'") + "|"
				+ count("camunda.act_ru_variable v join camunda.act_ru_execution e on e.id_ = v.proc_inst_id_ where e.business_key_ = '"
						+ number + "'");
	}

	private String assignee(String task) {
		return this.database.sql("select assignee_ from camunda.act_ru_task where id_ = :id")
			.param("id", task)
			.query(String.class)
			.list()
			.get(0);
	}

	private long entries(String number, String form) {
		return this.database
			.sql("select count(*) from doorbraak.entry e join doorbraak.case_file c on c.id = e.case_id "
					+ "where c.number = :number and (cast(:form as text) is null or e.form = :form)")
			.param("number", number)
			.param("form", form)
			.query(Long.class)
			.single();
	}

	private long lines(String chain) {
		return count("doorbraak.audit_line where chain = '" + chain + "'");
	}

	private long count(String from) {
		return this.database.sql("select count(*) from " + from).query(Long.class).single();
	}

}
