package nl.doorbraak.ladder;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

import nl.doorbraak.ladder.TermsVersion.RungTerm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class TermsTest {

	private static final TermsVersion VERSION_2 = new TermsVersion(2, Instant.parse("2026-06-30T22:00:00Z"), 1, 4, 3,
			15, 3, 2, 8, 4, 5, 10, 7, 6, 3, 5, 2, 5, Duration.ofHours(12), Duration.ofHours(2), Duration.ofHours(6),
			Map.of(Rung.LOCAL, new RungTerm(Span.workingDays(1), Span.weeks(1))), Map.of(), null);

	private final Terms terms = new Terms(Version1.and(VERSION_2));

	@Test
	void closingAndAftercareHaveATermAndSayWhyThatDay() {
		Instant monday = Instant.parse("2026-03-02T09:00:00Z");
		assertThat(this.terms.forClosing(monday, 1).lastDay()).isEqualTo(LocalDate.of(2026, 3, 16));
		assertThat(this.terms.forClosing(monday, 1).explanation())
			.startsWith("Vertel binnen 10 werkdagen na de sluiting van maandag 2 maart 2026 wat de uitkomst is.");
		assertThat(this.terms.forAftercare(monday, 2).lastDay()).isEqualTo(LocalDate.of(2026, 3, 10));
		assertThat(this.terms.forAftercare(monday, 2).explanation())
			.startsWith("Vraag binnen 6 werkdagen na maandag 2 maart 2026 hoe het gaat.");
	}

	@Test
	void emergencyAccessIsReviewedWithinATermOfTheVersionAndItsCalendar() {
		Instant thursday = Instant.parse("2026-05-07T09:00:00Z");
		assertThat(this.terms.forAccessReview(thursday, 1).lastDay()).as("over Ascension and the day after it")
			.isEqualTo(LocalDate.of(2026, 5, 18));
		assertThat(this.terms.forAccessReview(thursday, 1).explanation())
			.startsWith("Een manager beoordeelt noodtoegang binnen 5 werkdagen na donderdag 7 mei 2026.");
		assertThat(this.terms.forAccessReview(thursday, 2).lastDay()).isEqualTo(LocalDate.of(2026, 5, 12));
	}

	@Test
	void residentIsAnsweredWithinAMonthAsTheRegulationCountsIt() {
		Term march = this.terms.forSubjectRequest(LocalDate.of(2026, 3, 3), 1);
		assertThat(march.lastDay()).as("over Good Friday and Easter").isEqualTo(LocalDate.of(2026, 4, 7));
		assertThat(this.terms.forSubjectRequest(LocalDate.of(2026, 2, 3), 1).explanation()).isEqualTo(
				"Antwoord de inwoner binnen een maand na de ontvangst van dinsdag 3 februari 2026 (AVG artikel 12, derde lid). De laatste dag is dinsdag 3 maart 2026.");
		Term january = this.terms.forSubjectRequest(LocalDate.of(2026, 1, 30), 1);
		assertThat(january.lastDay()).as("February is shorter, and ends in a weekend")
			.isEqualTo(LocalDate.of(2026, 3, 2));
		assertThat(january.explanation()).contains("Die maand heeft geen dag 30, dus telt haar laatste dag.");
		assertThat(this.terms.forSubjectRequestExtended(LocalDate.of(2026, 2, 3), 1).lastDay())
			.isEqualTo(LocalDate.of(2026, 5, 4));
		assertThat(this.terms.forSubjectRequestExtended(LocalDate.of(2026, 2, 3), 1).explanation())
			.contains("binnen drie maanden na de ontvangst");
	}

	@Test
	void contactAfterAnEarlySignalIsSoughtWithinWeeksAndWhereSomethingThreatensWithinDays() {
		Instant friday = Instant.parse("2026-04-03T09:00:00Z");
		assertThat(this.terms.forEarlySignal(friday, false, 1).lastDay()).isEqualTo(LocalDate.of(2026, 5, 1));
		assertThat(this.terms.forEarlySignal(friday, false, 1).explanation()).startsWith(
				"Zoek contact binnen 4 weken na het signaal van vrijdag 3 april 2026 (zoals Wgs artikel 4, eerste lid");
		assertThat(this.terms.forEarlySignal(friday, true, 1).lastDay()).as("over Easter")
			.isEqualTo(LocalDate.of(2026, 4, 9));
		assertThat(this.terms.forEarlySignal(friday, true, 1).explanation()).contains("binnen 3 werkdagen",
				"want er dreigt iets");
	}

	@Test
	void mediatedSessionHasATermOfItsOwnAndInACrisisHours() {
		Instant monday = Instant.parse("2026-03-02T09:00:00Z");
		assertThat(this.terms.forMediatedSession(monday, null, 1).lastDay()).isEqualTo(LocalDate.of(2026, 3, 16));
		assertThat(this.terms.forMediatedSession(monday, null, 1).explanation())
			.startsWith("Het gesprek onder leiding is binnen 10 werkdagen na het plan van maandag 2 maart 2026.");
		assertThat(this.terms.forMediatedSession(monday, null, 2).lastDay()).isEqualTo(LocalDate.of(2026, 3, 11));
		assertThat(this.terms.forMediatedSession(monday, LocalDate.of(2026, 3, 3), 1).endsAt())
			.isEqualTo(Instant.parse("2026-03-02T13:00:00Z"));
	}

	@Test
	void statutoryStaysEndOnTheLastDayOfTheirMonthsAlsoOnASunday() {
		LocalDate since = LocalDate.of(2026, 1, 5);
		assertThat(this.terms.forEmergencyStop(since, null, 1).lastDay()).isEqualTo(LocalDate.of(2026, 5, 4));
		assertThat(this.terms.forEmergencyStop(since, LocalDate.of(2026, 2, 2), 1).lastDay())
			.isEqualTo(LocalDate.of(2027, 1, 4));
		assertThat(this.terms.forBroadMoratorium(LocalDate.of(2026, 2, 16), 1).lastDay()).as("a Saturday")
			.isEqualTo(LocalDate.of(2026, 8, 15));
		assertThat(this.terms.forEmergencyStop(LocalDate.of(2026, 10, 31), null, 1).lastDay())
			.as("there is no 31 February")
			.isEqualTo(LocalDate.of(2027, 2, 27));
		assertThat(this.terms.forBroadMoratorium(since, 1).explanation()).isEqualTo(
				"Een breed moratorium van de rechter duurt hoogstens 6 maanden (Wet gemeentelijke schuldhulpverlening artikel 5). De eerste dag, maandag 5 januari 2026, telt mee, daarom is de laatste dag zaterdag 4 juli 2026.");
	}

	@Test
	void aVersionIsInForceFromItsFirstMomentOn() {
		assertThat(this.terms.currentVersion(Instant.parse("2025-12-31T23:00:00Z"))).isEqualTo(1);
		assertThat(this.terms.currentVersion(Instant.parse("2026-06-30T21:59:59Z"))).isEqualTo(1);
		assertThat(this.terms.currentVersion(Instant.parse("2026-06-30T22:00:00Z"))).isEqualTo(2);
	}

	@Test
	void beforeTheFirstVersionNoneIsInForce() {
		assertThatIllegalStateException()
			.isThrownBy(() -> this.terms.currentVersion(Instant.parse("2025-12-31T22:59:59Z")))
			.withMessage("No version of the terms is in force at 2025-12-31T22:59:59Z");
	}

	@Test
	void aCaseKeepsTheVersionItStartedWith() {
		Instant later = Instant.parse("2026-08-03T10:00:00Z");
		assertThat(this.terms.forRung(Rung.LOCAL, later, null, 1).explanation())
			.isEqualTo("20 werkdagen na maandag 3 augustus 2026. De laatste dag is maandag 31 augustus 2026.");
		Term newer = this.terms.forRung(Rung.LOCAL, later, null, 2);
		assertThat(newer.version()).isEqualTo(2);
		assertThat(newer.explanation())
			.isEqualTo("1 werkdag na maandag 3 augustus 2026. De laatste dag is dinsdag 4 augustus 2026.");
		assertThat(this.terms.extended(Rung.LOCAL, later, null, 2).explanation())
			.isEqualTo("Verlengd op maandag 3 augustus 2026 met 1 week. De laatste dag is maandag 10 augustus 2026.");
	}

	@Test
	void theHoursInCrisisAreThoseOfTheVersion() {
		Instant start = Instant.parse("2026-08-03T10:00:00Z");
		LocalDate eventDate = LocalDate.of(2026, 8, 10);
		assertThat(this.terms.forRung(Rung.LOCAL, start, eventDate, 2).endsAt()).isEqualTo("2026-08-03T22:00:00Z");
		assertThat(this.terms.forQuestion(Rung.LOCAL, start, eventDate, 2).endsAt()).isEqualTo("2026-08-03T12:00:00Z");
		assertThat(this.terms.extended(Rung.LOCAL, start, eventDate, 2).endsAt()).isEqualTo("2026-08-03T16:00:00Z");
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			2026-03-02T10:00:00Z | 2026-03-05 | false
			2026-03-02T10:00:00Z | 2026-03-04 | true
			2026-03-02T22:59:59Z | 2026-03-05 | false
			2026-03-02T23:00:00Z | 2026-03-05 | true
			2026-03-02T10:00:00Z | 2026-03-02 | true
			2026-03-02T10:00:00Z | 1953-02-01 | true
			2026-03-02T10:00:00Z | 9999-12-31 | false
			2026-04-02T10:00:00Z | 2026-04-08 | true
			2026-04-02T10:00:00Z | 2026-04-09 | false
			""", delimiter = '|')
	void aCaseIsInCrisisFromTwoWorkingDaysBeforeTheEvent(Instant now, LocalDate eventDate, boolean inCrisis) {
		assertThat(this.terms.inCrisis(eventDate, now, 1)).isEqualTo(inCrisis);
	}

	@Test
	void aCaseWithoutAnEventIsNeverInCrisis() {
		assertThat(this.terms.inCrisis(null, Instant.parse("2026-03-02T10:00:00Z"), 1)).isFalse();
	}

	@Test
	void whatDoesNotExistIsNamed() {
		Instant now = Instant.parse("2026-03-02T10:00:00Z");
		assertThatIllegalArgumentException().isThrownBy(() -> this.terms.forRung(Rung.LOCAL, now, null, 3))
			.withMessage("There is no version 3 of the terms");
		assertThatIllegalStateException().isThrownBy(() -> this.terms.forRung(Rung.MINISTRY, now, null, 2))
			.withMessage("Version 2 of the terms has no row for rung 'ministry'");
		assertThatIllegalArgumentException().isThrownBy(() -> Rung.of("landelijk"))
			.withMessageContaining("landelijk")
			.withMessageContaining("local, regional, national, ministry");
	}

	@Test
	void aPauseCannotEndBeforeItStarts() {
		Instant start = Instant.parse("2026-03-02T10:00:00Z");
		assertThatIllegalArgumentException()
			.isThrownBy(
					() -> this.terms.resumed(Instant.parse("2026-03-30T22:00:00Z"), start, start.minusSeconds(1), 1))
			.withMessageContaining("A pause cannot end");
	}

	@Test
	void termInHoursEndsOnAWholeMillisecondSoThatNoTimerComesBeforeIt() {
		Instant asked = Instant.parse("2026-03-30T10:00:00.816237Z");
		Term term = this.terms.forQuestion(Rung.LOCAL, asked, LocalDate.of(2026, 3, 31), 1);
		assertThat(term.endsAt().getNano() % 1_000_000).isZero();
		assertThat(term.endsAt()).isAfter(asked);
	}

	@Test
	void aRungHasItsCodeAndItsDutchLabel() {
		assertThat(Rung.values()).extracting(Rung::code).containsExactly("local", "regional", "national", "ministry");
		assertThat(Rung.values()).extracting(Rung::label)
			.containsExactly("Lokaal", "Regionaal", "Landelijk Maatwerkloket", "Departementale doorbraak");
		assertThat(Rung.values()).allSatisfy((rung) -> assertThat(Rung.of(rung.code())).isSameAs(rung));
	}

}
