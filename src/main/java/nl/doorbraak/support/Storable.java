package nl.doorbraak.support;

import org.jspecify.annotations.Nullable;

/**
 * Text that can be kept and shown: no control characters, no halves of a character, and
 * none of the code points that never are one.
 */
public final class Storable {

	private Storable() {
	}

	public static boolean isStorable(@Nullable String text) {
		return text == null || text.codePoints()
			.noneMatch((c) -> isNoCharacter(c) || Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t'
					|| c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
	}

	/** The last two of every plane, and U+FDD0 to U+FDEF: no XML may hold them. */
	private static boolean isNoCharacter(int c) {
		return (c & 0xFFFE) == 0xFFFE || c >= 0xFDD0 && c <= 0xFDEF;
	}

}
