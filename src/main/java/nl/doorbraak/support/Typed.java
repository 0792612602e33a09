package nl.doorbraak.support;

import java.math.BigDecimal;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/** What somebody typed outside a form of the engine: stripped, and checked once. */
public final class Typed {

	private static final BigDecimal MOST = BigDecimal.valueOf(10_000_000);

	private Typed() {
	}

	/**
	 * A text that says something.
	 * @param sentence what to do instead, for who typed what cannot be
	 * @param field name of the field in which it was typed
	 * @throws Refused (400) when it is empty, too long or cannot be stored
	 */
	public static String text(String typed, int most, String code, String sentence, String field) {
		String said = typed.strip();
		if (said.isEmpty() || said.length() > most || !Storable.isStorable(said)) {
			throw Refused.invalid(code, sentence, field);
		}
		return said;
	}

	/** The same in one line. */
	public static String line(String typed, int most, String code, String sentence, String field) {
		String said = text(typed, most, code, sentence, field);
		if (said.chars().anyMatch(Character::isISOControl)) {
			throw Refused.invalid(code, sentence, field);
		}
		return said;
	}

	/** An amount in euros, with a comma or a point; nothing when it is none. */
	public static Optional<BigDecimal> euros(String typed) {
		if (!typed.matches("[0-9]{1,8}([.,][0-9]{1,2})?")) {
			return Optional.empty();
		}
		return Optional.of(new BigDecimal(typed.replace(',', '.'))).filter((euros) -> euros.compareTo(MOST) <= 0);
	}

	/**
	 * The same in cents; null when nothing was typed.
	 * @throws Refused (400) when it is no amount
	 */
	public static @Nullable Long cents(String typed, String code, String sentence, String field) {
		if (typed.isBlank()) {
			return null;
		}
		return euros(typed.strip()).map(Typed::cents).orElseThrow(() -> Refused.invalid(code, sentence, field));
	}

	/** In cents. */
	public static long cents(BigDecimal euros) {
		return euros.movePointRight(2).longValueExact();
	}

}
