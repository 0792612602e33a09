package nl.doorbraak.workflow.engine;

import java.sql.Connection;
import java.sql.SQLException;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import nl.doorbraak.support.StartRefused;
import org.camunda.bpm.spring.boot.starter.property.CamundaBpmProperties;
import org.camunda.bpm.spring.boot.starter.property.JobExecutionProperty;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * Refuses settings with which background work would starve the people at the screens, or
 * a job would outlive its lock and be done twice.
 */
@Component
class SafeSettings implements InitializingBean {

	private static final int CONNECTIONS_FOR_PEOPLE = 10;

	private final DataSource dataSource;

	private final JobExecutionProperty jobs;

	SafeSettings(DataSource dataSource, CamundaBpmProperties engine) {
		this.dataSource = dataSource;
		this.jobs = engine.getJobExecution();
	}

	@Override
	public void afterPropertiesSet() throws SQLException {
		int connections = this.dataSource.unwrap(HikariDataSource.class).getMaximumPoolSize();
		int needed = this.jobs.getMaxPoolSize() + CONNECTIONS_FOR_PEOPLE;
		if (connections < needed) {
			throw new StartRefused(
					"There are " + connections + " database connections for " + this.jobs.getMaxPoolSize()
							+ " background threads and everybody at a screen.",
					"Set spring.datasource.hikari.maximum-pool-size to at least " + needed + ".");
		}
		int patience = patienceWithDatabase();
		if (patience == 0 || patience >= this.jobs.getLockTimeInMillis()) {
			throw new StartRefused(
					"A database that does not answer would be waited for longer than the lock of a job lasts ("
							+ this.jobs.getLockTimeInMillis() + " ms), so that the job could be done twice.",
					"Leave socketTimeout out of spring.datasource.url, or set it to 30 (seconds).");
		}
	}

	private int patienceWithDatabase() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			return connection.getNetworkTimeout();
		}
	}

}
