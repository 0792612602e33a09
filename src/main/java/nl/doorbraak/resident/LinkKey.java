package nl.doorbraak.resident;

import java.security.SecureRandom;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The secret in a link: 125 random bits, as people can also type them from paper. No
 * letter looks like a digit, and five groups of five are easily read out.
 */
final class LinkKey {

	private static final String SIGNS = "0123456789abcdefghjkmnpqrstvwxyz";

	private static final int LENGTH = 25;

	private static final int GROUP = 5;

	private static final SecureRandom RANDOM = new SecureRandom();

	private LinkKey() {
	}

	static String random() {
		return RANDOM.ints(LENGTH, 0, SIGNS.length())
			.mapToObj((n) -> String.valueOf(SIGNS.charAt(n)))
			.collect(Collectors.joining())
			.replaceAll("(.{" + GROUP + "})(?!$)", "$1-");
	}

	/** The same however somebody typed it. */
	static String plain(String typed) {
		return typed.toLowerCase(Locale.ROOT)
			.replaceAll("[\\s-]", "")
			.replace('o', '0')
			.replace('i', '1')
			.replace('l', '1');
	}

}
