package nl.doorbraak.casefile;

import java.time.Instant;
import java.util.List;

/**
 * What another room knows that was decided in a case: asked for whatever contradicts.
 */
public interface KnownDecisions {

	/** Every yes and no of a case, oldest first. */
	List<Known> of(String number);

	/**
	 * A yes or a no.
	 *
	 * @param by who said it, as people read it
	 * @param about the same for what can contradict each other
	 * @param subject what it is about, as people read it in the middle of a sentence
	 */
	record Known(String by, String about, String subject, boolean granted, Instant at) {
	}

}
