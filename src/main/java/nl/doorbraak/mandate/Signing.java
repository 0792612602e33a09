package nl.doorbraak.mandate;

import java.time.Instant;
import java.util.Set;

import nl.doorbraak.casefile.Power;
import nl.doorbraak.casefile.Reservation;
import nl.doorbraak.directory.Officer;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who wants to sign a proposal, at this moment. What is null could not be
 * established.
 *
 * @param posts what the person is, or stands in for, today
 * @param bodies ids of the bodies that go about the case on this rung
 * @param amountCents what the proposal costs
 * @param spentCents what was signed before for this household this year under this
 * mandate
 * @param answered who answered this proposal before
 */
record Signing(String person, Set<Officer.Post> posts, Power power, String rung, Set<String> bodies, Instant at,
		boolean inCrisis, @Nullable Long amountCents, @Nullable Long spentCents, @Nullable Boolean deviates,
		@Nullable Reservation reservation, String drafter, Set<String> answered) {

	Signing {
		posts = Set.copyOf(posts);
		bodies = Set.copyOf(bodies);
		answered = Set.copyOf(answered);
	}

}
