package nl.doorbraak.workflow.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import nl.doorbraak.support.Worklist;
import nl.doorbraak.support.Worklist.OpenTask;
import nl.doorbraak.support.Worklist.Waiting;
import nl.doorbraak.support.watchdog.Watched.Late;
import nl.doorbraak.testing.TaskListIsRight;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.task.Task;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** The list of tasks follows the engine, whatever happens to a task. */
@WholeApplication
class TaskListIT {

	private static final List<String> QUESTIONS = List.of(TaskList.PAGE, TaskList.WAITING,
			"select doorbraak.count_tasks(:login, :holders)");

	private static final Map<String, Object> PLAN = Map.of("desiredEffect", "Rust.", "firstBreakthrough", "Aflossen.",
			"perspectiveShared", "yes");

	private final Town town;

	private final JdbcClient database;

	private final TaskService tasks;

	private final RuntimeService processes;

	private final Worklist worklist;

	private final TaskListCheck check;

	private final TransactionTemplate transaction;

	private final Town.Visitor anna;

	private String number;

	@Autowired
	TaskListIT(Town town, JdbcClient database, TaskService tasks, RuntimeService processes, Worklist worklist,
			TaskListCheck check, PlatformTransactionManager transactions) {
		this.town = town;
		this.database = database;
		this.tasks = tasks;
		this.processes = processes;
		this.worklist = worklist;
		this.check = check;
		this.transaction = new TransactionTemplate(transactions);
		this.anna = town.as("anna");
	}

	@BeforeEach
	void report() {
		this.number = this.anna.report(Map.of("whatIsStuck", "Er zit iets vast."));
		agrees("reported");
	}

	@AfterEach
	void endCase() {
		this.anna.post("/api/v1/cases/" + this.number + "/withdrawal", Map.of("reason", "x"));
		this.town.workDue();
		agrees("withdrawn");
	}

	@Test
	void listFollowsWhatPeopleDo() {
		String task = this.anna.task(this.number, "make-plan");
		this.anna.post("/api/v1/tasks/" + task + "/claim", null);
		agrees("claimed");
		this.anna.post("/api/v1/tasks/" + task + "/unclaim", null);
		agrees("put back");
		this.anna.post("/api/v1/cases/" + this.number + "/threat",
				Map.of("threat", "eviction", "eventDate", this.town.today().plusDays(9).toString()));
		agrees("threatened");
		this.anna.post("/api/v1/cases/" + this.number + "/pause", Map.of("reason", "residentAway"));
		this.town.pass(Duration.ofDays(2));
		this.anna.post("/api/v1/cases/" + this.number + "/resumption", null);
		agrees("paused and resumed: other dates");
		this.anna.post("/api/v1/cases/" + this.number + "/agency-requests",
				Map.of("agencies", List.of("UWV"), "question", "Kan de verrekening stoppen?"));
		this.anna.post("/api/v1/cases/" + this.number + "/lead/question", Map.of("organisation", "RG01"));
		this.town.workDue();
		agrees("others asked");
		WebVisitor.login(this.town, "paul").form("/casus/" + this.number + "/regie/nemen", Map.of());
		this.town.workDue();
		agrees("lead taken");
		this.anna.fill(this.number, "make-plan", PLAN);
		agrees("planned");
		this.town.passUntil(Instant.parse(this.town.clock().instant().plus(Duration.ofDays(40)).toString()));
		agrees("terms ended");
	}

	@Test
	void nobodysListLooksAtTheTasksOfOthers() {
		// Plans are made for the little that there is, and then hold. Where due dates
		// changed, the index of holders is larger than that of tasks.
		JdbcClient owner = this.town.database();
		try {
			insertTasks(owner, "few", 100);
			for (int i = 0; i < 3; i++) {
				owner.sql("update doorbraak.task_offer set due_at = now() where task_id like 'few-%'").update();
			}
			owner.sql("analyze doorbraak.open_task, doorbraak.task_offer").update();
			this.transaction.executeWithoutResult((tx) -> {
				tx.setRollbackOnly();
				QUESTIONS.forEach(this::pagesRead);
				insertTasks(this.database, "many", 60_000);
				for (String question : QUESTIONS) {
					assertThat(pagesRead(question)).as(question).isLessThan(200);
				}
				assertThat(pagesRead("select count(*) from doorbraak.task_offer")).isGreaterThan(300);
			});
		}
		finally {
			owner.sql("delete from doorbraak.open_task where task_id like 'few-%'").update();
		}
	}

	private static void insertTasks(JdbcClient database, String name, int count) {
		database.sql("""
				insert into doorbraak.open_task (task_id, case_number, name, form)
				select :name || '-' || n, 'DB-2099-' || n, '', 'make-plan' from generate_series(1, :count) n""")
			.param("name", name)
			.param("count", count)
			.update();
		database.sql("""
				insert into doorbraak.task_offer (task_id, holder, case_number, form)
				select task_id, 'user:' || right(task_id, 3), case_number, form from doorbraak.open_task
				where task_id like :name || '-%'""").param("name", name).update();
	}

	private int pagesRead(String question) {
		JdbcClient.StatementSpec asked = this.database.sql("explain (analyze, buffers, format json) " + question)
			.param("login", "anna")
			.param("holders", new String[] { "user:111", "group:caseDirector" })
			.param("from", 0)
			.param("most", 20);
		asked.query(String.class).single();
		Matcher pages = Pattern.compile("\"Shared Hit Blocks\": (\\d+)").matcher(asked.query(String.class).single());
		assertThat(pages.find()).isTrue();
		return Integer.parseInt(pages.group(1));
	}

	@Test
	void listFollowsWhatTheSoftwareDoes() {
		Task task = this.tasks.createTaskQuery().processInstanceBusinessKey(this.number).list().get(0);
		task.setDueDate(Date.from(Instant.parse("2031-05-06T07:08:09.123Z")));
		this.tasks.saveTask(task);
		agrees("another date");
		this.tasks.addCandidateUser(task.getId(), "olaf");
		this.tasks.addCandidateGroup(task.getId(), "manager");
		this.tasks.addCandidateGroup(task.getId(), "alderman");
		agrees("more candidates");
		this.tasks.setAssignee(task.getId(), "bert");
		this.tasks.deleteCandidateUser(task.getId(), "olaf");
		this.tasks.deleteCandidateGroup(task.getId(), "manager");
		agrees("fewer");
		assertThat(listed("bert")).contains(task.getId());
		assertThat(listed("olaf")).doesNotContain(task.getId());
		this.tasks.setAssignee(task.getId(), null);
		task = this.tasks.createTaskQuery().taskId(task.getId()).singleResult();
		task.setDueDate(null);
		this.tasks.saveTask(task);
		agrees("no date");
		assertThat(listed("dirk")).doesNotContain(task.getId());
		assertThat(listed("wilma")).as("last of all").endsWith(task.getId());
		this.processes.createProcessInstanceQuery()
			.processInstanceBusinessKey(this.number)
			.rootProcessInstances()
			.list()
			.forEach((root) -> this.processes.deleteProcessInstance(root.getId(), "gone", true, true, true));
		agrees("deleted");
	}

	@Test
	void rowSaysWhatTheEngineSaysOfTheTask() {
		this.anna.post("/api/v1/cases/" + this.number + "/agency-requests",
				Map.of("agencies", List.of("UWV", "SVB"), "question", "Kan de verrekening stoppen?"));
		this.town.workDue();
		List<OpenTask> listed = new ArrayList<>();
		for (String login : List.of("anna", "ulla", "siem")) {
			listed.addAll(this.worklist.openTasksOf(login, List.of(this.number)));
		}
		assertThat(listed).hasSizeGreaterThan(1);
		for (OpenTask row : listed) {
			assertThat(row).isEqualTo(this.worklist.task(holder(row.id()), row.id()));
		}
		assertThat(listed).extracting(OpenTask::part).filteredOn((part) -> part != null).doesNotHaveDuplicates();
	}

	private String holder(String task) {
		return List.of("anna", "ulla", "siem")
			.stream()
			.filter((login) -> this.worklist.findTask(login, task).isPresent())
			.findFirst()
			.orElseThrow();
	}

	/** Who comes second hears so from the engine, and does it again. */
	@Test
	void twoAtOnceLeaveTheListRight() throws Exception {
		String task = this.anna.task(this.number, "make-plan");
		ExecutorService two = Executors.newFixedThreadPool(2);
		try {
			for (int round = 0; round < 20; round++) {
				CyclicBarrier start = new CyclicBarrier(2);
				boolean add = round % 2 == 0;
				Future<?> one = two.submit(() -> {
					start.await(10, TimeUnit.SECONDS);
					change(task, "olaf", add);
					return task;
				});
				Future<?> other = two.submit(() -> {
					start.await(10, TimeUnit.SECONDS);
					change(task, "bert", !add);
					return task;
				});
				one.get();
				other.get();
				agrees("round " + round);
			}
		}
		finally {
			two.shutdownNow();
		}
	}

	@Test
	void taskIsCountedOnceHoweverManyOfItsHoldersSomebodyIs() {
		String task = this.anna.task(this.number, "make-plan");
		String another = this.anna.report(Map.of("whatIsStuck", "Er zit iets vast."));
		counted("offered to a group");
		for (String holder : List.of("user:anna", "user:olaf", "user:anna", "user:olaf")) {
			String login = holder.substring("user:".length());
			change(task, login, offers(task, holder) == 0);
			counted(holder + " changed");
		}
		this.anna.post("/api/v1/tasks/" + task + "/claim", null);
		counted("claimed");
		this.anna.post("/api/v1/cases/" + another + "/withdrawal", Map.of("reason", "x"));
	}

	@Test
	void someFormsAreCountedApartAndNoOther() {
		this.transaction.executeWithoutResult((tx) -> {
			tx.setRollbackOnly();
			Waiting before = this.worklist.waiting("anna");
			for (String form : TaskList.APART) {
				this.database.sql("""
						insert into doorbraak.open_task (task_id, case_number, name, form)
						select n || :form, 'DB-2099-00000' || n, '', :form from generate_series(1, 3) n""")
					.param("form", form)
					.update();
				this.database.sql("""
						insert into doorbraak.task_offer (task_id, holder, case_number, form)
						select task_id, 'user:anna', case_number, form from doorbraak.open_task
						where task_id in (select n || :form from generate_series(1, 3) n)""")
					.param("form", form)
					.update();
			}
			Waiting after = this.worklist.waiting("anna");
			TaskList.APART
				.forEach((form) -> assertThat(after.of(Set.of(form))).as(form).isEqualTo(before.of(Set.of(form)) + 3));
			assertThat(after.tasks()).isEqualTo(before.tasks() + 9);
			assertThat(after.subjects()).isEqualTo(before.subjects() + 3);
			assertThatIllegalArgumentException().isThrownBy(() -> after.of(Set.of("make-plan")));
		});
	}

	private long offers(String task, String holder) {
		return this.database.sql("select count(*) from doorbraak.task_offer where task_id = :task and holder = :holder")
			.param("task", task)
			.param("holder", holder)
			.query(Long.class)
			.single();
	}

	/** As whoever is anybody, and as Anna. */
	private void counted(String after) {
		agrees(after);
		String[] all = this.database.sql("select distinct holder from doorbraak.task_offer")
			.query(String.class)
			.list()
			.toArray(String[]::new);
		for (String[] holders : List.of(all, new String[] { "user:anna" },
				new String[] { "user:anna", "group:caseDirector", "group:caseDirectorGM9001" })) {
			List<String> tasks = this.database
				.sql("select distinct task_id from doorbraak.task_offer where holder = any (:holders)")
				.param("holders", holders)
				.query(String.class)
				.list();
			assertThat(this.database.sql("select doorbraak.count_tasks('nobody', :holders)")
				.param("holders", holders)
				.query(Long.class)
				.single()).as(after).isEqualTo(tasks.size());
		}
		Waiting waiting = this.worklist.waiting("anna");
		List<OpenTask> listed = this.worklist.openTasks("anna", 0, 10_000);
		assertThat(waiting.tasks()).as(after).isEqualTo(listed.size());
		assertThat(waiting.subjects()).as(after).isEqualTo(listed.stream().map(OpenTask::subject).distinct().count());
		TaskList.APART.forEach((form) -> assertThat(waiting.of(Set.of(form))).as(after + " " + form)
			.isEqualTo(listed.stream().filter((open) -> open.form().equals(form)).count()));
	}

	private void change(String task, String login, boolean add) {
		try {
			if (add) {
				this.tasks.addCandidateUser(task, login);
			}
			else {
				this.tasks.deleteCandidateUser(task, login);
			}
		}
		catch (OptimisticLockingException ex) {
			change(task, login, add);
		}
	}

	@Test
	void whatAVersionWithoutAListLeftIsListedAtTheStart() {
		this.database.sql("delete from doorbraak.open_task").update();
		assertThat(listed("anna")).isEmpty();
		this.check.afterSingletonsInstantiated();
		agrees("filled");
		assertThat(listed("anna")).contains(this.anna.task(this.number, "make-plan"));
	}

	@Test
	void whateverDiffersIsFoundAndMended() {
		String task = this.anna.task(this.number, "make-plan");
		for (String damage : List.of("delete from doorbraak.open_task where task_id = :task",
				"delete from doorbraak.task_offer where task_id = :task",
				"update doorbraak.open_task set assignee = 'olaf' where task_id = :task",
				"update doorbraak.open_task set due_at = due_at + interval '1 day' where task_id = :task",
				"update doorbraak.task_offer set due_at = null where task_id = :task",
				"insert into doorbraak.task_offer values (:task, 'user:olaf', null, '', '')")) {
			this.database.sql(damage).param("task", task).update();
			assertThat(TaskListIsRight.violations(this.database)).as(damage).isNotEmpty();
			List<Late> late = this.check.late(this.database, this.town.clock().instant());
			assertThat(late).as(damage).containsExactly(new Late(task, this.number));
			late.forEach(this.check::repair);
			assertThat(this.check.late(this.database, this.town.clock().instant())).as(damage).isEmpty();
			agrees(damage);
		}
		this.database.sql(
				"insert into doorbraak.open_task (task_id, case_number, name, form) values ('gone', :number, 'x', 'x')")
			.param("number", this.number)
			.update();
		this.check.late(this.database, this.town.clock().instant()).forEach(this.check::repair);
		agrees("a task that is over");
	}

	@Test
	void listComesInPagesOfTheNearestDeadlines() {
		JsonNode all = this.anna.get("/api/v1/tasks").json();
		List<String> ids = ids(all);
		assertThat(ids).doesNotHaveDuplicates();
		assertThat(StreamSupport.stream(all.spliterator(), false)
			.map((task) -> task.path("dueAt"))
			.map((due) -> due.isNull() ? Instant.MAX : Instant.parse(due.asText()))).isSorted();
		int half = ids.size() / 2;
		assertThat(ids(this.anna.get("/api/v1/tasks?from=" + half).json()).stream().limit(ids.size() - half))
			.containsExactlyElementsOf(ids.subList(half, ids.size()));
		assertThat(this.anna.get("/api/v1/tasks?from=100000").json()).isEmpty();
		assertThat(this.anna.get("/api/v1/tasks?from=-1").status()).isEqualTo(200);
		assertThat(this.anna.get("/api/v1/tasks?from=x").status()).isEqualTo(400);
		assertThat(this.worklist.waiting("anna").tasks()).isGreaterThanOrEqualTo(ids.size());
		assertThat(this.worklist.waiting("femke").tasks()).isZero();
	}

	private static List<String> ids(JsonNode list) {
		return StreamSupport.stream(list.spliterator(), false).map((task) -> task.path("id").asText()).toList();
	}

	private List<String> listed(String login) {
		return this.worklist.openTasks(login, 0, 10_000).stream().map(OpenTask::id).toList();
	}

	private void agrees(String after) {
		assertThat(TaskListIsRight.violations(this.database)).as(after).isEmpty();
	}

}
