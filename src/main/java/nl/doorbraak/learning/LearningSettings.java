package nl.doorbraak.learning;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the learning is arranged.
 *
 * @param answerWithinWeeks how long a body has to answer a learning point. After that it
 * is reminded once, and the point stays open on the page of its pattern
 */
@ConfigurationProperties("doorbraak.learning")
public record LearningSettings(@DefaultValue("6") int answerWithinWeeks) {

	public LearningSettings {
		if (answerWithinWeeks < 1 || answerWithinWeeks > 52) {
			throw new IllegalArgumentException("doorbraak.learning.answer-within-weeks must be 1 to 52");
		}
	}

}
