package nl.doorbraak.settings;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.lead.WatchMoments.Asked;
import nl.doorbraak.mandate.RequiredMandates.Question;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one case, as far as terms and watch moments need it: no text about
 * people.
 *
 * @param bodies who works on each level
 */
record History(CaseFile file, Map<Rung, String> bodies, List<Stay> stays, List<Pause> pauses, Asked asked,
		List<Proposed> proposals) {

	/**
	 * A stay on a level.
	 *
	 * @param lookAgainOn the day that the level before agreed on
	 * @param extendedAt when somebody chose to extend
	 * @param leftAt when somebody decided; null where silence took the case up, or nobody
	 * decided yet
	 */
	record Stay(Rung rung, String body, Instant openedAt, @Nullable LocalDate lookAgainOn, List<Instant> extendedAt,
			@Nullable Instant leftAt, @Nullable Instant closedAt) {
	}

	/**
	 * A proposal that somebody else had to sign.
	 *
	 * @param version whose mandate levels it keeps
	 * @param open whether it waits for a signature
	 */
	record Proposed(Question question, int version, Instant madeAt, boolean open) {
	}

	/**
	 * The time during which the case stood still.
	 */
	record Pause(Instant pausedAt, Instant resumedAt) {
	}

}
