package nl.doorbraak.support;

import java.util.Arrays;
import java.util.Optional;

/**
 * What is stored and sent as a code, and shown to people as its Dutch label; on pages in
 * another language as {@code support.web.Labels} has it.
 */
public interface Coded {

	String code();

	String label();

	/**
	 * The constant with this code.
	 * @throws IllegalArgumentException when there is none
	 */
	static <T extends Enum<T> & Coded> T of(Class<T> type, String code) {
		return find(type, code)
			.orElseThrow(() -> new IllegalArgumentException("No " + type.getSimpleName() + " has code '" + code + "'"));
	}

	/** The constant with this code; nothing when there is none. */
	static <T extends Enum<T> & Coded> Optional<T> find(Class<T> type, String code) {
		return Arrays.stream(type.getEnumConstants()).filter((each) -> each.code().equals(code)).findFirst();
	}

}
