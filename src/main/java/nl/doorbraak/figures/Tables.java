package nl.doorbraak.figures;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/** Every figure over the same columns, and what of them is not shown. */
final class Tables {

	private final Map<Figure, Tally> tallies = new EnumMap<>(Figure.class);

	private final Map<Figure, SmallNumbers> tables = new EnumMap<>(Figure.class);

	Tables(int columns) {
		for (Figure figure : Figure.values()) {
			this.tallies.put(figure, new Tally(figure, columns));
		}
	}

	/** Counts one thing more; the figure by its code. */
	void add(String code, String category, int column, @Nullable Integer amount, long times) {
		for (Map.Entry<Figure, Tally> each : this.tallies.entrySet()) {
			if (each.getKey().code().equals(code)) {
				each.getValue().add(category, column, amount, times);
			}
		}
	}

	/**
	 * Hides what must be hidden, also where one figure is a part of another.
	 * @param first hides more, before it is settled what goes with it
	 */
	void hide(int least, BiConsumer<Figure, SmallNumbers> first) {
		this.tallies.forEach((figure, tally) -> {
			SmallNumbers table = tally.table(least);
			first.accept(figure, table);
			table.settle();
			this.tables.put(figure, table);
		});
		SmallNumbers crisis = table(Figure.CRISIS);
		SmallNumbers hours = table(Figure.CRISIS_HOURS);
		int after = Figure.CRISIS.categories().indexOf("after");
		boolean again = true;
		while (again) {
			again = false;
			for (int column = 0; column <= crisis.together(); column++) {
				again |= crisis.isHidden(after, column) && hours.hide(hours.whole(), column);
				again |= hours.isHidden(hours.whole(), column) && crisis.hide(after, column);
			}
			again |= crisis.settle();
			again |= hours.settle();
		}
	}

	private SmallNumbers table(Figure figure) {
		return Objects.requireNonNull(this.tables.get(figure));
	}

	/** A figure of one column, or behind the last of all together. */
	Counted shown(Figure figure, int column) {
		return Objects.requireNonNull(this.tallies.get(figure)).shown(table(figure), column);
	}

}
