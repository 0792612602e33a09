package nl.doorbraak.operations;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The alert rules fire where they must and only there: Prometheus' own tool says so,
 * where it is installed; else this is skipped, and says so.
 */
class RulesTest {

	@Test
	void rulesFireWhereTheyMust() throws Exception {
		assumeThat(run("--version")).as("promtool is not installed").startsWith("0 ");
		assertThat(run("check", "rules", MetricNames.RULES.toString())).startsWith("0 ");
		assertThat(run("test", "rules", MetricNames.RULES.resolveSibling("rules_test.yml").toString()))
			.startsWith("0 ");
	}

	/** What it ended with and what it said. */
	private static String run(String... arguments) throws InterruptedException {
		String[] command = new String[arguments.length + 1];
		command[0] = "promtool";
		System.arraycopy(arguments, 0, command, 1, arguments.length);
		try {
			Process process = new ProcessBuilder(command).directory(Path.of("").toAbsolutePath().toFile())
				.redirectErrorStream(true)
				.start();
			String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			process.waitFor(1, TimeUnit.MINUTES);
			return process.exitValue() + " " + said;
		}
		catch (IOException ex) {
			return "not there";
		}
	}

}
