package nl.doorbraak.workflow.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;
import org.camunda.bpm.engine.variable.type.ValueType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

import static nl.doorbraak.testing.WebVisitor.ENGINE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Whoever has a task or may take it up sees it, through every door of the engine, and
 * nobody else sees a sign of it. No grant is written for that.
 */
@WholeApplication
class TaskRightsIT {

	private final Town town;

	private final ProcessEngine engine;

	private final TaskService tasks;

	private final Directory directory;

	private final JdbcClient database;

	private String number;

	private String task;

	@Autowired
	TaskRightsIT(Town town, ProcessEngine engine, Directory directory, JdbcClient database) {
		this.town = town;
		this.database = database;
		this.engine = engine;
		this.tasks = engine.getTaskService();
		this.directory = directory;
	}

	@BeforeEach
	void annaHasATask() {
		this.number = this.town.as("anna").report(Map.of("whatIsStuck", "Er zit iets vast."));
		this.task = this.town.as("anna").task(this.number, "make-plan");
	}

	@AfterEach
	void endCase() {
		this.town.as("anna").post("/api/v1/cases/" + this.number + "/withdrawal", Map.of("reason", "x"));
		this.town.workDue();
	}

	/** Each of these finds the task when a candidate asks. */
	private Map<String, Function<TaskQuery, TaskQuery>> questions() {
		Map<String, Function<TaskQuery, TaskQuery>> all = new LinkedHashMap<>();
		all.put("all", (query) -> query);
		all.put("by id", (query) -> query.taskId(this.task));
		all.put("by name", (query) -> query.taskNameLike("%plan%"));
		all.put("by case", (query) -> query.processInstanceBusinessKey(this.number));
		all.put("by variable", (query) -> query.taskVariableValueEquals("caseNumber", this.number));
		all.put("sorted by variable", (query) -> query.orderByTaskVariable("caseNumber", ValueType.STRING).desc());
		all.put("sorted by name", (query) -> query.orderByTaskNameCaseInsensitive().asc());
		all.put("any of", (query) -> query.or().taskId(this.task).taskVariableValueEquals("caseNumber", "x").endOr());
		all.put("any of, with candidates", (query) -> query.or().taskId(this.task).taskCandidateUser("anna").endOr());
		all.put("of a candidate", (query) -> query.taskCandidateUser("anna").includeAssignedTasks());
		all.put("involving", (query) -> query.taskInvolvedUser("anna"));
		return all;
	}

	@Test
	void everyQuestionFindsTheTaskForItsHoldersOnly() {
		questions().forEach((what, question) -> {
			assertThat(found("anna", question)).as(what).contains(this.task);
			assertThat(count("anna", question)).as(what).isPositive();
			for (String login : List.of("olaf", "bert", "femke", "joris")) {
				assertThat(found(login, question)).as(login + " " + what).doesNotContain(this.task);
			}
			assertThat(count("olaf", (query) -> question.apply(query).taskId(this.task))).as(what).isZero();
		});
		assertThat(count("anna", (query) -> query)).isEqualTo(found("anna", (query) -> query).size());
	}

	/** What comes first is read from our list; who may see it is not. */
	@Test
	void firstOfAllAreTheSameAsByTheRightsOfTheEngine() {
		List<String> all = found("anna", (query) -> query.orderByDueDate().asc().orderByTaskId().asc());
		List<String> paged = new ArrayList<>();
		for (int from = 0; from < all.size() + 3; from += 3) {
			int start = from;
			paged.addAll(as("anna",
					() -> this.tasks.createTaskQuery()
						.orderByDueDate()
						.asc()
						.listPage(start, 3)
						.stream()
						.map(Task::getId)
						.toList()));
		}
		assertThat(paged).isEqualTo(all).contains(this.task);
		assertThat(count("anna", (query) -> query.orderByDueDate().asc())).isEqualTo(all.size());
		this.database
			.sql("""
					insert into doorbraak.task_offer (task_id, holder, case_number, form, due_at)
					select task_id, 'user:olaf', case_number, form, '2000-01-01' from doorbraak.open_task where task_id = :task""")
			.param("task", this.task)
			.update();
		assertThat(as("olaf", () -> this.tasks.createTaskQuery().orderByDueDate().asc().listPage(0, 10)))
			.as("a list that is wrong shows nothing")
			.extracting(Task::getId)
			.doesNotContain(this.task);
	}

	@Test
	void singleTaskIsReadByItsHoldersOnly() {
		List<ThrowingCallable> reads = List.of(() -> this.tasks.getIdentityLinksForTask(this.task),
				() -> this.tasks.getVariables(this.task), () -> this.tasks.getVariable(this.task, "caseNumber"),
				() -> this.engine.getFormService().getTaskFormData(this.task),
				() -> this.engine.getFormService().getTaskFormVariables(this.task),
				() -> this.engine.getFormService().getDeployedTaskForm(this.task));
		as("anna", () -> {
			reads.forEach((read) -> org.assertj.core.api.Assertions.assertThatCode(read).doesNotThrowAnyException());
			return this.task;
		});
		for (String login : List.of("olaf", "femke")) {
			List<ThrowingCallable> all = new ArrayList<>(reads);
			all.add(() -> this.tasks.addCandidateUser(this.task, login));
			all.add(() -> this.tasks.setOwner(this.task, login));
			as(login, () -> {
				all.forEach(
						(read) -> assertThatExceptionOfType(AuthorizationException.class).as(login + all.indexOf(read))
							.isThrownBy(read));
				return this.task;
			});
		}
	}

	@Test
	void rowVariablesAreReadWithTheTaskAndTheProcessOnesByTheAdministrator() {
		assertThat(variables("anna")).contains("caseNumber", "level");
		assertThat(variables("olaf")).isEmpty();
		assertThat(variables("femke")).contains("caseNumber");
		String instance = this.tasks.createTaskQuery().taskId(this.task).singleResult().getProcessInstanceId();
		Supplier<Long> ofTheProcess = () -> this.engine.getRuntimeService()
			.createVariableInstanceQuery()
			.variableScopeIdIn(instance)
			.count();
		assertThat(as("anna", ofTheProcess)).as("what the process keeps is not hers to read").isZero();
		assertThat(as("femke", ofTheProcess)).isPositive();
	}

	private List<String> variables(String login) {
		List<String> found = as(login,
				() -> this.engine.getRuntimeService()
					.createVariableInstanceQuery()
					.taskIdIn(this.task)
					.unlimitedList()
					.stream()
					.map((variable) -> variable.getName())
					.toList());
		assertThat(as(login,
				() -> this.engine.getRuntimeService().createVariableInstanceQuery().taskIdIn(this.task).count()))
			.isEqualTo(found.size());
		return found;
	}

	@Test
	void historyTellsWorkersNothing() {
		for (String login : List.of("anna", "olaf")) {
			assertThat(as(login, () -> this.engine.getHistoryService().createHistoricTaskInstanceQuery().count()))
				.isZero();
			assertThat(as(login, () -> this.engine.getHistoryService().createUserOperationLogQuery().count())).isZero();
		}
	}

	@Test
	void tasklistsDoorsTellAStrangerNothing() {
		WebVisitor olaf = WebVisitor.login(this.town, "olaf");
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		assertThat(rows(anna, Map.of())).isNotEmpty();
		assertThat(rows(olaf, Map.of())).doesNotContain(this.task);
		Map<String, Object> search = Map.of("taskVariables",
				List.of(Map.of("name", "caseNumber", "operator", "eq", "value", this.number)));
		assertThat(rows(anna, search)).containsExactly(this.task);
		assertThat(rows(olaf, search)).isEmpty();
		String instance = this.tasks.createTaskQuery().taskId(this.task).singleResult().getProcessInstanceId();
		assertThat(anna.get(ENGINE + "task?processInstanceId=" + instance).body()).contains(this.task);
		assertThat(olaf.get(ENGINE + "task?processInstanceId=" + instance).body()).isEqualTo("[]");
		for (String door : List.of("", "/form", "/deployed-form", "/form-variables")) {
			assertThat(anna.get(ENGINE + "task/" + this.task + door).status()).isEqualTo(200);
			WebVisitor.Answer foreign = olaf.get(ENGINE + "task/" + this.task + door);
			WebVisitor.Answer none = olaf.get(ENGINE + "task/00000000-0000-0000-0000-000000000000" + door);
			assertThat(foreign.status()).isEqualTo(404);
			assertThat(foreign.told()).as("as one that never was").isEqualTo(none.told());
		}
	}

	private List<String> rows(WebVisitor who, Map<String, Object> query) {
		String filter = StreamSupport.stream(who.get(ENGINE + "filter").json().spliterator(), false)
			.filter((each) -> each.path("name").asText().equals("Alle open taken"))
			.findFirst()
			.orElseThrow()
			.path("id")
			.asText();
		JsonNode list = who
			.send("POST", ENGINE + "filter/" + filter + "/list", WebVisitor.json(query), "application/json",
					Map.of("Accept", "application/hal+json"))
			.json();
		List<String> ids = new ArrayList<>();
		list.path("_embedded").path("task").forEach((row) -> {
			ids.add(row.path("id").asText());
			assertThat(row.path("_embedded").path("variable").findValuesAsText("name")).contains("caseNumber");
		});
		assertThat(list.path("count").asInt()).isGreaterThanOrEqualTo(ids.size());
		return ids;
	}

	@Test
	void whoHasATaskSeesItAndWhoIsNoCandidateAnyMoreSeesItNoMore() {
		this.tasks.setAssignee(this.task, "bert");
		assertThat(found("bert", (query) -> query)).as("who has it").contains(this.task);
		assertThat(found("anna", (query) -> query)).as("who may have it when it is put back").contains(this.task);
		this.tasks.setAssignee(this.task, null);
		assertThat(found("bert", (query) -> query)).doesNotContain(this.task);
		this.tasks.addCandidateGroup(this.task, "caseDirectorGM9002");
		assertThat(found("olaf", (query) -> query.taskId(this.task))).hasSize(1);
		this.tasks.deleteCandidateGroup(this.task, "caseDirectorGM9002");
		assertThat(found("olaf", (query) -> query.taskId(this.task))).isEmpty();
	}

	@Test
	void noGrantIsWrittenForATask() {
		this.town.as("anna").post("/api/v1/tasks/" + this.task + "/claim", null);
		assertThat(this.database.sql("select count(*) from camunda.act_ru_authorization where resource_id_ = :task")
			.param("task", this.task)
			.query(Long.class)
			.single()).isZero();
	}

	/** A database of before holds grants. */
	@Test
	void grantFromBeforeOpensNothing() {
		this.database
			.sql("""
					insert into camunda.act_ru_authorization (id_, rev_, type_, user_id_, resource_type_, resource_id_, perms_)
					values ('old-' || :task, 1, 1, 'olaf', 7, :task, 16386)""")
			.param("task", this.task)
			.update();
		assertThat(found("olaf", (query) -> query.taskId(this.task))).isEmpty();
		assertThat(variables("olaf")).isEmpty();
		as("olaf", () -> assertThatExceptionOfType(AuthorizationException.class)
			.isThrownBy(() -> this.tasks.getIdentityLinksForTask(this.task)));
		assertThat(this.town.as("olaf").post("/api/v1/tasks/" + this.task + "/claim", null).status()).isEqualTo(404);
	}

	private List<String> found(String login, Function<TaskQuery, TaskQuery> question) {
		return as(login,
				() -> question.apply(this.tasks.createTaskQuery()).unlimitedList().stream().map(Task::getId).toList());
	}

	private long count(String login, Function<TaskQuery, TaskQuery> question) {
		return as(login, () -> question.apply(this.tasks.createTaskQuery()).count());
	}

	private <T> T as(String login, Supplier<T> act) {
		IdentityService identities = this.engine.getIdentityService();
		identities.setAuthentication(login,
				this.directory.findOfficer(login).map(OfficerIdentityProvider::groupsOf).orElseThrow());
		try {
			return act.get();
		}
		finally {
			identities.clearAuthentication();
		}
	}

}
