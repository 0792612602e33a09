package nl.doorbraak.support;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;

/**
 * Lines of cells as people exchange them: CSV as a Dutch spreadsheet program makes it
 * (semicolons, UTF-8). Nothing that is read or written is a formula.
 */
public final class SheetFile {

	/** The CSV of all our files. */
	public static final CSVFormat FORMAT = CSVFormat.DEFAULT.builder()
		.setDelimiter(';')
		.setRecordSeparator("\r\n")
		.setIgnoreEmptyLines(false)
		.get();

	/** What makes a spreadsheet program see UTF-8. */
	public static final String BYTE_ORDER_MARK = "\uFEFF";

	/**
	 * What a spreadsheet would take for a formula, or would be taken for a guarded one.
	 */
	private static final Pattern FORMULA = Pattern.compile("(?s)^'*[=+\\-@\t\r].*");

	private SheetFile() {
	}

	/**
	 * The lines of a file that are not empty.
	 * @param most how many lines it may have
	 * @throws Refused (400) when it is no such file, or has more
	 */
	public static List<Line> read(byte[] file, int most) {
		if (file.length > 1 && (file[0] == 'P' && file[1] == 'K' || file[0] == (byte) 0xD0 && file[1] == (byte) 0xCF)) {
			throw Refused.invalid("workbook",
					"Dit is een werkmap. Bewaar haar in uw rekenblad als 'CSV UTF-8' en probeer het opnieuw.",
					"bestand");
		}
		List<Line> lines = csv(text(file), most);
		if (lines.size() > most) {
			throw tooMany(most);
		}
		return lines;
	}

	/**
	 * The text of a file.
	 * @throws Refused (400) when it is no UTF-8
	 */
	public static String text(byte[] file) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
			return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
		}
		catch (CharacterCodingException ex) {
			throw Refused.invalid("not-utf-8",
					"Dit bestand is geen UTF-8. Bewaar het in uw rekenblad als 'CSV UTF-8' en probeer het opnieuw.",
					"bestand");
		}
	}

	private static Refused tooMany(int most) {
		return Refused.invalid("too-many-lines",
				"Dit bestand heeft te veel regels: hoogstens " + most + ". Splits het bestand.", "bestand");
	}

	private static List<Line> csv(String text, int most) {
		try (CSVParser parser = CSVParser.parse(text, FORMAT)) {
			return parser.stream()
				.map((each) -> new Line(each.getRecordNumber(), each.stream().map(SheetFile::armed).toList()))
				.filter(Line::isFilled)
				.limit(most + 1L)
				.toList();
		}
		catch (IOException | UncheckedIOException ex) {
			throw Refused.invalid("unreadable-csv", "Dit is geen leesbare CSV: een aanhalingsteken staat verkeerd.",
					"bestand");
		}
	}

	/** What was typed in a cell, also where {@link #disarmed} guarded it. */
	public static String armed(String typed) {
		String cell = typed.strip();
		return (cell.startsWith("'") && FORMULA.matcher(cell.substring(1)).matches()) ? cell.substring(1) : cell;
	}

	/** A text that no spreadsheet takes for a formula. */
	public static String disarmed(String cell) {
		return FORMULA.matcher(cell).matches() ? "'" + cell : cell;
	}

	/** These lines as CSV. */
	public static String csv(List<List<String>> lines) {
		StringWriter text = new StringWriter();
		text.write(BYTE_ORDER_MARK);
		try (CSVPrinter printer = new CSVPrinter(text, FORMAT)) {
			for (List<String> line : lines) {
				printer.printRecord(line.stream().map(SheetFile::disarmed));
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return text.toString();
	}

	/**
	 * A line of a file.
	 *
	 * @param number as the spreadsheet counts; the first is 1
	 */
	public record Line(long number, List<String> cells) {

		public Line {
			cells = List.copyOf(cells);
		}

		boolean isFilled() {
			return this.cells.stream().anyMatch((cell) -> !cell.isBlank());
		}

	}

}
