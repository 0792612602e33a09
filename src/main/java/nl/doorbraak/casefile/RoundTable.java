package nl.doorbraak.casefile;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A meeting of the people of a case, as it was planned, moved or cancelled.
 *
 * @param uid the same at every move
 * @param sequence rises with every move and the cancellation
 * @param number of the case
 * @param host id of the organisation where it is; null: online
 * @param guests logins of who is invited, or was where it is cancelled
 * @param entry what was written about the place
 */
public record RoundTable(UUID uid, int sequence, String number, Instant beginsAt, Instant endsAt, @Nullable String host,
		List<String> guests, @Nullable Long entry, boolean cancelled, Instant madeAt) {

	public RoundTable {
		guests = List.copyOf(guests);
	}

}
