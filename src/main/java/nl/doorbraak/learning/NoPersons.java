package nl.doorbraak.learning;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Typed;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * What is learnt names nobody. Finds what can be found by machine; the rest is for the
 * person who reads it before others do.
 */
@Component
class NoPersons {

	private static final Map<Pattern, String> TRACES = new LinkedHashMap<>();

	static {
		TRACES.put(Pattern.compile("(?i)\\bDB-\\d{4}-\\d+"), "een casusnummer");
		TRACES.put(Pattern.compile("[^\\s@]+@[^\\s@]+\\.[^\\s@]+"), "een e-mailadres");
		TRACES.put(Pattern.compile("(?<!\\d)(?:(?:\\+|00)31[\\s-]*(?:\\(0\\))?|\\(?0)(?:[\\s()-]*\\d){9}(?!\\d)"),
				"een telefoonnummer");
		TRACES.put(Pattern.compile("(?<!\\d)0[89]00(?:[\\s-]*\\d){4,7}(?!\\d)"), "een telefoonnummer");
		TRACES.put(Pattern.compile("(?<!\\d)\\d(?:[ .-]?\\d){8}(?!\\d)"), "een nummer van negen cijfers");
	}

	private final CaseFiles files;

	NoPersons(CaseFiles files) {
		this.files = files;
	}

	/**
	 * A text in which nobody of these cases can be found.
	 * @throws Refused (400) as {@link Typed#text} does, or when somebody can
	 */
	String text(Collection<String> numbers, String typed, int most, String code, String sentence, String field) {
		String said = Typed.text(typed, most, code, sentence, field);
		check(numbers, said, field);
		return said;
	}

	/** The same in one line. */
	String line(Collection<String> numbers, String typed, int most, String code, String sentence, String field) {
		String said = Typed.line(typed, most, code, sentence, field);
		check(numbers, said, field);
		return said;
	}

	/**
	 * Lets a text pass in which nobody of these cases can be found.
	 * @param numbers of the cases that it is about
	 * @param field name of the field in which it was typed; null where it stood already
	 * @throws Refused (400) saying what stands in it, and never the text itself
	 */
	void check(Collection<String> numbers, String text, @Nullable String field) {
		TRACES.forEach((trace, what) -> {
			if (trace.matcher(text).find()) {
				throw refused(what, field);
			}
		});
		if (numbers.stream().anyMatch((number) -> this.files.isSomebodyNamed(number, text))) {
			throw refused("een naam van iemand uit het huishouden", field);
		}
	}

	private static Refused refused(String what, @Nullable String field) {
		return Refused.invalid("names-somebody",
				"In deze tekst staat " + what
						+ ". Wat wij leren, gaat over niemand persoonlijk: schrijf het zonder naam, nummer of adres.",
				field);
	}

}
