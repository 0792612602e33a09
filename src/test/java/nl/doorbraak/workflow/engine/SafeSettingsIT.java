package nl.doorbraak.workflow.engine;

import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.zaxxer.hikari.HikariDataSource;
import nl.doorbraak.support.StartRefused;
import nl.doorbraak.testing.OwnDatabase;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.spring.SpringProcessEngineConfiguration;
import org.camunda.bpm.spring.boot.starter.property.JobExecutionProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.mock.env.MockEnvironment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Settings like ours pass; each that is not safe is refused, and the refusal names it.
 */
class SafeSettingsIT {

	private static OwnDatabase database;

	@BeforeAll
	static void start() {
		database = new OwnDatabase();
	}

	@AfterAll
	static void close() {
		database.close();
	}

	@Test
	void settingsLikeOursPass() {
		assertThatCode(() -> check((settings) -> {
		})).doesNotThrowAnyException();
	}

	/** The setting that the refusal must name, and what it is made. */
	static Stream<Arguments> unsafe() {
		return Stream.of(unsafe("maximum-pool-size", (s) -> s.pool.setMaximumPoolSize(14)),
				unsafe("max-lifetime", (s) -> s.pool.setMaxLifetime(600_001)),
				unsafe("max-lifetime", (s) -> s.pool.setMaxLifetime(0)),
				unsafe("keepalive-time", (s) -> s.pool.setKeepaliveTime(0)),
				unsafe("transaction-isolation", (s) -> s.pool.setTransactionIsolation("TRANSACTION_SERIALIZABLE")),
				unsafe("socketTimeout", (s) -> s.url("socketTimeout=0")),
				unsafe("socketTimeout", (s) -> s.url("socketTimeout=60")),
				unsafe("loginTimeout", (s) -> s.url("loginTimeout=0")),
				unsafe("loginTimeout", (s) -> s.url("loginTimeout=11")),
				unsafe("tcpKeepAlive", (s) -> s.url("tcpKeepAlive=false")),
				unsafe("logServerErrorDetail", (s) -> s.url("logServerErrorDetail=true")),
				unsafe("targetServerType", (s) -> s.url("targetServerType=any")),
				unsafe("sslmode=verify-full",
						(s) -> s.pool.setJdbcUrl("jdbc:postgresql://db.example/doorbraak?sslmode=require")),
				unsafe("sslmode=verify-full",
						(s) -> s.pool.setJdbcUrl("jdbc:postgresql://localhost,db.example/doorbraak")),
				unsafe("jdbc:postgresql", (s) -> s.pool.setJdbcUrl("jdbc:h2:mem:x")),
				unsafe("synchronous_commit", (s) -> s.pool.setConnectionInitSql("set synchronous_commit = off")),
				unsafe("synchronous_commit", (s) -> s.pool.setConnectionInitSql("set synchronous_commit = local")),
				unsafe("lock-time-in-millis", (s) -> s.jobs.setLockTimeInMillis(300_000)),
				unsafe("socketTimeout", (s) -> s.jobs.setLockTimeInMillis(30_000)),
				unsafe("max-jobs-per-acquisition", (s) -> s.jobs.setMaxJobsPerAcquisition(9)),
				unsafe("max-wait", (s) -> s.jobs.setMaxWait(5001L)),
				unsafe("wait-time-in-millis", (s) -> s.jobs.setWaitTimeInMillis(501)),
				unsafe("jobExecutorPreferTimerJobs", (s) -> s.engine.setJobExecutorPreferTimerJobs(false)),
				unsafe("jobExecutorAcquireByDueDate", (s) -> s.engine.setJobExecutorAcquireByDueDate(false)),
				unsafe("jobExecutorDeploymentAware", (s) -> s.engine.setJobExecutorDeploymentAware(false)),
				unsafe("failedJobRetryTimeCycle", (s) -> s.engine.setFailedJobRetryTimeCycle(null)),
				unsafe("historyCleanupEnabled", (s) -> s.engine.setHistoryCleanupEnabled(true)),
				unsafe("camunda.bpm.authorization", (s) -> s.engine.setAuthorizationEnabled(false)),
				unsafe("enableExpressionsInAdhocQueries", (s) -> s.engine.setEnableExpressionsInAdhocQueries(true)),
				unsafe("enableExpressionsInStoredQueries", (s) -> s.engine.setEnableExpressionsInStoredQueries(true)),
				unsafe("javaSerializationFormatEnabled", (s) -> s.engine.setJavaSerializationFormatEnabled(true)),
				unsafe("deserializationTypeValidationEnabled",
						(s) -> s.engine.setDeserializationTypeValidationEnabled(false)),
				unsafe("queryMaxResultsLimit", (s) -> s.engine.setQueryMaxResultsLimit(Integer.MAX_VALUE)),
				unsafe("queryMaxResultsLimit", (s) -> s.engine.setQueryMaxResultsLimit(101)),
				unsafe("enableXxeProcessing", (s) -> s.engine.setEnableXxeProcessing(true)),
				unsafe("skipIsolationLevelCheck", (s) -> s.engine.setSkipIsolationLevelCheck(true)));
	}

	private static Arguments unsafe(String named, Consumer<Settings> change) {
		return arguments(named, change);
	}

	@ParameterizedTest
	@MethodSource("unsafe")
	void settingThatIsNotSafeIsRefusedByName(String named, Consumer<Settings> change) {
		assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> check(change))
			.satisfies((refused) -> assertThat(refused.action()).contains(named));
	}

	@ParameterizedTest
	@CsvSource({ "doorbraak.alert.poll-every,11s", "doorbraak.lead.watch-every,11s", "doorbraak.watchdog.every,61s",
			"doorbraak.clock.synchronise-every,2m", "doorbraak.node.beat-every,31s", "doorbraak.watchdog.every,0s" })
	void nodeThatLooksTooSeldomIsRefusedByName(String name, String every) {
		assertThatExceptionOfType(StartRefused.class)
			.isThrownBy(() -> SafeSettings.checkIntervals(new MockEnvironment().withProperty(name, every)))
			.satisfies((refused) -> assertThat(refused.action()).contains(name));
		assertThatCode(() -> SafeSettings.checkIntervals(new MockEnvironment().withProperty(name, "1s")))
			.doesNotThrowAnyException();
	}

	private static void check(Consumer<Settings> change) throws Exception {
		try (HikariDataSource pool = new HikariDataSource()) {
			Settings settings = new Settings(pool, new JobExecutionProperty(), new SpringProcessEngineConfiguration());
			pool.setJdbcUrl(database.url());
			pool.setUsername(OwnDatabase.APPLICATION);
			pool.setMaximumPoolSize(15);
			pool.setMinimumIdle(1);
			pool.setMaxLifetime(600_000);
			pool.setKeepaliveTime(120_000);
			Properties connection = new Properties();
			connection.putAll(Map.of("socketTimeout", "30", "tcpKeepAlive", "true", "loginTimeout", "10",
					"logServerErrorDetail", "false", "targetServerType", "primary"));
			pool.setDataSourceProperties(connection);
			settings.jobs.setMaxPoolSize(4);
			settings.jobs.setLockTimeInMillis(60_000);
			settings.jobs.setMaxJobsPerAcquisition(8);
			settings.jobs.setWaitTimeInMillis(500);
			settings.jobs.setMaxWait(5000L);
			settings.engine.setJobExecutorPreferTimerJobs(true);
			settings.engine.setJobExecutorAcquireByDueDate(true);
			settings.engine.setJobExecutorDeploymentAware(true);
			settings.engine.setFailedJobRetryTimeCycle("PT10S");
			settings.engine.setHistoryCleanupEnabled(false);
			settings.engine.setAuthorizationEnabled(true);
			settings.engine.setEnableExpressionsInStoredQueries(false);
			settings.engine.setDeserializationTypeValidationEnabled(true);
			settings.engine.setQueryMaxResultsLimit(100);
			change.accept(settings);
			new SafeSettings(pool, settings.jobs, settings.engine, true).afterPropertiesSet();
		}
	}

	/** What is looked at. */
	record Settings(HikariDataSource pool, JobExecutionProperty jobs, ProcessEngineConfigurationImpl engine) {

		void url(String parameter) {
			this.pool
				.setJdbcUrl(this.pool.getJdbcUrl() + (this.pool.getJdbcUrl().contains("?") ? "&" : "?") + parameter);
		}

	}

}
