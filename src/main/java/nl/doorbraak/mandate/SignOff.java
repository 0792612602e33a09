package nl.doorbraak.mandate;

import java.time.Instant;

import nl.doorbraak.directory.Function;
import org.jspecify.annotations.Nullable;

/**
 * One person's answer to a proposal.
 *
 * @param mandate number of the mandate and its version
 * @param reasonsFollow agreed in a crisis, with reasons that follow within a week
 * @param entry id of what the person wrote; null where the drafter decided within his own
 * mandate
 */
public record SignOff(long proposal, String person, Function function, String organisation, String mandate,
		int mandateVersion, String proposalHash, boolean agreed, boolean reasonsFollow, @Nullable Long entry,
		Instant at) {
}
