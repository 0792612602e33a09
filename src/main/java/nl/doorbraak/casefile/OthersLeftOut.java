package nl.doorbraak.casefile;

import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Texts of a case as one resident may have them: his or her own name stays, names of
 * others are hidden, and a sentence that is about another of the household alone is left
 * out. Counts what it left out.
 */
public final class OthersLeftOut {

	/** What stands where a sentence stood. */
	public static final String SENTENCE = "[zin over een ander]";

	private static final String REACH = "[gegevens van een ander]";

	/** Shorter than this says nothing of where somebody lives. */
	private static final int SHORTEST = 4;

	private static final Pattern BETWEEN_SENTENCES = Pattern.compile("(?<=[.!?;])(?=\\s)|(?<=\\R)");

	private final Names self;

	private final Names others;

	private final Names staff;

	private final List<Pattern> reach;

	private int sentences;

	private int names;

	OthersLeftOut(String self, Collection<String> others, Collection<String> staff, Collection<String> reach) {
		this.self = Names.apart(List.of(self), others);
		this.others = Names.apart(others, List.of(self));
		this.staff = Names.apart(staff, List.of(self));
		this.reach = reach.stream()
			.map(String::strip)
			.filter((each) -> each.length() >= SHORTEST)
			.map((each) -> Pattern.compile(Pattern.quote(each), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE))
			.toList();
	}

	/** The text without others. */
	public String in(String text) {
		return BETWEEN_SENTENCES.splitAsStream(text).map(this::sentence).collect(Collectors.joining());
	}

	private String sentence(String sentence) {
		if (this.others.areIn(sentence) && !this.self.areIn(sentence)) {
			this.sentences++;
			return sentence.replace(sentence.strip(), SENTENCE);
		}
		String hidden = this.staff.hiddenIn(this.others.hiddenIn(sentence));
		for (Pattern each : this.reach) {
			hidden = each.matcher(hidden).replaceAll(REACH);
		}
		if (!hidden.equals(sentence)) {
			this.names++;
		}
		return hidden;
	}

	/** How many sentences are gone. */
	public int sentences() {
		return this.sentences;
	}

	/** In how many sentences a name or an address is hidden. */
	public int names() {
		return this.names;
	}

}
