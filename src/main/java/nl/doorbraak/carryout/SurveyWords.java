package nl.doorbraak.carryout;

import java.util.Locale;
import java.util.Objects;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * The questions as they are kept with the answers: in Dutch, whatever was on the screen.
 */
@Component
class SurveyWords {

	private static final Locale DUTCH = Locale.forLanguageTag("nl-NL");

	private final MessageSource messages;

	SurveyWords(MessageSource messages) {
		this.messages = messages;
	}

	String question(String key) {
		return message("survey." + key);
	}

	String score(String score) {
		return message("survey.score." + score);
	}

	private String message(String key) {
		return Objects.requireNonNull(this.messages.getMessage(key, null, DUTCH));
	}

}
