package nl.doorbraak.carryout;

import org.jspecify.annotations.Nullable;

/**
 * What a team may spend in a calendar year on what no scheme pays (maatwerkbudget), and
 * what is left. Amounts in cents.
 *
 * @param organisation id of whose money it is
 * @param caseCents highest amount for one case without a signed decision; null: no
 * ceiling
 * @param householdCents the same for one household in the year
 * @param costCentre where the books put it
 * @param version rises with every change
 * @param spentCents what left it so far
 */
public record Budget(long id, String organisation, String name, int year, long cents, @Nullable Long caseCents,
		@Nullable Long householdCents, String costCentre, int version, long spentCents) {

	/** What is left; below zero where signed decisions went over it. */
	public long leftCents() {
		return this.cents - this.spentCents;
	}

}
