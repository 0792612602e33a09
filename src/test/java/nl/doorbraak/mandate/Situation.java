package nl.doorbraak.mandate;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.casefile.Power;
import nl.doorbraak.casefile.Reservation;
import nl.doorbraak.casefile.Threat;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.mandate.MandateCsv.Column;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;

/**
 * A register and somebody who wants to sign, in the words of
 * {@code mandaatsituaties.csv}: what a situation does not name is as the head of that
 * file says.
 */
record Situation(List<Mandate> register, Mandate line, Signing signing) {

	private static final Map<String, String> USUAL_DECISION = Map.ofEntries(Map.entry("wie", "mila"),
			Map.entry("functies", "Manager bij GM9001"), Map.entry("vervangt", ""),
			Map.entry("bevoegdheid", "regeling"), Map.entry("niveau", "Lokaal"), Map.entry("organen", "GM9001"),
			Map.entry("gemeente", "GM9001"), Map.entry("dreiging", ""), Map.entry("op", "2026-06-01T12:00:00+02:00"),
			Map.entry("crisis", "nee"), Map.entry("bedrag", "6.000"), Map.entry("dit jaar voor dit huishouden", "0"),
			Map.entry("dit jaar in totaal", "0"), Map.entry("dit jaar voor dit huishouden erboven", "0"),
			Map.entry("dit jaar in totaal erboven", "0"), Map.entry("wijkt af", "nee"),
			Map.entry("voorbehouden", "geen"), Map.entry("gemotiveerd", "ja"), Map.entry("indiener", "anna"),
			Map.entry("antwoordde al", ""), Map.entry("nam bestreden besluit", ""));

	static Situation of(String register, String decision) {
		List<Mandate> lines = new ArrayList<>();
		if (!register.equals("niet te lezen")) {
			for (String line : (register + " ").split("//")) {
				lines.add(mandate(line.strip()));
			}
		}
		return new Situation(lines, lines.isEmpty() ? null : lines.get(0),
				signing(decision, lines.isEmpty() ? "" : lines.get(0).number()));
	}

	Finding finding() {
		return MandateCheck.check(this.register, this.line, this.signing);
	}

	/** A line of the register: what is not named is usual. */
	private static Mandate mandate(String text) {
		Map<Column, String> cells = usual();
		String number = text.matches("(?s)M-\\d+( v\\d+)?:.*") ? text.substring(0, text.indexOf(':')) : "M-02";
		String[] name = number.split(" v");
		cells.put(Column.NUMBER, name[0]);
		Map<String, String> settings = settings(
				text.startsWith(number + ":") ? text.substring(number.length() + 1) : text);
		String recorded = settings.remove("Vastgelegd op");
		settings.forEach((header, value) -> cells.put(column(header), value));
		boolean functionUnknown = "?".equals(cells.get(Column.FUNCTION));
		cells.replace(Column.FUNCTION, "?", "Manager");
		Mandate read = read(cells);
		int version = (name.length > 1) ? Integer.parseInt(name[1]) : 1;
		return new Mandate(read.number(), version, read.body(), read.type(), read.kind(), read.powers(),
				read.legalBasis(), read.mandatable(), functionUnknown ? "burgomaster" : read.functionCode(),
				read.deputyCode(), read.worksUnderMandator(), read.holderConsent(), read.employerConsent(),
				read.subMandateAllowed(), read.parent(), read.rungs(), read.municipalities(), read.threats(),
				read.decisionCeilingCents(), read.ceilingCents(), read.budgetCents(), read.deviationAllowed(),
				read.reservation(), read.conditions(), read.approvals(), read.drafterMaySign(), read.crisisUse(),
				read.order(), read.decision(), read.publishedAt(), read.validFrom(), read.validTo(), read.revokedAt(),
				read.revokedBy(), (recorded != null) ? OffsetDateTime.parse(recorded).toInstant() : read.recordedAt());
	}

	static Map<Column, String> usual() {
		return new EnumMap<>(Map.of(Column.NUMBER, "M-02", Column.BODY, "GM9001", Column.POWERS,
				"regeling, maatwerkbudget", Column.LEGAL_BASIS, "Wmo 2015 artikel 2.3.5", Column.FUNCTION, "Manager",
				Column.DECISION, "Mandaatbesluit Waterdam 2026, Gemeenteblad 2026, 1", Column.VALID_FROM, "1-1-2026",
				Column.PUBLISHED, "1-1-2026", Column.CEILING, "10.000"));
	}

	/** As the import reads it; what a register cannot hold is still a situation. */
	static Mandate read(Map<Column, String> cells) {
		return new MandateCsv.Reader(new MandateCsv.Typed(2, cells), new ArrayList<>(), Optional::of).mandate(null,
				LocalDate.of(2026, 6, 1).atStartOfDay(DutchTime.ZONE).toInstant());
	}

	private static Column column(String header) {
		return Stream.of(Column.values())
			.filter((each) -> each.header().equals(header))
			.findFirst()
			.orElseThrow(() -> new AssertionError("No column '" + header + "'"));
	}

	private static Map<String, String> settings(String text) {
		Map<String, String> settings = new LinkedHashMap<>();
		Arrays.stream(text.split(" / ")).filter((each) -> !each.isBlank()).forEach((each) -> {
			String[] pair = each.split("=", 2);
			settings.put(pair[0].strip(), pair[1].strip());
		});
		return settings;
	}

	private static Signing signing(String text, String line) {
		Map<String, String> is = new HashMap<>(USUAL_DECISION);
		settings(text).forEach((name, value) -> {
			if (is.put(name, value) == null) {
				throw new AssertionError("No decision has '" + name + "'");
			}
		});
		Power power = is.get("bevoegdheid").equals("regeling") ? Power.SCHEME : Power.TAILORED_BUDGET;
		String rung = Stream.of(Rung.values())
			.filter((each) -> each.label().equals(is.get("niveau")))
			.findFirst()
			.orElseThrow()
			.code();
		String threat = is.get("dreiging").isEmpty() ? null : label(Threat.values(), is.get("dreiging")).code();
		Instant at = OffsetDateTime.parse(is.get("op")).toInstant();
		Reservation reservation = switch (is.get("voorbehouden")) {
			case "geen" -> Reservation.NONE;
			case "precedent" -> Reservation.PRECEDENT;
			case "voorbehouden" -> Reservation.RESERVED;
			default -> null;
		};
		Boolean deviates = is.get("wijkt af").equals("onbekend") ? null : is.get("wijkt af").equals("ja");
		return new Signing(is.get("wie"), posts(is.get("functies")), posts(is.get("vervangt")), power, rung,
				set(is.get("organen")), is.get("gemeente"), threat, at, is.get("crisis").equals("ja"),
				cents(is.get("bedrag")), (number) -> {
					String above = number.equals(line) ? "" : " erboven";
					return new Signing.Spent(cents(is.get("dit jaar voor dit huishouden" + above)),
							cents(is.get("dit jaar in totaal" + above)));
				}, deviates, reservation, is.get("gemotiveerd").equals("ja"), is.get("indiener"),
				set(is.get("antwoordde al")), set(is.get("nam bestreden besluit")));
	}

	private static Set<Officer.Post> posts(String text) {
		return list(text).map((post) -> post.split(" bij "))
			.map((post) -> new Officer.Post(label(Function.values(), post[0]), post[1]))
			.collect(Collectors.toSet());
	}

	private static <T extends Coded> T label(T[] values, String label) {
		return Stream.of(values).filter((each) -> each.label().equals(label)).findFirst().orElseThrow();
	}

	private static Stream<String> list(String text) {
		return Arrays.stream(text.split(",")).map(String::strip).filter((each) -> !each.isEmpty());
	}

	private static Set<String> set(String text) {
		return list(text).collect(Collectors.toSet());
	}

	private static Long cents(String text) {
		return text.equals("onbekend") ? null
				: new BigDecimal(text.replace(".", "").replace(',', '.')).movePointRight(2).longValueExact();
	}

}
