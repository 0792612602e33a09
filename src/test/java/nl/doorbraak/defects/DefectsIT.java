package nl.doorbraak.defects;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.commons.lang3.StringUtils;
import org.jsoup.Jsoup;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Plants each mistake of {@code defects.yaml} in a copy of the project and runs the tests
 * that it names: they must fail with it, and pass without. With {@code -Ddefects.whole}
 * the whole suite runs instead. What caught what is in {@code target/defects.md}.
 */
@Tag("defects")
class DefectsIT {

	private static final Path COPY = Path.of("target", "defects");

	private static final Path REPORT = Path.of("target", "defects.md");

	private static final Set<String> LEFT_OUT = Set.of("target", ".git", "node_modules");

	private final boolean whole = Boolean.getBoolean("defects.whole");

	@Test
	void suiteIsGreenWithoutAndRedWithEachDefect() throws Exception {
		copyProject();
		String only = System.getProperty("defects.only", "");
		List<Defect> defects = Defect.all().stream().filter((each) -> each.name().contains(only)).toList();
		Run without = run(defects.stream().map(Defect::tests).collect(Collectors.joining(",")));
		assertThat(without.caught()).as("without any defect").isEmpty();
		assertThat(without.exit()).as(without.output()).isZero();
		List<String> rows = new ArrayList<>(List.of("# Planted defects", "",
				"Without any: " + without.tests() + " tests passed in " + without.took().toSeconds() + " s.", "",
				"| Defect | What people would notice | Caught by | Seconds |", "|---|---|---|---|"));
		List<String> missed = new ArrayList<>();
		for (Defect defect : defects) {
			defect.plant(COPY);
			Run with = run(defect.tests());
			defect.takeOut(COPY);
			assertThat(with.tests()).as("%s: did not run%n%s", defect.name(), with.output()).isPositive();
			if (with.caught().isEmpty()) {
				missed.add(defect.name());
			}
			rows.add("| %s | %s | %s | %d |".formatted(defect.name(), defect.harm(),
					with.caught().isEmpty() ? "**nothing**" : String.join("<br>", with.caught()),
					with.took().toSeconds()));
			Files.write(REPORT, rows);
			System.out.println(rows.get(rows.size() - 1));
		}
		assertThat(missed).as("see " + REPORT).isEmpty();
	}

	private static void copyProject() throws IOException {
		try (Stream<Path> all = Files.walk(Path.of(""))) {
			for (Path path : all
				.filter((each) -> !LEFT_OUT.contains(each.getName(0).toString()) && Files.isRegularFile(each))
				.toList()) {
				Path copy = COPY.resolve(path);
				Files.createDirectories(copy.getParent());
				Files.copy(path, copy, StandardCopyOption.REPLACE_EXISTING);
			}
		}
	}

	private Run run(String tests) throws Exception {
		Path reports = COPY.resolve("target/failsafe-reports");
		for (File old : reports(reports)) {
			Files.delete(old.toPath());
		}
		List<String> command = new ArrayList<>(List.of("mvn", "--batch-mode", "--no-transfer-progress"));
		// How the planted code looks is not what is asked.
		command.addAll(List.of("verify", "-Dspring-javaformat.skip=true"));
		if (!this.whole) {
			command.addAll(List.of("-Dit.test=" + tests, "-Dit.forks=1", "-Dtest=None*",
					"-Dsurefire.failIfNoSpecifiedTests=false"));
		}
		Path output = COPY.resolve("target.log");
		Instant begin = Instant.now();
		ProcessBuilder builder = new ProcessBuilder(command).directory(COPY.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.environment().keySet().removeIf((name) -> name.startsWith("MAVEN_"));
		Process maven = builder.start();
		assertThat(maven.waitFor(this.whole ? 60 : 15, TimeUnit.MINUTES)).as("ended").isTrue();
		int ran = 0;
		List<String> caught = new ArrayList<>();
		for (File report : reports(reports)) {
			for (var test : Jsoup.parse(report, "UTF-8", "", Parser.xmlParser()).select("testcase")) {
				ran++;
				test.select("> failure, > error")
					.forEach((failure) -> caught.add("%s.%s: %s".formatted(
							StringUtils.substringAfterLast(test.attr("classname"), "."), test.attr("name"),
							inOneLine(failure.attr("message").isBlank() ? failure.text() : failure.attr("message")))));
			}
		}
		return new Run(maven.exitValue(), ran, caught, Duration.between(begin, Instant.now()),
				StringUtils.right(Files.readString(output), 4_000));
	}

	private static String inOneLine(String message) {
		return StringUtils.abbreviate(StringUtils.normalizeSpace(message).replace('|', '/'), 160);
	}

	private static File[] reports(Path folder) {
		File[] all = folder.toFile().listFiles((dir, name) -> name.startsWith("TEST-") && name.endsWith(".xml"));
		return (all != null) ? all : new File[0];
	}

	/**
	 * What one run said.
	 *
	 * @param caught tests that failed, with their first words
	 */
	private record Run(int exit, int tests, List<String> caught, Duration took, String output) {
	}

}
