package nl.doorbraak.figures;

import java.time.LocalDate;
import java.time.Month;
import java.util.List;
import java.util.Optional;

/**
 * Half a year: of which sums over municipalities are released, so that no two releases
 * overlap and one number cannot be had from two others.
 *
 * @param half 1 or 2
 */
public record Half(int year, int half) {

	static Half of(LocalDate day) {
		return new Half(day.getYear(), (day.getMonthValue() < 7) ? 1 : 2);
	}

	/** The one with this code; nothing for what is none. */
	static Optional<Half> parse(String code) {
		return code.matches("20[0-9]{2}-[12]")
				? Optional.of(new Half(Integer.parseInt(code.substring(0, 4)), code.charAt(5) - '0'))
				: Optional.empty();
	}

	/** Year and half: {@code 2026-1}. */
	public String code() {
		return this.year + "-" + this.half;
	}

	Half before() {
		return (this.half == 2) ? new Half(this.year, 1) : new Half(this.year - 1, 2);
	}

	boolean isOver(LocalDate today) {
		return !today
			.isBefore((this.half == 1) ? LocalDate.of(this.year, Month.JULY, 1) : LocalDate.of(this.year + 1, 1, 1));
	}

	List<Integer> quarters() {
		int first = this.year * 10 + 2 * this.half - 1;
		return List.of(first, first + 1);
	}

}
