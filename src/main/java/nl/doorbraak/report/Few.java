package nl.doorbraak.report;

/** Which numbers are too small to show: behind them stand one household or two. */
public final class Few {

	/** Below this no number is shown, but nought. */
	public static final int LEAST = 5;

	private Few() {
	}

	public static boolean is(int number) {
		return number > 0 && number < LEAST;
	}

}
