package nl.doorbraak.directory;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Somebody's stay in a function at one body.
 *
 * @param login who it is
 * @param name as on screen
 * @param since not before Doorbraak knew of it
 * @param until null: still there
 */
public record Occupant(String login, String name, Function function, String organisation, Instant since,
		@Nullable Instant until) {

	/** Whether it was so at that moment. */
	public boolean isAt(Instant at) {
		return !this.since.isAfter(at) && (this.until == null || this.until.isAfter(at));
	}

}
