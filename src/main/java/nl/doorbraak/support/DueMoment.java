package nl.doorbraak.support;

import java.time.Instant;
import java.util.Optional;

/**
 * When what is being done in this thread fell due: the port to the engine, whose timers
 * know it.
 */
@FunctionalInterface
public interface DueMoment {

	/** Nothing where no moment is what lets it be done. */
	Optional<Instant> current();

}
