package nl.doorbraak.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import nl.doorbraak.testing.Until;

/** The rig's own PostgreSQL, which can crash and come back on the same port. */
final class RigDatabase implements AutoCloseable {

	private final Path folder;

	private final EmbeddedPostgres first;

	private final int port;

	private final List<String> command = new ArrayList<>();

	private boolean crashed;

	RigDatabase(Path folder) {
		this.folder = folder.toAbsolutePath();
		try {
			this.first = EmbeddedPostgres.builder()
				.setDataDirectory(this.folder)
				.setCleanDataDirectory(false)
				.setServerConfig("fsync", "on")
				.setServerConfig("synchronous_commit", "on")
				.setServerConfig("max_connections", "150")
				.setServerConfig("listen_addresses", "127.0.0.1")
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.port = this.first.getPort();
		ProcessHandle.Info info = server().info();
		if ("root".equals(System.getProperty("user.name"))) {
			this.command.addAll(List.of("unshare", "-U"));
		}
		this.command.add(info.command().orElseThrow());
		this.command.addAll(List.of(info.arguments().orElseThrow()));
		run("postgres", "postgres", "create role doorbraak_owner login");
		run("postgres", "postgres", "create role doorbraak_app login");
		run("postgres", "postgres", "create database doorbraak owner doorbraak_owner");
	}

	int port() {
		return this.port;
	}

	Path folder() {
		return this.folder;
	}

	private ProcessHandle server() {
		try {
			long pid = Long.parseLong(Files.readAllLines(this.folder.resolve("postmaster.pid")).get(0).strip());
			return ProcessHandle.of(pid).orElseThrow();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** As {@code pg_ctl stop -m immediate}: whoever was busy is cut off. */
	void crash() {
		ProcessHandle server = server();
		try {
			new ProcessBuilder("kill", "-QUIT", String.valueOf(server.pid())).start().waitFor();
			server.onExit().get(30, TimeUnit.SECONDS);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException | ExecutionException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
		this.crashed = true;
	}

	/** Starts it anew after a crash, and waits until it lets somebody in. */
	void start() {
		try {
			new ProcessBuilder(this.command).directory(this.folder.toFile())
				.redirectErrorStream(true)
				.redirectOutput(
						ProcessBuilder.Redirect.appendTo(this.folder.resolveSibling("postgres-again.log").toFile()))
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Until.so(() -> "the database is back", Duration.ofSeconds(60), this::isUp);
		this.crashed = false;
	}

	boolean isUp() {
		try (Connection connection = open("postgres", "postgres")) {
			return connection.isValid(5);
		}
		catch (SQLException ex) {
			return false;
		}
	}

	void startIfCrashed() {
		if (this.crashed) {
			start();
		}
	}

	Connection open(String database, String role) throws SQLException {
		return DriverManager.getConnection(
				"jdbc:postgresql://127.0.0.1:" + this.port + "/" + database + "?loginTimeout=10&socketTimeout=60", role,
				"");
	}

	/** One statement as a role; who moves the clock is the owner. */
	int run(String database, String role, String sql) {
		try (Connection connection = open(database, role); Statement statement = connection.createStatement()) {
			return statement.execute(sql) ? 0 : statement.getUpdateCount();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(sql, ex);
		}
	}

	/** The rows of a question to the application's database, as text; null stays null. */
	List<List<String>> rows(String sql, Object... parameters) {
		try (Connection connection = open("doorbraak", "postgres")) {
			return rows(connection, sql, parameters);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(sql, ex);
		}
	}

	static List<List<String>> rows(Connection connection, String sql, Object... parameters) throws SQLException {
		try (PreparedStatement statement = connection.prepareStatement(sql)) {
			for (int i = 0; i < parameters.length; i++) {
				statement.setObject(i + 1, parameters[i]);
			}
			List<List<String>> rows = new ArrayList<>();
			try (ResultSet result = statement.executeQuery()) {
				int columns = result.getMetaData().getColumnCount();
				while (result.next()) {
					List<String> row = new ArrayList<>();
					for (int i = 1; i <= columns; i++) {
						row.add(result.getString(i));
					}
					rows.add(row);
				}
			}
			return rows;
		}
	}

	long count(String sql, Object... parameters) {
		return Long.parseLong(rows(sql, parameters).get(0).get(0));
	}

	@Override
	public void close() {
		try {
			if (isUp()) {
				this.first.close();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
