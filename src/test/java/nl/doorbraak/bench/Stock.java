package nl.doorbraak.bench;

import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.ProcessEngineConfiguration;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.DelegateTask;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.camunda.bpm.engine.delegate.TaskListener;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.StandaloneProcessEngineConfiguration;
import org.camunda.bpm.engine.impl.persistence.StrongUuidGenerator;
import org.camunda.bpm.engine.impl.util.ClockUtil;
import org.camunda.bpm.engine.task.Task;
import org.camunda.bpm.engine.task.TaskQuery;

import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The yardstick: our models as they were on 28 November 2026, on Camunda 7.24 with its
 * defaults, with authorization, which need to know asks for. Its delegates keep no
 * records: each only says what the next gateway or timer reads. What a form holds becomes
 * variables, as Tasklist does it.
 */
final class Stock extends Contender {

	private static final int GROUPS = 300;

	private static final List<String> MINE = List.of("team1", "team2", "team3");

	private static final Map<String, String> BODY = Map.of("regional", "region", "national", "desk", "ministry",
			"ministry");

	private static final List<String> RUNGS = List.of("local", "regional", "national", "ministry");

	private final Path data;

	private final EmbeddedPostgres postgres;

	private final CountedStatements counted;

	private final ProcessEngine engine;

	private final AtomicLong numbers = new AtomicLong();

	/** What the last form of a case said: the software's only memory. */
	private final Map<String, String> decided = new ConcurrentHashMap<>();

	/** When each process of the watch raised its first alarm. */
	private final Map<String, Instant> alarms = new ConcurrentHashMap<>();

	private final Map<String, Instant> due = new HashMap<>();

	private Instant crisis = Instant.MAX;

	private Copies copies;

	Stock(Path data) throws Exception {
		this.data = data;
		this.postgres = EmbeddedPostgres.builder()
			.setDataDirectory(data)
			.setCleanDataDirectory(false)
			.setServerConfig("fsync", "on")
			.setServerConfig("synchronous_commit", "on")
			.setServerConfig("max_connections", "60")
			.start();
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(url());
		pool.setUsername("postgres");
		pool.setMaximumPoolSize(20);
		this.counted = new CountedStatements(pool);
		StandaloneProcessEngineConfiguration settings = new StandaloneProcessEngineConfiguration();
		settings.setDataSource(this.counted);
		settings.setDatabaseSchemaUpdate("true");
		settings.setAuthorizationEnabled(true);
		// Both as the engine's Spring Boot starter has it; numbers would not tell copies
		// what is an id.
		settings.setIdGenerator(new StrongUuidGenerator());
		settings.setHistory(ProcessEngineConfiguration.HISTORY_FULL);
		settings.setJobExecutorActivate(true);
		settings.setBeans(new HashMap<>(beans()));
		this.engine = settings.buildProcessEngine();
		if (this.engine.getRepositoryService().createDeploymentQuery().count() == 0) {
			var deployment = this.engine.getRepositoryService().createDeployment();
			for (var model : new PathMatchingResourcePatternResolver().getResources("classpath:yardstick/*.*mn")) {
				deployment.addInputStream(model.getFilename(), model.getInputStream());
			}
			deployment.deploy();
		}
	}

	public static void main(String[] arguments) throws Exception {
		serve(new Stock(Path.of("stock").toAbsolutePath()));
	}

	private String url() {
		return "jdbc:postgresql://127.0.0.1:" + this.postgres.getPort() + "/postgres";
	}

	@Override
	JdbcClient database() {
		return JdbcClient.create(new DriverManagerDataSource(url(), "postgres", ""));
	}

	@Override
	Path data() {
		return this.data;
	}

	@Override
	long statements() {
		return this.counted.sent();
	}

	@Override
	List<Step> steps() {
		return Step.all(LocalDate.now());
	}

	@Override
	String report(boolean eventTomorrow) {
		String number = "DB-" + this.numbers.incrementAndGet();
		Map<String, Object> variables = new HashMap<>(Step.REPORT);
		variables.put("caseNumber", number);
		this.engine.getRuntimeService().startProcessInstanceByKey("escalation-ladder", number, variables);
		return number;
	}

	@Override
	boolean done(String number, Step step) {
		Task task = this.engine.getTaskService()
			.createTaskQuery()
			.processInstanceBusinessKey(number)
			.taskDefinitionKey(step.task())
			.singleResult();
		if (task == null) {
			return false;
		}
		Object decision = step.fields().get("decision");
		if (decision != null) {
			this.decided.put(number, decision.toString());
		}
		as(step.login(), List.of(group(task)), () -> {
			this.engine.getTaskService().claim(task.getId(), step.login());
			this.engine.getTaskService().complete(task.getId(), new HashMap<>(step.fields()));
			return task;
		});
		return true;
	}

	/** Who is asked is in the group that the task is offered to. */
	private String group(Task task) {
		return this.engine.getTaskService()
			.getIdentityLinksForTask(task.getId())
			.stream()
			.map((link) -> link.getGroupId())
			.filter((group) -> group != null)
			.findFirst()
			.orElseThrow();
	}

	private <T> T as(String login, List<String> groups, Supplier<T> act) {
		try {
			this.engine.getIdentityService().setAuthentication(login, groups);
			return act.get();
		}
		finally {
			this.engine.getIdentityService().clearAuthentication();
		}
	}

	@Override
	void acceptLead(String number) {
		this.engine.getRuntimeService()
			.createMessageCorrelation("lead.accepted")
			.processInstanceBusinessKey(number)
			.correlate();
	}

	@Override
	ProcessEngine engine() {
		return this.engine;
	}

	@Override
	void copy(String number, int from, int to) {
		if (this.copies == null) {
			this.copies = new Copies(new DriverManagerDataSource(url(), "postgres", ""),
					Map.of("team", "'team'||(k%" + GROUPS + ")"), "public");
		}
		this.copies.make(number, (copy) -> "'" + number + "-'||" + copy, from, to);
	}

	@Override
	String copied(String number, int copy) {
		return number + "-" + copy;
	}

	@Override
	void resume(String number) {
		// Its delegates remember nothing of it, and need not.
	}

	@Override
	Map<String, Runnable> queries(String number) {
		Map<String, Runnable> queries = new LinkedHashMap<>();
		queries.put("list", () -> as("anna", MINE, () -> {
			mine().orderByDueDate().asc().listPage(0, 20);
			return mine().count();
		}));
		queries.put("story",
				() -> this.engine.getHistoryService()
					.createHistoricActivityInstanceQuery()
					.processInstanceId(this.engine.getHistoryService()
						.createHistoricProcessInstanceQuery()
						.processInstanceBusinessKey(number)
						.list()
						.get(0)
						.getId())
					.list());
		return queries;
	}

	private TaskQuery mine() {
		return this.engine.getTaskService().createTaskQuery().taskCandidateGroupIn(MINE);
	}

	@Override
	Instant moveClockToCrisis(int cases, Duration spread) {
		this.crisis = Instant.now().plus(10, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS);
		database()
			.sql("""
					update act_ru_job j set duedate_ = cast(:first as timestamptz) + make_interval(secs => n * :step)
					from (select id_, row_number() over () - 1 as n from act_ru_job where handler_cfg_ = 'event_watchMomentReached') t
					where t.id_ = j.id_""")
			.param("first", Timestamp.from(this.crisis))
			.param("step", spread.toMillis() / 1000.0 / cases)
			.update();
		this.due.clear();
		database()
			.sql("""
					select process_instance_id_, duedate_ from act_ru_job where handler_cfg_ = 'event_watchMomentReached'""")
			.query((row) -> {
				this.due.put(row.getString(1), row.getTimestamp(2).toInstant());
			});
		if (this.due.size() != cases) {
			throw new IllegalStateException(this.due.size() + " cases wait for their crisis, not " + cases);
		}
		this.alarms.clear();
		ClockUtil.offset(Duration.between(Instant.now(), this.crisis.minus(LEAD_IN)).toMillis());
		// Else it may sleep for a minute, because nothing was due for so long.
		((ProcessEngineConfigurationImpl) this.engine.getProcessEngineConfiguration()).getJobExecutor().jobWasAdded();
		return this.crisis;
	}

	@Override
	int raised() {
		return this.alarms.size();
	}

	@Override
	List<Long> late() {
		return this.alarms.entrySet()
			.stream()
			.map((alarm) -> Duration.between(this.due.get(alarm.getKey()), alarm.getValue()).toMillis())
			.toList();
	}

	@Override
	Map<String, Object> checkAlarms() {
		return database().sql("""
				select count(distinct proc_inst_id_) as alarms, count(*) - count(distinct proc_inst_id_) as doubled
				from act_hi_actinst where act_id_ = 'serviceTask_raiseLeadAlarm'""").query().singleRow();
	}

	private Map<String, Object> beans() {
		Map<String, Object> beans = new HashMap<>();
		says(beans, "openCase", (execution) -> execution.setVariable("rung", "local"));
		says(beans, "openRung", (execution) -> {
			execution.setVariable("termEndsAt", inDays(30));
			execution.setVariable("candidateGroup", BODY.getOrDefault(execution.getVariable("rung"), "team"));
			execution.setVariable("bodyConnected", true);
		});
		says(beans, "findWatchMoment", (execution) -> execution.setVariable("nextWatchAt", inDays(20)));
		says(beans, "raiseLeadAlarm", (execution) -> this.alarms.putIfAbsent(execution.getProcessInstanceId(),
				ClockUtil.getCurrentTime().toInstant()));
		says(beans, "findStepMoment", (execution) -> execution.setVariable("nextStepAt", inDays(20)));
		says(beans, "recordPlan", (execution) -> execution.setVariable("perspectiveShared", true));
		says(beans, "recordProposal", (execution) -> {
			execution.setVariable("power", "tailoredBudget");
			execution.setVariable("deviates", false);
			execution.setVariable("amountCents", 420_000L);
			execution.setVariable("signOffNeeded", "local".equals(execution.getVariable("rung"))
					&& "brokenThrough".equals(this.decided.get(number(execution))));
		});
		says(beans, "findMandateHolder", (execution) -> {
			execution.setVariable("holderFound", true);
			execution.setVariable("answerDueAt", inDays(3));
		});
		says(beans, "recordSignOff", (execution) -> {
			execution.setVariable("agreed", false);
			execution.setVariable("passedOn", false);
			execution.setVariable("sentBack", true);
		});
		says(beans, "readSignOff", (execution) -> execution.setVariable("agreed", false));
		says(beans, "readRungDecision",
				(execution) -> execution.setVariable("decision", this.decided.get(number(execution))));
		says(beans, "recordNextStep", (execution) -> {
			String next = (String) execution.getVariable("nextStep");
			execution.setVariable("caseFinished", !RUNGS.contains(next));
			if (RUNGS.contains(next)) {
				execution.setVariable("rung", next);
			}
		});
		says(beans, "closeCase", (execution) -> {
			execution.setVariable("brokenThrough", true);
			execution.setVariable("withdrawn", false);
			execution.getProcessEngineServices()
				.getRuntimeService()
				.startProcessInstanceByKey("carry-out-breakthrough", number(execution),
						Map.of("caseNumber", number(execution)));
		});
		says(beans, "beginCarryOut", (execution) -> execution.setVariable("measuresDueAt", inDays(10)));
		says(beans, "recordMeasures", (execution) -> {
			execution.setVariable("carryOutFinished", true);
			execution.setVariable("outcomeDueAt", inDays(90));
		});
		says(beans, "findFollowUps", (execution) -> {
			execution.setVariable("reasonsOwed", false);
			execution.setVariable("ratificationOwed", false);
		});
		says(beans, "findAnnouncement", (execution) -> {
			execution.setVariable("announcementNeeded", true);
			execution.setVariable("announcementDueAt", inDays(10));
		});
		for (String silent : List.of("recordRungDecision", "recordOutcome", "recordAnnouncement", "endCarryOut")) {
			says(beans, silent, (execution) -> {
			});
		}
		for (String team : List.of("assignCaseTeamListener", "assignSignersListener")) {
			beans.put(team, (TaskListener) this::offerToTeam);
		}
		return beans;
	}

	private void offerToTeam(DelegateTask task) {
		task.addCandidateGroup("team");
	}

	private static void says(Map<String, Object> beans, String name, JavaDelegate delegate) {
		beans.put(name + "Delegate", delegate);
	}

	private static String number(DelegateExecution execution) {
		return (String) execution.getVariable("caseNumber");
	}

	private static Date inDays(int days) {
		return Date.from(ClockUtil.getCurrentTime().toInstant().plus(days, ChronoUnit.DAYS));
	}

}
