package nl.doorbraak.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.flywaydb.core.Flyway;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * A PostgreSQL as production has one: a database with an owner and an application role.
 */
public final class OwnDatabase implements AutoCloseable {

	public static final String OWNER = "ladder_owner";

	public static final String APPLICATION = "ladder_app";

	private final EmbeddedPostgres postgres;

	public OwnDatabase() {
		try {
			this.postgres = EmbeddedPostgres.builder()
				.setDataDirectory(Path.of("target", "postgres", UUID.randomUUID().toString()).toAbsolutePath())
				.setServerConfig("synchronous_commit", "on")
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		JdbcClient superuser = JdbcClient.create(this.postgres.getPostgresDatabase());
		superuser.sql("create role " + OWNER + " login").update();
		superuser.sql("create role " + APPLICATION + " login").update();
		superuser.sql("create database ladder owner " + OWNER).update();
	}

	public String url() {
		return "jdbc:postgresql://127.0.0.1:" + this.postgres.getPort() + "/ladder";
	}

	public JdbcClient asOwner() {
		return as(OWNER);
	}

	/** The database as one of its roles. */
	public JdbcClient as(String role) {
		return JdbcClient.create(new DriverManagerDataSource(url(), role, ""));
	}

	public JdbcClient asSuperuser() {
		return as("postgres");
	}

	/** Makes our tables, as the start of the application does. */
	public OwnDatabase migrate() {
		Flyway.configure()
			.dataSource(url(), OWNER, "")
			.defaultSchema("doorbraak")
			.schemas("doorbraak", "camunda")
			.placeholders(Map.of("appRole", APPLICATION))
			.load()
			.migrate();
		return this;
	}

	/** The settings that lead here, as environment variables. */
	public Map<String, String> settings() {
		return Map.of("SPRING_DATASOURCE_URL", url(), "SPRING_DATASOURCE_USERNAME", APPLICATION,
				"SPRING_DATASOURCE_PASSWORD", "of the role", "SPRING_FLYWAY_USER", OWNER, "SPRING_FLYWAY_PASSWORD",
				"of the owner");
	}

	@Override
	public void close() {
		try {
			this.postgres.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
