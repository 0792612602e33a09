package nl.doorbraak.learning;

import java.time.Instant;
import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/**
 * One sentence to the body that can change a pattern.
 *
 * @param organisation id of that body
 * @param answerUntil last day for an answer; then it is reminded once
 * @param source where an answer stands that was given outside; null: given here
 * @param effect what came of it; null: it is not done
 */
public record LearningPoint(long id, long obstacle, String organisation, String sentence, String sentBy, Instant sentAt,
		LocalDate answerUntil, boolean reminded, @Nullable String answer, @Nullable String answeredBy,
		@Nullable LocalDate answeredOn, @Nullable String source, @Nullable String effect, @Nullable Instant doneAt) {

	/** {@code sent}, {@code answered} or {@code done}. */
	public String state() {
		return (this.effect != null) ? "done" : (this.answer != null) ? "answered" : "sent";
	}

}
