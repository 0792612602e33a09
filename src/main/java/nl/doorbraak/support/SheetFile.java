package nl.doorbraak.support;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;

/**
 * Lines of cells as people exchange them: CSV as a Dutch spreadsheet program makes it
 * (semicolons, UTF-8), or a workbook. Nothing that is read or written is a formula.
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

	private static final int MOST_INFLATED = 16 * 1024 * 1024;

	private static final int MOST_PARTS = 100;

	private static final int MOST_CELLS = 100;

	/**
	 * What a spreadsheet would take for a formula, or would be taken for a guarded one.
	 */
	private static final Pattern FORMULA = Pattern.compile("(?s)^'*[=+\\-@\t\r].*");

	/** Days and years in the format of a number. */
	private static final Pattern DATE = Pattern.compile("(?i).*[dy].*");

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d-M-uuuu");

	private SheetFile() {
	}

	/**
	 * The lines of a file that are not empty.
	 * @param most how many lines it may have
	 * @throws Refused (400) when it is no such file, or has more
	 */
	public static List<Line> read(byte[] file, int most) {
		List<Line> lines = (file.length > 3 && ReadableWorkbook.isOOXMLZipHeader(file)) ? workbook(file, most)
				: csv(text(file), most);
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
					"Dit bestand is geen UTF-8. Bewaar het in uw rekenblad als 'CSV UTF-8' en probeer het opnieuw.");
		}
	}

	private static Refused tooMany(int most) {
		return Refused.invalid("too-many-lines",
				"Dit bestand heeft te veel regels: hoogstens " + most + ". Splits het bestand.");
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
			throw Refused.invalid("unreadable-csv", "Dit is geen leesbare CSV: een aanhalingsteken staat verkeerd.");
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

	/** The same as a workbook: every cell is a text. */
	public static byte[] workbook(String title, List<List<String>> lines) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (Workbook workbook = new Workbook(bytes, "Doorbraak", null)) {
			Worksheet sheet = workbook.newWorksheet(title);
			for (int row = 0; row < lines.size(); row++) {
				for (int column = 0; column < lines.get(row).size(); column++) {
					String cell = lines.get(row).get(column);
					sheet.value(row, column, cell.startsWith("'") ? disarmed(cell) : cell);
				}
			}
			sheet.freezePane(0, 1);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	private static List<Line> workbook(byte[] file, int most) {
		weigh(file);
		try (ReadableWorkbook workbook = new ReadableWorkbook(new ByteArrayInputStream(file),
				new ReadingOptions(true, false)); Stream<Row> rows = workbook.getFirstSheet().openStream()) {
			return rows
				.map((row) -> new Line(row.getRowNum(),
						row.stream().limit(MOST_CELLS).map((cell) -> cell(cell, row.getRowNum())).toList()))
				.filter(Line::isFilled)
				.limit(most + 1L)
				.toList();
		}
		catch (Refused refused) {
			throw refused;
		}
		catch (IOException | RuntimeException ex) {
			throw unreadable();
		}
	}

	private static Refused unreadable() {
		return Refused.invalid("unreadable-workbook",
				"Deze werkmap is niet te lezen. Bewaar haar opnieuw als Excel-werkmap (.xlsx) of als 'CSV UTF-8'.");
	}

	/** A small file can hold very much, and XML can name other files. */
	private static void weigh(byte[] file) {
		try (ZipFile zip = ZipFile.builder().setByteArray(file).get()) {
			int left = MOST_INFLATED;
			List<ZipArchiveEntry> parts = Collections.list(zip.getEntries());
			for (ZipArchiveEntry part : parts.subList(0, Math.min(parts.size(), MOST_PARTS + 1))) {
				byte[] bytes = zip.getInputStream(part).readNBytes(left + 1);
				left -= bytes.length;
				if (left < 0 || parts.size() > MOST_PARTS
						|| new String(bytes, StandardCharsets.ISO_8859_1).replace("\0", "").contains("<!DOCTYPE")) {
					throw unreadable();
				}
			}
		}
		catch (IOException | IllegalArgumentException ex) {
			throw unreadable();
		}
	}

	private static String cell(@Nullable Cell cell, int line) {
		if (cell == null || cell.getType() == CellType.EMPTY) {
			return "";
		}
		if (cell.getType() == CellType.FORMULA || cell.getType() == CellType.ERROR) {
			throw Refused.invalid("formula", "Regel " + line + ": cel " + cell.getAddress()
					+ " is een formule of een fout. Zet er de tekst zelf neer.");
		}
		if (cell.getType() == CellType.NUMBER) {
			String format = cell.getDataFormatString();
			if (format != null && DATE.matcher(format.replaceAll("\"[^\"]*\"|\\[[^]]*]", "")).matches()) {
				LocalDateTime moment = cell.asDate();
				return DAY.format(moment);
			}
			BigDecimal number = cell.asNumber();
			return number.stripTrailingZeros().toPlainString();
		}
		return armed(cell.getText());
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
