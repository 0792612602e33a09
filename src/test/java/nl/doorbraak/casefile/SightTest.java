package nl.doorbraak.casefile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.casefile.CaseFiles.Reader;
import nl.doorbraak.support.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Who sees which part of a case. */
class SightTest {

	private static final Path RECORD = Path.of("docs", "decisions", "0027-who-sees-what-of-a-case.md");

	/** The table that people agreed on, and the code, say the same. */
	@Test
	void theTableOfTheDecisionIsWhatTheCodeDoes() throws IOException {
		String table = Files.readAllLines(RECORD)
			.stream()
			.filter((line) -> line.startsWith("|"))
			.collect(Collectors.joining("\n"));
		assertThat(table).isEqualTo(table());
	}

	private static String table() {
		Stream<String> head = Stream.of(row("part", Arrays.stream(Viewer.values()).map(Viewer::code).toList()),
				row("---", Collections.nCopies(Viewer.values().length, "---")));
		return Stream
			.concat(head,
					Arrays.stream(Sight.values())
						.map((part) -> row(part.code(),
								Arrays.stream(Viewer.values()).map((each) -> part.isFor(each) ? "x" : "").toList())))
			.collect(Collectors.joining("\n"));
	}

	private static String row(String first, List<String> cells) {
		return Stream.concat(Stream.of(first), cells.stream()).collect(Collectors.joining(" | ", "| ", " |"));
	}

	@ParameterizedTest
	@CsvSource({ "signer, contact", "signer, written", "signer, answers", "adviser, stakes", "asked, proposals",
			"asked, written", "auditor, contact", "emergency, teamOnly", "lead, teamOnly" })
	void whatIsNotNeededIsNotShown(String role, String part) {
		Viewer viewer = Viewer.ofRole(role).orElseThrow();
		assertThat(new Reader(List.of(viewer)).sees(part)).isFalse();
		assertThat(new Reader(List.of(viewer)).hidden()).extracting(Sight::code).contains(part);
	}

	@Test
	void whoReadsACaseInTwoWaysSeesWhatEitherSees() {
		Reader both = new Reader(List.of(Viewer.SIGNER, Viewer.EMERGENCY));
		assertThat(both.sees(Sight.CONTACT)).isTrue();
		assertThat(both.hidden()).containsExactly(Sight.TEAM_ONLY);
		assertThat(new Reader(List.of(Viewer.TEAM)).hidden()).isEmpty();
	}

	@Test
	void partThatIsNotShownIsRefusedInASentence() {
		assertThatThrownBy(() -> new Reader(List.of(Viewer.SIGNER)).refuseUnless(Sight.MEASURES))
			.isInstanceOfSatisfying(Refused.class, (no) -> assertThat(no.kind()).isEqualTo(Refused.Kind.FORBIDDEN));
	}

	/** What a new form asks is in no part until somebody says so: then few read it. */
	@Test
	void whatNobodyPlacedIsForWhoReadsEverything() {
		assertThat(Sight.ofForm("some-new-form")).isEqualTo(Sight.WRITTEN);
		assertThat(Sight.ofForm("make-plan")).isEqualTo(Sight.SUMMARY);
		assertThat(Sight.ofForm("sign-off")).isEqualTo(Sight.PROPOSALS);
		assertThat(Viewer.ofRole("nobody")).isEmpty();
	}

}
