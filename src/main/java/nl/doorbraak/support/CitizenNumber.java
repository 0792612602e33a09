package nl.doorbraak.support;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What could be a burgerservicenummer: nine digits that pass the eleven-test, with a
 * space, point or dash between them or not. Doorbraak has no place for one.
 */
public final class CitizenNumber {

	/** Not a piece of a longer number, a code or an id. */
	private static final Pattern NINE = Pattern
		.compile("(?<![\\p{L}\\p{N}-])[0-9](?:[ .-]?[0-9]){8}(?![\\p{L}\\p{N}-])");

	private CitizenNumber() {
	}

	/** Whether one stands somewhere in a text. */
	public static boolean isIn(String text) {
		Matcher found = NINE.matcher(text);
		while (found.find()) {
			if (is(found.group().replaceAll("[ .-]", ""))) {
				return true;
			}
		}
		return false;
	}

	/** Whether these are nine digits that pass the test. */
	public static boolean is(String digits) {
		if (!digits.matches("[0-9]{9}") || digits.equals("000000000")) {
			return false;
		}
		int sum = -Character.digit(digits.charAt(8), 10);
		for (int i = 0; i < 8; i++) {
			sum += (9 - i) * Character.digit(digits.charAt(i), 10);
		}
		return sum % 11 == 0;
	}

}
