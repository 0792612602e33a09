package nl.doorbraak.mandate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.casefile.Power;
import nl.doorbraak.casefile.Reservation;
import nl.doorbraak.casefile.Threat;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.mandate.Mandate.Consent;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.SheetFile;
import nl.doorbraak.support.Storable;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * The register as people exchange it: one line a mandate, Dutch words, semicolons. An
 * empty cell has the same meaning as the default of its column in the database.
 */
final class MandateCsv {

	private static final int LONGEST_CELL = 1000;

	private static final int FIRST_YEAR = 1900;

	private static final int LAST_YEAR = 2200;

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d-M-uuuu")
		.withResolverStyle(ResolverStyle.STRICT);

	private static final Pattern AMOUNT = Pattern.compile("(\\d{1,3}(\\.\\d{3})+|\\d{1,11})(,\\d{2})?");

	private static final Map<String, String> POWERS = words(Power.SCHEME.code(), "regeling",
			Power.TAILORED_BUDGET.code(), "maatwerkbudget");

	private static final Map<String, String> RESERVATIONS = words(Reservation.NONE.code(), "geen",
			Reservation.PRECEDENT.code(), "precedent", Reservation.RESERVED.code(), "voorbehouden");

	private static final Map<String, String> RUNGS = Arrays.stream(Rung.values())
		.collect(Collectors.toMap(Rung::code, Rung::label, (one, other) -> one, LinkedHashMap::new));

	private static final Map<String, String> THREATS = labels(Threat.values());

	private static final Map<String, String> TYPES = labels(Mandate.Type.values());

	private static final Map<String, String> KINDS = labels(Mandate.Kind.values());

	private static final Map<String, String> FUNCTIONS = labels(nl.doorbraak.directory.Function.values());

	private static final Map<String, String> YES_NO = words("true", "ja", "false", "nee");

	private MandateCsv() {
	}

	private static Map<String, String> words(String... codesAndWords) {
		Map<String, String> words = new LinkedHashMap<>();
		for (int i = 0; i < codesAndWords.length; i += 2) {
			words.put(codesAndWords[i], codesAndWords[i + 1]);
		}
		return words;
	}

	private static Map<String, String> labels(Coded[] values) {
		return Arrays.stream(values)
			.collect(Collectors.toMap(Coded::code, Coded::label, (one, other) -> one, LinkedHashMap::new));
	}

	/** The columns; the required ones must be filled in. */
	enum Column {

		NUMBER("Mandaatnummer", true), BODY("Mandaatgever", true), POWERS("Bevoegdheid", true),
		LEGAL_BASIS("Wettelijke grondslag", true), FUNCTION("Gemandateerde", true),
		DECISION("Mandaatbesluit en vindplaats", true), VALID_FROM("Geldig vanaf", true), VALID_TO("Geldig tot"),
		PUBLISHED("Bekendgemaakt op"), REVOKED("Ingetrokken op"), REVOKED_BY("Ingetrokken door"), TYPE("Type"),
		KIND("Soort"), MANDATABLE("Mag gemandateerd worden"), RUNGS("Niveaus"), MUNICIPALITIES("Gemeenten"),
		THREATS("Dreigingen"), DECISION_CEILING("Plafond per besluit"), CEILING("Plafond per huishouden per jaar"),
		BUDGET("Budget per jaar"), DEVIATION("Mag afwijken"), RESERVATION("Voorbehouden gevallen"),
		CONDITIONS("Voorwaarden"), APPROVALS("Aantal akkoorden"), DRAFTER("Indiener mag tekenen"),
		CRISIS("Spoedmandaat"), ORDER("Volgorde"), UNDER_MANDATOR("Werkt onder mandaatgever"),
		HOLDER_CONSENT("Instemming gemandateerde op"), HOLDER_DOCUMENT("Instemming gemandateerde document"),
		EMPLOYER_CONSENT("Instemming werkgever op"), EMPLOYER_DOCUMENT("Instemming werkgever document"),
		SUB_MANDATE("Ondermandaat toegestaan"), PARENT("Bovenliggend mandaat"), DEPUTY("Plaatsvervanger");

		private final String header;

		private final boolean required;

		Column(String header) {
			this(header, false);
		}

		Column(String header, boolean required) {
			this.header = header;
			this.required = required;
		}

		String header() {
			return this.header;
		}

		boolean isRequired() {
			return this.required;
		}

	}

	/** A line of a file as it was typed. */
	record Typed(long line, Map<Column, String> cells) {
	}

	/**
	 * The lines of a file.
	 * @param problems what is wrong with the file as a whole is added here
	 */
	static List<Typed> read(String text, List<MandateProblem> problems) {
		String plain = text.startsWith(SheetFile.BYTE_ORDER_MARK) ? text.substring(1) : text;
		try (CSVParser parser = CSVParser.parse(plain, SheetFile.FORMAT)) {
			List<CSVRecord> records = parser.getRecords();
			List<Column> columns = records.isEmpty() ? List.of() : columns(records.get(0), problems);
			if (problems.isEmpty()) {
				Stream.of(Column.values())
					.filter((column) -> column.isRequired() && !columns.contains(column))
					.forEach((column) -> problems
						.add(new MandateProblem(1, "De kolom '" + column.header() + "' ontbreekt.")));
			}
			if (!problems.isEmpty()) {
				return List.of();
			}
			return records.stream()
				.skip(1)
				.filter((each) -> each.stream().anyMatch((cell) -> !cell.isBlank()))
				.map((each) -> typed(each, columns, problems))
				.toList();
		}
		catch (IOException | UncheckedIOException ex) {
			problems.add(new MandateProblem(1, "Dit is geen leesbare CSV: een aanhalingsteken staat verkeerd."));
			return List.of();
		}
	}

	private static List<Column> columns(CSVRecord headers, List<MandateProblem> problems) {
		List<Column> columns = new ArrayList<>();
		for (String header : headers) {
			Optional<Column> column = Stream.of(Column.values())
				.filter((each) -> each.header().equalsIgnoreCase(header.strip()))
				.findFirst();
			if (column.isEmpty() || columns.contains(column.get())) {
				problems.add(new MandateProblem(1, "Kolom " + (columns.size() + 1)
						+ " heeft geen naam die wij kennen, of een naam die al voorkomt. Begin met het voorbeeld op deze pagina."));
				return List.of();
			}
			columns.add(column.get());
		}
		return columns;
	}

	private static Typed typed(CSVRecord each, List<Column> columns, List<MandateProblem> problems) {
		Map<Column, String> cells = new EnumMap<>(Column.class);
		long line = each.getRecordNumber();
		if (each.size() != columns.size()) {
			problems.add(new MandateProblem(line, "De regel heeft " + each.size() + " cellen; er zijn " + columns.size()
					+ " kolommen. Zet tekst met een puntkomma tussen aanhalingstekens."));
		}
		for (int i = 0; i < Math.min(columns.size(), each.size()); i++) {
			cells.put(columns.get(i), SheetFile.armed(each.get(i)));
		}
		return new Typed(line, cells);
	}

	/** All of these lines as a file. */
	static String write(List<Mandate> lines) {
		List<List<String>> rows = new ArrayList<>();
		rows.add(Stream.of(Column.values()).map(Column::header).toList());
		for (Mandate line : lines) {
			Map<Column, String> cells = cells(line);
			rows.add(Stream.of(Column.values()).map((column) -> cells.getOrDefault(column, "")).toList());
		}
		return SheetFile.csv(rows);
	}

	/** One line in the words of the file. */
	static Map<Column, String> cells(Mandate line) {
		Map<Column, String> cells = new EnumMap<>(Column.class);
		cells.put(Column.NUMBER, line.number());
		cells.put(Column.BODY, line.body());
		cells.put(Column.POWERS, join(POWERS, line.powers()));
		cells.put(Column.LEGAL_BASIS, line.legalBasis());
		cells.put(Column.FUNCTION, FUNCTIONS.getOrDefault(line.functionCode(), line.functionCode()));
		cells.put(Column.DECISION, line.decision());
		cells.put(Column.VALID_FROM, moment(line.validFrom()));
		cells.put(Column.VALID_TO, moment(line.validTo()));
		LocalDate published = line.publishedAt();
		cells.put(Column.PUBLISHED, (published != null) ? DAY.format(published) : "nee");
		cells.put(Column.REVOKED, moment(line.revokedAt()));
		cells.put(Column.REVOKED_BY, orEmpty(line.revokedBy()));
		cells.put(Column.TYPE, line.type().label());
		cells.put(Column.KIND, line.kind().label());
		cells.put(Column.MANDATABLE, yesNo(line.mandatable()));
		cells.put(Column.RUNGS, join(RUNGS, line.rungs()));
		cells.put(Column.MUNICIPALITIES, line.municipalities().stream().sorted().collect(Collectors.joining(", ")));
		cells.put(Column.THREATS, join(THREATS, line.threats()));
		cells.put(Column.DECISION_CEILING, amount(line.decisionCeilingCents()));
		cells.put(Column.CEILING, amount(line.ceilingCents()));
		cells.put(Column.BUDGET, amount(line.budgetCents()));
		cells.put(Column.DEVIATION, yesNo(line.deviationAllowed()));
		cells.put(Column.RESERVATION, RESERVATIONS.getOrDefault(line.reservation().code(), ""));
		cells.put(Column.CONDITIONS, orEmpty(line.conditions()));
		cells.put(Column.APPROVALS, String.valueOf(line.approvals()));
		cells.put(Column.DRAFTER, yesNo(line.drafterMaySign()));
		cells.put(Column.CRISIS, yesNo(line.crisisUse()));
		cells.put(Column.ORDER, String.valueOf(line.order()));
		cells.put(Column.UNDER_MANDATOR, yesNo(line.worksUnderMandator()));
		consent(cells, line.holderConsent(), Column.HOLDER_CONSENT, Column.HOLDER_DOCUMENT);
		consent(cells, line.employerConsent(), Column.EMPLOYER_CONSENT, Column.EMPLOYER_DOCUMENT);
		cells.put(Column.SUB_MANDATE, yesNo(line.subMandateAllowed()));
		cells.put(Column.PARENT, orEmpty(line.parent()));
		String deputy = orEmpty(line.deputyCode());
		cells.put(Column.DEPUTY, FUNCTIONS.getOrDefault(deputy, deputy));
		return cells;
	}

	private static void consent(Map<Column, String> cells, @Nullable Consent consent, Column on, Column document) {
		if (consent != null) {
			cells.put(on, DAY.format(consent.on()));
			cells.put(document, consent.document());
		}
	}

	private static String join(Map<String, String> words, Set<String> codes) {
		return words.entrySet()
			.stream()
			.filter((word) -> codes.contains(word.getKey()))
			.map(Map.Entry::getValue)
			.collect(Collectors.joining(", "));
	}

	private static String orEmpty(@Nullable String text) {
		return (text != null) ? text : "";
	}

	private static String yesNo(boolean yes) {
		return yes ? "ja" : "nee";
	}

	private static String amount(@Nullable Long cents) {
		return (cents != null) ? BigDecimal.valueOf(cents, 2).toPlainString().replace('.', ',') : "geen";
	}

	/** An amount in euros as people write it, in cents; empty when it is none. */
	static Optional<Long> cents(String typed) {
		String plain = typed.replace("€", "").strip();
		return AMOUNT.matcher(plain).matches()
				? Optional
					.of(new BigDecimal(plain.replace(".", "").replace(',', '.')).movePointRight(2).longValueExact())
				: Optional.empty();
	}

	private static String moment(@Nullable Instant at) {
		if (at == null) {
			return "";
		}
		return DutchTime.isMidnight(at) ? DAY.format(DutchTime.day(at))
				: at.atZone(DutchTime.ZONE).toOffsetDateTime().toString();
	}

	/** Makes a mandate of what was typed, and says in Dutch what cannot be. */
	static final class Reader {

		private final Typed typed;

		private final List<MandateProblem> problems;

		private final Function<String, Optional<String>> organisations;

		Reader(Typed typed, List<MandateProblem> problems, Function<String, Optional<String>> organisations) {
			this.typed = typed;
			this.problems = problems;
			this.organisations = organisations;
		}

		/**
		 * The mandate of this line; what is wrong is added to the problems.
		 * @param before the newest version of the same number
		 */
		Mandate mandate(@Nullable Mandate before, Instant now) {
			String decision = required(Column.DECISION);
			String function = function();
			Instant revokedAt = revokedAt(before, now);
			String revokedBy = text(Column.REVOKED_BY);
			if ((revokedAt == null) != (revokedBy == null)) {
				wrong(Column.REVOKED,
						"hoort samen met '" + Column.REVOKED_BY.header() + "': vul beide in of geen van beide");
			}
			Set<String> rungs = codes(Column.RUNGS, RUNGS);
			return new Mandate(number(Column.NUMBER, true), (before != null) ? before.version() + 1 : 1,
					organisation(Column.BODY, required(Column.BODY)),
					Coded.of(Mandate.Type.class, code(Column.TYPE, TYPES, "mandate")),
					Coded.of(Mandate.Kind.class, code(Column.KIND, KINDS, "decision")), powers(),
					required(Column.LEGAL_BASIS), yes(Column.MANDATABLE, true), function,
					blankToNull(code(Column.DEPUTY, FUNCTIONS, "")), yes(Column.UNDER_MANDATOR, true),
					consent(Column.HOLDER_CONSENT, Column.HOLDER_DOCUMENT),
					consent(Column.EMPLOYER_CONSENT, Column.EMPLOYER_DOCUMENT), yes(Column.SUB_MANDATE, false),
					blankToNull(number(Column.PARENT, false)), rungs.isEmpty() ? RUNGS.keySet() : rungs,
					municipalities(), codes(Column.THREATS, THREATS), cents(Column.DECISION_CEILING, null),
					cents(Column.CEILING, 0L), cents(Column.BUDGET, null), yes(Column.DEVIATION, false),
					Coded.of(Reservation.class, code(Column.RESERVATION, RESERVATIONS, "none")),
					text(Column.CONDITIONS), whole(Column.APPROVALS, 1, 1), yes(Column.DRAFTER, false),
					yes(Column.CRISIS, false), whole(Column.ORDER, 0, Mandate.usualOrder(function)), decision,
					published(before, decision, DutchTime.day(now)), begin(), end(), revokedAt, revokedBy, now);
		}

		private void wrong(Column column, String sentence) {
			this.problems.add(new MandateProblem(this.typed.line(), "'" + column.header() + "' " + sentence + "."));
		}

		private @Nullable String text(Column column) {
			String cell = this.typed.cells().getOrDefault(column, "");
			if (cell.length() > LONGEST_CELL || !Storable.isStorable(cell)) {
				wrong(column, "is te lang of bevat een teken dat hier niet kan");
				return null;
			}
			return cell.isEmpty() ? null : cell;
		}

		private String required(Column column) {
			String text = text(column);
			if (text == null) {
				wrong(column, "moet zijn ingevuld");
				return "";
			}
			return text;
		}

		private String number(Column column, boolean required) {
			String text = required ? required(column) : text(column);
			if (text != null && !text.isEmpty() && !text.matches("[A-Z0-9-]{1,60}")) {
				wrong(column, "mag alleen hoofdletters, cijfers en streepjes hebben");
			}
			return (text != null) ? text : "";
		}

		private static @Nullable String blankToNull(String text) {
			return text.isEmpty() ? null : text;
		}

		private String organisation(Column column, String typed) {
			Optional<String> id = this.organisations.apply(typed);
			if (id.isEmpty() && !typed.isEmpty()) {
				wrong(column, "is geen organisatie die hier bekend is");
			}
			return id.orElse("");
		}

		private Set<String> municipalities() {
			return list(Column.MUNICIPALITIES).map((each) -> organisation(Column.MUNICIPALITIES, each))
				.collect(Collectors.toSet());
		}

		private Set<String> powers() {
			Set<String> powers = codes(Column.POWERS, POWERS);
			if (powers.isEmpty() && text(Column.POWERS) == null) {
				wrong(Column.POWERS, "moet zijn ingevuld");
			}
			return powers;
		}

		private String function() {
			String typed = required(Column.FUNCTION);
			return typed.isEmpty() ? typed : code(Column.FUNCTION, FUNCTIONS, "");
		}

		private Stream<String> list(Column column) {
			String text = text(column);
			return (text != null) ? Stream.of(text.split(",")).map(String::strip).filter((each) -> !each.isEmpty())
					: Stream.empty();
		}

		private Set<String> codes(Column column, Map<String, String> words) {
			Set<String> codes = new LinkedHashSet<>();
			list(column).forEach((each) -> find(words, each).ifPresentOrElse(codes::add, () -> unknown(column, words)));
			return codes;
		}

		private String code(Column column, Map<String, String> words, String otherwise) {
			String text = text(column);
			if (text == null) {
				return otherwise;
			}
			Optional<String> code = find(words, text);
			if (code.isEmpty()) {
				unknown(column, words);
			}
			return code.orElse(otherwise);
		}

		private void unknown(Column column, Map<String, String> words) {
			wrong(column, "kan zijn: " + String.join(", ", words.values()));
		}

		private static Optional<String> find(Map<String, String> words, String typed) {
			return words.entrySet()
				.stream()
				.filter((word) -> word.getValue().equalsIgnoreCase(typed))
				.map(Map.Entry::getKey)
				.findFirst();
		}

		private boolean yes(Column column, boolean otherwise) {
			return Boolean.parseBoolean(code(column, YES_NO, String.valueOf(otherwise)));
		}

		private int whole(Column column, int least, int otherwise) {
			String text = text(column);
			if (text == null) {
				return otherwise;
			}
			if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < least) {
				wrong(column, "moet een heel getal zijn van " + least + " of meer");
				return otherwise;
			}
			return Integer.parseInt(text);
		}

		private @Nullable Long cents(Column column, @Nullable Long otherwise) {
			String text = text(column);
			if (text == null) {
				return otherwise;
			}
			if (text.equalsIgnoreCase("geen")) {
				return null;
			}
			Optional<Long> cents = MandateCsv.cents(text);
			if (cents.isEmpty()) {
				wrong(column, "moet een bedrag zijn, bijvoorbeeld 2.500,00, of 'geen'");
			}
			return cents.orElse(0L);
		}

		private @Nullable LocalDate day(Column column) {
			String text = text(column);
			if (text == null) {
				return null;
			}
			try {
				LocalDate day = LocalDate.parse(text,
						text.matches("\\d{4}-.*") ? DateTimeFormatter.ISO_LOCAL_DATE : DAY);
				return checked(column, day) ? day : null;
			}
			catch (DateTimeException ex) {
				wrong(column, "moet een datum zijn, bijvoorbeeld 31-12-2026");
				return null;
			}
		}

		private boolean checked(Column column, LocalDate day) {
			boolean possible = day.getYear() >= FIRST_YEAR && day.getYear() <= LAST_YEAR;
			if (!possible) {
				wrong(column, "moet liggen tussen " + FIRST_YEAR + " en " + LAST_YEAR);
			}
			return possible;
		}

		private @Nullable Instant moment(Column column) {
			String text = text(column);
			if (text != null && text.contains("T")) {
				try {
					OffsetDateTime moment = OffsetDateTime.parse(text);
					return checked(column, moment.toLocalDate()) ? moment.toInstant() : null;
				}
				catch (DateTimeException ex) {
					wrong(column, "moet een datum zijn, of een moment zoals 2026-12-31T10:00:00+01:00");
					return null;
				}
			}
			LocalDate day = day(column);
			return (day != null) ? day.atStartOfDay(DutchTime.ZONE).toInstant() : null;
		}

		/**
		 * Today means now; not earlier, because what was signed until now was signed
		 * under the mandate. A number that is new may have been revoked before.
		 */
		private @Nullable Instant revokedAt(@Nullable Mandate before, Instant now) {
			Instant typed = moment(Column.REVOKED);
			if (typed == null || before == null) {
				return typed;
			}
			Instant known = before.revokedAt();
			boolean day = DutchTime.isMidnight(typed);
			if (known != null && (typed.equals(known) || day && DutchTime.day(typed).equals(DutchTime.day(known)))) {
				return known;
			}
			if (day && DutchTime.day(typed).equals(DutchTime.day(now))) {
				return now;
			}
			if (typed.isBefore(now)) {
				wrong(Column.REVOKED, "mag niet in het verleden liggen. Vul vandaag in: dan geldt het vanaf nu");
			}
			return typed;
		}

		private Instant begin() {
			required(Column.VALID_FROM);
			Instant begin = moment(Column.VALID_FROM);
			return (begin != null) ? begin : Instant.EPOCH;
		}

		private @Nullable Instant end() {
			Instant end = moment(Column.VALID_TO);
			if (end != null && !end.isAfter(begin())) {
				wrong(Column.VALID_TO, "moet na '" + Column.VALID_FROM.header() + "' liggen");
			}
			return end;
		}

		private @Nullable LocalDate published(@Nullable Mandate before, String decision, LocalDate today) {
			String text = text(Column.PUBLISHED);
			if (text == null) {
				return (before != null && before.decision().equals(decision)) ? before.publishedAt() : today;
			}
			return text.equalsIgnoreCase("nee") ? null : day(Column.PUBLISHED);
		}

		private @Nullable Consent consent(Column on, Column document) {
			LocalDate day = day(on);
			String reference = text(document);
			if ((day == null) != (reference == null)) {
				wrong(on, "hoort samen met '" + document.header() + "': vul beide in of geen van beide");
			}
			return (day != null && reference != null) ? new Consent(day, reference) : null;
		}

	}

}
