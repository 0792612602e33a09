package nl.doorbraak.support;

import org.jspecify.annotations.Nullable;

/** Text that can be kept and shown: no control characters, no halves of a character. */
public final class Storable {

	private Storable() {
	}

	public static boolean isStorable(@Nullable String text) {
		return text == null || text.codePoints()
			.noneMatch((c) -> Character.isISOControl(c) && c != '\n' && c != '\r' && c != '\t'
					|| c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
	}

}
