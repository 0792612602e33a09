package nl.doorbraak.support;

import java.util.Optional;

/**
 * Tells whom it concerns which case a refusal was about, and nobody else: a keyed hash
 * under the key of the case.
 */
public interface CaseMarks {

	/**
	 * The mark of the case that an address of ours is about.
	 * @param path of a request; may be anything
	 */
	Optional<String> of(String path);

}
