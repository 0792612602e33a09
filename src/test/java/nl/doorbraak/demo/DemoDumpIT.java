package nl.doorbraak.demo;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import nl.doorbraak.testing.JavaProcess;
import nl.doorbraak.testing.Until;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Plays the demo's script once more, with a moved clock, and compares what became of the
 * cases with the dump that the demo begins with. What it made lies in {@code target}.
 */
@Tag("dump")
class DemoDumpIT {

	/** A year and a half after the first terms were agreed. */
	private static final String END = "2027-07-05T08:00:00Z";

	private static final String CASES = """
			select c.number || ' ' || c.municipality_id || ' ' || c.reported_by || ' ' || c.state || ' ' || coalesce(c.outcome, '')
			  || coalesce((select string_agg(r.rung || ' ' || coalesce(r.decision, '') || ' ' || cast(r.closed_at at time zone 'Europe/Amsterdam' as date), ', ' order by r.id)
			     from doorbraak.case_rung r where r.case_id = c.id), '')
			  || coalesce((select string_agg(s.outcome, ', ' order by s.id) from doorbraak.sign_off s where s.case_number = c.number), '')
			  || coalesce((select string_agg(a.months || ' ' || coalesce(a.holds, ''), ', ' order by a.months) from doorbraak.aftercare a where a.case_id = c.id), '')
			  || coalesce((select ' ' || coalesce(l.answered_by, 'not looked back') from doorbraak.look_back l where l.case_number = c.number), '')
			from doorbraak.case_file c order by c.number""";

	@Test
	void scriptLeavesWhatTheDumpHolds() throws Exception {
		Path made = Path.of("target", "demo-made", UUID.randomUUID().toString()).toAbsolutePath();
		List<String> cases;
		// The clock passes days in a second, and each month is counted on its own day.
		try (JavaProcess demo = demo(made, Duration.ofMinutes(60), "--doorbraak.demo.cases=false",
				"--doorbraak.demo.script=" + END, "--doorbraak.report.every=300ms")) {
			assertThat(demo.output().lines().filter((line) -> line.contains("The demo could not"))).isEmpty();
			Path dump = made.resolve("cases.zip");
			DemoDump.write(superuser(made), dump);
			System.out.println("New rows for src/main/resources/demo: " + dump);
			cases = cases(made);
		}
		Path begun = made.resolveSibling(made.getFileName() + "-begun");
		try (JavaProcess demo = demo(begun, Duration.ofMinutes(2))) {
			assertThat(cases(begun)).as("copy the new rows when the script or a model was changed").isEqualTo(cases);
		}
	}

	private static JavaProcess demo(Path folder, Duration most, String... more) {
		String[] all = java.util.stream.Stream
			.concat(java.util.stream.Stream.of("--server.port=0", "--doorbraak.address=http://localhost:8080",
					"--doorbraak.demo.data-dir=postgres", "--doorbraak.demo.durable=false"),
					java.util.Arrays.stream(more))
			.toArray(String[]::new);
		JavaProcess demo = JavaProcess.demo(folder, all);
		demo.port();
		Until.so(demo::output, most, () -> demo.output().contains("Doorbraak (demo) staat klaar"));
		return demo;
	}

	private static List<String> cases(Path folder) {
		return JavaProcess.database(folder, "doorbraak_owner").sql(CASES).query(String.class).list();
	}

	private static DriverManagerDataSource superuser(Path folder) {
		String url = JavaProcess.database(folder, "postgres")
			.sql("select 'jdbc:postgresql://127.0.0.1:' || inet_server_port() || '/doorbraak'")
			.query(String.class)
			.single();
		return new DriverManagerDataSource(url, "postgres", "");
	}

}
