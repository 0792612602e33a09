package nl.doorbraak.demo;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import nl.doorbraak.support.StartRefused;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.flyway.FlywayConnectionDetails;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.boot.autoconfigure.jdbc.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A PostgreSQL of the demo's own, with the two roles that production has too. Its data
 * folder survives a restart and a killed JVM. Any local user can connect to it: it holds
 * invented people only.
 */
@Configuration(proxyBeanMethods = false)
@Profile("demo")
class EmbeddedDatabase {

	static final String OWNER = "doorbraak_owner";

	static final String APPLICATION = "doorbraak_app";

	/** Of the binaries that the POM names. */
	private static final String MAJOR_VERSION = "17";

	/**
	 * The PostgreSQL of this folder: started here, or with {@code doorbraak.demo.join}
	 * the one that another demo started, so that two nodes share it; or with
	 * {@code doorbraak.demo.port} whatever listens there, with database and roles.
	 */
	@Bean
	Server demoServer(@Value("${doorbraak.demo.data-dir}") Path dataDir,
			@Value("${doorbraak.demo.join:false}") boolean join, @Value("${doorbraak.demo.port:0}") int port,
			@Value("${doorbraak.demo.durable:true}") boolean durable) throws IOException, SQLException {
		if (port > 0) {
			return new Server(port, null);
		}
		Path folder = dataDir.toAbsolutePath();
		if (join) {
			return new Server(runningOn(folder), null);
		}
		Files.createDirectories(folder.getParent());
		checkVersion(folder);
		stopOrphan(folder);
		EmbeddedPostgres postgres = EmbeddedPostgres.builder()
			.setDataDirectory(folder)
			.setCleanDataDirectory(false)
			// Spring closes it, after the connection pool.
			.setRegisterShutdownHook(false)
			// Without them a killed machine loses what was confirmed; only tests that
			// kill
			// nothing leave them off.
			.setServerConfig("fsync", durable ? "on" : "off")
			.setServerConfig("synchronous_commit", durable ? "on" : "off")
			.setServerConfig("full_page_writes", durable ? "on" : "off")
			// What lives for minutes needs little cleaning.
			.setServerConfig("autovacuum_naptime", durable ? "1min" : "5min")
			.setServerConfig("max_connections", "60")
			.setServerConfig("listen_addresses", "127.0.0.1")
			// Else a refused row stands in the server's log, with what people wrote in
			// it.
			.setServerConfig("log_error_verbosity", "terse")
			.start();
		createRoles(postgres);
		return new Server(postgres.getPort(), postgres);
	}

	/** Where the demo's PostgreSQL listens, and the process when it is ours to stop. */
	record Server(int port, @Nullable EmbeddedPostgres own) implements Closeable {

		String url() {
			return "jdbc:postgresql://127.0.0.1:" + this.port + "/doorbraak";
		}

		@Override
		public void close() throws IOException {
			if (this.own != null) {
				this.own.close();
			}
		}

	}

	@Bean
	JdbcConnectionDetails jdbcConnectionDetails(Server server) {
		return new JdbcConnectionDetails() {

			@Override
			public String getJdbcUrl() {
				return server.url();
			}

			@Override
			public String getUsername() {
				return APPLICATION;
			}

			@Override
			public String getPassword() {
				return "";
			}

		};
	}

	@Bean
	FlywayConnectionDetails flywayConnectionDetails(Server server) {
		return new FlywayConnectionDetails() {

			@Override
			public String getJdbcUrl() {
				return server.url();
			}

			@Override
			public String getUsername() {
				return OWNER;
			}

			@Override
			public String getPassword() {
				return "";
			}

		};
	}

	/**
	 * The database as its owner, for what production's role may not do: moving the clock.
	 */
	@Bean
	DemoOwner demoOwner(Server server) {
		return new DemoOwner(server.url(), OWNER);
	}

	/**
	 * A new demo begins with what its script left, and later migrations run over that.
	 * One in which the engine never ran is new.
	 */
	@Bean
	@ConditionalOnProperty(name = "doorbraak.demo.cases", matchIfMissing = true)
	FlywayMigrationStrategy demoBegins(Server server, DemoOwner owner) {
		return (flyway) -> {
			if (server.own() != null && DemoDump.RESOURCE.exists() && isNew(owner.db())) {
				begin(flyway, server.own(), owner.db());
			}
			flyway.migrate();
		};
	}

	private static boolean isNew(JdbcClient db) {
		return db.sql("select to_regclass('camunda.act_re_deployment') is null").query(Boolean.class).single();
	}

	private static void begin(Flyway flyway, EmbeddedPostgres postgres, JdbcClient owner) {
		try {
			Flyway.configure().configuration(flyway.getConfiguration()).target(DemoDump.version()).load().migrate();
			DemoMail.createTable(owner);
			DemoDump.load(postgres.getDatabase("postgres", "doorbraak"), APPLICATION);
		}
		catch (IOException | SQLException ex) {
			throw new IllegalStateException("The rows that the demo begins with could not be loaded", ex);
		}
	}

	private static void createRoles(EmbeddedPostgres postgres) {
		JdbcClient db = JdbcClient.create(postgres.getPostgresDatabase());
		for (String role : new String[] { OWNER, APPLICATION }) {
			if (db.sql("select 1 from pg_roles where rolname = :role")
				.param("role", role)
				.query()
				.listOfRows()
				.isEmpty()) {
				db.sql("create role " + role + " login").update();
			}
		}
		if (db.sql("select 1 from pg_database where datname = 'doorbraak'").query().listOfRows().isEmpty()) {
			db.sql("create database doorbraak owner " + OWNER).update();
		}
	}

	/** The port is the fourth line of what a running server writes down. */
	private static int runningOn(Path folder) throws IOException {
		if (server(folder).isEmpty()) {
			throw new StartRefused("No demo runs on the data folder " + folder + ", so there is nothing to join.",
					"Start one first, or start this one without doorbraak.demo.join.");
		}
		return Integer.parseInt(Files.readAllLines(folder.resolve("postmaster.pid")).get(3).strip());
	}

	/**
	 * A folder of another major version of PostgreSQL cannot be read.
	 */
	private static void checkVersion(Path folder) throws IOException {
		Path version = folder.resolve("PG_VERSION");
		if (Files.exists(version) && !Files.readString(version).strip().equals(MAJOR_VERSION)) {
			throw new StartRefused(
					"The data folder " + folder + " was made by PostgreSQL " + Files.readString(version).strip()
							+ "; this Doorbraak brings PostgreSQL " + MAJOR_VERSION + ".",
					"Move that folder away to start with a new demo, or run the Doorbraak that made it.");
		}
	}

	/**
	 * A killed JVM leaves its server running; it is stopped, unless a living JVM still
	 * holds the folder.
	 */
	private static void stopOrphan(Path folder) throws IOException {
		if (!Files.exists(folder)) {
			return;
		}
		try (FileChannel channel = FileChannel.open(folder.resolve("epg-lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE); FileLock lock = channel.tryLock()) {
			if (lock == null) {
				throw new StartRefused("Another Doorbraak uses the data folder " + folder + ".",
						"Stop it first, or give this one its own folder: -Ddoorbraak.demo.data-dir=...");
			}
			Optional<ProcessHandle> orphan = server(folder);
			if (orphan.isPresent()) {
				orphan.get().destroy();
				orphan.get().onExit().get(20, TimeUnit.SECONDS);
			}
		}
		catch (InterruptedException | ExecutionException | TimeoutException ex) {
			throw new IllegalStateException("The database that a killed Doorbraak left running did not stop", ex);
		}
	}

	/**
	 * The server that runs on this folder: after a restart of the machine its number may
	 * be that of another process, even of another PostgreSQL.
	 */
	private static Optional<ProcessHandle> server(Path folder) throws IOException {
		Path pidFile = folder.resolve("postmaster.pid");
		if (!Files.exists(pidFile)) {
			return Optional.empty();
		}
		return ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).get(0).strip()))
			.filter((process) -> process.info().command().orElse("").matches(".*[/\\\\]postgres(\\.exe)?"))
			.filter((process) -> process.info()
				.arguments()
				.map((arguments) -> List.of(arguments).contains(folder.toString()))
				.orElse(true));
	}

}
