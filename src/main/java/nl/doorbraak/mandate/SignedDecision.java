package nl.doorbraak.mandate;

import java.time.Instant;
import java.util.List;

import nl.doorbraak.casefile.Power;
import nl.doorbraak.directory.Function;
import nl.doorbraak.ladder.Rung;
import org.jspecify.annotations.Nullable;

/**
 * A proposal that was signed, in codes: what was decided, up to what amount, and who
 * agreed.
 *
 * @param proposal its number
 * @param number of the case
 * @param municipality id of the municipality that has the case
 * @param at when the last one agreed
 */
public record SignedDecision(long proposal, String number, String municipality, Instant at, long amountCents,
		Power power, Rung rung, boolean deviates, List<Signature> signatures) {

	public SignedDecision {
		signatures = List.copyOf(signatures);
	}

	/**
	 * Somebody agreed.
	 *
	 * @param person login
	 * @param body in whose name
	 * @param mandate number of the mandate, and its version
	 * @param deputyFor login of whom the person stood in for; null: of nobody
	 */
	public record Signature(String person, Function function, String body, String mandate, int version,
			@Nullable String deputyFor) {
	}

}
