package nl.doorbraak.figures;

import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A year, or one quarter of it.
 *
 * @param quarter 1 to 4, or 0 for the whole year
 */
public record Period(int year, int quarter) {

	/** Before this year there was no Doorbraak. */
	public static final int FIRST_YEAR = 2020;

	public Period {
		if (year < FIRST_YEAR || year > 9999 || quarter < 0 || quarter > 4) {
			throw new IllegalArgumentException("No period: " + year + ", " + quarter);
		}
	}

	public static Period quarterOf(LocalDate day) {
		return new Period(day.getYear(), (day.getMonthValue() + 2) / 3);
	}

	/** The four quarters of its year, as the facts hold them. */
	List<Integer> quartersOfYear() {
		return IntStream.rangeClosed(1, 4).mapToObj((each) -> this.year * 10 + each).toList();
	}

	/** Its own quarters. */
	List<Integer> quarters() {
		return (this.quarter == 0) ? quartersOfYear() : List.of(this.year * 10 + this.quarter);
	}

}
