package nl.doorbraak;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import nl.doorbraak.support.Worklist;
import nl.doorbraak.support.Worklist.OpenTask;
import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.AttackResults;
import nl.doorbraak.testing.Canary;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static nl.doorbraak.testing.WebVisitor.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who is on a case sees it as long as their part lasts; for everybody else it is as if it
 * never existed: what they are told, how long that takes, and what they count.
 */
@WholeApplication
class NeedToKnowIT {

	private static final String NO_CASE = "DB-2026-999999";

	private static final String NO_TASK = "00000000-0000-0000-0000-000000000000";

	private static final int TIMES = (Integer.getInteger("races", 20) > 20) ? 200 : 60;

	private static final int MORE_CASES = (Integer.getInteger("races", 20) > 20) ? 1000 : 10;

	private static final Map<String, Object> PLAN = Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Aflossen.",
			"perspectiveShared", "yes");

	private final Town town;

	private final Worklist worklist;

	private final JdbcClient database;

	private final String canary = Canary.word();

	private final Map<String, String> reported = new LinkedHashMap<>();

	@Autowired
	NeedToKnowIT(Town town, Worklist worklist, JdbcClient database) {
		this.town = town;
		this.worklist = worklist;
		this.database = database;
	}

	@AfterEach
	void withdraw() {
		this.reported.forEach((number, login) -> this.town.as(login)
			.post("/api/v1/cases/" + number + "/withdrawal", Map.of("reason", "x")));
		this.reported.clear();
		this.town.workDue();
	}

	@Test
	@Attack(value = "E15", failedWith = "who once took part stays")
	void guestSeesACaseFromBeingAskedUntilTheirPartEndsAndTheTeamStays() {
		String number = report("anna");
		String other = report("anna");
		Map<String, WebVisitor> people = new LinkedHashMap<>();
		List.of("anna", "mila", "noor", "paul", "lotte", "amira", "ulla", "olaf", "bert")
			.forEach((login) -> people.put(login, WebVisitor.login(this.town, login)));
		sees(people, number, "anna");
		this.town.as("anna")
			.post("/api/v1/cases/" + number + "/agency-requests",
					Map.of("agencies", List.of("UWV"), "question", "Kan dit?"));
		this.town.workDue();
		String question = this.town.as("ulla").task(number, "answer-request");
		sees(people, number, "anna");
		assertThat(people.get("ulla").get(ENGINE + "task/" + question + "/form-variables").status()).isEqualTo(200);
		this.town.as("ulla")
			.fill(number, "answer-request", Map.of("answer", "granted", "action", "Ja.", "decidedBy", "Teammanager"));
		isGone(people.get("ulla"), question);
		this.town.as("anna").post("/api/v1/cases/" + number + "/lead/question", Map.of("organisation", "LMM"));
		sees(people, number, "anna", "lotte");
		this.town.as("lotte").post("/api/v1/cases/" + number + "/lead/refusal", Map.of("reason", "notOurLaw"));
		sees(people, number, "anna");
		Map<String, Object> plan = new LinkedHashMap<>(PLAN);
		plan.putAll(Map.of("cost", 0, "deviates", "yes", "reservation", "none"));
		this.town.as("anna").fill(number, "make-plan", plan);
		this.town.as("anna").fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "x"));
		sees(people, number, "anna", "mila");
		people.get("anna")
			.form("/casus/" + number + "/advies", Map.of("adviser", "legalAdviser", "question", "Kan dit?"));
		this.town.workDue();
		sees(people, number, "anna", "mila", "noor");
		String advice = this.town.as("noor").task(number, "answer-consultation");
		String signing = this.town.as("mila").task(number, "sign-off");
		this.town.as("mila").sign(number, Map.of("decision", "refuse", "ground", "policy", "reason", "x"));
		sees(people, number, "anna");
		isGone(people.get("noor"), advice);
		isGone(people.get("mila"), signing);
		up("anna", number, "decide-locally");
		sees(people, number, "anna", "paul");
		String today = this.town.today().toString();
		this.town.as("paul").fill(number, "hold-round-table", Map.of("heldOn", today, "agreements", "x"));
		up("paul", number, "decide-regionally");
		sees(people, number, "anna", "lotte");
		this.town.as("lotte")
			.fill(number, "make-first-contact", Map.of("contactedOn", today, "competentBodyStatus", "unknown"));
		up("lotte", number, "decide-nationally");
		sees(people, number, "anna", "amira");
		sees(people, other, "anna");
		this.town.as("amira")
			.fill(number, "convene-escalation-team", Map.of("convenedOn", today, "whoDecides", "minister"));
		this.town.as("anna").post("/api/v1/cases/" + number + "/lead/acceptance", Map.of());
		this.town.as("amira").fill(number, "decide-breakthrough", Map.of("decision", "noRoom", "explanation", "x"));
		assertThat(this.town.as("anna").state(number).path("state").asText()).isEqualTo("closed");
		sees(people, number, "anna");
		assertThat(readers(number)).as("who saw it stays in the record")
			.contains("anna", "lotte", "mila", "noor", "paul", "amira");
	}

	private void up(String login, String number, String form) {
		this.town.as(login).fill(number, form, Map.of("decision", "up", "explanation", "x"));
	}

	/** These read the case; for the others it is as one that never was. */
	private void sees(Map<String, WebVisitor> people, String number, String... who) {
		people.forEach((login, visitor) -> {
			boolean on = Arrays.asList(who).contains(login);
			WebVisitor.Answer page = visitor.get("/casus/" + number);
			assertThat(page.status()).as(login + " at " + number).isIn(on ? List.of(200, 302) : List.of(404));
			assertThat(this.town.as(login).get("/api/v1/cases/" + number).status()).as(login).isEqualTo(on ? 200 : 404);
			if (!on) {
				assertThat(page.told().replace(number, "?")).as(login)
					.isEqualTo(visitor.get("/casus/" + NO_CASE).told().replace(NO_CASE, "?"));
			}
		});
	}

	/**
	 * Who did it, or was asked to sign it, is told that it is done: nothing of the case.
	 */
	private void isGone(WebVisitor visitor, String task) {
		WebVisitor.Answer answer = visitor.get(ENGINE + "task/" + task);
		assertThat(answer.status()).isIn(404, 409);
		if (answer.status() == 404) {
			assertThat(answer.told().replace(task, "?"))
				.isEqualTo(visitor.get(ENGINE + "task/" + NO_TASK).told().replace(NO_TASK, "?"));
		}
		assertThat(answer.body()).doesNotContain(this.canary);
		assertThat(visitor.get("/taak/" + task).body())
			.containsAnyOf("U werkt niet meer mee", "Dit is hier niet te vinden")
			.doesNotContain(this.canary);
	}

	private List<String> readers(String number) {
		return this.town.database()
			.sql("select distinct actor from doorbraak.audit_line where chain = ? and act = 'caseRead'")
			.param(number)
			.query(String.class)
			.list();
	}

	@Test
	@Attack(value = "E12", failedWith = "lists that do not leave out lost cases")
	void accessEndsWithTheCommitThatMovesTheOfficerOrTheCaseOrEndsTheirRole() {
		String number = report("anna");
		String task = this.town.as("anna").task(number, "make-plan");
		this.town.as("anna").post("/api/v1/cases/" + number + "/lead/question", Map.of("organisation", "RG01"));
		this.town.workDue();
		WebVisitor paul = WebVisitor.login(this.town, "paul");
		assertThat(paul.form("/casus/" + number + "/regie/nemen", Map.of()).status()).isEqualTo(302);
		this.town.workDue();
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		Map<String, WebVisitor> both = Map.of("anna", anna, "paul", paul);
		sees(both, number, "anna", "paul");
		assertThat(listsThatName(number, anna, "anna")).containsExactly("openTasks", "openTasksOf", "openTasksDue",
				"Tasklist");
		during("update doorbraak.post set organisation_id = 'GM9002' where officer_login = 'anna'",
				"update doorbraak.post set organisation_id = 'GM9001' where officer_login = 'anna'", () -> {
					sees(both, number, "paul");
					assertThat(listsThatName(number, anna, "anna")).isEmpty();
					assertThat(this.town.as("anna").get("/api/v1/tasks/" + task + "/values").status()).isEqualTo(404);
					assertThat(anna.get(ENGINE + "task/" + task + "/form-variables").status()).isEqualTo(404);
				});
		during("update doorbraak.case_file set municipality_id = 'GM9003' where number = '" + number + "'",
				"update doorbraak.case_file set municipality_id = 'GM9001' where number = '" + number + "'", () -> {
					sees(both, number, "paul");
					assertThat(listsThatName(number, anna, "anna")).isEmpty();
				});
		during("update doorbraak.post set organisation_id = 'RG03' where officer_login = 'paul'",
				"update doorbraak.post set organisation_id = 'RG01' where officer_login = 'paul'",
				() -> sees(both, number, "anna"));
		sees(both, number, "anna", "paul");
		assertThat(readers(number)).contains("anna", "paul");
	}

	private List<String> listsThatName(String number, WebVisitor visitor, String login) {
		List<String> named = new ArrayList<>();
		List<OpenTask> all = this.worklist.openTasks(login, 0, 100_000);
		named(named, "openTasks", all, number);
		named(named, "openTasksOf", this.worklist.openTasksOf(login, List.of(number)), number);
		named(named, "openTasksDue", this.worklist.openTasksDue(login, Instant.parse("9000-01-01T00:00:00Z")), number);
		assertThat(this.worklist.waiting(login).tasks()).as("counts what it lists").isEqualTo(all.size());
		String filter = this.database.sql("select id_ from camunda.act_ru_filter where name_ = 'Alle open taken'")
			.query(String.class)
			.single();
		WebVisitor.Answer found = visitor.post(ENGINE + "filter/" + filter + "/list?firstResult=0&maxResults=15",
				"{\"taskVariables\":[{\"name\":\"caseNumber\",\"operator\":\"eq\",\"value\":\"" + number + "\"}]}");
		assertThat(found.status()).isEqualTo(200);
		if (found.json().size() > 0) {
			named.add("Tasklist");
		}
		return named;
	}

	private static void named(List<String> named, String list, List<OpenTask> tasks, String number) {
		if (tasks.stream().anyMatch((each) -> number.equals(each.subject()))) {
			named.add(list);
		}
	}

	private void during(String sql, String back, Runnable act) {
		this.town.database().sql(sql).update();
		try {
			act.run();
		}
		finally {
			this.town.database().sql(back).update();
		}
	}

	@Test
	@Attack(value = "E01", failedWith = "thirty milliseconds more for a case that exists")
	void foreignNumberIsToldInTheTimeOfOneThatNeverWas() {
		String number = report("olaf");
		String task = this.town.as("olaf").task(number, "make-plan");
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		WebVisitor joris = WebVisitor.login(this.town, "joris");
		takesAsLong(anna, "/casus/" + number, "/casus/" + NO_CASE);
		takesAsLong(anna, ENGINE + "task/" + task, ENGINE + "task/" + NO_TASK);
		takesAsLong(joris, "/controle/" + number, "/controle/" + NO_CASE);
	}

	private void takesAsLong(WebVisitor visitor, String there, String nowhere) {
		double[] real = new double[TIMES];
		double[] invented = new double[TIMES];
		for (int i = -10; i < TIMES; i++) {
			double first = milliseconds(visitor, (i % 2 == 0) ? there : nowhere);
			double second = milliseconds(visitor, (i % 2 == 0) ? nowhere : there);
			if (i >= 0) {
				real[i] = (i % 2 == 0) ? first : second;
				invented[i] = (i % 2 == 0) ? second : first;
			}
		}
		double apart = Math.abs(median(real) - median(invented));
		double spread = Math.max(spread(real), spread(invented));
		String door = there.replaceAll("DB-[0-9-]+|[0-9a-f-]{36}", "*");
		AttackResults.measured("E01", "%s: there %.1f ms, never was %.1f ms, spread %.1f ms, %d each, interleaved"
			.formatted(door, median(real), median(invented), spread, TIMES));
		assertThat(apart).as(door).isLessThan(Math.max(10, 3 * spread));
	}

	private static double milliseconds(WebVisitor visitor, String path) {
		long start = System.nanoTime();
		assertThat(visitor.get(path).status()).as(path).isEqualTo(404);
		return (System.nanoTime() - start) / 1e6;
	}

	private static double median(double[] values) {
		double[] sorted = values.clone();
		Arrays.sort(sorted);
		return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
	}

	/** The median of the distances to the median. */
	private static double spread(double[] values) {
		double middle = median(values);
		return median(Arrays.stream(values).map((value) -> Math.abs(value - middle)).toArray());
	}

	@Test
	@Attack(value = "E03", failedWith = "another municipality's tasks in everybody's list")
	void nothingThatOthersCountChangesWhenAMunicipalityGetsMoreCases() {
		this.town.workDue();
		Map<String, WebVisitor> people = new LinkedHashMap<>();
		List.of("anna", "mila", "dirk", "joris", "sara", "marga", "lotte", "amira", "ulla", "ruben")
			.forEach((login) -> people.put(login, WebVisitor.login(this.town, login)));
		counted(people);
		Map<String, String> before = counted(people);
		List<String> numbers = new ArrayList<>();
		Town.Visitor olaf = this.town.as("olaf");
		for (int i = 0; i < MORE_CASES; i++) {
			Town.Answer answer = olaf.post("/api/v1/cases", Map.of("whatIsStuck", this.canary));
			assertThat(answer.status()).isEqualTo(201);
			numbers.add(answer.json().path("number").asText());
		}
		numbers.forEach((number) -> this.reported.put(number, "olaf"));
		this.town.workDue();
		AttackResults.measured("E03", before.size() + " pages, lists and counts of " + people.size()
				+ " people, the same after " + MORE_CASES + " cases elsewhere");
		Map<String, String> after = counted(people);
		before.forEach((door, said) -> assertThat(after.get(door)).as(door).isEqualTo(said));
	}

	private Map<String, String> counted(Map<String, WebVisitor> people) {
		Map<String, String> said = new LinkedHashMap<>();
		people.forEach((login, visitor) -> {
			for (String page : List.of("/", "/bord", "/tekenen", "/maatregelen", "/verzoeken", "/noodtoegang",
					"/patronen", "/instanties/cijfers", "/controle", "/bevindingen", "/bewaren", "/bereikbaarheid",
					ENGINE + "filter/count", ENGINE + "task")) {
				said.put(login + " " + page,
						visitor.get(page)
							.told()
							.replaceAll("name=\"_csrf\" value=\"[^\"]*\"", "")
							.replaceAll("(Bijgewerkt [^.<]*), [0-9]{1,2}:[0-9]{2} uur", "$1")
							.replaceAll("content-length=\\[[0-9]+\\]", ""));
			}
			if (!login.equals("joris")) {
				filters(visitor).forEach((name, id) -> said.put(login + " " + name,
						visitor.post(ENGINE + "filter/" + id + "/list", Map.of()).body()));
				said.put(login + " tasks", this.town.as(login).get("/api/v1/tasks").text());
			}
		});
		return said;
	}

	private static Map<String, String> filters(WebVisitor visitor) {
		Map<String, String> filters = new LinkedHashMap<>();
		visitor.get(ENGINE + "filter")
			.json()
			.forEach((each) -> filters.put(each.path("name").asText(), each.path("id").asText()));
		return filters;
	}

	@Test
	@Attack(value = { "E02", "E04" }, failedWith = "any variable searched and sorted by")
	void hiddenVariableIsNeitherSearchedNorSortedBy() {
		report("olaf");
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		String list = ENGINE + "filter/" + filters(anna).get("Alle open taken") + "/list";
		assertThat(anna.post(list, Map.of()).status()).isEqualTo(200);
		List<String> answers = new ArrayList<>();
		for (String name : List.of("bsn", "mandateGranted", "requestId", "eventDate")) {
			for (String operator : List.of("eq", "neq", "like", "gt", "lt", "gteq", "notLike")) {
				for (String value : List.of("1", "%", "123456789")) {
					for (String kind : List.of("taskVariables", "processVariables", "caseInstanceVariables")) {
						answers
							.add(anna
								.post(list,
										Map.of(kind,
												List.of(Map.of("name", name, "operator", operator, "value", value))))
								.told());
					}
				}
			}
			for (String by : List.of("taskVariable", "processVariable", "executionVariable", "caseInstanceVariable")) {
				answers.add(anna.post(list, Map.of("sorting", List.of(Map.of("sortBy", by, "sortOrder", "asc",
						"parameters", Map.of("variable", name, "type", "String")))))
					.told());
			}
		}
		for (String query : List.of("taskVariables=bsn_eq_1", "processVariables=bsn_like_%25", "sortBy=taskVariable",
				"sortBy=description&sortOrder=asc&parameters=x", "taskVariables=bsn_gt_1")) {
			answers.add(anna.get(ENGINE + "task?" + query).told());
			assertThat(anna.get(ENGINE + "task/count?" + query).status()).as(query).isEqualTo(403);
		}
		assertThat(answers).allSatisfy((said) -> assertThat(said).startsWith("400"));
		assertThat(answers.stream().distinct()).as("one answer, whatever is asked").hasSizeLessThanOrEqualTo(2);
	}

	@Test
	@Attack(value = "E05", failedWith = "Cockpit's doors open to who works on cases")
	void engineTellsNobodyItsHistoryAndItsAdministratorCodesOnly() {
		String number = report("anna");
		this.town.as("anna")
			.fill(number, "make-plan",
					Map.of("desiredEffect", this.canary, "firstBreakthrough", this.canary, "perspectiveShared", "yes"));
		this.town.as("anna").fill(number, "decide-locally", Map.of("decision", "up", "explanation", this.canary));
		String job = this.database.sql("select id_ from camunda.act_ru_job order by id_ limit 1")
			.query(String.class)
			.single();
		List<String> doors = List.of("history/process-instance", "history/activity-instance",
				"history/variable-instance", "history/detail", "history/task", "history/user-operation",
				"history/incident", "history/job-log", "history/external-task-log", "history/identity-link-log",
				"history/decision-instance", "history/batch", "variable-instance", "incident", "job",
				"job/" + job + "/stacktrace", "external-task", "execution", "process-instance");
		for (String login : List.of("anna", "olaf", "mila", "dirk", "wilma", "paul", "ulla", "lotte", "amira", "joris",
				"noor", "wout")) {
			WebVisitor visitor = WebVisitor.login(this.town, login);
			doors.forEach((door) -> {
				assertThat(visitor.get(ENGINE + door).status()).as(login + " " + door).isIn(403, 404);
				assertThat(visitor.get(ENGINE + door + "/count").status()).as(login + " " + door).isIn(403, 404);
			});
		}
		WebVisitor femke = WebVisitor.login(this.town, "femke");
		for (String door : doors) {
			WebVisitor.Answer answer = femke.get(ENGINE + door);
			assertThat(answer.status()).as(door).isLessThan(500);
			assertThat(answer.told()).as(door).doesNotContain(this.canary);
		}
		JsonNode variables = femke.get(ENGINE + "variable-instance").json();
		assertThat(variables).isNotEmpty();
		assertThat(StreamSupport.stream(variables.spliterator(), false)
			.filter((each) -> each.path("value").isTextual())
			.map((each) -> each.path("name").asText() + "=" + each.path("value").asText()))
			.as("codes, dates and numbers")
			.allMatch((each) -> each.matches("\\w+=[A-Za-z0-9.:+_#-]*( [a-z0-9: ]{1,20})?"));
	}

	@Test
	@Attack(value = "E07", failedWith = "Cockpit's doors open to who works on cases")
	void peopleAreListedToTheirOwnOrganisationOnly() {
		String number = report("anna");
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		for (String door : List.of("user", "user/count", "group", "group/count", "tenant", "user/olaf",
				"group/managerGM9002", "authorization", "identity/groups?userId=olaf")) {
			assertThat(anna.get(ENGINE + door).status()).as(door).isIn(403, 404);
		}
		assertThat(anna.get(ENGINE + "user/olaf/profile").told())
			.isEqualTo(anna.get(ENGINE + "user/niemand/profile").told())
			.startsWith("404");
		List<String> others = this.town.database()
			.sql("""
					select name from doorbraak.officer o where exists (select 1 from doorbraak.post p
					  where p.officer_login = o.login and p.organisation_id in ('GM9002', 'GM9003', 'GM9004', 'GM9005', 'RG03'))""")
			.query(String.class)
			.list();
		assertThat(others).contains("Olaf Visser", "Hein Drost");
		for (String page : List.of("/", "/afwezig", "/bord", "/instrumenten", "/casus/" + number,
				"/casus/" + number + "/regie", "/casus/" + number + "/bellen", "/casus/" + number + "/rondetafel",
				"/casus/" + number + "/uitvoering", "/casus/" + number + "/delen", "/casus/" + number + "/bevoegd",
				"/namens-mij", "/noodtoegang")) {
			WebVisitor.Answer answer = anna.get(page);
			assertThat(answer.status()).as(page).isEqualTo(200);
			others.forEach((name) -> assertThat(answer.body()).as(page).doesNotContain(name));
		}
	}

	private String report(String login) {
		String number = this.town.as(login).report(Map.of("whatIsStuck", this.canary));
		this.reported.put(number, login);
		return number;
	}

}
