package nl.doorbraak.casefile;

import nl.doorbraak.ladder.Rung;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wrote as decision on the open rung, before it is taken.
 *
 * @param entry id of the entry
 * @param outside the answer of a body outside Doorbraak
 * @param firstBreakthrough what must happen first, as the plan says; empty without a plan
 * @param amountCents what it costs: as the decision says, else the plan, else what the
 * case is about; null is not known
 * @param deviates whether it deviates from a rule or policy; null is not known
 * @param power which power it uses
 * @param reservation whether it may be kept for a higher function; null is not known
 * @param weighed whether the plan holds the three values that an exception above the
 * standard mandate needs; true where there is no exception
 * @param hash keyed hash of all of this: changes when any of it changes
 */
public record Draft(long stay, Rung rung, String body, long entry, String drafter, boolean outside, Decision decision,
		String explanation, String firstBreakthrough, @Nullable Long amountCents, @Nullable Boolean deviates,
		Power power, @Nullable Reservation reservation, boolean weighed, String hash) {

	/** The beginning of the hash, short enough for people to compare. */
	public String mark() {
		return this.hash.substring(0, 4) + ' ' + this.hash.substring(4, 8);
	}

	/**
	 * What must be known of a breakthrough before anybody may decide on it.
	 * @throws Refused (400) that says what is not
	 */
	public Known known() {
		return new Stakes(this.amountCents, this.deviates, this.power, this.reservation).known();
	}

	/** What decides who may decide, when all of it is known. */
	public record Known(long amountCents, boolean deviates, Reservation reservation) {
	}

}
