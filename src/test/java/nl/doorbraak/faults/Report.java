package nl.doorbraak.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import nl.doorbraak.faults.Checker.Verdict;

/** What the rows came to, for people ({@code target/faults.md}) and for machines. */
final class Report {

	private final Map<String, Row> rows = new TreeMap<>();

	private final long seed;

	private final String form;

	Report(long seed, String form) {
		this.seed = seed;
		this.form = form;
	}

	void notRun(String row, String what, String why) {
		this.rows.put(row, new Row(row, what, 0, "not run", why, "", List.of(), List.of()));
	}

	void ran(String row, String what, int rounds, boolean good, String note, String load, List<Double> lateness,
			List<Verdict> verdicts) {
		this.rows.put(row, new Row(row, what, rounds, good ? "holds" : "FAILS", note, load, lateness, verdicts));
	}

	boolean has(String row) {
		return this.rows.containsKey(row);
	}

	/** Writes both. */
	void write(Path folder) {
		try {
			Files.createDirectories(folder);
			Files.writeString(folder.resolve("faults.md"), markdown());
			Files.writeString(folder.resolve("faults.json"),
					Ledger.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(json()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	String markdown() {
		StringBuilder text = new StringBuilder("# Faults\n\nSeed " + this.seed + ", form " + this.form
				+ ". Lateness in seconds from the deadline, or from the end of what was broken when that came later.\n\n"
				+ "| Row | What | Rounds | Result | n late-measured | p50 | p99 | max | Load | Note |\n|---|---|---|---|---|---|---|---|---|---|\n");
		for (Row row : this.rows.values()) {
			text.append("| ")
				.append(String.join(" | ", row.row(), row.what(), String.valueOf(row.rounds()), row.result(),
						String.valueOf(row.lateness().size()), at(row.lateness(), 0.5), at(row.lateness(), 0.99),
						at(row.lateness(), 1), row.load(), row.note().replace('|', '/').replace('\n', ' ')))
				.append(" |\n");
		}
		text.append("\n## What must be zero\n\n");
		for (Row row : this.rows.values()) {
			if (row.verdicts().isEmpty()) {
				continue;
			}
			text.append("### ").append(row.row()).append("\n\n| Invariant | n | Violations | |\n|---|---|---|---|\n");
			for (Verdict verdict : row.verdicts()) {
				text.append("| ")
					.append(String.join(" | ", verdict.id(), String.valueOf(verdict.n()),
							String.valueOf(verdict.violations().size()),
							verdict.note() + String.join("; ", verdict.violations().stream().limit(5).toList())
								.replace('|', '/')))
					.append(" |\n");
			}
			text.append('\n');
		}
		return text.toString();
	}

	private Map<String, Object> json() {
		List<Map<String, Object>> all = new ArrayList<>();
		for (Row row : this.rows.values()) {
			Map<String, Object> one = new LinkedHashMap<>();
			one.put("row", row.row());
			one.put("rounds", row.rounds());
			one.put("result", row.result());
			one.put("note", row.note());
			one.put("load", row.load());
			one.put("lateness", Map.of("n", row.lateness().size(), "p50", at(row.lateness(), 0.5), "p99",
					at(row.lateness(), 0.99), "max", at(row.lateness(), 1)));
			one.put("invariants", row.verdicts());
			all.add(one);
		}
		return Map.of("seed", this.seed, "form", this.form, "rows", all);
	}

	private static String at(List<Double> all, double part) {
		if (all.isEmpty()) {
			return "-";
		}
		List<Double> sorted = all.stream().sorted().toList();
		int index = (int) Math.ceil(part * sorted.size()) - 1;
		return String.format(Locale.ROOT, "%.1f", sorted.get(Math.max(0, index)));
	}

	private record Row(String row, String what, int rounds, String result, String note, String load,
			List<Double> lateness, List<Verdict> verdicts) {
	}

}
