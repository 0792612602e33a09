package nl.doorbraak.casefile;

import java.time.Instant;
import java.util.List;

import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.FormRules.Answers;
import org.jspecify.annotations.Nullable;

/**
 * What somebody filled in, as it stood on the screen.
 *
 * @param outside the answer of a body outside Doorbraak, entered by the casusregisseur
 */
public record Entry(long id, String form, String writtenBy, Instant writtenAt, boolean outside, List<Answer> answers) {

	public Entry {
		answers = List.copyOf(answers);
	}

	/** The same for who may not know who it is about. */
	Entry unnamed(Names names) {
		return new Entry(this.id, this.form, this.writtenBy, this.writtenAt, this.outside,
				unnamed(this.answers, names));
	}

	/** The same without what a report says of the people: name, day of birth, address. */
	Entry withoutContact() {
		return new Entry(this.id, this.form, this.writtenBy, this.writtenAt, this.outside,
				this.answers.stream().filter((answer) -> !answer.key().startsWith("member")).toList());
	}

	static List<Answer> unnamed(List<Answer> answers, Names names) {
		return answers.stream()
			.filter((answer) -> !answer.key().startsWith("member") && !answer.key().equals("caseSystemNumber"))
			.map((answer) -> (answer.value() instanceof String text)
					? new Answer(answer.key(), answer.label(), names.hiddenIn(text), names.hiddenIn(answer.shown()))
					: answer)
			.toList();
	}

	/** What was written in this field; null when it was left empty. */
	public @Nullable String text(String key) {
		return new Answers(this.answers).text(key);
	}

}
