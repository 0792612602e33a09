package nl.doorbraak.demo;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

import javax.sql.DataSource;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.util.FileSystemUtils;

/**
 * The rows of a database in which the script was played, as they stood at one moment: the
 * demo begins with them and with that moment. A zip with for each table its columns and
 * its rows as PostgreSQL copies them; migrations later than its version run over them.
 */
final class DemoDump {

	static final Resource RESOURCE = new ClassPathResource("demo/cases.zip");

	/**
	 * The engine names its models by where they were read: nobody else has that folder.
	 */
	private static final String HOME = DemoDump.class.getProtectionDomain().getCodeSource().getLocation().getPath();

	private static final String VERSION = "version";

	private static final String MOMENT = "moment";

	private static final String SEQUENCES = "sequences";

	private static final String TABLES = """
			select c.table_schema || '.' || c.table_name as name,
			  string_agg(quote_ident(c.column_name), ', ' order by c.ordinal_position) as columns
			from information_schema.columns c
			join information_schema.tables t using (table_schema, table_name)
			where c.table_schema in ('doorbraak', 'camunda', 'demo') and t.table_type = 'BASE TABLE'
			  and c.table_name not in ('flyway_schema_history', 'database_identity', 'node', 'outage') and c.is_generated = 'NEVER'
			group by 1 order by 1""";

	/** In the order in which the engine makes its tables. */
	private static final List<String> ENGINE = List.of("engine", "history", "identity", "case.engine", "case.history",
			"decision.engine", "decision.history");

	private DemoDump() {
	}

	/** Up to which migration the rows are of. */
	static String version() throws IOException {
		try (ZipInputStream zip = new ZipInputStream(RESOURCE.getInputStream())) {
			zip.getNextEntry();
			return text(zip);
		}
	}

	/**
	 * Makes the engine's tables and fills all of this version, as a superuser, wholly or
	 * not at all; the clock goes on from there.
	 * @param application the role that the engine works as, whose tables these are
	 */
	static void load(DataSource superuser, String application) throws SQLException, IOException {
		Path folder = Files.createTempDirectory("doorbraak-demo");
		try (Connection connection = superuser.getConnection();
				ZipInputStream zip = new ZipInputStream(new BufferedInputStream(RESOURCE.getInputStream()))) {
			connection.setAutoCommit(false);
			JdbcClient db = client(connection);
			db.sql("set local role " + application).update();
			db.sql("set local search_path = camunda").update();
			ENGINE.forEach((part) -> ScriptUtils.executeSqlScript(connection, new ClassPathResource(
					"org/camunda/bpm/engine/db/create/activiti.postgres.create." + part + ".sql")));
			db.sql("reset role").update();
			// Neither triggers nor references: what stood together stands together again.
			db.sql("set local session_replication_role = replica").update();
			db.sql("truncate "
					+ String.join(", ", db.sql("select name from (" + TABLES + ") t").query(String.class).list()))
				.update();
			for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
				switch (entry.getName()) {
					case VERSION -> {
					}
					case SEQUENCES ->
						text(zip).lines().forEach((each) -> db.sql("select " + each).query().singleValue());
					case MOMENT -> db.sql("update doorbraak.clock_offset set ahead = :moment - clock_timestamp()")
						.param("moment", Timestamp.from(Instant.parse(text(zip))))
						.update();
					default -> fill(db, entry.getName(), zip, folder.resolve("rows"));
				}
			}
			db.sql("analyze").update();
			connection.commit();
		}
		finally {
			FileSystemUtils.deleteRecursively(folder);
		}
	}

	private static void fill(JdbcClient db, String table, InputStream content, Path file) throws IOException {
		StringBuilder columns = new StringBuilder();
		for (int each = content.read(); each != '\n'; each = content.read()) {
			columns.append((char) each);
		}
		try (OutputStream rows = Files.newOutputStream(file)) {
			content.transferTo(rows);
		}
		db.sql("copy " + table + " (" + columns + ") from '" + file + "'").update();
	}

	/** Writes all rows as they stand now, as a superuser. */
	static void write(DataSource superuser, Path dump) throws SQLException, IOException {
		Path folder = Files.createTempDirectory("doorbraak-demo");
		Path rows = folder.resolve("rows");
		try (Connection connection = superuser.getConnection();
				ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(dump))) {
			connection.setAutoCommit(false);
			connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
			JdbcClient db = client(connection);
			entry(zip, VERSION, db.sql("""
					select version from doorbraak.flyway_schema_history where version is not null
					order by installed_rank desc limit 1""").query(String.class).single());
			for (Table table : db.sql(TABLES).query(Table.class).list()) {
				db.sql("copy (select " + table.columns() + " from " + table.name() + " order by 1) to '" + rows + "'")
					.update();
				entry(zip, table.name(), table.columns() + "\n" + Files.readString(rows).replace(HOME, ""));
			}
			entry(zip, SEQUENCES,
					String.join("\n",
							db.sql("""
									select format('setval(%L, %s)', schemaname || '.' || sequencename, last_value) from pg_sequences
									where schemaname in ('doorbraak', 'demo') and last_value is not null order by 1""")
								.query(String.class)
								.list()));
			entry(zip, MOMENT,
					db.sql("select doorbraak.current_instant()")
						.query(Timestamp.class)
						.single()
						.toInstant()
						.toString());
		}
		finally {
			FileSystemUtils.deleteRecursively(folder);
		}
	}

	private static JdbcClient client(Connection connection) {
		return JdbcClient.create(new SingleConnectionDataSource(connection, true));
	}

	private static void entry(ZipOutputStream zip, String name, String content) throws IOException {
		ZipEntry entry = new ZipEntry(name);
		entry.setTime(0);
		zip.putNextEntry(entry);
		zip.write(content.getBytes(StandardCharsets.UTF_8));
		zip.closeEntry();
	}

	private static String text(InputStream in) throws IOException {
		return new String(in.readAllBytes(), StandardCharsets.UTF_8);
	}

	/** A table with its columns as a list for SQL. */
	record Table(String name, String columns) {
	}

}
