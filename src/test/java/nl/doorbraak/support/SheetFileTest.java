package nl.doorbraak.support;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SheetFileTest {

	private static final List<List<String>> LINES = List.of(List.of("Login", "Naam"),
			List.of("anna", "Anna \"van\" Ö; de\nWit"), List.of("=1+1", "'-x"), List.of("+31 6", "@x"));

	@Test
	void whatIsWrittenIsReadBackFromBothKinds() {
		assertThat(cells(SheetFile.csv(LINES).getBytes(StandardCharsets.UTF_8))).isEqualTo(LINES);
		assertThat(cells(SheetFile.workbook("Blad", LINES))).isEqualTo(LINES);
	}

	@Test
	void csvHoldsNoFormulaAndBeginsAsSpreadsheetsWant() {
		assertThat(SheetFile.csv(LINES)).startsWith("\uFEFFLogin;Naam\r\n").contains("'=1+1;''-x", "'+31 6;'@x");
	}

	@Test
	void linesAreNumberedAsTheSpreadsheetCounts() {
		assertThat(SheetFile.read("a;b\r\n;\r\n\r\nc;d\r\n".getBytes(StandardCharsets.UTF_8), 9))
			.extracting(SheetFile.Line::number)
			.containsExactly(1L, 4L);
	}

	@Test
	void otherEncodingsAreRefused() {
		for (Charset other : List.of(Charset.forName("windows-1252"), StandardCharsets.UTF_16)) {
			refused("Fatma Öztürk".getBytes(other), "geen UTF-8");
		}
		refused("a;\"b".getBytes(StandardCharsets.UTF_8), "aanhalingsteken");
	}

	@Test
	void moreLinesThanAllowedAreRefused() {
		refused("a\r\n".repeat(4).getBytes(StandardCharsets.UTF_8), "hoogstens 3");
		refused(SheetFile.workbook("Blad", List.of(List.of("a"), List.of("a"), List.of("a"), List.of("a"))),
				"hoogstens 3");
	}

	@Test
	void dayInAWorkbookIsReadAsADayAndAFormulaIsRefused() throws IOException {
		assertThat(cells(book((sheet) -> {
			sheet.value(0, 0, LocalDate.of(2027, 1, 31));
			sheet.style(0, 0).format("dd-mm-yyyy").set();
			sheet.value(0, 1, 12);
		}))).containsExactly(List.of("31-1-2027", "12"));
		refused(book((sheet) -> sheet.formula(1, 1, "1+1")), "Regel 2: cel B2 is een formule");
	}

	@ParameterizedTest
	@ValueSource(strings = { "<!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>", "<a/>", "big" })
	void whatOnlyLooksLikeAWorkbookIsRefused(String part) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
			zip.putNextEntry(new ZipEntry("xl/workbook.xml"));
			zip.write(part.equals("big") ? new byte[17 * 1024 * 1024] : part.getBytes(StandardCharsets.UTF_8));
		}
		refused(bytes.toByteArray(), "niet te lezen");
	}

	private static byte[] book(java.util.function.Consumer<Worksheet> fill) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (Workbook workbook = new Workbook(bytes, "Proef", null)) {
			fill.accept(workbook.newWorksheet("Blad"));
		}
		return bytes.toByteArray();
	}

	private static List<List<String>> cells(byte[] file) {
		return SheetFile.read(file, 9).stream().map(SheetFile.Line::cells).toList();
	}

	private static void refused(byte[] file, String sentence) {
		assertThatThrownBy(() -> SheetFile.read(file, 3)).isInstanceOfSatisfying(Refused.class, (refused) -> {
			assertThat(refused.kind()).isEqualTo(Refused.Kind.INVALID);
			assertThat(refused.sentence()).contains(sentence);
		});
	}

}
