package nl.doorbraak.support.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;

import nl.doorbraak.testing.Attack;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.Sheet;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SheetTest {

	@Attack(value = "G07", failedWith = "cells that begin with = written as formulas")
	@ParameterizedTest
	@ValueSource(
			strings = { "=HYPERLINK(\"http://x\")", "=1+1", "+31 6", "-1", "@SUM(A1)", "\t=1+1", "\r=1+1", "'=1+1" })
	void whatBeginsAsAFormulaIsAText(String typed) throws IOException {
		Cell cell = one("<table><tr><td></td></tr></table>", typed);
		assertThat(cell.getType()).isEqualTo(CellType.STRING);
		assertThat(cell.getFormula()).isNull();
		assertThat(cell.getText()).isEqualTo(typed.strip());
	}

	@ParameterizedTest
	@ValueSource(strings = { "007", "1234567890", "1.5", "DB-2026-000001", "€ 1" })
	void whatIsNoCountStaysAText(String typed) throws IOException {
		assertThat(one("<table><tr><td></td></tr></table>", typed).getType()).isEqualTo(CellType.STRING);
	}

	@Test
	void countsAndEurosAreNumbers() throws IOException {
		assertThat(one("<table><tr><td></td></tr></table>", "42").asNumber()).isEqualByComparingTo("42");
		assertThat(one("<table><tr><td></td></tr></table>", "€\u00a01.234,56").asNumber())
			.isEqualByComparingTo("1234.56");
		assertThat(one("<table><tr><td></td></tr></table>", "€ -5,00").asNumber()).isEqualByComparingTo("-5");
	}

	@Test
	void cellsThatSpanMoreLeaveTheOthersInTheirColumn() throws IOException {
		assertThat(sheets("<div aria-label='Casussen'><table><tr><td>x</td></tr></table></div>").get(0).getName())
			.isEqualTo("Casussen");
		List<Sheet> sheets = sheets("<section aria-labelledby='t'><h2 id='t'>Wie: mag/wat</h2>"
				+ "<table><tr><th rowspan='2'>a</th><td colspan='2'>b</td><td>c</td></tr>"
				+ "<tr><td>d</td><td>e <button>Doe</button></td><td>f</td></tr></table></section>");
		assertThat(sheets.get(0).getName()).isEqualTo("Wie- mag-wat");
		assertThat(sheets.get(0).read())
			.extracting((row) -> row.stream()
				.filter((cell) -> cell != null && !cell.getText().isEmpty())
				.map((cell) -> cell.getAddress() + cell.getText())
				.toList())
			.containsExactly(List.of("A1a", "B1b", "D1c"), List.of("B2d", "C2e", "D2f"));
	}

	private static Cell one(String html, String text) throws IOException {
		return sheets(html, text).get(0).read().get(0).getCell(0);
	}

	private static List<Sheet> sheets(String html, String... text) throws IOException {
		Document page = Jsoup.parse(html);
		if (text.length > 0) {
			page.selectFirst("td").text(text[0]);
		}
		byte[] bytes = nl.doorbraak.support.web.Sheet.of(page.select("table"), "x");
		return new ReadableWorkbook(new ByteArrayInputStream(bytes)).getSheets().toList();
	}

}
