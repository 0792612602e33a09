package nl.doorbraak.mandate;

import java.time.Instant;

import nl.doorbraak.casefile.Power;
import nl.doorbraak.directory.Function;
import org.jspecify.annotations.Nullable;

/**
 * A proposal as it stands.
 *
 * @param weighed whether it is signed only while the plan holds the three values
 * @param approvals how many people of the function that is asked must agree at least
 * @param cutShort whether the time to answer ends because everybody who was asked is away
 * from then on
 * @param endedAt when it was answered or lapsed
 * @param askedOrder from which order of competence a holder is looked for; null before
 * the first time
 * @param taken by the mandator; null when nobody did that
 * @param levelsVersion the version whose mandate levels it keeps
 */
record ProposalRow(long id, String number, long household, long stay, long entry, String drafter, long amountCents,
		boolean deviates, Power power, boolean weighed, Instant madeAt, String state, @Nullable String askedFunction,
		@Nullable String askedOrganisation, @Nullable Integer askedOrder, int approvals, @Nullable Instant answerDueAt,
		@Nullable String answerExplanation, boolean cutShort, int passedOn, @Nullable String failure,
		@Nullable Instant endedAt, @Nullable Taken taken, int levelsVersion) {

	/** The mandator who took the decision, in which function, and when. */
	record Taken(String person, Function function, Instant at) {
	}

}
