package nl.doorbraak.report;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Which numbers are too small to show, because behind them stand one household or two;
 * and which others then may not be shown, because they would give the small one away.
 */
public final class Few {

	/** Below this no number is shown, but nought. */
	public static final int LEAST = 5;

	private Few() {
	}

	public static boolean is(int number) {
		return number > 0 && number < LEAST;
	}

	/** Whether the rest of a whole is too small, so that a part would give it away. */
	public static boolean isRest(int part, int whole) {
		return is(whole - part);
	}

	/**
	 * Which of the parts of a number that is shown give a small one away: where just one
	 * is small, the smallest other one that is not nought.
	 */
	public static boolean[] giveAway(int... parts) {
		boolean[] hidden = new boolean[parts.length];
		if (Arrays.stream(parts).filter(Few::is).count() == 1) {
			IntStream.range(0, parts.length)
				.filter((i) -> parts[i] >= LEAST)
				.boxed()
				.min((i, j) -> Integer.compare(parts[i], parts[j]))
				.ifPresent((i) -> hidden[i] = true);
		}
		return hidden;
	}

}
