package nl.doorbraak.ladder;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;

import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Keeps every row of {@code terms.csv}, a table that can be read without this code. */
class TermTableTest {

	private final Terms terms = new Terms(Version1.and());

	@ParameterizedTest(name = "{0}: {1} {2} {3}")
	@CsvFileSource(resources = "terms.csv", delimiter = '|', numLinesToSkip = 1)
	void endsOnTheDayInTheTableForTheReasonInTheTable(String situation, String kind, String rung, String from,
			LocalDate crisisDate, OffsetDateTime pauseUntil, OffsetDateTime endBeforePause, LocalDate lastDay,
			OffsetDateTime endsAt, String sentence) {
		Term term = switch (kind) {
			case "rung" -> this.terms.forRung(Rung.of(rung), instant(from), crisisDate, 1);
			case "question" -> this.terms.forQuestion(Rung.of(rung), instant(from), crisisDate, 1);
			case "extended" -> this.terms.extended(Rung.of(rung), instant(from), crisisDate, 1);
			case "reasons" -> this.terms.forReasons(instant(from), 1);
			case "reasonsAnnounced" -> this.terms.forReasonsAnnounced(LocalDate.parse(from), 1);
			case "ratification" -> this.terms.forRatification(instant(from), 1);
			case "measures" -> this.terms.forMeasures(instant(from), crisisDate, 1);
			case "measuresAgain" -> this.terms.measuresAgain(LocalDate.parse(from), 1);
			case "leadStep" -> this.terms.forLeadStep(instant(from), 1);
			case "leadReturn" -> this.terms.forLeadReturn(instant(from), 1);
			case "announcement" -> this.terms.forAnnouncement(instant(from), 1);
			case "objection" -> this.terms.forObjection(LocalDate.parse(from), 1);
			case "objectionDecision" -> this.terms.forObjectionDecision(
					this.terms.forObjection(LocalDate.parse(from.split(" ")[0]), 1).lastDay(),
					LocalDate.parse(from.split(" ")[1]), 1);
			case "complaint" -> this.terms.forComplaint(LocalDate.parse(from), 1);
			case "appeal" -> this.terms.forAppeal(LocalDate.parse(from), 1);
			case "outcome" -> this.terms.forOutcome(instant(from), 1);
			case "lookAgain" -> this.terms.lookAgain(LocalDate.parse(from), 1);
			case "resumed" -> this.terms.resumed(endBeforePause.toInstant(), instant(from), pauseUntil.toInstant(), 1);
			default -> throw new IllegalArgumentException("No such kind of term in the table: " + kind);
		};
		SoftAssertions.assertSoftly((softly) -> {
			softly.assertThat(term.lastDay()).as(situation).isEqualTo(lastDay);
			softly.assertThat(term.endsAt().atZone(ZoneId.of("Europe/Amsterdam")).toOffsetDateTime()).isEqualTo(endsAt);
			softly.assertThat(term.explanation()).isEqualTo(sentence);
			softly.assertThat(term.version()).isEqualTo(1);
		});
	}

	private static Instant instant(String from) {
		return OffsetDateTime.parse(from).toInstant();
	}

}
