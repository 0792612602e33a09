package nl.doorbraak.people;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.directory.Roster;
import nl.doorbraak.people.ListKind.Column;
import nl.doorbraak.people.ListPlan.Problem;
import nl.doorbraak.support.CitizenNumber;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.SheetFile;
import nl.doorbraak.support.Storable;
import org.jspecify.annotations.Nullable;

/** The cells of a list as it was typed, and what of it cannot be, in Dutch. */
final class ListReader {

	static final int MOST_LINES = 2000;

	static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d-M-uuuu")
		.withResolverStyle(ResolverStyle.STRICT);

	static final Map<Organisation.Kind, String> KINDS = new EnumMap<>(Organisation.Kind.class);

	private static final int LONGEST_NAME = 100;

	private static final int FIRST_YEAR = 2000;

	private static final int LAST_YEAR = 2200;

	static {
		KINDS.put(Organisation.Kind.MUNICIPALITY, "gemeente");
		KINDS.put(Organisation.Kind.REGION, "regio");
		KINDS.put(Organisation.Kind.AGENCY, "instantie");
		KINDS.put(Organisation.Kind.DESK, "loket");
		KINDS.put(Organisation.Kind.MINISTRY, "departement");
	}

	private final ListKind kind;

	private final Set<Column> columns = new LinkedHashSet<>();

	private final List<Row> rows = new ArrayList<>();

	private final List<Problem> problems = new ArrayList<>();

	/**
	 * Reads a file.
	 * @throws Refused (400) when it is no list at all
	 */
	ListReader(byte[] file) {
		List<SheetFile.Line> lines = SheetFile.read(file, MOST_LINES + 1);
		if (lines.isEmpty()) {
			throw Refused.invalid("empty-list", "Dit bestand is leeg. Kies een ander bestand.", "bestand");
		}
		SheetFile.Line first = lines.get(0);
		this.kind = ListKind.of(first.cells())
			.orElseThrow(() -> Refused
				.invalid("no-list", (first.cells().size() == 1 && first.cells().get(0).contains(","))
						? "In dit bestand staan komma's tussen de cellen. Gebruik puntkomma's: bewaar het als CSV met puntkomma's, of begin met het bestand dat u op deze pagina ophaalt."
						: "De eerste regel noemt geen kolom 'Login' of 'Organisatiecode'. Begin met het bestand dat u op deze pagina ophaalt.",
						"bestand"));
		List<Column> order = order(first);
		this.columns.addAll(order);
		this.kind.columns()
			.stream()
			.filter((column) -> column.isRequired() && !order.contains(column))
			.forEach((column) -> this.problems
				.add(new Problem(first.number(), column.header(), "Deze kolom ontbreekt.")));
		if (this.problems.isEmpty()) {
			lines.stream().skip(1).forEach((line) -> this.rows.add(row(line, order)));
		}
		if (this.problems.isEmpty() && this.rows.isEmpty()) {
			this.problems
				.add(new Problem(first.number(), "", "Er staat geen enkele regel onder de namen van de kolommen."));
		}
	}

	private List<Column> order(SheetFile.Line first) {
		List<Column> order = new ArrayList<>();
		for (String header : first.cells()) {
			Optional<Column> column = Column.of(header).filter(this.kind.columns()::contains);
			if (column.isEmpty() || order.contains(column.get())) {
				throw Refused.invalid("unknown-column", "Kolom " + (order.size() + 1)
						+ " heeft geen naam die wij kennen, of een naam die al voorkomt. Kies uit: "
						+ this.kind.columns().stream().map(Column::header).collect(Collectors.joining(", ")) + ".",
						"bestand");
			}
			order.add(column.get());
		}
		return order;
	}

	private Row row(SheetFile.Line line, List<Column> order) {
		Map<Column, String> cells = new EnumMap<>(Column.class);
		Row row = new Row(line.number(), cells);
		for (int i = 0; i < line.cells().size(); i++) {
			String cell = line.cells().get(i).strip();
			if (i < order.size()) {
				cells.put(order.get(i), cell);
			}
			else if (!cell.isEmpty()) {
				row.wrong("",
						"Deze regel heeft meer cellen dan er kolommen zijn. Zet tekst met een puntkomma tussen aanhalingstekens.");
				break;
			}
		}
		this.kind.columns()
			.stream()
			.filter((column) -> column.isRequired() && cells.getOrDefault(column, "").isEmpty())
			.forEach((column) -> row.wrong(column, "Vul dit in."));
		return row;
	}

	ListKind kind() {
		return this.kind;
	}

	List<Row> rows() {
		return this.rows;
	}

	List<Problem> problems() {
		return this.problems;
	}

	/** A line of the list. */
	final class Row {

		private final long number;

		private final Map<Column, String> cells;

		Row(long number, Map<Column, String> cells) {
			this.number = number;
			this.cells = cells;
		}

		long number() {
			return this.number;
		}

		void wrong(Column column, String sentence) {
			wrong(column.header(), sentence);
		}

		void wrong(String field, String sentence) {
			ListReader.this.problems.add(new Problem(this.number, field, sentence));
		}

		boolean has(Column column) {
			return ListReader.this.columns.contains(column);
		}

		String text(Column column) {
			return this.cells.getOrDefault(column, "");
		}

		String name() {
			String name = text(Column.NAME);
			if (name.length() > LONGEST_NAME || !Storable.isName(name)) {
				wrong(Column.NAME, "Schrijf de naam in hoogstens " + LONGEST_NAME
						+ " tekens, in één soort letters en zonder onzichtbare tekens.");
			}
			else if (CitizenNumber.isIn(name)) {
				wrong(Column.NAME, "Hierin staat een nummer dat een burgerservicenummer kan zijn. Haal het weg.");
			}
			return name;
		}

		String login() {
			String login = text(Column.LOGIN);
			if (!login.isEmpty() && (!Roster.isLogin(login) || CitizenNumber.isIn(login))) {
				wrong(Column.LOGIN,
						"Een login heeft hoogstens 100 letters, cijfers, punten, streepjes en apenstaartjes.");
			}
			return login;
		}

		/** What it was, where the list has no such column. */
		@Nullable String email(@Nullable String before) {
			String email = text(Column.EMAIL);
			if (!email.isEmpty() && !Roster.isEmail(email)) {
				wrong(Column.EMAIL, "Dit is geen e-mailadres. Schrijf het als naam@organisatie.nl.");
			}
			return has(Column.EMAIL) ? orNull(email) : before;
		}

		@Nullable String phone(Column column, @Nullable String before) {
			String phone = text(column);
			if (!phone.isEmpty() && !Roster.isPhone(phone)) {
				wrong(column, "Dit is geen telefoonnummer. Schrijf het als 010 123 45 67, en maak van de cel tekst.");
			}
			return has(column) ? orNull(phone) : before;
		}

		private static @Nullable String orNull(String text) {
			return text.isEmpty() ? null : text;
		}

		Set<Function> functions() {
			Set<Function> functions = new LinkedHashSet<>();
			Stream.of(text(Column.FUNCTIONS).split(","))
				.map(String::strip)
				.filter((each) -> !each.isEmpty())
				.forEach((typed) -> Stream.of(Function.values())
					.filter((function) -> function.label().equalsIgnoreCase(typed))
					.findFirst()
					.ifPresentOrElse(functions::add, () -> wrong(Column.FUNCTIONS, "Kies uit: "
							+ Stream.of(Function.values()).map(Function::label).collect(Collectors.joining(", "))
							+ ". Zet een komma tussen twee functies.")));
			return functions;
		}

		@Nullable LocalDate day(Column column, @Nullable LocalDate before) {
			String typed = text(column);
			if (typed.isEmpty()) {
				return has(column) ? null : before;
			}
			try {
				LocalDate day = LocalDate.parse(typed,
						typed.matches("\\d{4}-.*") ? DateTimeFormatter.ISO_LOCAL_DATE : DAY);
				if (day.getYear() >= FIRST_YEAR && day.getYear() <= LAST_YEAR) {
					return day;
				}
			}
			catch (DateTimeException ex) {
				// The same sentence.
			}
			wrong(column, "Dit is geen datum tussen " + FIRST_YEAR + " en " + LAST_YEAR
					+ ". Schrijf de datum als 31-12-2026.");
			return null;
		}

		Optional<Organisation.Kind> kind() {
			Map<String, Organisation.Kind> words = new LinkedHashMap<>();
			KINDS.forEach((kind, word) -> words.put(word, kind));
			Organisation.Kind kind = words.get(text(Column.KIND).toLowerCase(java.util.Locale.ROOT));
			if (kind == null && !text(Column.KIND).isEmpty()) {
				wrong(Column.KIND, "Kies uit: " + String.join(", ", words.keySet()) + ".");
			}
			return Optional.ofNullable(kind);
		}

		boolean yes(Column column, boolean before) {
			String typed = text(column);
			if (!typed.isEmpty() && !typed.equalsIgnoreCase("ja") && !typed.equalsIgnoreCase("nee")) {
				wrong(column, "Schrijf ja of nee.");
			}
			return typed.isEmpty() ? before : typed.equalsIgnoreCase("ja");
		}

	}

}
