package nl.doorbraak.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import com.sun.management.OperatingSystemMXBean;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a JVM and its PostgreSQL have used so far: wall time and CPU in seconds,
 * statements and transactions, rows.
 */
record Usage(double wall, double jvm, double postgres, long statements, long transactions, long inserted, long updated,
		long deleted) {

	private static final double TICKS_PER_SECOND = 100;

	/** PostgreSQL's sessions report what they did at most a second later. */
	private static final long COUNTED_AFTER = 1_500_000_000L;

	private static final double NANO = 1e9;

	static Usage now(JdbcClient db, Path data, long statements) {
		double wall = System.nanoTime() / NANO;
		double jvm = ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / NANO;
		double postgres = cpu(data);
		LockSupport.parkNanos(COUNTED_AFTER);
		return db.sql("""
				select xact_commit, tup_inserted, tup_updated, tup_deleted
				from pg_stat_database where datname = current_database()""")
			.query((row, n) -> new Usage(wall, jvm, postgres, statements, row.getLong(1), row.getLong(2),
					row.getLong(3), row.getLong(4)))
			.single();
	}

	/** Per case, in the units that are printed. */
	Map<String, Double> since(Usage before, int cases) {
		Map<String, Double> used = new LinkedHashMap<>();
		used.put("casesPerSecond", cases / (this.wall - before.wall));
		used.put("cpuMs", 1000 * (this.jvm - before.jvm + this.postgres - before.postgres) / cases);
		used.put("cpuMsJvm", 1000 * (this.jvm - before.jvm) / cases);
		used.put("cpuMsPostgres", 1000 * (this.postgres - before.postgres) / cases);
		used.put("statements", (double) (this.statements - before.statements) / cases);
		used.put("transactions", (double) (this.transactions - before.transactions) / cases);
		used.put("rowsInserted", (double) (this.inserted - before.inserted) / cases);
		used.put("rowsUpdated", (double) (this.updated - before.updated) / cases);
		used.put("rowsDeleted", (double) (this.deleted - before.deleted) / cases);
		return used;
	}

	/** Memory of this JVM in the machine, as the kernel counts it. */
	static double residentMb() throws IOException {
		return Files.readAllLines(Path.of("/proc/self/status"))
			.stream()
			.filter((line) -> line.startsWith("VmRSS:"))
			.mapToDouble((line) -> Long.parseLong(line.replaceAll("\\D", "")) / 1024.0)
			.sum();
	}

	/** CPU seconds of the server in this folder and of all it started. */
	private static double cpu(Path data) {
		try {
			String server = Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip();
			long ticks = 0;
			try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
				for (Path each : processes.filter((path) -> path.getFileName().toString().matches("\\d+")).toList()) {
					List<String> stat = stat(each);
					if (each.getFileName().toString().equals(server)) {
						ticks += number(stat, 11) + number(stat, 12) + number(stat, 13) + number(stat, 14);
					}
					else if (stat.size() > 14 && stat.get(1).equals(server)) {
						ticks += number(stat, 11) + number(stat, 12);
					}
				}
			}
			return ticks / TICKS_PER_SECOND;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The fields after the name: state, parent, … */
	private static List<String> stat(Path process) {
		try {
			String line = Files.readString(process.resolve("stat"));
			return List.of(line.substring(line.lastIndexOf(')') + 2).split(" "));
		}
		catch (IOException ex) {
			// It ended just now.
			return List.of();
		}
	}

	private static long number(List<String> stat, int field) {
		return Long.parseLong(stat.get(field));
	}

}
