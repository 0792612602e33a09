package nl.doorbraak.support.web;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import nl.doorbraak.audit.AuditLine;
import nl.doorbraak.audit.AuditTrail;
import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static nl.doorbraak.testing.WebVisitor.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What cannot be, is told in one Dutch sentence, changes nothing and leaves one line in
 * the audit, at our pages, our API and Tasklist's.
 */
@WholeApplication
class BadInputIT {

	private static final String BASIC = "Basic "
			+ java.util.Base64.getEncoder().encodeToString("anna:doorbraak".getBytes());

	private final Town town;

	private final AuditTrail audit;

	private final JdbcClient database;

	private WebVisitor anna;

	private String number;

	@Autowired
	BadInputIT(Town town, AuditTrail audit, JdbcClient database) {
		this.town = town;
		this.audit = audit;
		this.database = database;
	}

	@BeforeEach
	void annaHasACase() {
		this.number = this.town.as("anna").report(Map.of("whatIsStuck", "x"));
		this.anna = WebVisitor.login(this.town, "anna");
	}

	@AfterEach
	void annaHasNoCaseAnyMore() {
		assertThat(this.anna.form("/casus/" + this.number + "/intrekken", Map.of("reason", "x")).status())
			.isEqualTo(302);
		this.town.workDue();
	}

	@Test
	void pageSaysWhatIsWrongAndChangesNothing() {
		Map<String, Map<String, String>> bad = new LinkedHashMap<>();
		bad.put("intrekken", Map.of());
		bad.put("intrekken ", Map.of("reason", "  "));
		bad.put("intrekken  ", Map.of("reason", "kwaad\u0000"));
		bad.put("intrekken   ", Map.of("reason", "x".repeat(4001)));
		bad.put("doorzetten", Map.of());
		bad.put("dreiging", Map.of());
		bad.put("dreiging ", Map.of("threat", "kwaad"));
		bad.put("dreiging  ", Map.of("threat", "eviction", "eventDate", "2027-02-30"));
		bad.put("dreiging   ", Map.of("threat", "eviction", "eventDate", "kwaad"));
		bad.put("dreiging    ", Map.of("threat", "eviction", "eventDate", "9999-01-01"));
		bad.put("dreiging     ", Map.of("threat", "eviction", "eventDate", "+999999999-01-01"));
		bad.put("pauzeren", Map.of());
		bad.put("pauzeren ", Map.of("reason", "kwaad"));
		bad.put("huishouden", Map.of());
		bad.put("huishouden ", Map.of("name", "kwaad", "role", "koning"));
		bad.put("huishouden  ", Map.of("name", "kwaad", "role", "child", "birthDate", "gisteren"));
		bad.put("huishouden   ", Map.of("name", "kwaad", "role", "child", "birthDate", "9999-12-31"));
		bad.put("huishouden    ", Map.of("name", "kwaad", "role", "child", "birthDate", "0001-01-01"));
		bad.put("huishouden     ", Map.of("name", "kwaad\u0000", "role", "child"));
		bad.put("huishouden      ", Map.of("name", "kwaad", "role", "child", "address", "kwaad\u0000"));
		bad.put("huishouden       ", Map.of("name", "kwaad", "role", "child", "addressSecret", "misschien"));
		bad.put("huishouden        ", Map.of("name", "x".repeat(201), "role", "child"));
		String before = state();
		bad.forEach((act, fields) -> {
			long lines = refusals();
			WebVisitor.Answer answer = this.anna.form("/casus/" + this.number + "/" + act.strip(), fields);
			assertThat(answer.status()).as(act + fields).isEqualTo(400);
			assertThat(answer.body()).as(act + fields)
				.containsPattern("action=\"/casus/" + this.number + "/" + act.strip()
						+ "\"[^>]*><p role=\"alert\" id=\"fout\" [^>]*><a lang=\"nl\"")
				.doesNotContain("Exception", "Whitelabel");
			assertThat(refusals()).as("one line for " + act + fields).isEqualTo(lines + 1);
		});
		assertThat(state()).isEqualTo(before);
	}

	@Test
	void caseNumberThatIsNoneIsNotFound() {
		for (String wrong : List.of("x", "DB-2026-", "DB-2026-000000000000000000000", "1'", "%24%7B7*7%7D",
				"%3Cscript%3E", "x.css", "x.exe", "x.json", "DB-2026-000001%0a", "x".repeat(2000), "%00x",
				"%F0%9F%8F%A0", "%ED%A0%80")) {
			WebVisitor.Answer page = this.anna.get("/casus/" + wrong);
			assertThat(page.status()).as(wrong).isIn(400, 404);
			assertThat(page.body()).doesNotContain("<script>", "Exception", "\tat ");
			WebVisitor.Answer api = this.anna.send("GET", "/api/v1/cases/" + wrong, null, null,
					Map.of("Authorization", BASIC));
			assertThat(api.status()).as(wrong).isIn(400, 404);
		}
	}

	@Test
	void pageThatSaysThatNothingIsThereLeadsToNoAddressOfItsOwn() {
		WebVisitor.Answer nothing = this.anna.get("/bestaat-niet");
		assertThat(nothing.status()).isEqualTo(404);
		assertThat(nothing.body()).contains("Naar de startpagina").doesNotContain("href=\"/error");
	}

	@Attack(value = "G01", failedWith = "the zero sign taken for text")
	@Test
	@Attack(value = "G04", failedWith = "no limit on what is sent")
	void apiRefusesWhatIsNoPlainJson() {
		String deep = "[".repeat(10_000) + "]".repeat(10_000);
		Map<String, Integer> bodies = new LinkedHashMap<>();
		for (String bad : List.of("", "kwaad", "{", "[]", "null", "7", "\"kwaad\"", "{\"reason\":\"x\"}{}",
				"{\"reason\":\"kwaad\",\"reason\":\"kwaad\"}", "{\"reason\":" + deep + "}",
				"{\"reason\":{\"kwaad\":1}}", "{\"reason\":[\"kwaad\"]}", "{\"reason\":\"kwaad\\u0000\"}",
				"{\"reason\":\"kwaad\\ud800\"}", "{\"reason\":\"kwaad\",\"mandateGranted\":true}",
				"{\"constructor\":{\"prototype\":{\"reason\":\"kwaad\"}}}", "{\"__proto__\":{\"reason\":\"kwaad\"}}",
				"{\"reason\":" + "9".repeat(1000) + "}", "{\"reason\":NaN}")) {
			bodies.put(bad, 400);
		}
		bodies.put("{\"reason\":\"" + "x".repeat(4001) + "\"}", 400);
		bodies.put("{\"reason\":\"" + "x".repeat(300_000) + "\"}", 413);
		bodies.put("{\"reason\":\"" + "x".repeat(10_000_000) + "\"}", 413);
		bodies.put(IntStream.range(0, 100_000)
			.mapToObj((i) -> "\"f" + i + "\":1")
			.collect(Collectors.joining(",", "{", "}")), 413);
		String before = state();
		bodies.forEach((body, status) -> {
			String shown = body.substring(0, Math.min(60, body.length()));
			long lines = refusals();
			long begun = System.nanoTime();
			WebVisitor.Answer answer = this.anna.send("POST", "/api/v1/cases/" + this.number + "/withdrawal", body,
					"application/json", Map.of("Authorization", BASIC));
			assertThat(Duration.ofNanos(System.nanoTime() - begun)).as(shown).isLessThan(Duration.ofSeconds(1));
			assertThat(answer.status()).as(shown).isEqualTo(status);
			assertThat(answer.header("Content-Type")).as(shown).startsWith("application/problem+json");
			assertThat(answer.json().path("message").asText()).as(shown).isNotBlank();
			assertThat(answer.told()).as(shown).doesNotContain("kwaad", "Exception", "Jackson");
			assertThat(refusals()).as("one line for " + shown).isEqualTo(lines + 1);
		});
		for (String type : List.of("text/plain", "application/xml", "application/x-www-form-urlencoded",
				"application/x-java-serialized-object")) {
			WebVisitor.Answer answer = this.anna.send("POST", "/api/v1/cases/" + this.number + "/withdrawal",
					"{\"reason\":\"kwaad\"}", type, Map.of("Authorization", BASIC));
			assertThat(answer.status()).as(type).isEqualTo(415);
			assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
		}
		for (String event : List.of("2027-02-30", "kwaad", "9999-01-01", "2027-03-28T02:30")) {
			assertThat(this.anna
				.send("POST", "/api/v1/cases/" + this.number + "/threat",
						"{\"threat\":\"eviction\",\"eventDate\":\"" + event + "\"}", "application/json",
						Map.of("Authorization", BASIC))
				.status()).as(event).isEqualTo(400);
		}
		assertThat(state()).isEqualTo(before);
	}

	@Test
	@Attack(value = "F09", failedWith = "unknown fields of a message ignored")
	void keysOfJavaScriptsOwnAreRefused() {
		String before = state();
		String filter = this.database.sql("select id_ from camunda.act_ru_filter where name_ = 'Alle open taken'")
			.query(String.class)
			.single();
		String task = this.town.as("anna").task(this.number, "make-plan");
		assertThat(this.anna.post(ENGINE + "task/" + task + "/claim", Map.of("userId", "anna")).status())
			.isEqualTo(204);
		for (String key : List.of("__proto__", "constructor", "prototype")) {
			String polluted = "\"" + key + "\":{\"reason\":\"kwaad\",\"decision\":\"up\"}";
			Map<String, WebVisitor.Answer> said = new LinkedHashMap<>();
			said.put("API", this.anna.send("POST", "/api/v1/cases/" + this.number + "/withdrawal",
					"{\"reason\":\"x\"," + polluted + "}", "application/json", Map.of("Authorization", BASIC)));
			said.put("a query", this.anna.post(ENGINE + "filter/" + filter + "/list", "{" + polluted + "}"));
			said.put("a form", this.anna.post(ENGINE + "task/" + task + "/submit-form",
					"{\"variables\":{\"" + key + "\":{\"value\":\"x\",\"type\":\"String\"}}}"));
			said.forEach((door, answer) -> {
				assertThat(answer.status()).as(door + " " + key).isEqualTo(400);
				assertThat(answer.body()).doesNotContain("kwaad", "Exception");
			});
		}
		assertThat(state()).isEqualTo(before);
	}

	@Test
	void formWithAFileIsWeighedAtTheDoor() throws Exception {
		WebVisitor.Answer large = this.anna.send("POST", "/mandaten/importeren", "x".repeat(300_000),
				"multipart/form-data; boundary=grens", Map.of());
		assertThat(large.status()).isEqualTo(413);
		assertThat(large.body()).contains("hoogstens 256 kB", "role=\"alert\"");
		assertThat(large.header("X-Content-Type-Options")).isEqualTo("nosniff");
		HttpRequest endless = HttpRequest
			.newBuilder(URI.create(this.town.address() + "/casus/" + this.number + "/stukken"))
			.header("Content-Type", "multipart/form-data; boundary=grens")
			.POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[1000])))
			.build();
		assertThat(HttpClient.newHttpClient().send(endless, HttpResponse.BodyHandlers.ofString()).statusCode())
			.as("nobody knows how much it is")
			.isEqualTo(411);
	}

	@Test
	void formWithAFileThatCannotBeReadIsTold() {
		WebVisitor.Answer answer = this.anna.send("POST", "/casus/" + this.number + "/stukken", "--grens\nkwaad",
				"multipart/form-data; boundary=grens", Map.of());
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.body()).contains("niet de juiste vorm").doesNotContain("kwaad");
	}

	@Test
	@Attack(value = { "C01", "E02", "E04" }, failedWith = "queries not looked at")
	void taskListIsAskedOnlyWhatItShows() {
		String filter = this.database.sql("select id_ from camunda.act_ru_filter where name_ = 'Alle open taken'")
			.query(String.class)
			.single();
		String list = ENGINE + "filter/" + filter + "/list?firstResult=0&maxResults=15";
		String tasklists = "{\"processVariables\":[],\"taskVariables\":[],\"caseInstanceVariables\":[],\"firstResult\":0,"
				+ "\"maxResults\":15,\"sorting\":[{\"sortBy\":\"created\",\"sortOrder\":\"desc\"}],\"active\":true%s}";
		assertThat(this.anna.post(list, tasklists.formatted("")).status()).isEqualTo(200);
		WebVisitor.Answer found = this.anna.post(list,
				"{\"taskVariables\":[{\"name\":\"caseNumber\",\"operator\":\"eq\",\"value\":\"" + this.number
						+ "\"}]}");
		assertThat(found.status()).as(found.body()).isEqualTo(200);
		assertThat(found.json().size()).as(found.body()).isEqualTo(1);
		for (String bad : List.of(",\"orQueries\":[{\"assigneeExpression\":\"${1}\"}]", ",\"orQueries\":[]",
				",\"assigneeExpression\":\"${1}\"", ",\"candidateGroupExpression\":\"x\"",
				",\"dueBeforeExpression\":\"${now()}\"", ",\"unknown\":1", ",\"assignee\":\"karim\"",
				",\"tenantIdIn\":[\"x\"]", ",\"candidateGroup\":\"x\",\"includeAssignedTasks\":true",
				",\"processInstanceBusinessKeyLike\":\"DB-%\"", ",\"nameLike\":{\"x\":1}")) {
			WebVisitor.Answer answer = this.anna.post(list, tasklists.formatted(bad));
			assertThat(answer.status()).as(bad).isEqualTo(400);
			assertThat(answer.json().path("message").asText()).isNotBlank();
		}
		for (String bad : List.of(
				"{\"processVariables\":[{\"name\":\"decision\",\"operator\":\"eq\",\"value\":\"up\"}]}",
				"{\"taskVariables\":[{\"name\":\"decision\",\"operator\":\"eq\",\"value\":\"up\"}]}",
				"{\"taskVariables\":[{\"name\":\"caseNumber\",\"operator\":\"gt\",\"value\":\"x\"}]}",
				"{\"taskVariables\":[{\"name\":\"caseNumber\",\"operator\":\"eq\",\"value\":{\"x\":1}}]}",
				"{\"taskVariables\":\"x\"}", "{\"taskVariables\":[7]}", "{\"sorting\":\"x\"}",
				"{\"sorting\":[{\"sortBy\":\"processVariable\",\"sortOrder\":\"asc\",\"parameters\":{\"variable\":\"decision\",\"type\":\"String\"}}]}",
				"{\"sorting\":[{\"sortBy\":\"id\",\"sortOrder\":\"asc\"}]}", "[]", "7", "{", "null")) {
			assertThat(this.anna.post(list, bad).status()).as(bad).isEqualTo(400);
		}
		for (String query : List.of("task?assigneeExpression=x", "task?orQueries=x", "task?candidateUser=olaf",
				"task?processVariables=decision_eq_up", "task?withCandidateGroups=true", "task?sortBy=id&sortBy=name",
				"task?maxResults=x", "process-definition?keysIn=x")) {
			assertThat(this.anna.get(ENGINE + query).status()).as(query).isEqualTo(400);
		}
		assertThat(this.anna.get(ENGINE + "task?maxResults=2147483647").json().size()).isLessThanOrEqualTo(100);
	}

	@Test
	@Attack(value = "E06", failedWith = "a hundred thousand rows at most")
	void longListIsCutAtAHundredRows() {
		WebVisitor bert = WebVisitor.login(this.town, "bert");
		String definition = this.database.sql(
				"select id_ from camunda.act_re_procdef where key_ = 'escalation-ladder' order by version_ desc limit 1")
			.query(String.class)
			.single();
		for (int i = 0; i < 101; i++) {
			assertThat(bert
				.post(ENGINE + "process-definition/" + definition + "/submit-form",
						Map.of("variables", Map.of("whatIsStuck", Map.of("value", "x"))))
				.status()).isEqualTo(200);
		}
		this.town.workDue();
		String filter = this.database.sql("select id_ from camunda.act_ru_filter where name_ = 'Alle open taken'")
			.query(String.class)
			.single();
		assertThat(bert.get(ENGINE + "task").json().size()).isEqualTo(100);
		assertThat(bert.get(ENGINE + "task?maxResults=2147483647").json().size()).isEqualTo(100);
		assertThat(bert.get(ENGINE + "task?firstResult=10001").status()).isEqualTo(400);
		assertThat(bert.post(ENGINE + "filter/" + filter + "/list?firstResult=1000000", "{}").status()).isEqualTo(400);
		assertThat(WebVisitor.login(this.town, "femke")
			.get(ENGINE + "history/process-instance?maxResults=2147483647")
			.json()
			.size()).isLessThanOrEqualTo(100);
		WebVisitor.Answer list = bert.post(ENGINE + "filter/" + filter + "/list?maxResults=5000", "{}");
		assertThat(list.json().size()).as(list.body()).isEqualTo(100);
		this.database.sql("select number from doorbraak.case_file where reported_by = 'bert' and state <> 'closed'")
			.query(String.class)
			.list()
			.forEach((each) -> bert.form("/casus/" + each + "/intrekken", Map.of("reason", "x")));
		this.town.workDue();
		assertThat(bert.get(ENGINE + "task").json()).isEmpty();
	}

	@Test
	void refusalIsRecordedWithItsActorAndDoorAndNothingTyped() {
		this.anna.get(ENGINE + "task/kwaad/form");
		this.anna.get("/engine-rest/kwaad");
		this.anna.form("/casus/kwaad/intrekken", Map.of("reason", "kwaad"));
		List<AuditLine> chain = this.audit.chain("refusals");
		List<AuditLine> last = chain.subList(chain.size() - 3, chain.size());
		assertThat(last).allMatch((line) -> line.actor().equals("anna") && line.act().equals("refusalRecorded"));
		assertThat(last).extracting(AuditLine::facts)
			.noneMatch((facts) -> facts.contains("kwaad"))
			.allMatch((facts) -> facts.contains("\"code\":\"not-found\""));
		assertThat(this.audit.firstBroken("refusals")).isEmpty();
	}

	/** Without that it was read: the page that says what is wrong is one. */
	private String state() {
		return this.database.sql("""
				select c.state || coalesce(c.threat, '-') || coalesce(c.event_date::text, '-')
				  || (select count(*) from doorbraak.entry e where e.case_id = c.id)
				  || (select count(*) from doorbraak.household_member m where m.household_id = c.household_id)
				  || (select count(*) from doorbraak.audit_line l where l.chain = c.number and l.act <> 'caseRead')
				from doorbraak.case_file c where c.number = :number""")
			.param("number", this.number)
			.query(String.class)
			.single();
	}

	private long refusals() {
		return this.database.sql("select count(*) from doorbraak.audit_line where chain = 'refusals'")
			.query(Long.class)
			.single();
	}

}
