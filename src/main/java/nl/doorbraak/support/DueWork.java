package nl.doorbraak.support;

import java.time.Instant;
import java.util.Optional;

/**
 * What is due now and would be done in the background: the port for the demo's clock and
 * for tests. The engine's is the one that is meant where one is asked for.
 */
public interface DueWork {

	/**
	 * Does everything that is due, and what follows from it; returns how many pieces of
	 * work that was.
	 */
	int doDue();

	/** When the next piece of work falls due, in UTC; nothing when none waits. */
	Optional<Instant> nextDueAt();

}
