package nl.doorbraak.testing;

import java.security.SecureRandom;
import java.util.stream.Collectors;

/**
 * A word that stands nowhere else, to be looked for where it must not be. It has no
 * digits: nine of them in a row would be refused as the number of a person.
 */
public final class Canary {

	private Canary() {
	}

	/** {@code kanarie} and twelve letters that nobody wrote before. */
	public static String word() {
		return new SecureRandom().ints(12, 'a', 'z' + 1)
			.mapToObj(Character::toString)
			.collect(Collectors.joining("", "kanarie", ""));
	}

}
