package nl.doorbraak.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A table of counts with its sums, and which of them are not shown. A number below the
 * least is hidden, zero is not; and where a hidden one could be had from the sum and the
 * others of its row or column, another is hidden with it, or the sum.
 */
final class SmallNumbers {

	private final long[][] values;

	private final boolean[][] hidden;

	private final long least;

	private final int rows;

	private final int columns;

	private final boolean addsUp;

	/**
	 * Reads a table.
	 * @param cells of each row its columns, all of one length
	 * @param addsUp whether the rows of a column are parts of one whole
	 */
	SmallNumbers(long[][] cells, int columns, long least, boolean addsUp) {
		this.rows = cells.length;
		this.columns = columns;
		this.least = least;
		this.addsUp = addsUp;
		this.values = new long[this.rows + 1][columns + 1];
		this.hidden = new boolean[this.rows + 1][columns + 1];
		for (int row = 0; row < this.rows; row++) {
			for (int column = 0; column < columns; column++) {
				long value = cells[row][column];
				this.values[row][column] = value;
				this.values[row][columns] += value;
				this.values[this.rows][column] += value;
				this.values[this.rows][columns] += value;
			}
		}
		for (int row = 0; row <= this.rows; row++) {
			for (int column = 0; column <= columns; column++) {
				this.hidden[row][column] = this.values[row][column] > 0 && this.values[row][column] < least;
			}
		}
	}

	/** The row of the sums of each column. */
	int whole() {
		return this.rows;
	}

	/** The column of the sums of each row. */
	int together() {
		return this.columns;
	}

	boolean isHidden(int row, int column) {
		return this.hidden[row][column];
	}

	/** What may be shown; null for what may not. */
	@Nullable Long shown(int row, int column) {
		return this.hidden[row][column] ? null : this.values[row][column];
	}

	/** Hides one; says whether it was shown until now. Nothing is no secret. */
	boolean hide(int row, int column) {
		boolean shown = !this.hidden[row][column] && this.values[row][column] > 0;
		this.hidden[row][column] |= shown;
		return shown;
	}

	/** Hides whatever is not nothing in a column. */
	void hideColumn(int column) {
		for (int row = 0; row <= this.rows; row++) {
			hide(row, column);
		}
	}

	/** Hides what must go with what is hidden; says whether there was any. */
	boolean settle() {
		boolean changed = false;
		boolean again = true;
		while (again) {
			again = false;
			for (List<Cell> line : lines()) {
				again |= settle(line);
			}
			changed |= again;
		}
		return changed;
	}

	/** Each row and column with its sum at the end. */
	private List<List<Cell>> lines() {
		List<List<Cell>> lines = new ArrayList<>();
		for (int row = 0; row <= this.rows; row++) {
			List<Cell> line = new ArrayList<>();
			for (int column = 0; column <= this.columns; column++) {
				line.add(new Cell(row, column));
			}
			if (this.addsUp || row < this.rows) {
				lines.add(line);
			}
		}
		for (int column = 0; this.addsUp && column <= this.columns; column++) {
			List<Cell> line = new ArrayList<>();
			for (int row = 0; row <= this.rows; row++) {
				line.add(new Cell(row, column));
			}
			lines.add(line);
		}
		return lines;
	}

	private boolean settle(List<Cell> line) {
		Cell sum = line.get(line.size() - 1);
		List<Cell> parts = line.subList(0, line.size() - 1);
		List<Cell> secret = parts.stream().filter(this::isHidden).toList();
		boolean sumSecret = isHidden(sum);
		boolean told = secret.size() + (sumSecret ? 1 : 0) == 1
				|| !sumSecret && !secret.isEmpty() && secret.stream().mapToLong(this::value).sum() < this.least;
		if (!told) {
			return false;
		}
		Cell next = parts.stream()
			.filter((cell) -> !isHidden(cell) && value(cell) > 0)
			.min(Comparator.comparingLong(this::value))
			.orElse(sum);
		return hide(next.row(), next.column());
	}

	private boolean isHidden(Cell cell) {
		return this.hidden[cell.row()][cell.column()];
	}

	private long value(Cell cell) {
		return this.values[cell.row()][cell.column()];
	}

	@Override
	public String toString() {
		return Arrays.deepToString(this.values) + " hidden " + Arrays.deepToString(this.hidden);
	}

	private record Cell(int row, int column) {
	}

}
