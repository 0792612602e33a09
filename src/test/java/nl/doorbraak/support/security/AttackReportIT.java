package nl.doorbraak.support.security;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import nl.doorbraak.testing.AttackResults;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The hundred rows of {@code docs/attacks.csv} in one report, {@code target/attacks.md}:
 * which tests of this run show each, how they ended, with what opened they were seen to
 * fail, what was measured; and which rows are still open. Runs after all of them
 * ({@code pom.xml}); alone, it fails.
 */
class AttackReportIT {

	private static final List<Integer> ROWS = List.of(12, 8, 13, 22, 15, 10, 10, 10);

	/** How a row is marked that nothing shows yet. */
	private static final String OPEN = "open: ";

	/** A row: its number, what is sent, what must happen, and who else shows it. */
	record Row(String number, String sent, String expected, String elsewhere) {

		boolean isOpen() {
			return this.elsewhere.startsWith(OPEN);
		}

	}

	@Test
	void everyRowIsShownByTestsThatPassed() throws IOException {
		List<Row> rows = rows();
		List<List<String>> kept = AttackResults.ofThisRun();
		List<String> report = new ArrayList<>(List.of("# One hundred attacks, and what this run showed", "",
				"| Row | Sent | Must | Result | Shown by | Seen to fail with | Measured |", "|-|-|-|-|-|-|-|"));
		List<String> wrong = new ArrayList<>();
		for (Row row : rows) {
			List<List<String>> tests = of(kept, row, "test");
			Set<String> results = tests.stream()
				.map((test) -> test.get(3))
				.collect(Collectors.toCollection(LinkedHashSet::new));
			String result = results.contains("failed") ? "failed"
					: results.contains("not run") ? "not run" : !results.isEmpty() ? "passed"
							: row.isOpen() ? "open" : row.elsewhere().isEmpty() ? "missing" : "elsewhere";
			if (!Set.of("passed", "elsewhere", "open").contains(result) || row.isOpen() && !result.equals("open")) {
				wrong.add(row.number() + " " + result);
			}
			String names = joined(tests.stream().map((test) -> test.get(2)));
			report.add(String.join(" | ", "| " + row.number(), row.sent(), row.expected(), result,
					joined(Stream.of(names, row.elsewhere()).filter((text) -> !text.isEmpty())),
					joined(tests.stream().map((test) -> test.get(4))),
					joined(of(kept, row, "measured").stream().map((line) -> line.get(2))) + " |"));
		}
		Files.write(Path.of("target", "attacks.md"), report);
		assertThat(rows).extracting(Row::number).isEqualTo(numbers());
		assertThat(wrong).as("see target/attacks.md").isEmpty();
	}

	/** What needs an owner's act stands where an owner looks. */
	@Test
	void whatIsShownElsewhereStandsInTheManual() throws IOException {
		String manual = Files.readString(Path.of("docs", "operations.md"));
		assertThat(rows()).filteredOn((row) -> !row.elsewhere().isEmpty() && !row.isOpen())
			.isNotEmpty()
			.allSatisfy((row) -> assertThat(manual).contains(row.number()));
	}

	private static List<List<String>> of(List<List<String>> kept, Row row, String kind) {
		return kept.stream().filter((line) -> line.get(0).equals(row.number()) && line.get(1).equals(kind)).toList();
	}

	private static String joined(Stream<String> cells) {
		return cells.distinct().sorted().collect(Collectors.joining("; ")).replace("|", "\\|");
	}

	private static List<String> numbers() {
		return IntStream.range(0, ROWS.size())
			.boxed()
			.flatMap((block) -> IntStream.rangeClosed(1, ROWS.get(block))
				.mapToObj((n) -> "%c%02d".formatted('A' + block, n)))
			.toList();
	}

	private static List<Row> rows() throws IOException {
		return Files.readAllLines(Path.of("docs", "attacks.csv"))
			.stream()
			.skip(1)
			.filter((line) -> !line.isBlank())
			.map((line) -> line.split(";", -1))
			.map((cells) -> new Row(cells[0], cells[1], cells[2], cells[3]))
			.toList();
	}

}
