package nl.doorbraak.report;

import java.util.Arrays;
import java.util.stream.IntStream;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Which numbers are too small to show, because behind them stand one household or two;
 * and which others then may not be shown, because they would give the small one away.
 */
@Component
public class Few {

	private final int least;

	/** Below the same number as the figures no number is shown, but nought. */
	Few(@Value("${doorbraak.figures.least:5}") int least) {
		this.least = least;
	}

	public int least() {
		return this.least;
	}

	public boolean is(int number) {
		return number > 0 && number < this.least;
	}

	/** Whether the rest of a whole is too small, so that a part would give it away. */
	public boolean isRest(int part, int whole) {
		return is(whole - part);
	}

	/**
	 * Which of the parts of a number that is shown give a small one away: where just one
	 * is small, the smallest other one that is not nought.
	 */
	public boolean[] giveAway(int... parts) {
		boolean[] hidden = new boolean[parts.length];
		if (Arrays.stream(parts).filter(this::is).count() == 1) {
			IntStream.range(0, parts.length)
				.filter((i) -> parts[i] >= this.least)
				.boxed()
				.min((i, j) -> Integer.compare(parts[i], parts[j]))
				.ifPresent((i) -> hidden[i] = true);
		}
		return hidden;
	}

}
