package nl.doorbraak.figures;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;

import org.jspecify.annotations.Nullable;

/** How often each group of a figure occurred in each column, with its amounts. */
final class Tally {

	private final Figure figure;

	private final int columns;

	private final Map<String, Row> rows = new TreeMap<>();

	Tally(Figure figure, int columns) {
		this.figure = figure;
		this.columns = columns;
		figure.categories().forEach(this::row);
	}

	private Row row(String category) {
		return this.rows.computeIfAbsent(category, (each) -> {
			List<TreeMap<Integer, Long>> amounts = new ArrayList<>();
			for (int column = 0; column < this.columns; column++) {
				amounts.add(new TreeMap<>());
			}
			return new Row(new long[this.columns], amounts);
		});
	}

	void add(String category, int column, @Nullable Integer amount, long times) {
		Row row = row(category);
		row.counts()[column] += times;
		if (amount != null) {
			row.amounts().get(column).merge(amount, times, Long::sum);
		}
	}

	/** In their own order; where they have none, who occurs most first. */
	List<String> categories() {
		return !this.figure.categories().isEmpty() ? this.figure.categories()
				: this.rows.entrySet()
					.stream()
					.sorted(Comparator.comparing((each) -> -LongStream.of(each.getValue().counts()).sum()))
					.map(Map.Entry::getKey)
					.toList();
	}

	SmallNumbers table(long least) {
		long[][] cells = categories().stream().map((each) -> row(each).counts()).toArray(long[][]::new);
		return new SmallNumbers(cells, this.columns, least, this.figure.addsUp());
	}

	/**
	 * What may be shown of one column.
	 * @param column or the one behind the last, for all of them together
	 */
	Counted shown(SmallNumbers table, int column) {
		List<String> categories = categories();
		List<Counted.Group> groups = new ArrayList<>();
		TreeMap<Integer, Long> all = new TreeMap<>();
		for (int row = 0; row < categories.size(); row++) {
			TreeMap<Integer, Long> each = amounts(categories.get(row), column);
			each.forEach((amount, times) -> all.merge(amount, times, Long::sum));
			Long number = table.shown(row, column);
			if (number == null || number > 0 || !this.figure.categories().isEmpty()) {
				groups.add(new Counted.Group(categories.get(row), number, (number != null) ? halfWithin(each) : null,
						(number != null && this.figure.unit() == Figure.Unit.SCORE) ? average(each) : null));
			}
		}
		Long whole = this.figure.addsUp() ? table.shown(table.whole(), column) : null;
		boolean tells = this.figure.unit() == Figure.Unit.DAYS || this.figure.unit() == Figure.Unit.HOURS;
		return new Counted(this.figure, groups, whole, (whole != null && tells) ? halfWithin(all) : null);
	}

	private TreeMap<Integer, Long> amounts(String category, int column) {
		List<TreeMap<Integer, Long>> row = row(category).amounts();
		if (column < this.columns) {
			return row.get(column);
		}
		TreeMap<Integer, Long> together = new TreeMap<>();
		row.forEach((each) -> each.forEach((amount, times) -> together.merge(amount, times, Long::sum)));
		return together;
	}

	/** The smallest amount that at least half of them do not exceed. */
	static @Nullable Integer halfWithin(TreeMap<Integer, Long> amounts) {
		long all = amounts.values().stream().mapToLong(Long::longValue).sum();
		long seen = 0;
		for (Map.Entry<Integer, Long> each : amounts.entrySet()) {
			seen += each.getValue();
			if (2 * seen >= all) {
				return each.getKey();
			}
		}
		return null;
	}

	private static @Nullable Integer average(TreeMap<Integer, Long> amounts) {
		long all = amounts.values().stream().mapToLong(Long::longValue).sum();
		long sum = amounts.entrySet().stream().mapToLong((each) -> each.getKey() * each.getValue()).sum();
		return (all == 0) ? null : (int) Math.round(10.0 * sum / all);
	}

	/** Of one group, in each column: how often, and how often each amount. */
	private record Row(long[] counts, List<TreeMap<Integer, Long>> amounts) {
	}

}
