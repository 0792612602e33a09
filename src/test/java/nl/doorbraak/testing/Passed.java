package nl.doorbraak.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.springframework.boot.test.context.TestComponent;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the classes of one run left in the record and in the engine, whichever of its JVMs
 * they ran in: each JVM keeps it in a file when it ends, for who looks at the whole
 * afterwards.
 */
@TestComponent
public final class Passed {

	/** A folder for one build, a file for one JVM. */
	private static final Path FOLDER = Path.of("target", "passed", System.getProperty("run", "alone"));

	private final JdbcClient database;

	Passed(JdbcClient database) {
		this.database = database;
	}

	@EventListener(ContextClosedEvent.class)
	void keep() throws IOException {
		// What is called or contained is judged by itself: these count when they were
		// begun.
		List<String> left = this.database
			.sql("""
					select distinct 'line ' || actor || ' ' || act || ' ' || facts from doorbraak.audit_line where chain like 'DB-%'
					union select distinct 'act ' || act from doorbraak.audit_line
					union select distinct 'node ' || proc_def_key_ || '#' || act_id_ from camunda.act_hi_actinst
					  where act_type_ in ('callActivity', 'subProcess', 'eventBasedGateway')
					     or end_time_ is not null and act_inst_state_ <> 2""")
			.query(String.class)
			.list();
		Files.createDirectories(FOLDER);
		Files.write(FOLDER.resolve(String.valueOf(ProcessHandle.current().pid())), left);
	}

	/**
	 * What any class of this run left.
	 * @param kind {@code act}, {@code node}, or {@code line}: actor, act and facts of a
	 * line of the record
	 */
	public static Set<String> of(String kind) {
		Set<String> passed = new TreeSet<>();
		try (Stream<Path> files = Files.list(FOLDER)) {
			for (Path each : files.toList()) {
				List<String> lines = Files.readAllLines(each);
				lines.stream()
					.filter((line) -> line.startsWith(kind + " "))
					.forEach((line) -> passed.add(line.substring(kind.length() + 1)));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return passed;
	}

}
