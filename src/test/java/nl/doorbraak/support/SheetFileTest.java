package nl.doorbraak.support;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SheetFileTest {

	private static final List<List<String>> LINES = List.of(List.of("Login", "Naam"),
			List.of("anna", "Anna \"van\" Ö; de\nWit"), List.of("=1+1", "'-x"), List.of("+31 6", "@x"));

	@Test
	void whatIsWrittenIsReadBack() {
		assertThat(cells(SheetFile.csv(LINES).getBytes(StandardCharsets.UTF_8))).isEqualTo(LINES);
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
	}

	@Test
	void workbookIsRefusedWithWhatToDo() {
		refused(new byte[] { 'P', 'K', 3, 4 }, "Bewaar haar in uw rekenblad als 'CSV UTF-8'");
		refused(new byte[] { (byte) 0xD0, (byte) 0xCF, 0x11 }, "werkmap");
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
