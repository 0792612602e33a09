package nl.doorbraak.support;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

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

	/**
	 * Does each piece of work for itself: one that fails holds no other up, and is told
	 * at the end.
	 */
	static <T> int eachForItself(List<T> pieces, Consumer<T> work) {
		RuntimeException failed = null;
		for (T piece : pieces) {
			try {
				work.accept(piece);
			}
			catch (RuntimeException ex) {
				if (failed == null) {
					failed = ex;
				}
				else {
					failed.addSuppressed(ex);
				}
			}
		}
		if (failed != null) {
			throw failed;
		}
		return pieces.size();
	}

}
