package nl.doorbraak.demo;

import java.time.Duration;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What only the owner of the demo's database may do. */
public final class DemoOwner implements AutoCloseable {

	private static final int CONNECTIONS = 5;

	private final HikariDataSource connections;

	private final JdbcClient db;

	DemoOwner(String url, String role) {
		HikariConfig config = new HikariConfig();
		config.setPoolName("demo-owner");
		config.setJdbcUrl(url);
		config.setUsername(role);
		config.setMaximumPoolSize(CONNECTIONS);
		config.setMinimumIdle(0);
		config.setIdleTimeout(10_000);
		// The owner is who changes tables under a plan that was kept.
		config.addDataSourceProperty("prepareThreshold", "0");
		this.connections = new HikariDataSource(config);
		this.db = JdbcClient.create(this.connections);
	}

	/** The database as its owner. */
	public JdbcClient db() {
		return this.db;
	}

	/** Puts the clock ahead of the real time by this much. */
	public void setClockAhead(Duration ahead) {
		this.db.sql("update doorbraak.clock_offset set ahead = make_interval(secs => :seconds)")
			.param("seconds", ahead.toMillis() / 1000.0)
			.update();
	}

	@Override
	public void close() {
		this.connections.close();
	}

}
