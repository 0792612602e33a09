package nl.doorbraak.directory;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/** Telephone numbers as people write them. */
final class Phone {

	private static final Pattern NUMBER = Pattern.compile("[+0-9][0-9 ()-]{2,24}");

	private static final Pattern DUTCH_MOBILE = Pattern.compile("(?:\\+31|0031|0)(6[0-9]{8})");

	private Phone() {
	}

	/** The number; null for what cannot be one. */
	static @Nullable String of(@Nullable Object written) {
		return (written instanceof String text && NUMBER.matcher(text.strip()).matches()) ? text.strip() : null;
	}

	/** A Dutch mobile number as +31612345678; null for every other. */
	static @Nullable String mobile(@Nullable String written) {
		Matcher mobile = DUTCH_MOBILE.matcher(String.valueOf(written).replaceAll("[ ()-]", "").replace("+310", "+31"));
		return mobile.matches() ? "+31" + mobile.group(1) : null;
	}

}
