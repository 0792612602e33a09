package nl.doorbraak.support.web;

import java.util.List;

/**
 * What somebody who works on a subject may want to read beside it: the port of the room
 * that knows.
 */
public interface Suggestions {

	/** The best ones first; empty when there is nothing like it. */
	List<Suggestion> of(String subject);

	/**
	 * A page of ours.
	 *
	 * @param words how it begins; names nobody
	 */
	record Suggestion(String path, String words) {
	}

}
