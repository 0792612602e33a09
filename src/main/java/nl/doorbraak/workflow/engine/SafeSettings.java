package nl.doorbraak.workflow.engine;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import nl.doorbraak.support.StartRefused;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.camunda.bpm.spring.boot.starter.property.JobExecutionProperty;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;
import org.springframework.stereotype.Component;

/**
 * Refuses settings with which a deadline would be missed or told twice, a confirmed
 * signature could be lost, people's words would leave the database, or the engine would
 * run code that somebody sends in. Each says what to change.
 */
@Component
class SafeSettings implements InitializingBean {

	private static final int CONNECTIONS_FOR_PEOPLE = 10;

	/** Looks for jobs. */
	private static final int CONNECTIONS_FOR_ACQUISITION = 1;

	/** How long at most a node may leave looking, outside the demo. */
	private static final Map<String, Duration> INTERVALS = Map.of("doorbraak.alert.poll-every", Duration.ofSeconds(10),
			"doorbraak.lead.watch-every", Duration.ofSeconds(10), "doorbraak.watchdog.every", Duration.ofSeconds(60),
			"doorbraak.clock.synchronise-every", Duration.ofSeconds(60), "doorbraak.node.beat-every",
			Duration.ofSeconds(30));

	private static final Pattern ADDRESS = Pattern
		.compile("jdbc:postgresql://(?<hosts>[^/?]+)(/[^?]*)?(\\?(?<more>.*))?");

	private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

	private final HikariDataSource pool;

	private final JobExecutionProperty jobs;

	private final ProcessEngineConfigurationImpl engine;

	private final boolean durable;

	@Autowired
	SafeSettings(DataSource dataSource, CamundaBpmProperties settings, ProcessEngine engine, Environment environment)
			throws SQLException {
		this(dataSource.unwrap(HikariDataSource.class), settings.getJobExecution(),
				(ProcessEngineConfigurationImpl) engine.getProcessEngineConfiguration(),
				!environment.acceptsProfiles(Profiles.of("demo")));
		if (this.durable) {
			checkIntervals(environment);
		}
	}

	SafeSettings(HikariDataSource pool, JobExecutionProperty jobs, ProcessEngineConfigurationImpl engine,
			boolean durable) {
		this.pool = pool;
		this.jobs = jobs;
		this.engine = engine;
		this.durable = durable;
	}

	@Override
	public void afterPropertiesSet() throws SQLException {
		checkPool();
		checkConnections();
		if (this.durable) {
			checkCommits();
		}
		checkJobs();
		checkEngine();
	}

	/** What is looked at too seldom comes too late, or with a clock that ran off. */
	static void checkIntervals(Environment environment) {
		Binder settings = Binder.get(environment);
		INTERVALS.forEach((name, most) -> {
			Duration every = settings.bind(name, Duration.class).orElse(most);
			require(!every.isNegative() && !every.isZero() && every
				.compareTo(most) <= 0, "A node would look only every " + every.toSeconds()
						+ " seconds, so that an alert comes later than it may, or a clock that ran off is noticed late ("
						+ name + ").",
					"Leave " + name + " out, or set it to at most " + most.toSeconds() + "s.");
		});
	}

	private void checkPool() {
		int needed = this.jobs.getMaxPoolSize() + CONNECTIONS_FOR_ACQUISITION + CONNECTIONS_FOR_PEOPLE;
		require(this.pool.getMaximumPoolSize() >= needed,
				"There are " + this.pool.getMaximumPoolSize() + " database connections for "
						+ this.jobs.getMaxPoolSize() + " background threads and everybody at a screen.",
				"Set spring.datasource.hikari.maximum-pool-size to at least " + needed + ".");
		require(isBetween(1, this.pool.getMaxLifetime(), 600_000),
				"A database connection would be kept for longer than ten minutes, also when another server has taken over.",
				"Leave spring.datasource.hikari.max-lifetime out, or set it to at most 600000 (milliseconds).");
		require(isBetween(1, this.pool.getKeepaliveTime(), 120_000),
				"Whether a connection that nobody uses still lives would not be looked at within two minutes.",
				"Leave spring.datasource.hikari.keepalive-time out, or set it to at most 120000 (milliseconds).");
		String isolation = this.pool.getTransactionIsolation();
		require(isolation == null || isolation.equals("TRANSACTION_READ_COMMITTED"),
				"The engine knows deadlocks under another isolation level than read committed.",
				"Leave spring.datasource.hikari.transaction-isolation out.");
	}

	private void checkConnections() {
		Matcher address = ADDRESS.matcher(this.pool.getJdbcUrl());
		if (!address.matches()) {
			throw new StartRefused("spring.datasource.url is not the address of a PostgreSQL database.",
					"Give it as jdbc:postgresql://host/database.");
		}
		Map<String, String> driver = driver(address.group("more"));
		long patience = number(driver, "socketTimeout") * 1000;
		require(patience > 0 && patience < this.jobs.getLockTimeInMillis(),
				"A database that does not answer would be waited for longer than the lock of a job lasts ("
						+ this.jobs.getLockTimeInMillis() + " ms), so that the job could be done twice.",
				"Leave socketTimeout out of spring.datasource.url, or set it to 30 (seconds).");
		require(isBetween(1, number(driver, "loginTimeout"), 10),
				"A database that does not let anybody in would be waited for longer than ten seconds.",
				"Leave loginTimeout out of spring.datasource.url, or set it to at most 10 (seconds).");
		require("true".equals(driver.get("tcpKeepAlive")), "A database that vanished would not be noticed.",
				"Leave tcpKeepAlive out of spring.datasource.url.");
		require("false".equals(driver.get("logServerErrorDetail")),
				"What the database says about a refused row would be in the log, with what people wrote.",
				"Leave logServerErrorDetail out of spring.datasource.url.");
		require("primary".equals(driver.get("targetServerType")),
				"Doorbraak could connect to a copy of the database that only reads.",
				"Leave targetServerType out of spring.datasource.url.");
		String hosts = address.group("hosts");
		boolean here = Stream.of(hosts.split(","))
			.map((host) -> host.replaceFirst(":[0-9]+$", ""))
			.allMatch(LOOPBACK::contains);
		require(here || "verify-full".equals(driver.get("sslmode")),
				"The connection to the database on " + hosts + " could be in plain text, or with somebody else.",
				"Add sslmode=verify-full to spring.datasource.url, and the certificate of the authority as sslrootcert.");
	}

	/** What the driver is told; the address says it last. */
	private Map<String, String> driver(@Nullable String more) {
		Map<String, String> told = new HashMap<>();
		this.pool.getDataSourceProperties().forEach((name, value) -> told.put(name.toString(), value.toString()));
		if (more != null) {
			Stream.of(more.split("&"))
				.map((each) -> each.split("=", 2))
				.forEach((each) -> told.put(each[0], each[each.length - 1]));
		}
		return told;
	}

	private void checkCommits() throws SQLException {
		try (Connection connection = this.pool.getConnection();
				Statement statement = connection.createStatement();
				ResultSet row = statement.executeQuery("show synchronous_commit")) {
			row.next();
			require(Set.of("on", "remote_write", "remote_apply").contains(row.getString(1)),
					"The database confirms what it could still lose (synchronous_commit is " + row.getString(1) + ").",
					"As a superuser: alter system set synchronous_commit = on; select pg_reload_conf();");
		}
	}

	private void checkJobs() {
		int threads = this.jobs.getMaxPoolSize();
		require(isBetween(30_000, this.jobs.getLockTimeInMillis(), 60_000),
				"What a killed node was doing would not be free again within a minute, or a job would lose its lock while it runs.",
				"Leave camunda.bpm.job-execution.lock-time-in-millis out, or set it between 30000 and 60000.");
		require(isBetween(1, this.jobs.getMaxJobsPerAcquisition(), 2L * threads),
				"A node would take more jobs than it can do before their lock ends.",
				"Set camunda.bpm.job-execution.max-jobs-per-acquisition to at most " + 2 * threads
						+ ", twice the number of threads.");
		require(isBetween(1, this.jobs.getWaitTimeInMillis(), 500) && isBetween(1, this.jobs.getMaxWait(), 5000),
				"A deadline would be noticed later than five seconds.",
				"Leave camunda.bpm.job-execution.wait-time-in-millis and max-wait out, or set them to at most 500 and 5000.");
		require(this.engine.isJobExecutorPreferTimerJobs() && this.engine.isJobExecutorAcquireByDueDate(),
				"Deadlines would wait for other work.",
				"Leave jobExecutorPreferTimerJobs and jobExecutorAcquireByDueDate out of camunda.bpm.generic-properties.");
		require(this.engine.isJobExecutorDeploymentAware(),
				"While two versions run together a node would take jobs of models that it has no code for.",
				"Leave jobExecutorDeploymentAware out of camunda.bpm.generic-properties.");
		String retries = this.engine.getFailedJobRetryTimeCycle();
		require(retries != null && !retries.isBlank(),
				"A job that fails would be tried again at once, and then given up.",
				"Leave failedJobRetryTimeCycle out of camunda.bpm.generic-properties.");
		require(!this.engine.isHistoryCleanupEnabled(),
				"The engine would remove the history of a case by its own term, which is not the law's.",
				"Leave historyCleanupEnabled out of camunda.bpm.generic-properties.");
	}

	private void checkEngine() {
		require(this.engine.isAuthorizationEnabled(), "The engine would ask nobody for rights.",
				"Leave camunda.bpm.authorization out.");
		require(!this.engine.isEnableExpressionsInAdhocQueries() && !this.engine.isEnableExpressionsInStoredQueries(),
				"The engine would run code that somebody sends in with a query.",
				"Leave enableExpressionsInAdhocQueries and enableExpressionsInStoredQueries out of camunda.bpm.generic-properties.");
		require(!this.engine.isJavaSerializationFormatEnabled() && this.engine.isDeserializationTypeValidationEnabled(),
				"The engine would make objects of what somebody sends in.",
				"Leave javaSerializationFormatEnabled and deserializationTypeValidationEnabled out of camunda.bpm.generic-properties.");
		require(isBetween(1, this.engine.getQueryMaxResultsLimit(), EngineConfiguration.MOST_ROWS),
				"The engine would give somebody a list without end, which takes the memory of a node.",
				"Leave queryMaxResultsLimit out of camunda.bpm.generic-properties, or set it to at most "
						+ EngineConfiguration.MOST_ROWS + ".");
		require(!this.engine.isEnableXxeProcessing(), "The engine would read files that a model points to.",
				"Leave enableXxeProcessing out of camunda.bpm.generic-properties.");
		require(!this.engine.getSkipIsolationLevelCheck(),
				"The engine would not look at the isolation level of its transactions.",
				"Leave skipIsolationLevelCheck out of camunda.bpm.generic-properties.");
	}

	private static long number(Map<String, String> driver, String name) {
		String value = driver.getOrDefault(name, "");
		return value.matches("[0-9]{1,9}") ? Long.parseLong(value) : 0;
	}

	private static boolean isBetween(long least, long value, long most) {
		return least <= value && value <= most;
	}

	private static void require(boolean safe, String wrong, String action) {
		if (!safe) {
			throw new StartRefused(wrong, action);
		}
	}

}
