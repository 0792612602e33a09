package nl.doorbraak.workflow.engine;

import com.zaxxer.hikari.HikariDataSource;
import nl.doorbraak.support.StartRefused;
import nl.doorbraak.testing.OwnDatabase;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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
		assertThatCode(() -> check("?socketTimeout=30", 14, 4, 60_000)).doesNotThrowAnyException();
	}

	@Test
	void backgroundWorkMayNotTakeTheConnectionsOfThePeople() {
		assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> check("?socketTimeout=30", 13, 4, 60_000))
			.withMessageContaining("There are 13 database connections for 4 background threads");
	}

	@Test
	void aDatabaseThatDoesNotAnswerIsNotWaitedForAsLongAsALockLasts() {
		assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> check("", 20, 4, 60_000))
			.withMessageContaining("longer than the lock of a job");
		assertThatExceptionOfType(StartRefused.class).isThrownBy(() -> check("?socketTimeout=60", 20, 4, 60_000));
	}

	private static void check(String urlEnd, int connections, int threads, int lockMillis) throws Exception {
		CamundaBpmProperties engine = new CamundaBpmProperties();
		engine.getJobExecution().setMaxPoolSize(threads);
		engine.getJobExecution().setLockTimeInMillis(lockMillis);
		try (HikariDataSource pool = new HikariDataSource()) {
			pool.setJdbcUrl(database.url() + urlEnd);
			pool.setUsername(OwnDatabase.APPLICATION);
			pool.setMaximumPoolSize(connections);
			pool.setMinimumIdle(1);
			new SafeSettings(pool, engine).afterPropertiesSet();
		}
	}

}
