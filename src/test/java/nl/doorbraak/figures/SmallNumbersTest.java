package nl.doorbraak.figures;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No number below the least is shown, and none can be had from the sums and the others.
 */
class SmallNumbersTest {

	private static final long LEAST = 5;

	@Test
	void zeroIsShownAndWhatIsLargeEnough() {
		SmallNumbers table = table(new long[][] { { 0 }, { 5 }, { 120 } });
		assertThat(column(table, 0)).containsExactly(0L, 5L, 120L, 125L);
	}

	@Test
	void hiddenNumberTakesTheSmallestOtherWithIt() {
		SmallNumbers table = table(new long[][] { { 3 }, { 40 }, { 7 }, { 0 } });
		assertThat(column(table, 0)).containsExactly(null, 40L, null, 0L, 50L);
	}

	@Test
	void whereNothingElseIsLeftTheSumIsHidden() {
		SmallNumbers table = table(new long[][] { { 2 }, { 2 }, { 0 } });
		assertThat(column(table, 0)).as("4 is below the least").containsExactly(null, null, 0L, null);
	}

	@Test
	void twoThatTogetherAreTooFewTakeAThird() {
		SmallNumbers table = table(new long[][] { { 1 }, { 1 }, { 60 }, { 9 } });
		assertThat(column(table, 0)).as("2 is one and one").containsExactly(null, null, 60L, null, 71L);
	}

	@Test
	void quarterCannotBeHadFromItsYear() {
		SmallNumbers table = table(new long[][] { { 20, 30, 2, 25 }, { 50, 60, 70, 80 } });
		assertThat(table.isHidden(0, 2)).isTrue();
		assertThat(List.of(table.isHidden(0, 0), table.isHidden(0, 1), table.isHidden(0, 3), table.isHidden(0, 4)))
			.as("one more of this row")
			.contains(true);
		assertSafe(table, 2, 4);
	}

	@Test
	void partsThatAreNoWholeAreHiddenEachForItself() {
		SmallNumbers table = new SmallNumbers(new long[][] { { 3 }, { 40 } }, 1, LEAST, false);
		table.settle();
		assertThat(table.shown(0, 0)).isNull();
		assertThat(table.shown(1, 0)).isEqualTo(40);
	}

	@Test
	void inAnyTableNoRowAndNoColumnTellsASmallNumber() {
		Random random = new Random(47);
		for (int i = 0; i < 3000; i++) {
			int rows = 1 + random.nextInt(5);
			int columns = 1 + random.nextInt(4);
			long[][] cells = new long[rows][columns];
			for (long[] row : cells) {
				for (int column = 0; column < columns; column++) {
					row[column] = random.nextInt(3) == 0 ? 0 : random.nextInt(random.nextBoolean() ? 6 : 40);
				}
			}
			SmallNumbers table = table(cells);
			assertSafe(table, rows, columns);
		}
	}

	@Test
	void halfAreWithinTheMiddleOne() {
		TreeMap<Integer, Long> days = new TreeMap<>();
		assertThat(Tally.halfWithin(days)).isNull();
		days.put(3, 1L);
		days.put(10, 2L);
		days.put(90, 2L);
		assertThat(Tally.halfWithin(days)).isEqualTo(10);
	}

	@Test
	void crisisCannotBeHadFromItsHours() {
		Tables tables = new Tables(1);
		tables.add("crisis", "before", 0, null, 2);
		tables.add("crisis", "after", 0, null, 8);
		tables.add("crisisHours", "h24", 0, 3, 8);
		tables.hide((int) LEAST, (figure, table) -> {
		});
		assertThat(number(tables.shown(Figure.CRISIS, 0), "after")).as("hidden with the two before").isNull();
		assertThat(tables.shown(Figure.CRISIS_HOURS, 0).whole()).isNull();
		assertThat(number(tables.shown(Figure.CRISIS_HOURS, 0), "h24")).as("the only one would be the whole").isNull();
	}

	private static Long number(Counted counted, String category) {
		return counted.groups()
			.stream()
			.filter((group) -> group.category().equals(category))
			.findFirst()
			.orElseThrow()
			.number();
	}

	@Test
	void fewAreNoTrendAndAHiddenNumberHasNoShare() {
		Tally tally = new Tally(Figure.SERIAL, 1);
		tally.add("single", 0, null, 6);
		tally.add("serial", 0, null, 3);
		SmallNumbers table = tally.table(LEAST);
		table.settle();
		Counted counted = tally.shown(table, 0);
		assertThat(counted.whole()).isEqualTo(9);
		assertThat(counted.isNoTrend()).isTrue();
		assertThat(counted.hides()).isTrue();
		assertThat(counted.part()).isNull();
		assertThat(counted.groups()).allMatch((group) -> counted.percent(group) == null);
	}

	private static SmallNumbers table(long[][] cells) {
		SmallNumbers table = new SmallNumbers(cells, cells[0].length, LEAST, true);
		table.settle();
		return table;
	}

	private static List<Long> column(SmallNumbers table, int column) {
		List<Long> shown = new ArrayList<>();
		for (int row = 0; row <= table.whole(); row++) {
			shown.add(table.shown(row, column));
		}
		return shown;
	}

	/** Of each row and column: what is hidden in it is none, or more than one thing. */
	private static void assertSafe(SmallNumbers table, int rows, int columns) {
		for (int row = 0; row <= rows; row++) {
			for (int column = 0; column <= columns; column++) {
				Long shown = table.shown(row, column);
				assertThat(shown == null || shown == 0 || shown >= LEAST).as(table.toString()).isTrue();
			}
		}
		for (int row = 0; row <= rows; row++) {
			int hidden = 0;
			for (int column = 0; column <= columns; column++) {
				hidden += table.isHidden(row, column) ? 1 : 0;
			}
			assertThat(hidden).as("row " + row + " of " + table).isNotEqualTo(1);
		}
		for (int column = 0; column <= columns; column++) {
			int hidden = 0;
			for (int row = 0; row <= rows; row++) {
				hidden += table.isHidden(row, column) ? 1 : 0;
			}
			assertThat(hidden).as("column " + column + " of " + table).isNotEqualTo(1);
		}
	}

}
