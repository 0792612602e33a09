package nl.doorbraak.mandate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.core.io.ClassPathResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may sign what: the situations of {@code mandaatsituaties.csv}, a table that who
 * knows the law and not the code can read.
 */
class MandateSituationsTest {

	/** One row of the table. */
	record Row(String number, String what, String register, String decision, String outcome, String code, String link) {
	}

	@TestFactory
	List<DynamicTest> situationHasItsOutcome() throws IOException {
		return rows().stream().map((row) -> DynamicTest.dynamicTest(row.number() + " " + row.what(), () -> {
			Situation situation = Situation.of(row.register(), row.decision());
			Finding finding = situation.finding();
			assertThat(finding.verdict()).isEqualTo(Verdict.valueOf(row.code()));
			assertThat(outcome(finding, situation.line())).isEqualTo(row.outcome());
			assertThat(finding.link()).isEqualTo(row.link());
			assertThat(finding.reason()).endsWith(".").hasSizeGreaterThan(20);
		})).toList();
	}

	private static String outcome(Finding finding, Mandate line) {
		return switch (finding.outcome()) {
			case COMPETENT -> (line.conditions() != null) ? "bevoegd onder voorwaarden" : "bevoegd";
			case NOT_COMPETENT -> "niet bevoegd";
			case UNDETERMINED -> "niet vast te stellen";
		};
	}

	@Test
	void everyCodeOccursAndNoSituationTwice() throws IOException {
		Set<Verdict> given = EnumSet.allOf(Verdict.class);
		// No check gives it: nobody answered in time.
		given.remove(Verdict.GEEN_ANTWOORD);
		assertThat(rows().stream().map(Row::code).map(Verdict::valueOf).collect(Collectors.toSet())).isEqualTo(given);
		assertThat(rows()).hasSizeGreaterThanOrEqualTo(60);
		assertThat(rows().stream().map((row) -> row.register() + ";" + row.decision())).doesNotHaveDuplicates();
		assertThat(rows().stream().map(Row::number)).doesNotHaveDuplicates();
	}

	/** To sign for the body what it decided itself (Awb 10:11), at any amount. */
	@ParameterizedTest
	@CsvSource(delimiter = ';',
			value = { "Soort = ondertekening; bedrag = 99.999.999; TOEGESTAAN",
					"Soort = ondertekening; voorbehouden = voorbehouden; TOEGESTAAN",
					"Soort = beslissing; ; NIET_MANDATEERBAAR", "Soort = uitvoering; ; NIET_MANDATEERBAAR",
					"Soort = ondertekening / Type = machtiging; ; NIET_MANDATEERBAAR",
					"Soort = ondertekening / Bevoegdheid = maatwerkbudget; ; NIET_MANDATEERBAAR",
					"Soort = ondertekening / Mandaatgever = GM9002; ; BEVOEGD_ORGAAN_ONBEKEND",
					"Soort = ondertekening / Gemandateerde = Directeur sociaal domein; ; GEEN_MANDAAT",
					"Soort = ondertekening / Geldig tot = 1-3-2026; ; NIET_IN_WERKING" })
	void signingLineDecidesNothing(String register, String decision, Verdict verdict) {
		Situation situation = Situation.of(register, (decision != null) ? decision : "");
		assertThat(MandateCheck.checkSigning(situation.register(), situation.line(), situation.signing()).verdict())
			.isEqualTo(verdict);
	}

	private static List<Row> rows() throws IOException {
		return new ClassPathResource("mandaatsituaties.csv", MandateSituationsTest.class)
			.getContentAsString(StandardCharsets.UTF_8)
			.lines()
			.filter((line) -> !line.startsWith("#"))
			.skip(1)
			.map((line) -> line.split(";", -1))
			.map((cell) -> new Row(cell[0], cell[1], cell[2], cell[3], cell[4], cell[5], cell[6]))
			.toList();
	}

}
