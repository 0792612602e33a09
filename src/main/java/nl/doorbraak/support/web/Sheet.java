package nl.doorbraak.support.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jsoup.nodes.Element;

/**
 * Tables of a page as a workbook. Whatever a cell begins with, it is a text: nothing in
 * it is a formula. Whole numbers and euros are numbers.
 */
final class Sheet {

	private static final int LONGEST = 32_767;

	private static final Pattern WHOLE = Pattern.compile("0|[1-9][0-9]{0,8}");

	private static final Pattern EUROS = Pattern.compile("€[\\s\\u00a0]?(-?)([0-9]{1,3}(?:\\.[0-9]{3})*),([0-9]{2})");

	private Sheet() {
	}

	static byte[] of(List<Element> tables, String untitled) throws IOException {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (Workbook workbook = new Workbook(bytes, "Doorbraak", null)) {
			for (Element table : tables) {
				write(table, workbook.newWorksheet(title(table, untitled)));
			}
		}
		return bytes.toByteArray();
	}

	/** What the table is called, or the region around it. */
	private static String title(Element table, String untitled) {
		Element caption = table.selectFirst("caption");
		Element named = table.closest("[aria-label], [aria-labelledby]");
		String title = "";
		if (caption != null) {
			title = caption.text();
		}
		else if (named != null) {
			Element label = named.hasAttr("aria-label") ? null
					: named.root().selectFirst("[id=\"" + named.attr("aria-labelledby") + "\"]");
			title = (label != null) ? label.text() : named.attr("aria-label");
		}
		// No name of a sheet begins or ends with one.
		String plain = title.replace("'", "");
		return plain.isBlank() ? untitled : plain;
	}

	private static void write(Element table, Worksheet sheet) {
		Set<List<Integer>> taken = new HashSet<>();
		int number = 0;
		int heads = 0;
		for (Element row : table.select("tr")) {
			if (row.closest("table") != table) {
				continue;
			}
			int column = 0;
			for (Element cell : row.select("> th, > td")) {
				while (taken.contains(List.of(number, column))) {
					column++;
				}
				write(sheet, number, column, text(cell));
				if (cell.tagName().equals("th")) {
					sheet.style(number, column).bold().set();
				}
				int width = span(cell, "colspan");
				for (int down = 1; down < span(cell, "rowspan"); down++) {
					for (int right = 0; right < width; right++) {
						taken.add(List.of(number + down, column + right));
					}
				}
				column += width;
			}
			number++;
			heads = (row.closest("thead") != null) ? number : heads;
		}
		if (heads > 0) {
			sheet.freezePane(0, heads);
		}
	}

	private static int span(Element cell, String name) {
		String span = cell.attr(name);
		return span.matches("[1-9][0-9]?") ? Integer.parseInt(span) : 1;
	}

	/** What somebody reads in it; no buttons and no fields. */
	private static String text(Element cell) {
		Element read = cell.clone();
		read.select("button, input, select, textarea, script, style, svg").remove();
		String text = read.text().strip();
		return (text.length() > LONGEST) ? text.substring(0, LONGEST) : text;
	}

	private static void write(Worksheet sheet, int row, int column, String text) {
		Matcher euros = EUROS.matcher(text);
		if (WHOLE.matcher(text).matches()) {
			sheet.value(row, column, Long.valueOf(text));
		}
		else if (euros.matches()) {
			sheet.value(row, column,
					new BigDecimal(euros.group(1) + euros.group(2).replace(".", "") + "." + euros.group(3)));
			sheet.style(row, column).format("€ #,##0.00").set();
		}
		else if (!text.isEmpty()) {
			sheet.value(row, column, text);
		}
	}

}
