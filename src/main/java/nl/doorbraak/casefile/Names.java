package nl.doorbraak.casefile;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names of some people, to find them in what somebody typed: the whole name, or one
 * word of it that tells who it is. Accents, capitals and marks make no difference.
 */
final class Names {

	/** What stands where a name stood. */
	static final String HIDDEN = "[naam]";

	/** Parts of a name that many share, or that are no name. */
	private static final Set<String> TELLS_NOTHING = Set.of("van", "der", "den", "het", "ten", "ter", "mevrouw",
			"meneer", "mevr", "dhr", "familie", "gezin", "persoon", "onbekend", "moeder", "vader", "kind");

	private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}]+");

	private final List<List<String>> names;

	Names(Collection<String> names) {
		this.names = names.stream().map(Names::words).filter((words) -> !words.isEmpty()).toList();
	}

	/**
	 * Names by what tells them apart from other names: what both have in common, as a
	 * family name, is nobody's own.
	 */
	static Names apart(Collection<String> names, Collection<String> from) {
		Set<String> shared = from.stream().flatMap((name) -> words(name).stream()).collect(Collectors.toSet());
		return new Names(names.stream()
			.map(Names::words)
			.map((words) -> words.stream()
				.filter((word) -> !shared.contains(word) && !TELLS_NOTHING.contains(word)
						&& (word.length() > 2 || word.equals(words.get(0))))
				.collect(Collectors.joining(" ")))
			.toList());
	}

	/** Whether one of them is named. */
	boolean areIn(String text) {
		return !found(text, spoken(text)).isEmpty();
	}

	/** The text with {@link #HIDDEN} for each of them. */
	String hiddenIn(String text) {
		List<MatchResult> spoken = spoken(text);
		BitSet found = found(text, spoken);
		StringBuilder hidden = new StringBuilder();
		int kept = 0;
		for (int i = found.nextSetBit(0); i >= 0; i = found.nextSetBit(found.nextClearBit(i))) {
			int last = found.nextClearBit(i) - 1;
			hidden.append(text, kept, spoken.get(i).start()).append(HIDDEN);
			kept = spoken.get(last).end();
			i = last;
		}
		return hidden.append(text.substring(kept)).toString();
	}

	private BitSet found(String text, List<MatchResult> spoken) {
		List<String> said = spoken.stream().map((word) -> plain(word.group())).toList();
		BitSet found = new BitSet();
		for (List<String> name : this.names) {
			for (int i = 0; i < said.size(); i++) {
				if (i + name.size() <= said.size() && said.subList(i, i + name.size()).equals(name)) {
					found.set(i, i + name.size());
				}
				if (tells(name, said.get(i))) {
					found.set(i);
				}
			}
		}
		return found;
	}

	private static boolean tells(List<String> name, String word) {
		return name.stream()
			.filter((each) -> each.length() > 2 && !TELLS_NOTHING.contains(each))
			.anyMatch((each) -> word.equals(each) || word.equals(each + "s"));
	}

	private static List<MatchResult> spoken(String text) {
		return new ArrayList<>(WORD.matcher(text).results().toList());
	}

	private static List<String> words(String name) {
		return Arrays.stream(HouseholdMember.normalise(name).split("[^\\p{L}\\p{N}]+"))
			.filter((word) -> !word.isEmpty())
			.toList();
	}

	private static String plain(String word) {
		return HouseholdMember.normalise(word);
	}

}
