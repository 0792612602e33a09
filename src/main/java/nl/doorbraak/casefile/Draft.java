package nl.doorbraak.casefile;

import nl.doorbraak.ladder.Rung;

/**
 * What somebody wrote as decision on the open rung, before it is taken.
 *
 * @param entry id of the entry
 * @param outside the answer of a body outside Doorbraak
 * @param firstBreakthrough what must happen first, as the plan says; empty without a plan
 * @param amountCents what it costs: as the plan says, else what the case is about, else
 * nothing
 * @param deviates whether the plan says that it deviates from a rule or policy
 * @param power which power the plan uses
 * @param reservation whether the plan says that it may be kept for a higher function
 * @param hash keyed hash of all of this: changes when any of it changes
 */
public record Draft(long stay, Rung rung, String body, long entry, String drafter, boolean outside, Decision decision,
		String explanation, String firstBreakthrough, long amountCents, boolean deviates, Power power,
		Reservation reservation, String hash) {

	/** The beginning of the hash, short enough for people to compare. */
	public String mark() {
		return this.hash.substring(0, 4) + ' ' + this.hash.substring(4, 8);
	}

}
