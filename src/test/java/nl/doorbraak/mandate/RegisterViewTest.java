package nl.doorbraak.mandate;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

import nl.doorbraak.casefile.Power;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.mandate.RegisterView.Gap;
import nl.doorbraak.mandate.RegisterView.Line;
import nl.doorbraak.mandate.RegisterView.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the page tells of a register on 1 June 2026: states, what ends soon, and gaps of
 * the manager, who should always be able to decide on the local level.
 */
class RegisterViewTest {

	private static final Organisation WATERDAM = new Organisation("GM9001", Organisation.Kind.MUNICIPALITY,
			"Gemeente Waterdam", null, "RG01", true, null, null);

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', textBlock = """
			Bekendgemaakt op = nee                                              | DRAFT
			Geldig vanaf = 2-6-2026                                             | ANNOUNCED
			Bekendgemaakt op = 2-6-2026                                         | ANNOUNCED
			Geldig tot = 2-6-2026                                               | IN_FORCE
			Geldig tot = 1-6-2026                                               | EXPIRED
			Ingetrokken op = 1-6-2026 / Ingetrokken door = het college          | REVOKED
			Ingetrokken op = 2-6-2026 / Ingetrokken door = het college          | IN_FORCE
			// M-02 v2: Geldig vanaf = 1-6-2026                                 | SUPERSEDED
			// M-02 v2: Geldig vanaf = 2-6-2026                                 | IN_FORCE
			Geldig vanaf = 2-6-2026 // M-02 v2: Geldig vanaf = 3-6-2026         | SUPERSEDED
			""")
	void stateFollowsFromTheDay(String register, String state) {
		assertThat(line(view(register), 1).state()).isEqualTo(state);
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', textBlock = """
			Geldig tot = 2-8-2026                                               | 0
			Geldig tot = 1-8-2026                                               | 60
			Geldig tot = 2-8-2026 / Ingetrokken op = 31-7-2026 / Ingetrokken door = x | 60
			Geldig tot = 16-6-2026                                              | 14
			Geldig tot = 17-6-2026                                              | 60
			Geldig tot = 2-6-2026                                               | 14
			Geldig tot = 1-6-2026                                               | 0
			Geldig tot = 16-6-2026 // M-02 v2: Geldig vanaf = 16-6-2026         | 0
			Geldig tot = 16-6-2026 // M-02 v2: Geldig vanaf = 17-6-2026         | 14
			// M-02 v2: Geldig vanaf = 1-9-2026 / Ingetrokken op = 16-6-2026 / Ingetrokken door = x | 14
			""")
	void lineThatEndsSoonIsTold(String register, int days) {
		RegisterView view = view(register);
		assertThat(line(view, 1).soonDays()).isEqualTo(days);
		assertThat(view.ending()).hasSize((days > 0) ? 1 : 0);
	}

	@ParameterizedTest(name = "{0}: {1}")
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					Niveaus = Lokaal                                                              | -
					Niveaus = Lokaal / Geldig tot = 1-9-2026                                      | 1-9-2026 to ever
					Niveaus = Lokaal / Geldig tot = 1-9-2026 // M-02 v2: Geldig vanaf = 1-9-2026  | -
					Niveaus = Lokaal / Geldig tot = 1-9-2026 // M-02 v2: Geldig vanaf = 1-10-2026 | 1-9-2026 to 1-10-2026
					Niveaus = Lokaal / Geldig tot = 1-1-2029                                      | -
					Niveaus = Lokaal / Geldig tot = 1-9-2026 // M-03: Gemandateerde = Wethouder / Geldig tot = 1-10-2026 | 1-9-2026 to ever
					Niveaus = Lokaal / Geldig vanaf = 1-7-2026                                    | 1-6-2026 to 1-7-2026
					Niveaus = Lokaal / Bekendgemaakt op = nee                                     | 1-6-2026 to ever
					Niveaus = Lokaal / Spoedmandaat = ja                                          | 1-6-2026 to ever
					Niveaus = Lokaal / Werkt onder mandaatgever = nee                             | 1-6-2026 to ever
					Niveaus = Lokaal / Bovenliggend mandaat = M-01                                | 1-6-2026 to ever
					Gemandateerde = Wethouder                                                     | 1-6-2026 to ever
					""")
	void gapIsWhereTheManagerCannotDecide(String register, String gap) {
		List<String> gaps = view(register).gaps()
			.stream()
			.filter((each) -> each.function().code().equals("manager"))
			.filter((each) -> each.use().equals(new RegisterView.Use(Power.SCHEME, Rung.LOCAL)))
			.map(RegisterViewTest::words)
			.toList();
		assertThat(gaps).isEqualTo((gap != null) ? List.of(gap) : List.of());
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					Niveaus = Lokaal                                                                                          | -
					Werkt onder mandaatgever = nee                                                                            | both
					Werkt onder mandaatgever = nee / Instemming gemandateerde op = 1-5-2026 / Instemming gemandateerde document = a | employer
					Werkt onder mandaatgever = nee / Instemming werkgever op = 1-5-2026 / Instemming werkgever document = b   | holder
					""")
	void lineAndGapSayThatAConsentIsMissing(String register, String whose) {
		RegisterView view = view(register);
		assertThat(line(view, 1).missingConsent()).isEqualTo(whose);
		assertThat(view.unconsented()).isEqualTo((whose != null) ? 1 : 0);
		assertThat(view.rows().stream().filter((row) -> "M-02".equals(row.label())).map(Row::unconsented))
			.containsExactly(whose != null);
		assertThat(view.gaps()
			.stream()
			.filter((each) -> each.function() == Function.MANAGER
					&& each.use().equals(new RegisterView.Use(Power.SCHEME, Rung.LOCAL)))
			.map(Gap::unconsented)).isEqualTo((whose != null) ? List.of("M-02") : List.of());
	}

	@Test
	void emptyRegisterIsOneGapForWhoDecidesForAMunicipality() {
		RegisterView view = RegisterView.of(WATERDAM, new ArrayList<>(), at());
		assertThat(view.gaps().stream().map((each) -> each.function().label()).distinct()).containsExactly("Manager",
				"Directeur sociaal domein", "Wethouder");
		assertThat(view.rows()).allSatisfy((row) -> assertThat(row.x() + row.width()).isLessThanOrEqualTo(400));
		assertThat(view.inForce()).isZero();
	}

	@Test
	void lineIsFoundByAllItsWordsTogether() {
		RegisterView view = view("// M-02 v2: Geldig vanaf = 1-6-2026");
		assertThat(view.matching("MANAGER  wmo", "")).extracting(Line::version).containsExactly(2);
		assertThat(view.matching("manager jeugdwet", "")).isEmpty();
		assertThat(view.matching("", "SUPERSEDED")).extracting(Line::version).containsExactly(1);
	}

	private static RegisterView view(String register) {
		return RegisterView.of(WATERDAM, Situation.of(register, "").register(), at());
	}

	private static java.time.Instant at() {
		return OffsetDateTime.parse("2026-06-01T12:00:00+02:00").toInstant();
	}

	private static Line line(RegisterView view, int version) {
		return view.lines().stream().filter((line) -> line.version() == version).findFirst().orElseThrow();
	}

	private static String words(Gap gap) {
		return gap.from() + " to " + (gap.to().isEmpty() ? "ever" : gap.to());
	}

}
