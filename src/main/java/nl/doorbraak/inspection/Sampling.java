package nl.doorbraak.inspection;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;

/**
 * Draws so that anyone can draw the same again with a pencil and {@code sha256sum}: the
 * lowest hashes of the seed, a colon and the number of the decision.
 */
final class Sampling {

	private Sampling() {
	}

	/** The first of these numbers in the order of their hashes. */
	static List<Long> draw(String seed, Collection<Long> numbers, int size) {
		record Hashed(long number, String hash) {
		}
		return numbers.stream()
			.map((number) -> new Hashed(number, sha256(seed + ":" + number)))
			.sorted(Comparator.comparing(Hashed::hash).thenComparing(Hashed::number))
			.limit(size)
			.map(Hashed::number)
			.toList();
	}

	static String sha256(String text) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
