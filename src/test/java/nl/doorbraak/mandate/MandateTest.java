package nl.doorbraak.mandate;

import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

import nl.doorbraak.casefile.Power;
import nl.doorbraak.casefile.Reservation;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may sign what, as a table. The line of the register in each row is a manager of
 * Waterdam's: on the levels local and national, up to 10,000 euros, in force in all of
 * 2026; what a row changes stands in it.
 */
class MandateTest {

	private static final Set<String> ANY = Set.of("scheme", "tailoredBudget");

	private static final Instant NOON = Instant.parse("2026-06-01T10:00:00Z");

	@ParameterizedTest(name = "{0}: {8}")
	@CsvSource(delimiter = '|', nullValues = "?",
			textBlock = """
					# what is at hand                         | level    | signs as         | euros    | before   | deviates | may deviate | drafter signs | answer
					manager within the ceiling                | local    | manager@GM9001   | 6000     | 0        | false    | false       | -             | TOEGESTAAN
					exactly the ceiling                       | local    | manager@GM9001   | 10000    | 0        | false    | false       | -             | TOEGESTAAN
					one cent over the ceiling                 | local    | manager@GM9001   | 10000.01 | 0        | false    | false       | -             | BOVEN_PLAFOND
					with what was signed before at the ceiling| local    | manager@GM9001   | 6000     | 4000     | false    | false       | -             | TOEGESTAAN
					with what was signed before over it       | local    | manager@GM9001   | 6000     | 4000.01  | false    | false       | -             | BOVEN_PLAFOND
					nothing to pay                            | local    | manager@GM9001   | 0        | 0        | false    | false       | -             | TOEGESTAAN
					nothing to pay, ceiling used up           | local    | manager@GM9001   | 0        | 10000    | false    | false       | -             | TOEGESTAAN
					amount not known                          | local    | manager@GM9001   | ?        | 0        | false    | false       | -             | BOVEN_PLAFOND
					negative amount                           | local    | manager@GM9001   | -1       | 0        | false    | false       | -             | BOVEN_PLAFOND
					what was signed before not known          | local    | manager@GM9001   | 100      | ?        | false    | false       | -             | BOVEN_PLAFOND
					the municipality decides on this level too| national | manager@GM9001   | 6000     | 0        | false    | false       | -             | TOEGESTAAN
					not a level of this mandate               | regional | manager@GM9001   | 6000     | 0        | false    | false       | -             | BEVOEGD_ORGAAN_ONBEKEND
					not a level of this mandate               | ministry | manager@GM9001   | 6000     | 0        | false    | false       | -             | BEVOEGD_ORGAAN_ONBEKEND
					manager of another municipality           | local    | manager@GM9002   | 6000     | 0        | false    | false       | -             | GEEN_MANDAAT
					casusregisseur of the same municipality   | local    | caseDirector@GM9001 | 100   | 0        | false    | false       | -             | GEEN_MANDAAT
					higher function, other line               | local    | alderman@GM9001  | 100      | 0        | false    | false       | -             | GEEN_MANDAAT
					no function at all                        | local    | -                | 100      | 0        | false    | false       | -             | GEEN_MANDAAT
					two functions, one of them right          | local    | caseDirector@GM9001 manager@GM9001 | 100 | 0 | false | false  | -             | TOEGESTAAN
					deviates where that is not mandated       | local    | manager@GM9001   | 100      | 0        | true     | false       | -             | AFWIJKING_NIET_GEMANDATEERD
					deviates where that is mandated           | local    | manager@GM9001   | 100      | 0        | true     | true        | -             | TOEGESTAAN
					not known whether it deviates             | local    | manager@GM9001   | 100      | 0        | ?        | false       | -             | AFWIJKING_NIET_GEMANDATEERD
					not known, but deviating is mandated      | local    | manager@GM9001   | 100      | 0        | ?        | true        | -             | TOEGESTAAN
					over the ceiling and deviating            | local    | manager@GM9001   | 10001    | 0        | true     | false       | -             | BOVEN_PLAFOND
					own proposal where that is allowed        | local    | manager@GM9001   | 100      | 0        | false    | false       | yes           | TOEGESTAAN
					own proposal where that is not allowed    | local    | manager@GM9001   | 100      | 0        | false    | false       | no            | FUNCTIESCHEIDING
					own proposal, not allowed and deviating   | local    | manager@GM9001   | 100      | 0        | true     | false       | no            | AFWIJKING_NIET_GEMANDATEERD
					""")
	void theFirstNoIsTheAnswer(String what, String rung, String posts, String euros, String before, Boolean deviates,
			boolean mayDeviate, String drafterSigns, Verdict expected) {
		Mandate line = line(1_000_000L, mayDeviate, drafterSigns.equals("yes"), null, null, false);
		String drafter = drafterSigns.equals("-") ? "anna" : "mila";
		assertThat(MandateCheck.check(line, signing(rung, posts, cents(euros), cents(before), deviates, drafter, NOON)))
			.isEqualTo(expected);
	}

	@ParameterizedTest(name = "signed {0}, to {1}, revoked {2}: {3}")
	@CsvSource(nullValues = "-", textBlock = """
			2025-12-31T22:59:59.999Z, -,                    -,                    NIET_IN_WERKING
			2025-12-31T23:00:00Z,     -,                    -,                    TOEGESTAAN
			2026-06-01T09:59:59Z,     2026-06-01T10:00:00Z, -,                    TOEGESTAAN
			2026-06-01T10:00:00Z,     2026-06-01T10:00:00Z, -,                    NIET_IN_WERKING
			2026-06-01T09:59:59Z,     -,                    2026-06-01T10:00:00Z, TOEGESTAAN
			2026-06-01T10:00:00Z,     -,                    2026-06-01T10:00:00Z, NIET_IN_WERKING
			""")
	void inForceIsAskedAtTheMomentOfSigning(Instant at, Instant to, Instant revoked, Verdict expected) {
		assertThat(MandateCheck.check(line(1_000_000L, false, true, to, revoked, false),
				signing("local", "manager@GM9001", 100L, 0L, false, "anna", at)))
			.isEqualTo(expected);
	}

	@Test
	void withoutACeilingEveryKnownAmountIsWithin() {
		Mandate line = line(null, false, true, null, null, false);
		assertThat(MandateCheck.check(line,
				signing("local", "manager@GM9001", Long.MAX_VALUE, Long.MAX_VALUE, false, "anna", NOON)))
			.isEqualTo(Verdict.TOEGESTAAN);
		assertThat(MandateCheck.check(line, signing("local", "manager@GM9001", null, 0L, false, "anna", NOON)))
			.isEqualTo(Verdict.BOVEN_PLAFOND);
	}

	@Test
	void unreadableRegisterIsNeverAYes() {
		Signing signing = signing("local", "manager@GM9001", 0L, 0L, false, "anna", NOON);
		assertThat(MandateCheck.check(null, signing)).isEqualTo(Verdict.REGISTER_ONLEESBAAR);
		Mandate retired = new Mandate("M", 1, "GM9001", ANY, "Awb 10:3", "burgomaster", Set.of("local"), null, true,
				Reservation.NONE, 1, true, false, 1, Instant.EPOCH, null, null);
		assertThat(MandateCheck.check(retired, signing)).isEqualTo(Verdict.REGISTER_ONLEESBAAR);
	}

	@Test
	void anotherPowerOrNoLegalBasisCannotBeMandatedSo() {
		Signing signing = signing("local", "manager@GM9001", 0L, 0L, false, "anna", NOON);
		Mandate fine = new Mandate("M", 1, "GM9001", Set.of("tailoredBudget"), "Awb 10:3", "manager", Set.of("local"),
				null, true, Reservation.NONE, 1, true, false, 1, Instant.EPOCH, null, null);
		assertThat(MandateCheck.check(fine, signing)).isEqualTo(Verdict.NIET_MANDATEERBAAR);
		Mandate vague = new Mandate("M", 1, "GM9001", ANY, " ", "manager", Set.of("local"), null, true,
				Reservation.NONE, 1, true, false, 1, Instant.EPOCH, null, null);
		assertThat(MandateCheck.check(vague, signing)).isEqualTo(Verdict.NIET_MANDATEERBAAR);
	}

	@Test
	void bodyThatIsNotCompetentInTheCaseCannotMandate() {
		Mandate other = new Mandate("M", 1, "GM9002", ANY, "Awb 10:3", "manager", Set.of("local"), null, true,
				Reservation.NONE, 1, true, false, 1, Instant.EPOCH, null, null);
		assertThat(MandateCheck.check(other, signing("local", "manager@GM9002", 0L, 0L, false, "anna", NOON)))
			.isEqualTo(Verdict.BEVOEGD_ORGAAN_ONBEKEND);
	}

	@Test
	void mandateForACrisisIsForACrisisOnly() {
		Mandate line = line(100_000L, false, true, null, null, true);
		Signing calm = signing("local", "manager@GM9001", 100L, 0L, false, "anna", NOON);
		assertThat(MandateCheck.check(line, calm)).isEqualTo(Verdict.NIET_IN_WERKING);
		Signing crisis = new Signing(calm.person(), calm.posts(), calm.power(), calm.rung(), calm.bodies(), calm.at(),
				true, calm.amountCents(), calm.spentCents(), calm.deviates(), calm.reservation(), calm.drafter(),
				calm.answered());
		assertThat(MandateCheck.check(line, crisis)).isEqualTo(Verdict.TOEGESTAAN);
	}

	@ParameterizedTest(name = "mandate up to {0}, decision {1}: {2}")
	@CsvSource(nullValues = "?", textBlock = """
			NONE,      NONE,      TOEGESTAAN
			NONE,      PRECEDENT, VOORBEHOUDEN
			NONE,      RESERVED,  VOORBEHOUDEN
			PRECEDENT, NONE,      TOEGESTAAN
			PRECEDENT, PRECEDENT, TOEGESTAAN
			PRECEDENT, RESERVED,  VOORBEHOUDEN
			RESERVED,  PRECEDENT, TOEGESTAAN
			RESERVED,  RESERVED,  TOEGESTAAN
			RESERVED,  ?,         VOORBEHOUDEN
			""")
	void reservedDecisionsNeedAMandateThatCoversThem(Reservation covers, Reservation decision, Verdict expected) {
		Mandate line = new Mandate("M", 1, "GM9001", ANY, "Awb 10:3", "manager", Set.of("local"), null, true, covers, 1,
				true, false, 1, Instant.EPOCH, null, null);
		Signing plain = signing("local", "manager@GM9001", 0L, 0L, false, "anna", NOON);
		Signing signing = new Signing(plain.person(), plain.posts(), plain.power(), plain.rung(), plain.bodies(),
				plain.at(), false, plain.amountCents(), plain.spentCents(), plain.deviates(), decision, plain.drafter(),
				plain.answered());
		assertThat(MandateCheck.check(line, signing)).isEqualTo(expected);
	}

	@Test
	void whoAnsweredBeforeCannotBeTheSecondPairOfEyes() {
		Signing first = signing("local", "manager@GM9001", 100L, 0L, false, "anna", NOON);
		Signing again = new Signing(first.person(), first.posts(), first.power(), first.rung(), first.bodies(),
				first.at(), false, first.amountCents(), first.spentCents(), first.deviates(), first.reservation(),
				first.drafter(), Set.of("mila"));
		assertThat(MandateCheck.check(line(1_000_000L, false, true, null, null, false), again))
			.isEqualTo(Verdict.FUNCTIESCHEIDING);
	}

	private static Mandate line(Long ceiling, boolean mayDeviate, boolean drafterMaySign, Instant to, Instant revoked,
			boolean crisis) {
		return new Mandate("GM9001-02", 1, "GM9001", ANY, "Awb 10:3", "manager", Set.of("local", "national"), ceiling,
				mayDeviate, Reservation.NONE, 1, drafterMaySign, crisis, 20, Instant.parse("2025-12-31T23:00:00Z"), to,
				revoked);
	}

	private static Signing signing(String rung, String posts, Long amount, Long before, Boolean deviates,
			String drafter, Instant at) {
		Set<Officer.Post> held = Arrays.stream(posts.split(" "))
			.filter((post) -> post.contains("@"))
			.map((post) -> post.split("@"))
			.map((post) -> new Officer.Post(Function.of(post[0]), post[1]))
			.collect(Collectors.toSet());
		return new Signing("mila", held, Power.SCHEME, rung, Set.of("GM9001"), at, false, amount, before, deviates,
				Reservation.NONE, drafter, Set.of());
	}

	private static Long cents(String euros) {
		return (euros != null) ? new java.math.BigDecimal(euros).movePointRight(2).longValueExact() : null;
	}

}
