package nl.doorbraak.casefile;

import java.time.Instant;
import java.util.List;

import nl.doorbraak.support.FormRules.Answer;

/**
 * What somebody filled in, as it stood on the screen.
 *
 * @param outside the answer of a body outside Doorbraak, entered by the casusregisseur
 */
public record Entry(long id, String form, String writtenBy, Instant writtenAt, boolean outside, List<Answer> answers) {

	public Entry {
		answers = List.copyOf(answers);
	}

}
