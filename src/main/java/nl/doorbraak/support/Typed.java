package nl.doorbraak.support;

/** What somebody typed outside a form of the engine: stripped, and checked once. */
public final class Typed {

	private Typed() {
	}

	/**
	 * A text that says something.
	 * @param sentence what to do instead, for who typed what cannot be
	 * @throws Refused (400) when it is empty, too long or cannot be stored
	 */
	public static String text(String typed, int most, String code, String sentence) {
		String said = typed.strip();
		if (said.isEmpty() || said.length() > most || !Storable.isStorable(said)) {
			throw Refused.invalid(code, sentence);
		}
		return said;
	}

	/** The same in one line. */
	public static String line(String typed, int most, String code, String sentence) {
		String said = text(typed, most, code, sentence);
		if (said.chars().anyMatch(Character::isISOControl)) {
			throw Refused.invalid(code, sentence);
		}
		return said;
	}

}
