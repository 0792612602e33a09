package nl.doorbraak.mandate;

import java.time.Instant;
import java.util.Set;
import java.util.function.Function;

import nl.doorbraak.casefile.Power;
import nl.doorbraak.casefile.Reservation;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.support.Coded;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who wants to sign a proposal, at this moment. What is null could not be
 * established.
 *
 * @param posts what the person is
 * @param deputises what those are who are away today and named the person as deputy
 * @param bodies ids of the bodies that go about the case on this rung; empty: not known
 * @param municipality id of the municipality of the case
 * @param threat code of the threat in the case; null: there is none
 * @param amountCents what the proposal costs
 * @param spent what was signed before this year under a number and all that is held under
 * it
 * @param explained whether the proposal says why
 * @param answered who answered this proposal before
 * @param excluded who may not decide this, whatever they hold: who took the decision that
 * is objected to (Awb 10:3, third paragraph)
 */
record Signing(String person, Set<Officer.Post> posts, Set<Officer.Post> deputises, Power power, String rung,
		Set<String> bodies, String municipality, @Nullable String threat, Instant at, boolean inCrisis,
		@Nullable Long amountCents, Function<String, Spent> spent, @Nullable Boolean deviates,
		@Nullable Reservation reservation, boolean explained, String drafter, Set<String> answered,
		Set<String> excluded) {

	Signing {
		posts = Set.copyOf(posts);
		deputises = Set.copyOf(deputises);
		bodies = Set.copyOf(bodies);
		answered = Set.copyOf(answered);
		excluded = Set.copyOf(excluded);
	}

	/**
	 * Whether the person holds the function of a mandate, or stands in for its holder and
	 * has the function that the mandate asks of a deputy.
	 */
	boolean holds(Mandate line) {
		return line.function().map((function) -> new Officer.Post(function, line.body())).filter((post) -> {
			boolean deputises = this.deputises.contains(post)
					&& Coded.find(nl.doorbraak.directory.Function.class, String.valueOf(line.deputyCode()))
						.map((function) -> this.posts.contains(new Officer.Post(function, line.body())))
						.orElse(false);
			return this.posts.contains(post) || deputises;
		}).isPresent();
	}

	/** What was signed for this household, and for anybody. */
	record Spent(@Nullable Long householdCents, @Nullable Long allCents) {

		static final Spent NOTHING = new Spent(0L, 0L);

	}

}
