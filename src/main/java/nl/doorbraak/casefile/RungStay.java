package nl.doorbraak.casefile;

import java.time.Instant;
import java.time.LocalDate;

import nl.doorbraak.ladder.Rung;
import org.jspecify.annotations.Nullable;

/**
 * A case's stay on a rung.
 *
 * @param termEndsAt exclusive end of the term
 * @param questionFor who is asked when the term has ended: {@code caseDirector} or
 * {@code manager}
 * @param decidedOutside the answer came from a body outside Doorbraak
 */
public record RungStay(long id, Rung rung, String body, boolean bodyConnected, Instant openedAt, Instant termEndsAt,
		LocalDate termLastDay, String termExplanation, int extensions, @Nullable Instant questionEndsAt,
		@Nullable String questionFor, @Nullable Decision decision, @Nullable String decidedBy,
		@Nullable Instant decidedAt, boolean decidedOutside, @Nullable LocalDate lookAgainOn, @Nullable String nextStep,
		@Nullable Instant closedAt) {

	public boolean isDecided() {
		return this.decision != null;
	}

}
