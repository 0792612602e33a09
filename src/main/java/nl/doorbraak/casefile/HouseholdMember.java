package nl.doorbraak.casefile;

import java.text.Normalizer;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A resident in the household of a case, with contact data of his or her own.
 *
 * @param role {@code adult}, {@code child} or {@code other}
 * @param addressSecret the address must not reach others, also not in the household
 */
public record HouseholdMember(String name, @Nullable LocalDate birthDate, String role, @Nullable String contact,
		@Nullable String address, boolean addressSecret) {

	/** Parts of a name that many share, or that are no name. */
	private static final Set<String> TELLS_NOTHING = Set.of("van", "der", "den", "het", "ten", "ter", "mevrouw",
			"meneer", "mevr", "dhr", "familie", "gezin", "persoon", "onbekend", "moeder", "vader", "kind");

	/**
	 * The name without accents, case, hyphens and double spaces: how two reports are
	 * compared.
	 */
	static String normalise(String name) {
		return Normalizer.normalize(name, Normalizer.Form.NFKD)
			.replaceAll("\\p{M}", "")
			.replaceAll("[\\p{Pd}\\p{Z}\\s'’.]+", " ")
			.strip()
			.toLowerCase(Locale.ROOT);
	}

	/**
	 * Whether a text names somebody: by the whole name, or by one word of it that tells
	 * who it is.
	 */
	static boolean isNamed(String name, String text) {
		String said = " " + words(text) + " ";
		String whole = words(name);
		return !whole.isEmpty() && said.contains(" " + whole + " ") || Arrays.stream(whole.split(" "))
			.filter((word) -> word.length() > 2 && !TELLS_NOTHING.contains(word))
			.anyMatch((word) -> said.contains(" " + word + " ") || said.contains(" " + word + "s "));
	}

	private static String words(String text) {
		return normalise(text).replaceAll("[^\\p{L}\\p{N}]+", " ").strip();
	}

}
