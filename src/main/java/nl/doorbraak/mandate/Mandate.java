package nl.doorbraak.mandate;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

import nl.doorbraak.casefile.Reservation;
import nl.doorbraak.directory.Function;
import org.jspecify.annotations.Nullable;

/**
 * One version of one line of the register: a function that may take a kind of decision in
 * the name of a body.
 *
 * @param body id of the organisation in whose name is decided
 * @param powers codes of what it may be used for
 * @param functionCode who holds it; a code that the directory no longer knows makes the
 * line unreadable
 * @param rungs codes of the rungs on which it may be used
 * @param ceilingCents highest amount per household and year; null: no ceiling
 * @param reservation up to which reserved decisions it may be used
 * @param approvals how many people must agree under it
 * @param order who is asked first; the next competent function is the next higher
 */
record Mandate(String number, int version, String body, Set<String> powers, String legalBasis, String functionCode,
		Set<String> rungs, @Nullable Long ceilingCents, boolean deviationAllowed, Reservation reservation,
		int approvals, boolean drafterMaySign, boolean crisisUse, int order, Instant validFrom,
		@Nullable Instant validTo, @Nullable Instant revokedAt) {

	Mandate {
		powers = Set.copyOf(powers);
		rungs = Set.copyOf(rungs);
	}

	Optional<Function> function() {
		try {
			return Optional.of(Function.of(this.functionCode));
		}
		catch (IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	boolean isInForce(Instant at) {
		boolean begun = !this.validFrom.isAfter(at);
		boolean over = this.validTo != null && !this.validTo.isAfter(at);
		boolean revoked = this.revokedAt != null && !this.revokedAt.isAfter(at);
		return begun && !over && !revoked;
	}

}
