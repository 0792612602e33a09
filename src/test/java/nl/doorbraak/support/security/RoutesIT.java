package nl.doorbraak.support.security;

import java.io.IOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import jakarta.ws.rs.HttpMethod;
import nl.doorbraak.directory.Function;
import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.camunda.bpm.engine.rest.impl.NamedProcessEngineRestServiceImpl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.server.PathContainer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPatternParser;

import static nl.doorbraak.testing.WebVisitor.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every door of the application, tried by everybody: what is let through stands in
 * {@code routes.csv} and {@code engine-routes.csv} beside this class, and nothing else
 * is.
 */
@WholeApplication
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesIT {

	/** One officer of each function, and a case director of another municipality. */
	private static final Map<String, String> FUNCTIONS = functions();

	private static Map<String, String> functions() {
		Map<String, String> functions = new LinkedHashMap<>();
		for (String each : List.of("anna caseDirector", "mila manager", "paul processDirector", "lotte deskOfficer",
				"amira ambassador", "joris auditor", "femke administrator", "olaf caseDirector",
				"wout districtTeamMember", "dirk director", "wilma alderman", "ulla agencyOfficer", "noor legalAdviser",
				"frans financeAdviser", "bas aldermanAdviser")) {
			functions.put(each.split(" ")[0], each.split(" ")[1]);
		}
		return functions;
	}

	private static final Map<String, Object> REPORT = Map.of("whatIsStuck", "Een deur.");

	private static final Map<String, Object> PLAN = Map.of("desiredEffect", "x", "firstBreakthrough", "x",
			"perspectiveShared", "yes");

	private static final String NO_CASE = "DB-2026-999999";

	private static final String NO_TASK = "00000000-0000-0000-0000-000000000000";

	private static final List<Row> ROWS = read();

	/** Stands in a case of olaf's municipality only. */
	private final String canary = "kanarie" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);

	private final List<String> leaks = Collections.synchronizedList(new ArrayList<>());

	private final Log log = new Log();

	private final Town town;

	private final JdbcClient database;

	private final List<Routes> rooms;

	private final RequestMappingHandlerMapping controllers;

	private final Map<String, WebVisitor> visitors = Collections.synchronizedMap(new LinkedHashMap<>());

	/** A case and a task that each may see, where the function has any. */
	private final Map<String, Map<String, String>> own = new LinkedHashMap<>();

	private String definition;

	private String filter;

	@Autowired
	RoutesIT(Town town, JdbcClient database, List<Routes> rooms,
			@Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping controllers) {
		this.town = town;
		this.database = database;
		this.rooms = rooms;
		this.controllers = controllers;
	}

	@BeforeAll
	void everybodyHasACaseAndIsLoggedIn() {
		this.log.start();
		((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(this.log);
		Town.Visitor anna = this.town.as("anna");
		String late = anna.report(REPORT);
		for (int i = 0; i < 2; i++) {
			LocalDate lastDay = LocalDate.parse(anna.state(late).path("termLastDay").asText());
			this.town.passUntil(lastDay.plusDays(1).atStartOfDay(java.time.ZoneId.of("Europe/Amsterdam")).toInstant());
			if (i == 0) {
				anna.fill(late, "decide-on-term", Map.of("choice", "extend", "reason", "x"));
			}
		}
		owns("mila", late, this.town.as("mila").task(late, "decide-on-term"));
		String local = anna.report(REPORT);
		owns("anna", local, anna.task(local, "make-plan"));
		Town.Visitor olaf = this.town.as("olaf");
		String elsewhere = olaf.report(Map.of("whatIsStuck", this.canary, "memberName", this.canary, "memberBirthDate",
				"1980-01-01", "involved", this.canary, "residentSays", this.canary, "caseSystemNumber", this.canary));
		olaf.fill(elsewhere, "make-plan", Map.of("desiredEffect", this.canary, "firstBreakthrough", this.canary,
				"ruleInTheWay", this.canary, "perspectiveShared", "yes"));
		owns("olaf", elsewhere, olaf.task(elsewhere, "decide-locally"));
		writeEverywhere(elsewhere);
		String regional = climb("paul", "regional");
		owns("paul", regional, this.town.as("paul").task(regional, "hold-round-table"));
		String national = climb("lotte", "national");
		owns("lotte", national, this.town.as("lotte").task(national, "make-first-contact"));
		String ministry = climb("amira", "ministry");
		owns("amira", ministry, this.town.as("amira").task(ministry, "convene-escalation-team"));
		othersAreAsked();
		this.definition = one(
				"select id_ from camunda.act_re_procdef where key_ = 'escalation-ladder' order by version_ desc limit 1");
		this.filter = one("select id_ from camunda.act_ru_filter where name_ = 'Alle open taken'");
		this.visitors.put("anonymous", WebVisitor.anonymous(this.town));
		FUNCTIONS.keySet().forEach(this::login);
	}

	/** What olaf writes about his case is for him alone. */
	private void writeEverywhere(String number) {
		WebVisitor olaf = WebVisitor.login(this.town, "olaf");
		String day = this.town.today().toString();
		Map<String, Map<String, String>> written = Map.of("stap",
				Map.of("kind", "call", "day", day, "line", this.canary), "huishouden",
				Map.of("name", this.canary, "birthDate", "1981-04-02", "role", "adult", "contact", this.canary,
						"address", this.canary),
				"plan/breakthrough", Map.of("what", this.canary), "maatregelen",
				Map.of("source", "roundTable", "what", this.canary, "who", "GM9002", "dueOn", day));
		written
			.forEach((door, fields) -> assertThat(olaf.form("/casus/" + number + "/" + door, fields).status()).as(door)
				.isEqualTo(302));
		String paper = "--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n" + this.canary
				+ "\r\n--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + this.canary
				+ ".pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7 " + this.canary + "\r\n--x--\r\n";
		olaf.send("POST", "/casus/" + number + "/stukken", paper, "multipart/form-data; boundary=x", Map.of());
	}

	/** Each kind of guest has a part in a case. */
	private void othersAreAsked() {
		String asked = this.town.as("anna").report(REPORT);
		this.town.as("anna")
			.post("/api/v1/cases/" + asked + "/agency-requests",
					Map.of("agencies", List.of("UWV"), "question", "Kan dit?"));
		this.town.workDue();
		owns("ulla", asked, this.town.as("ulla").task(asked, "answer-request"));
		String proposed = propose();
		owns("dirk", proposed, this.town.as("dirk").task(proposed, "sign-off"));
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		Map.of("noor", "legalAdviser", "frans", "financeAdviser", "bas", "aldermanAdviser").forEach((who, function) -> {
			assertThat(anna.form("/casus/" + proposed + "/advies", Map.of("adviser", function, "question", "Kan dit?"))
				.status()).isEqualTo(302);
			this.town.workDue();
			owns(who, proposed, this.town.as(who).task(proposed, "answer-consultation"));
		});
		String higher = propose();
		this.town.as("dirk").sign(higher, Map.of("decision", "passOn", "passOnReason", "x"));
		owns("wilma", higher, this.town.as("wilma").task(higher, "sign-off"));
	}

	/** A proposal that the manager passed on. */
	private String propose() {
		String number = this.town.as("anna").report(REPORT);
		Map<String, Object> plan = new LinkedHashMap<>(PLAN);
		plan.putAll(Map.of("cost", 0, "deviates", "yes", "reservation", "none"));
		this.town.as("anna").fill(number, "make-plan", plan);
		this.town.as("anna").fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "x"));
		this.town.as("mila").sign(number, Map.of("decision", "passOn", "passOnReason", "x"));
		return number;
	}

	/** Reports as anna and lets it go up until it is on this rung. */
	private String climb(String who, String rung) {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(REPORT);
		anna.fill(number, "make-plan", PLAN);
		anna.fill(number, "decide-locally", Map.of("decision", "up", "explanation", "x"));
		if (rung.equals("regional")) {
			return number;
		}
		String today = this.town.today().toString();
		Town.Visitor paul = this.town.as("paul");
		paul.fill(number, "hold-round-table", Map.of("heldOn", today, "agreements", "x"));
		paul.fill(number, "decide-regionally", Map.of("decision", "up", "explanation", "x"));
		if (rung.equals("national")) {
			return number;
		}
		Town.Visitor lotte = this.town.as("lotte");
		lotte.fill(number, "make-first-contact", Map.of("contactedOn", today, "competentBodyStatus", "unknown"));
		lotte.fill(number, "decide-nationally", Map.of("decision", "up", "explanation", "x"));
		return number;
	}

	private void login(String who) {
		WebVisitor visitor = WebVisitor.login(this.town, who);
		visitor.get("/camunda/app/" + (who.equals("femke") ? "cockpit" : "tasklist") + "/default/");
		this.visitors.put(who, visitor);
	}

	@AfterAll
	void nobodyHasOpenWork() {
		((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(this.log);
		this.database.sql("""
				select number, reported_by from doorbraak.case_file
				where what_is_stuck in (:what) and state <> 'closed'""")
			.param("what", List.of(REPORT.get("whatIsStuck"), this.canary))
			.query()
			.listOfRows()
			.forEach((each) -> this.visitors.get(String.valueOf(each.get("reported_by")))
				.form("/casus/" + each.get("number") + "/intrekken", Map.of("reason", "x")));
		this.town.workDue();
	}

	private void owns(String login, String number, String task) {
		this.own.put(login, Map.of("case", number, "task", task));
	}

	/** One row of the table. */
	record Row(String method, String route, String example, String body, Map<String, String> expected) {

		String door() {
			return this.method + " " + this.route;
		}

	}

	private static List<Row> rows() {
		return ROWS;
	}

	private static List<Row> read() {
		List<String> lines = lines("routes.csv");
		List<String> people = Arrays.asList(lines.get(0).split(";")).subList(4, lines.get(0).split(";").length);
		return lines.stream().skip(1).map((line) -> {
			String[] cells = line.split(";");
			Map<String, String> expected = new LinkedHashMap<>();
			for (int i = 0; i < people.size(); i++) {
				expected.put(people.get(i).strip(), (cells.length > i + 4) ? cells[i + 4].strip() : "?");
			}
			return new Row(cells[0].strip(), cells[1].strip(), cells[2].strip(), cells[3].strip(), expected);
		}).toList();
	}

	private static List<String> lines(String file) {
		try {
			return new ClassPathResource(file, RoutesIT.class).getContentAsString(StandardCharsets.UTF_8)
				.lines()
				.filter((line) -> !line.isBlank() && !line.startsWith("#"))
				.toList();
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void everyDoorHasARowAndEveryRowADoor() {
		Set<String> listed = rows().stream().map(Row::door).collect(Collectors.toCollection(TreeSet::new));
		Set<String> doors = this.rooms.stream()
			.flatMap((room) -> room.list().stream())
			.map((route) -> route.method() + " " + route.path())
			.collect(Collectors.toCollection(TreeSet::new));
		Set<String> answered = this.controllers.getHandlerMethods()
			.keySet()
			.stream()
			.flatMap((mapping) -> mapping.getPatternValues()
				.stream()
				.flatMap((pattern) -> methods(mapping.getMethodsCondition().getMethods())
					.map((method) -> method + " " + pattern.replaceAll("\\{[^}]+}", "*"))))
			.filter((door) -> !door.endsWith(" /error"))
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(listed).containsAll(answered);
		assertThat(listed).isEqualTo(doors);
	}

	private static Stream<String> methods(Set<? extends Enum<?>> named) {
		return named.isEmpty() ? Stream.of("ANY") : named.stream().map(Enum::name);
	}

	@Test
	void everyFunctionHasAColumn() {
		assertThat(Set.copyOf(FUNCTIONS.values()))
			.isEqualTo(Arrays.stream(Function.values()).map(Function::code).collect(Collectors.toSet()));
		Set<String> columns = new TreeSet<>(FUNCTIONS.keySet());
		columns.add("anonymous");
		assertThat(rows()).allSatisfy((row) -> assertThat(row.expected().keySet()).isEqualTo(columns));
	}

	@Test
	void everybodyGetsWhatTheTableSays() throws Exception {
		List<Row> rows = rows();
		Map<String, List<String>> got = new ConcurrentHashMap<>();
		atOnce(rows.get(0).expected().keySet(), (who) -> got.put(who, rows.stream().map((row) -> {
			String status = statuses(who, row);
			if (row.route().contains("logout") && who.equals("anonymous")) {
				this.visitors.put(who, WebVisitor.anonymous(this.town));
			}
			else if (row.route().contains("logout")) {
				login(who);
			}
			return status;
		}).toList()));
		List<String> seen = new ArrayList<>();
		List<String> wrong = new ArrayList<>();
		for (int i = 0; i < rows.size(); i++) {
			Row row = rows.get(i);
			List<String> cells = new ArrayList<>(List.of(row.method(), row.route(), row.example(), row.body()));
			for (Map.Entry<String, String> each : row.expected().entrySet()) {
				String status = got.get(each.getKey()).get(i);
				cells.add(status);
				if (!status.equals(each.getValue())) {
					wrong.add(row.door() + " as " + each.getKey() + ": " + status + " instead of " + each.getValue());
				}
			}
			seen.add(String.join(";", cells));
		}
		Files.write(Path.of("target", "routes-seen.csv"), seen);
		assertThat(wrong).isEmpty();
		assertThat(this.leaks).as("what stands in a foreign case").isEmpty();
		assertThat(this.log.lines).as("the log").noneMatch((line) -> line.contains(this.canary));
		for (String where : List.of("doorbraak.audit_line where facts", "demo.mail where subject || body")) {
			assertThat(this.town.database()
				.sql("select count(*) from " + where + " like '%' || ? || '%'")
				.param(this.canary)
				.query(Long.class)
				.single()).as(where).isZero();
		}
	}

	/** Does something as each of these people, of whom four are busy at a time. */
	private static void atOnce(Collection<String> people, Consumer<String> act) throws Exception {
		ExecutorService four = Executors.newFixedThreadPool(4);
		try {
			for (Future<?> each : people.stream().map((who) -> four.submit(() -> act.accept(who))).toList()) {
				each.get();
			}
		}
		finally {
			four.shutdownNow();
		}
	}

	private String statuses(String who, Row row) {
		String elsewhere = who.equals("olaf") ? "anna" : "olaf";
		int foreign = answer(who, row, this.own.get(elsewhere)).status();
		boolean aboutACase = (row.example() + row.body()).contains("{");
		if (!this.own.containsKey(who) || !aboutACase || row.route().contains("logout")) {
			return String.valueOf(foreign);
		}
		int mine = answer(who, row, this.own.get(who)).status();
		return (mine == foreign) ? String.valueOf(mine) : mine + "/" + foreign;
	}

	private WebVisitor.Answer answer(String who, Row row, Map<String, String> subject) {
		return answer(who, row, row.example(), subject);
	}

	private WebVisitor.Answer answer(String who, Row row, String path, Map<String, String> subject) {
		boolean api = row.route().startsWith("/api/");
		Map<String, String> headers = (api && !who.equals("anonymous")) ? Map.of("Authorization", basic(who))
				: Map.of();
		boolean form = row.body().contains("=");
		String body = row.body().equals("-") ? null : fill(row.body(), who, subject);
		String type = (body == null) ? null : form ? "application/x-www-form-urlencoded" : "application/json";
		WebVisitor.Answer answer = this.visitors.get(who)
			.send(row.method(), fill(path, who, subject), body, type, headers);
		if (!who.equals("olaf")
				&& (answer.body().contains(this.canary) || answer.headers().toString().contains(this.canary))) {
			this.leaks.add(row.door() + " as " + who);
		}
		return answer;
	}

	private static String basic(String login) {
		return "Basic "
				+ java.util.Base64.getEncoder().encodeToString((login + ":doorbraak").getBytes(StandardCharsets.UTF_8));
	}

	private String fill(String template, String who, Map<String, String> subject) {
		return template.replace("{case}", subject.get("case"))
			.replace("{task}", subject.get("task"))
			.replace("{definition}", this.definition)
			.replace("{filter}", this.filter)
			.replace("{me}", who);
	}

	/** Each way to write each path, by one of four people in turn. */
	@Test
	@Attack(value = { "A04", "A05" },
			failedWith = "a firewall that lets semicolons, encoded and double slashes through")
	void unsafePathsLeadNowhere() throws Exception {
		List<String> people = List.of("anonymous", "anna", "joris", "femke");
		List<String> wrong = Collections.synchronizedList(new ArrayList<>());
		Map<String, List<Map.Entry<Row, String>>> turns = new LinkedHashMap<>();
		int turn = 0;
		for (Row row : rows()) {
			String path = fill(row.example().replaceAll("\\?.*", ""), "anna", this.own.get("anna"));
			for (String each : unsafe(path, isOpen(row, path))) {
				turns.computeIfAbsent(people.get(turn++ % people.size()), (who) -> new ArrayList<>())
					.add(Map.entry(row, each));
			}
		}
		atOnce(people, (who) -> turns.get(who).forEach((each) -> {
			int status = answer(who, each.getKey(), each.getValue(), this.own.get("anna")).status();
			if (status != 400 && status != 401 && status != 404) {
				wrong.add(each.getKey().method() + " " + each.getValue() + " as " + who + ": " + status);
			}
		}));
		assertThat(wrong).isEmpty();
	}

	/** Whether another last part of the path is a door too. */
	private static boolean isOpen(Row row, String path) {
		return rows().stream()
			.anyMatch((other) -> other.method().equals(row.method()) && other.route().endsWith("*")
					&& PathPatternParser.defaultInstance.parse(other.route()).matches(PathContainer.parsePath(path)));
	}

	private static List<String> unsafe(String path, boolean open) {
		int last = path.lastIndexOf('/');
		List<String> unsafe = new ArrayList<>(List.of(path + ";x=1", "/" + path, path + "/%2e%2e/x", "/%2e" + path,
				path + "%3bx=1", path + "%00", "/x/.." + path, "/." + path, path + "/."));
		for (String slash : (last > 0) ? List.of("//", "%2f", "%252f", "%5c") : List.<String>of()) {
			unsafe.add(path.substring(0, last) + slash + path.substring(last + 1));
		}
		for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
			unsafe.add(path.substring(0, slash) + ";x=1" + path.substring(slash));
		}
		if (!open && path.length() > 1) {
			unsafe.add(path + ".");
			unsafe.add(path.toUpperCase(Locale.ROOT));
		}
		return unsafe;
	}

	@Test
	@Attack(value = { "A01", "A06", "C03" }, failedWith = "anyRequest().permitAll()")
	void whatNoRouteNamesIsNotThere() {
		List<String> paths = List.of("GET /engine-rest/user", "POST /engine-rest/identity/verify",
				"GET /engine-rest/engine/default/task", "GET /actuator", "GET /actuator/env", "GET /actuator/heapdump",
				"GET /actuator/health", "GET /actuator/threaddump", "GET /actuator/loggers", "GET /actuator/mappings",
				"GET /actuator/configprops", "GET /actuator/metrics", "GET /actuator/prometheus", "GET /h2-console",
				"GET /h2-console/login.do", "GET /swagger-ui/index.html", "GET /v3/api-docs", "GET /swagger-ui.html",
				"GET /camunda/app/welcome/default/", "GET /camunda/api/welcome/plugin/x",
				"GET /camunda/app/admin/default/", "GET /camunda/app/admin/default/setup/",
				"POST /camunda/api/admin/setup/default/user/create",
				"POST /camunda/api/admin/auth/user/default/login/tasklist",
				"POST /camunda/api/admin/auth/user/default/login/cockpit", "GET /camunda", "GET /camunda/",
				"GET /camunda/app/", "GET /camunda-welcome/index.html", "GET /application.yaml", "GET /.git/config",
				"GET /.env", "GET /forms/make-plan.form", "GET /processes/escalation-ladder.bpmn",
				"PUT /api/v1/cases/1", "DELETE /api/v1/cases/1", "GET /api/v1/cases", "GET /api/v2/cases",
				"GET /api/v1/users", "POST " + ENGINE + "deployment/create", "DELETE " + ENGINE + "process-instance/x1",
				"PUT " + ENGINE + "process-instance/x1/variables/decision",
				"POST " + ENGINE + "process-instance/x1/modification", "POST " + ENGINE + "migration/execute",
				"POST " + ENGINE + "task/x1/assignee", "POST " + ENGINE + "task/x1/complete",
				"POST " + ENGINE + "task/x1/comment/create", "POST " + ENGINE + "task/create",
				"POST " + ENGINE + "task", "POST " + ENGINE + "task/count", "POST " + ENGINE + "message",
				"POST " + ENGINE + "signal", "POST " + ENGINE + "condition", "POST " + ENGINE + "identity/verify",
				"POST " + ENGINE + "user/create", "PUT " + ENGINE + "user/anna/credentials",
				"POST " + ENGINE + "authorization/create", "POST " + ENGINE + "filter/create",
				"PUT " + ENGINE + "filter/x1", "POST " + ENGINE + "external-task/fetchAndLock",
				"PUT " + ENGINE + "job/x1/duedate", "POST " + ENGINE + "process-definition/x1/start",
				"DELETE " + ENGINE + "history/process-instance/x1", "POST " + ENGINE + "history/cleanup",
				"POST " + ENGINE + "history/variable-instance", "POST " + ENGINE + "history/task");
		List<String> wrong = new ArrayList<>();
		String query = "{\"assigneeExpression\":\"${1}\",\"orQueries\":[{\"assigneeExpression\":\"${''.getClass()}\"}]}";
		this.visitors.forEach((who, visitor) -> paths.forEach((each) -> {
			String[] door = each.split(" ");
			boolean api = door[1].startsWith("/api/") && !who.equals("anonymous");
			WebVisitor.Answer answer = visitor.send(door[0], door[1], door[0].equals("GET") ? null : query,
					"application/json", api ? Map.of("Authorization", basic(who)) : Map.of());
			if (answer.status() != (who.equals("anonymous") ? 401 : 404)) {
				wrong.add(each + " as " + who + ": " + answer.status());
			}
			if (answer.body().contains("\tat ") || answer.body().contains("camunda.bpm")) {
				wrong.add(each + " tells about the inside: " + answer.body());
			}
		}));
		assertThat(wrong).isEmpty();
	}

	@Test
	void everyResourceOfTheEngineIsListedAndClosedUnlessItSaysOtherwise() throws IOException {
		Set<String> resources = new TreeSet<>();
		resources(NamedProcessEngineRestServiceImpl.class, "/camunda/api/engine/engine", resources, 0);
		assertThat(resources.size()).as("the engine's web API was found").isGreaterThan(300);
		Map<String, String> listed = lines("engine-routes.csv").stream()
			.collect(Collectors.toMap((line) -> line.split(";")[0], (line) -> line.split(";")[1]));
		List<Route> routes = this.rooms.stream()
			.flatMap((room) -> room.list().stream())
			.sorted(java.util.Comparator.comparing((route) -> route.path().contains("**")))
			.toList();
		Map<String, WebVisitor> classes = oneOfEachClass(routes);
		Map<String, String> seen = new LinkedHashMap<>();
		List<String> wrong = new ArrayList<>();
		for (String resource : resources) {
			String method = resource.split(" ")[0];
			String path = resource.split(" ")[1].replaceFirst("\\{name}", "default").replaceAll("\\{[^}]+}", "x1");
			Set<String> through = new TreeSet<>();
			for (Map.Entry<String, WebVisitor> each : classes.entrySet()) {
				int status = each.getValue()
					.send(method, path, method.equals("GET") ? null : "{}", "application/json", Map.of())
					.status();
				Route door = routes.stream().filter((route) -> matches(route, method, path)).findFirst().orElse(null);
				if (door != null && mayPass(door, each.getKey())) {
					through.add(each.getKey());
				}
				else {
					boolean known = door != null && !door.hidden();
					int expected = each.getKey().equals("anonymous") ? 401 : known ? 403 : 404;
					if (status != expected) {
						wrong.add(resource + " as " + each.getKey() + ": " + status);
					}
				}
				if (status >= 500) {
					wrong.add(resource + " as " + each.getKey() + ": " + status);
				}
			}
			seen.put(resource, through.isEmpty() ? "nobody" : through.equals(Set.of("femke")) ? "administrator"
					: through.contains("femke") ? "both" : "casework");
		}
		Files.write(Path.of("target", "engine-routes-seen.csv"),
				seen.entrySet().stream().map((each) -> each.getKey() + ";" + each.getValue()).toList());
		assertThat(wrong).isEmpty();
		assertThat(seen).isEqualTo(listed);
	}

	/**
	 * Who may pass the same doors of the engine gets the same there: one of them asks.
	 */
	private Map<String, WebVisitor> oneOfEachClass(List<Route> routes) {
		Map<List<Boolean>, String> classes = new LinkedHashMap<>();
		List<Route> doors = routes.stream().filter((route) -> route.path().startsWith("/camunda/")).toList();
		this.visitors.keySet()
			.forEach((who) -> classes.putIfAbsent(
					Stream.concat(Stream.of(who.equals("anonymous")), doors.stream().map((door) -> mayPass(door, who)))
						.toList(),
					who));
		Map<String, WebVisitor> asking = new LinkedHashMap<>();
		classes.values().forEach((who) -> asking.put(who, this.visitors.get(who)));
		return asking;
	}

	private static boolean mayPass(Route route, String who) {
		return route.roles().contains(FUNCTIONS.getOrDefault(who, "nobody")) || route.isPublic()
				|| route.isForAllOfficers() && FUNCTIONS.containsKey(who);
	}

	private static boolean matches(Route route, String method, String path) {
		return route.method().name().equals(method)
				&& PathPatternParser.defaultInstance.parse(route.path()).matches(PathContainer.parsePath(path));
	}

	/** Walks a JAX-RS resource and the resources it leads to. */
	private static void resources(Class<?> type, String prefix, Set<String> found, int depth) {
		if (depth > 6) {
			return;
		}
		for (Method method : type.getMethods()) {
			jakarta.ws.rs.Path path = method.getAnnotation(jakarta.ws.rs.Path.class);
			String here = prefix + ((path != null) ? slashed(path.value()) : "");
			String verb = verb(method);
			if (verb != null) {
				found.add(verb + " " + (here.isEmpty() ? "/" : here));
			}
			else if (path != null) {
				resources(method.getReturnType(), here, found, depth + 1);
			}
		}
	}

	private static String slashed(String path) {
		String plain = path.replaceAll("\\{\\s*(\\w[\\w.-]*)\\s*:[^}]*}", "{$1}").replaceAll("/$", "");
		return (plain.isEmpty() || plain.startsWith("/")) ? plain : "/" + plain;
	}

	private static String verb(Method method) {
		for (Annotation annotation : method.getAnnotations()) {
			HttpMethod verb = annotation.annotationType().getAnnotation(HttpMethod.class);
			if (verb != null) {
				return verb.value();
			}
		}
		return null;
	}

	@Test
	@Attack(value = "A09", failedWith = "anyRequest().permitAll() and any method through the firewall")
	void otherVerbsDoNothing() {
		String number = this.own.get("anna").get("case");
		WebVisitor anna = this.visitors.get("anna");
		for (String path : List.of("/", "/casus/" + number, ENGINE + "task/" + this.own.get("anna").get("task"),
				"/api/v1/cases/" + number, "/login")) {
			for (String verb : List.of("TRACE", "HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "PROPFIND")) {
				WebVisitor.Answer answer = anna.send(verb, path, null, null, Map.of("Authorization", basic("anna")));
				assertThat(answer.status()).as(verb + " " + path).isIn(400, 401, 404, 405);
			}
		}
		for (String header : List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
			assertThat(anna
				.send("POST", "/casus/" + number, "_method=DELETE", "application/x-www-form-urlencoded",
						Map.of(header, "GET"))
				.status()).isEqualTo(404);
		}
	}

	@Test
	void foreignCaseIsToldLikeOneThatNeverExisted() {
		Map<String, String> none = Map.of("case", NO_CASE, "task", NO_TASK);
		List<String> wrong = new ArrayList<>();
		for (Row row : rows()) {
			if (!row.example().contains("{case}") && !row.example().contains("{task}")) {
				continue;
			}
			for (String who : List.of("olaf", "mila", "paul", "joris", "femke")) {
				// The auditor may read what happened in every case of his own
				// municipality, and a manager until when it is kept.
				boolean ofOwn = who.equals("joris") || who.equals("mila") && row.example().startsWith("/bewaren/");
				Map<String, String> foreign = this.own.get(ofOwn ? "olaf" : "anna");
				String real = answer(who, row, foreign).told()
					.replace(foreign.get("case"), "?")
					.replace(foreign.get("task"), "?");
				String invented = answer(who, row, none).told().replace(NO_CASE, "?").replace(NO_TASK, "?");
				if (!real.equals(invented)) {
					wrong.add(row.door() + " as " + who + ":\n  " + real + "\n  " + invented);
				}
			}
		}
		assertThat(wrong).isEmpty();
	}

	@Test
	void encodedLettersOpenNothingMore() {
		Map<String, String> foreign = this.own.get("anna");
		WebVisitor olaf = this.visitors.get("olaf");
		for (String path : List.of("%74ask/" + foreign.get("task") + "/form", "t%61sk/" + foreign.get("task"),
				"task/" + foreign.get("task") + "/form%2dvariables", "%74ask/" + foreign.get("task") + "/deployed-form",
				"user/%61nna/profile")) {
			assertThat(olaf.get(ENGINE + path).status()).as(path).isIn(400, 404);
		}
		assertThat(this.visitors.get("anna").get(ENGINE + "%74ask?assigneeExpression=x").status()).isEqualTo(400);
	}

	private String one(String sql) {
		return this.database.sql(sql).query(String.class).single();
	}

	private static final class Log extends AppenderBase<ILoggingEvent> {

		private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

		@Override
		protected void append(ILoggingEvent event) {
			this.lines.add(event.getFormattedMessage() + ((event.getThrowableProxy() != null)
					? ThrowableProxyUtil.asString(event.getThrowableProxy()) : ""));
		}

	}

}
