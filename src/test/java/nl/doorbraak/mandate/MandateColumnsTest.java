package nl.doorbraak.mandate;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import nl.doorbraak.mandate.MandateCsv.Column;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every column of the register decides something: changing it, and nothing else, changes
 * who may sign, under what, or who is asked first. How many must and on which conditions
 * are in {@link MandateRegisterIT} and {@link RegisterAtTheGateIT}.
 */
class MandateColumnsTest {

	/** Column, what the rest of the line is, its new value, and what is decided. */
	private static final Map<Column, String[]> CHANGES = new EnumMap<>(Column.class);

	private static final Instant NOW = OffsetDateTime.parse("2026-06-01T12:00:00+02:00").toInstant();

	static {
		String consent = "Werkt onder mandaatgever = nee / Instemming gemandateerde op = 1-5-2026 / Instemming gemandateerde document = a / Instemming werkgever op = 1-5-2026 / Instemming werkgever document = b";
		String revoked = "Ingetrokken op = 1-5-2026 / Ingetrokken door = het college";
		change(Column.NUMBER, "Bovenliggend mandaat = M-02 / Ondermandaat toegestaan = ja", "M-07", "");
		change(Column.BODY, "", "GM9002", "");
		change(Column.POWERS, "", "maatwerkbudget", "");
		change(Column.LEGAL_BASIS, "", "", "");
		change(Column.FUNCTION, "", "Wethouder", "");
		change(Column.DECISION, "", "", "");
		change(Column.VALID_FROM, "", "2-6-2026", "");
		change(Column.VALID_TO, "", "1-6-2026", "");
		change(Column.PUBLISHED, "", "nee", "");
		change(Column.REVOKED, revoked, "2-6-2026", "");
		change(Column.REVOKED_BY, revoked, "de burgemeester", "");
		change(Column.TYPE, "", "volmacht", "");
		change(Column.KIND, "", "ondertekening", "");
		change(Column.MANDATABLE, "", "nee", "");
		change(Column.RUNGS, "", "Regionaal", "");
		change(Column.MUNICIPALITIES, "", "GM9002", "");
		change(Column.THREATS, "", "Afsluiting", "");
		change(Column.DECISION_CEILING, "", "5.000", "");
		change(Column.CEILING, "", "5.000", "");
		change(Column.BUDGET, "", "5.000", "");
		change(Column.DEVIATION, "", "ja", "wijkt af = ja");
		change(Column.RESERVATION, "", "precedent", "voorbehouden = precedent");
		change(Column.DRAFTER, "", "ja", "indiener = mila");
		change(Column.CRISIS, "", "ja", "");
		change(Column.ORDER, "", "60", "");
		change(Column.UNDER_MANDATOR, "", "nee", "");
		change(Column.HOLDER_CONSENT, consent, "2-6-2026", "");
		change(Column.HOLDER_DOCUMENT, consent, "", "");
		change(Column.EMPLOYER_CONSENT, consent, "2-6-2026", "");
		change(Column.EMPLOYER_DOCUMENT, consent, "", "");
		change(Column.SUB_MANDATE, "Bovenliggend mandaat = M-01", "ja", "");
		change(Column.PARENT, "", "M-09", "");
		change(Column.DEPUTY, "", "Casusregisseur",
				"functies = Casusregisseur bij GM9001 / vervangt = Manager bij GM9001");
	}

	private static void change(Column column, String line, String value, String decision) {
		CHANGES.put(column, new String[] { line, value, decision });
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "APPROVALS", "CONDITIONS" })
	void changingAColumnChangesAnOutcome(Column column) {
		String[] change = CHANGES.get(column);
		String line = change[0];
		String changed = (line.isEmpty() ? "" : line + " / ") + column.header() + " = " + change[1];
		if (column == Column.SUB_MANDATE) {
			assertThat(outcome(line + " // M-01: Ondermandaat toegestaan = ja", change[2]))
				.isNotEqualTo(outcome(line + " // M-01:", change[2]));
		}
		else if (column == Column.NUMBER) {
			assertThat(Situation.of(changed, change[2]).finding().link())
				.isNotEqualTo(Situation.of(line, change[2]).finding().link());
		}
		else {
			assertThat(outcome(changed, change[2])).isNotEqualTo(outcome(line, change[2]));
		}
	}

	/** What is found, and who is asked first beside a line of the order 55. */
	private static String outcome(String register, String decision) {
		Situation situation = Situation.of(register, decision);
		Mandate line = situation.line();
		List<Mandate> two = new ArrayList<>(List.of(line, Situation.of("M-03: Volgorde = 55", "").line()));
		String first = MandateCheck.inOrder(two, situation.signing().inCrisis()).get(0).number();
		Finding finding = situation.finding();
		return finding.verdict() + " " + finding.reason() + " " + first;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			Mandaatnummer                     | m 1             | hoofdletters
			Mandaatnummer                     | -               | moet zijn ingevuld
			Mandaatgever                      | GM404           | bekend
			Bevoegdheid                       | alles           | regeling, maatwerkbudget
			Bevoegdheid                       | -               | moet zijn ingevuld
			Gemandateerde                     | Burgemeester    | Manager
			Plaatsvervanger                   | Burgemeester    | Manager
			Geldig vanaf                      | 31-2-2026       | datum
			Geldig vanaf                      | 1-1-9999        | tussen
			Geldig vanaf                      | -               | moet zijn ingevuld
			Geldig tot                        | 1-1-2026        | na 'Geldig vanaf'
			Bekendgemaakt op                  | gisteren        | datum
			Ingetrokken op                    | 1-5-2026        | hoort samen met 'Ingetrokken door'
			Instemming werkgever op           | 1-5-2026        | hoort samen met
			Plafond per huishouden per jaar   | 2500.00         | bedrag
			Plafond per huishouden per jaar   | -5              | bedrag
			Budget per jaar                   | veel            | bedrag
			Aantal akkoorden                  | 0               | heel getal
			Volgorde                          | 99999999        | heel getal
			Mag afwijken                      | misschien       | ja, nee
			Niveaus                           | Europa          | Lokaal
			Dreigingen                        | Regen           | Ontruiming
			Gemeenten                         | GM404           | bekend
			Bovenliggend mandaat              | de directeur    | hoofdletters
			""")
	void badCellIsToldInDutch(String header, String value, String sentence) {
		Map<Column, String> cells = Situation.usual();
		for (Column column : Column.values()) {
			if (column.header().equals(header)) {
				cells.put(column, (value != null) ? value : "");
			}
		}
		List<MandateProblem> problems = new ArrayList<>();
		new MandateCsv.Reader(new MandateCsv.Typed(7, cells), problems,
				(id) -> Optional.of(id).filter((each) -> each.equals("GM9001")))
			.mandate(null, NOW);
		assertThat(problems).isNotEmpty()
			.allSatisfy((problem) -> assertThat(problem.line()).isEqualTo(7))
			.anySatisfy((problem) -> assertThat(problem.sentence()).startsWith("'" + header + "' ").contains(sentence));
	}

	/** Revoked at noon of 1 June 2026, or not at all: what was signed stays signed. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					-                         | 1-6-2026                  | 2026-06-01T12:00:00+02:00 | -
					-                         | 31-5-2026                 | 2026-05-31T00:00:00+02:00 | mag niet in het verleden liggen
					-                         | 2026-06-01T11:59:59+02:00 | 2026-06-01T11:59:59+02:00 | mag niet in het verleden liggen
					-                         | 2-6-2026                  | 2026-06-02T00:00:00+02:00 | -
					2-6-2026                  | 31-5-2026                 | 2026-05-31T00:00:00+02:00 | mag niet in het verleden liggen
					2026-06-01T10:00:00+02:00 | 1-6-2026                  | 2026-06-01T10:00:00+02:00 | -
					2026-05-30T10:00:00+02:00 | 2026-05-30T10:00:00+02:00 | 2026-05-30T10:00:00+02:00 | -
					2026-05-30T10:00:00+02:00 | 2026-05-30T09:00:00+02:00 | 2026-05-30T09:00:00+02:00 | mag niet in het verleden liggen
					""")
	void nobodyIsRevokedInThePast(String before, String typed, String from, String problem) {
		Map<Column, String> cells = Situation.usual();
		cells.put(Column.REVOKED_BY, "het college");
		cells.put(Column.REVOKED, (before != null) ? before : "");
		Mandate known = Situation.read(cells);
		cells.put(Column.REVOKED, typed);
		List<MandateProblem> problems = new ArrayList<>();
		Mandate revoked = new MandateCsv.Reader(new MandateCsv.Typed(2, cells), problems, Optional::of).mandate(known,
				NOW);
		assertThat(revoked.revokedAt()).isEqualTo(OffsetDateTime.parse(from).toInstant());
		assertThat(problems).hasSize((problem != null) ? 1 : 0)
			.allSatisfy((each) -> assertThat(each.sentence()).contains(problem));
	}

	@Test
	void whoIsAskedFirstFollowsFromTheFunctionWhereNoOrderIsFilledIn() {
		List<String> functions = List.of("Ambassadeur", "Wethouder", "Directeur sociaal domein", "Manager",
				"Procesregisseur", "Casusregisseur", "Wijkteammedewerker");
		List<Mandate> lines = functions.stream().map((function) -> {
			Map<Column, String> cells = Situation.usual();
			cells.put(Column.FUNCTION, function);
			return Situation.read(cells);
		}).toList();
		assertThat(MandateCheck.inOrder(lines, false)).extracting((line) -> line.function().orElseThrow().label())
			.containsExactly("Wijkteammedewerker", "Casusregisseur", "Procesregisseur", "Manager",
					"Directeur sociaal domein", "Wethouder", "Ambassadeur");
		assertThat(lines).extracting(Mandate::order).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@ValueSource(strings = { "=1+1", "+31 20", "-", "@cmd" })
	void formulaLeavesDisarmedAndComesBackAsItWas(String formula) {
		Map<Column, String> cells = Situation.usual();
		cells.put(Column.CONDITIONS, formula);
		Mandate line = Situation.read(cells);
		String file = MandateCsv.write(List.of(line));
		String written = "'" + formula;
		assertThat(file).startsWith("\uFEFFMandaatnummer;").contains(";" + written + ";");
		List<MandateProblem> problems = new ArrayList<>();
		List<MandateCsv.Typed> back = MandateCsv.read(file, problems);
		assertThat(problems).isEmpty();
		assertThat(Situation.read(back.get(0).cells())).isEqualTo(line);
	}

}
