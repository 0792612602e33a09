package nl.doorbraak.settings;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A version of the agreed settings, and who made it count.
 *
 * @param body id of the municipality or region it is for; null: everybody
 * @param reference the decision or document it rests on
 * @param draftedBy login; null with what came with the software
 * @param current whether new cases begin with it now
 * @param cases how many open cases obey it, of those that the reader may count
 */
public record Version(int number, @Nullable String body, Instant validFrom, String reference,
		@Nullable String draftedBy, @Nullable String adoptedBy, @Nullable Instant adoptedAt, boolean current,
		int cases) {
}
