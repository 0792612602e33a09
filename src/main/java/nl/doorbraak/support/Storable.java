package nl.doorbraak.support;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Text that can be kept and shown: no control characters, no halves of a character, and
 * none of the code points that never are one.
 */
public final class Storable {

	private static final Set<UnicodeScript> LOOK_ALIKE = EnumSet.of(UnicodeScript.LATIN, UnicodeScript.CYRILLIC,
			UnicodeScript.GREEK);

	private Storable() {
	}

	public static boolean isStorable(@Nullable String text) {
		return text == null || text.codePoints()
			.noneMatch((c) -> isNoCharacter(c) || Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t'
					|| c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
	}

	/**
	 * A name that is what it looks like: in one line, without signs that hide or turn
	 * letters, and of one alphabet where alphabets share letters.
	 */
	public static boolean isName(@Nullable String text) {
		return isStorable(text) && (text == null || text.codePoints()
			.noneMatch((c) -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)
				&& text.codePoints().mapToObj(UnicodeScript::of).filter(LOOK_ALIKE::contains).distinct().count() < 2);
	}

	/**
	 * The last two of every plane, what stands for bytes that were no text, and U+FDD0 to
	 * U+FDEF: no XML may hold them.
	 */
	private static boolean isNoCharacter(int c) {
		return (c & 0xFFFE) == 0xFFFE || c == 0xFFFD || c >= 0xFDD0 && c <= 0xFDEF;
	}

}
