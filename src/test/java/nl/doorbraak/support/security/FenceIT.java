package nl.doorbraak.support.security;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

import nl.doorbraak.reachability.Holes;
import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.AttackResults;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.task.TaskQuery;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;

import static nl.doorbraak.testing.WebVisitor.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What is tried at the fence from outside, and by who may be inside. */
@WholeApplication
class FenceIT {

	private static final String SETUP = "/camunda/api/admin/setup/default/user/create";

	private static final Pattern NONCE = Pattern.compile("nonce=\"([^\"]+)\"");

	private static final Pattern LINK = Pattern.compile("https?://[^/\\s\"<>)]+");

	private static final Pattern POLICY = Pattern.compile("'nonce-([^']+)'");

	private final Town town;

	private final Holes holes;

	private final JdbcClient database;

	private final ProcessEngine engine;

	private final URI address;

	@Autowired
	FenceIT(Town town, Holes holes, JdbcClient database, ProcessEngine engine,
			@Value("${doorbraak.address}") URI address) {
		this.engine = engine;
		this.address = address;
		this.town = town;
		this.holes = holes;
		this.database = database;
	}

	@Test
	@Attack(value = "A02", failedWith = "anyRequest().permitAll()")
	void aThousandGuessesAtThePasswordCheckTellNothing() {
		WebVisitor nobody = WebVisitor.anonymous(this.town);
		List<Integer> answers = new ArrayList<>();
		for (int i = 0; i < 1000; i++) {
			String door = (i % 2 == 0) ? "/engine-rest/identity/verify" : ENGINE + "identity/verify";
			WebVisitor.Answer answer = nobody.post(door,
					Map.of("username", "anna", "password", (i % 10 < 2) ? "doorbraak" : "geraden" + i));
			answers.add(answer.status());
			assertThat(answer.body()).doesNotContain("authenticated");
		}
		assertThat(answers).containsOnly(401);
		AttackResults.measured("A02", "1000 guesses, a fifth of them right: 401 each time");
	}

	@Test
	@Attack(value = "A03", failedWith = "nobody looks for administrators")
	void withoutAnAdministratorNobodyBecomesOneAndTheManagersHearIt() {
		this.town.everybodyBack();
		this.town.database()
			.sql("insert into doorbraak.post values ('femke', 'administrator', 'GM9001') on conflict do nothing")
			.update();
		List<Map<String, Object>> posts = this.town.database()
			.sql("delete from doorbraak.post where function = 'administrator' returning *")
			.query()
			.listOfRows();
		assertThat(posts).isNotEmpty();
		try {
			this.holes.lookAgain();
			assertThat(this.holes.open())
				.anyMatch((hole) -> hole.function().code().equals("administrator") && hole.body().equals("GM9001"));
			for (WebVisitor each : List.of(WebVisitor.anonymous(this.town), WebVisitor.login(this.town, "anna"))) {
				assertThat(each.get("/camunda/app/admin/default/setup/").status()).isIn(401, 404);
				assertThat(each
					.post(SETUP,
							Map.of("profile", Map.of("id", "indringer", "firstName", "x", "lastName", "x"),
									"credentials", Map.of("password", "x")))
					.status()).isIn(401, 404);
			}
			assertThat(this.database.sql("select count(*) from doorbraak.officer where login = 'indringer'")
				.query(Long.class)
				.single()).isZero();
			assertThat(this.database.sql("select count(*) from camunda.act_id_user").query(Long.class).single())
				.isZero();
		}
		finally {
			posts.forEach((post) -> this.town.database()
				.sql("insert into doorbraak.post (officer_login, function, organisation_id) values (:login, 'administrator', :body)")
				.param("login", post.get("officer_login"))
				.param("body", post.get("organisation_id"))
				.update());
		}
		this.holes.lookAgain();
		assertThat(this.holes.open())
			.noneMatch((hole) -> hole.function().code().equals("administrator") && hole.body().equals("GM9001"));
		this.town.database()
			.sql("update doorbraak.reach_hole set mended_at = found_at where function = 'administrator' and mended_at is null")
			.update();
	}

	/** Whoever made them leave asked for another host, or another port of it. */
	@Test
	@Attack(value = "A10", failedWith = "links in mail made with another address than the configured one")
	void linksInMailAreOfTheConfiguredAddress() {
		assertThat(URI.create(this.town.address()).getAuthority()).isNotEqualTo(this.address.getAuthority());
		this.town.as("anna")
			.report(Map.of("whatIsStuck", "x", "threat", "eviction", "eventDate",
					this.town.today().plusDays(1).toString()));
		this.town.pass(Duration.ofHours(1));
		Set<String> origins = new TreeSet<>();
		for (String mail : this.town.database()
			.sql("select body || coalesce(regexp_replace(html, '<!DOCTYPE[^>]*>|xmlns=\"[^\"]*\"', '', 'g'), '') from demo.mail")
			.query(String.class)
			.list()) {
			LINK.matcher(mail).results().forEach((link) -> origins.add(link.group()));
		}
		assertThat(origins).containsOnly(this.address.getScheme() + "://" + this.address.getAuthority());
	}

	@Test
	void engineKeepsNoUsersAndNoPasswords() {
		WebVisitor.login(this.town, "anna").get("/camunda/app/tasklist/default/");
		IdentityService identities = this.engine.getIdentityService();
		assertThat(identities.checkPassword("anna", "doorbraak")).isFalse();
		assertThat(identities.isReadOnly()).isTrue();
		for (String table : List.of("act_id_user", "act_id_group", "act_id_membership", "act_id_info")) {
			assertThat(this.database.sql("select count(*) from camunda." + table).query(Long.class).single()).as(table)
				.isZero();
		}
	}

	@Test
	void engineGivesNobodyAListWithoutEnd() {
		IdentityService identities = this.engine.getIdentityService();
		identities.setAuthentication("anna", List.of());
		try {
			TaskQuery tasks = this.engine.getTaskService().createTaskQuery();
			assertThatExceptionOfType(BadUserRequestException.class).isThrownBy(tasks::list)
				.withMessageContaining("unbound number of results");
			assertThatExceptionOfType(BadUserRequestException.class).isThrownBy(() -> tasks.listPage(0, 101))
				.withMessageContaining("limit of 100 exceeded");
			assertThat(tasks.listPage(0, 100)).hasSizeLessThanOrEqualTo(100);
		}
		finally {
			identities.clearAuthentication();
		}
	}

	@Test
	@Attack(value = "A08", failedWith = "anyRequest().permitAll()")
	void cockpitAndAdminDoNotExistForWhoWorksOnCases() {
		for (String who : List.of("anna", "mila", "paul", "lotte", "joris")) {
			WebVisitor visitor = WebVisitor.login(this.town, who);
			for (String path : List.of("/camunda/app/cockpit/default/", "/camunda/app/admin/default/",
					"/camunda/app/welcome/default/",
					"/camunda/api/cockpit/plugin/base/default/process-definition/statistics", "/camunda/app/cockpit/",
					"/camunda/app/admin/default/setup/")) {
				assertThat(visitor.get(path).status()).as(who + " " + path).isEqualTo(404);
			}
		}
	}

	@Test
	@Attack(value = { "A09", "A10" }, failedWith = "every host let in, a proxy's headers not looked at")
	void whoAsksForAnotherHostIsTurnedAwayAtTheDoor() throws IOException {
		for (String head : List.of("Host: evil.example", "Host: evil.example:443",
				"Host: 127.0.0.1\r\nX-Forwarded-Host: evil.example",
				"Host: localhost\r\nX-Forwarded-Host: localhost, evil.example",
				"Host: localhost\r\nForwarded: for=1.2.3.4;host=evil.example", "Host: localhost\r\nHost: evil.example",
				"Host: a@b", "X-Nothing: x")) {
			for (String path : List.of("/login", "/", "/css/doorbraak.css", "/camunda/app/tasklist/default/")) {
				assertThat(raw("GET " + path + " HTTP/1.1\r\n" + head)).as(head + " " + path)
					.startsWith("HTTP/1.1 400");
			}
		}
		assertThat(raw("GET /login HTTP/1.1\r\nHost: localhost")).startsWith("HTTP/1.1 200");
		assertThat(raw("GET /login HTTP/1.1\r\nHost: LOCALHOST:8080")).startsWith("HTTP/1.1 200");
		assertThat(raw("GET /login HTTP/1.0")).as("without a host").startsWith("HTTP/1.1 400");
		assertThat(raw("TRACE /login HTTP/1.1\r\nHost: localhost")).as("trace").contains(" 40");
	}

	@Test
	void administratorIsToldHowManyTasksAreOpen() {
		this.town.as("anna").report(Map.of("whatIsStuck", "x"));
		WebVisitor femke = WebVisitor.login(this.town, "femke");
		int open = this.database.sql("select count(*) from camunda.act_ru_task").query(Integer.class).single();
		assertThat(open).isPositive();
		assertThat(femke.get(ENGINE + "task/count").json().path("count").asInt()).isEqualTo(open);
		assertThat(femke.post(ENGINE + "history/task/count", "{\"unfinished\":true}").json().path("count").asInt())
			.isEqualTo(open);
		int parts = 0;
		for (String part : List.of("assigned=true", "unassigned=true&withCandidateGroups=true",
				"unassigned=true&withoutCandidateGroups=true")) {
			parts += femke.get(ENGINE + "task/count?unfinished=true&" + part).json().path("count").asInt();
		}
		assertThat(parts).as("the ring is whole").isEqualTo(open);
		assertThat(femke.get(ENGINE + "task/count?assignee=anna").json().path("count").asInt()).as("whose").isZero();
		assertThat(femke.get(ENGINE + "task").status()).isEqualTo(403);
		for (String who : List.of("anna", "joris")) {
			WebVisitor other = WebVisitor.login(this.town, who);
			assertThat(other.get(ENGINE + "task/count").status()).as(who).isEqualTo(403);
			assertThat(other.post(ENGINE + "history/task/count", "{}").status()).as(who).isEqualTo(404);
		}
	}

	private String raw(String request) throws IOException {
		URI address = URI.create(this.town.address());
		try (Socket socket = new Socket(address.getHost(), address.getPort())) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream()
				.write((request + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines()
				.findFirst()
				.orElse("");
		}
	}

	@Test
	@Attack(value = "C01", failedWith = "queries not looked at")
	void noQueryOfAnybodyHoldsAnExpression() {
		String filter = this.database.sql("select id_ from camunda.act_ru_filter where name_ = 'Alle open taken'")
			.query(String.class)
			.single();
		String deep = "{\"orQueries\":[{\"orQueries\":[{\"assigneeExpression\":\"${''.getClass()}\"}]}]}";
		List<String> bodies = List.of("{\"assigneeExpression\":\"${1}\"}", deep,
				"{\"query\":{\"candidateUserExpression\":\"${1}\"}}",
				"{\"x\":[[{\"dueBeforeExpression\":\"${now()}\"}]]}");
		for (String who : List.of("anna", "mila", "joris", "femke")) {
			WebVisitor visitor = WebVisitor.login(this.town, who);
			for (String door : List.of("task", "task/count", "filter/" + filter + "/list",
					"filter/" + filter + "/count", "filter/" + filter + "/singleResult", "history/task",
					"history/task/count", "history/process-instance", "process-instance", "process-instance/count",
					"process-instance/suspended", "process-instance/delete", "job", "variable-instance", "execution",
					"batch", "task/report")) {
				for (String body : bodies) {
					assertThat(visitor.post(ENGINE + door, body).status()).as(who + " " + door + " " + body)
						.isIn(400, 403, 404);
				}
			}
			for (String query : List.of("assigneeExpression=%24%7B1%7D", "orQueries=x", "dueBeforeExpression=x")) {
				for (String door : List.of("task", "history/process-instance", "process-instance", "job")) {
					assertThat(visitor.get(ENGINE + door + "?" + query).status()).as(who + " " + door + "?" + query)
						.isIn(400, 403, 404);
				}
			}
		}
	}

	@Test
	@Attack(value = "C02", failedWith = "anyRequest().permitAll()")
	void nobodyMakesOrChangesAFilter() {
		String filter = this.database.sql("select id_ from camunda.act_ru_filter where name_ = 'Alle open taken'")
			.query(String.class)
			.single();
		String body = "{\"name\":\"x\",\"resourceType\":\"Task\",\"query\":{\"assigneeExpression\":\"${1}\"}}";
		for (String who : List.of("anna", "mila", "femke")) {
			WebVisitor visitor = WebVisitor.login(this.town, who);
			assertThat(visitor.post(ENGINE + "filter/create", body).status()).isIn(400, 403, 404);
			assertThat(visitor.send("PUT", ENGINE + "filter/" + filter, body, "application/json", Map.of()).status())
				.isIn(400, 403, 404);
			assertThat(visitor.send("DELETE", ENGINE + "filter/" + filter, null, null, Map.of()).status()).isIn(400,
					403, 404);
		}
		assertThat(this.database.sql("select count(*) from camunda.act_ru_filter where query_ like '%Expression%'")
			.query(Long.class)
			.single()).isZero();
	}

	@Test
	@Attack(value = "C10", failedWith = "variables passed on as they come")
	void objectsOfJavaAndForeignTypesAreNoAnswerToAForm() {
		Town.Visitor town = this.town.as("anna");
		String task = town.task(town.report(Map.of("whatIsStuck", "x")), "make-plan");
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		anna.post(ENGINE + "task/" + task + "/claim", Map.of("userId", "anna"));
		for (String variable : List.of(
				"{\"value\":\"rO0ABXQAAXg=\",\"type\":\"Object\",\"valueInfo\":{\"serializationDataFormat\":\"application/x-java-serialized-object\",\"objectTypeName\":\"java.lang.String\"}}",
				"{\"value\":\"{}\",\"type\":\"Object\",\"valueInfo\":{\"serializationDataFormat\":\"application/json\",\"objectTypeName\":\"javax.naming.InitialContext\"}}",
				"{\"value\":\"x\",\"type\":\"File\"}", "{\"value\":\"x\",\"type\":\"Bytes\"}",
				"{\"value\":\"x\",\"type\":\"Xml\"}", "{\"value\":\"x\",\"type\":\"java.lang.Runtime\"}",
				"{\"value\":\"x\",\"valueInfo\":{\"objectTypeName\":\"x\"}}", "{\"value\":\"x\",\"local\":true}")) {
			WebVisitor.Answer answer = anna.post(ENGINE + "task/" + task + "/submit-form",
					"{\"variables\":{\"desiredEffect\":" + variable + "}}");
			assertThat(answer.status()).as(variable).isEqualTo(400);
			assertThat(answer.body()).doesNotContain("Exception", "java.");
		}
		String typed = "{\"@class\":\"javax.naming.InitialContext\",\"desiredEffect\":\"x\"}";
		assertThat(anna
			.send("POST", "/api/v1/tasks/" + task + "/complete", typed, "application/json",
					Map.of("Authorization", "Basic YW5uYTpkb29yYnJhYWs="))
			.status()).isEqualTo(400);
	}

	@Test
	@Attack(value = "C11", failedWith = "anyRequest().permitAll()")
	void whoWorksOnCasesChangesNoProcessJobOrVariable() {
		Town.Visitor town = this.town.as("anna");
		String number = town.report(Map.of("whatIsStuck", "x"));
		String task = town.task(number, "make-plan");
		String instance = one("select proc_inst_id_ from camunda.act_ru_task where id_ = '" + task + "'");
		String job = one("select id_ from camunda.act_ru_job limit 1");
		String before = state(number);
		for (String who : List.of("anna", "mila")) {
			WebVisitor visitor = WebVisitor.login(this.town, who);
			for (String act : List.of("POST process-instance/" + instance + "/modification",
					"DELETE process-instance/" + instance, "PUT process-instance/" + instance + "/suspended",
					"PUT process-instance/" + instance + "/variables/decision",
					"POST process-instance/" + instance + "/variables", "POST migration/execute",
					"POST migration/generate", "PUT job/" + job + "/retries", "PUT job/" + job + "/duedate",
					"POST job/" + job + "/execute", "PUT job/" + job + "/suspended",
					"PUT task/" + task + "/variables/decision", "POST task/" + task + "/complete",
					"POST task/" + task + "/resolve", "POST task/" + task + "/bpmnError", "PUT task/" + task,
					"DELETE task/" + task, "POST message", "POST signal", "POST condition",
					"POST external-task/fetchAndLock", "POST execution/" + instance + "/signal",
					"PUT execution/" + instance + "/localVariables/x", "POST modification/execute",
					"POST decision-definition/key/next-step/evaluate", "DELETE deployment/x",
					"POST history/process-instance/delete", "POST telemetry/configuration")) {
				String[] door = act.split(" ", 2);
				assertThat(visitor
					.send(door[0], ENGINE + door[1],
							"{\"messageName\":\"case.withdrawn\",\"value\":\"x\",\"variables\":{}}", "application/json",
							Map.of())
					.status()).as(who + " " + act).isIn(403, 404);
			}
		}
		assertThat(state(number)).isEqualTo(before);
	}

	private String state(String number) {
		return one(
				"select state || (select count(*) from camunda.act_ru_task t where t.case_inst_id_ is null) from doorbraak.case_file where number = '"
						+ number + "'");
	}

	private String one(String sql) {
		return this.database.sql(sql).query(String.class).single();
	}

	@Test
	@Attack(value = "F07", failedWith = "the nonce as the engine keeps it, one for all")
	void everyPageOfTasklistHasTheNonceOfItsOwnPolicy() throws Exception {
		ExecutorService pool = Executors.newFixedThreadPool(8);
		try {
			List<Callable<Long>> clients = IntStream.range(0, 8).<Callable<Long>>mapToObj((client) -> () -> {
				WebVisitor anna = WebVisitor.login(this.town, "anna");
				return IntStream.range(0, 60)
					.filter((page) -> matches(anna.get("/camunda/app/tasklist/default/")))
					.count();
			}).toList();
			long right = 0;
			for (Future<Long> each : pool.invokeAll(clients)) {
				right += each.get();
			}
			AttackResults.measured("F07",
					right + " of 480 pages with the nonce of their own policy, 8 clients at once");
			assertThat(right).isEqualTo(480);
		}
		finally {
			pool.shutdownNow();
		}
	}

	private static boolean matches(WebVisitor.Answer page) {
		Matcher policy = POLICY.matcher(page.header("Content-Security-Policy"));
		Matcher script = NONCE.matcher(page.body());
		return policy.find() && script.find() && policy.group(1).equals(script.group(1));
	}

}
