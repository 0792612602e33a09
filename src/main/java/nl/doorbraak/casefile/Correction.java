package nl.doorbraak.casefile;

import java.time.Instant;
import java.util.function.UnaryOperator;

/**
 * What a resident says that a text of the case must be, and what was decided of it. The
 * text itself stays as it is.
 *
 * @param about which text: its kind, its number and its field
 * @param says the text as it stood
 * @param must what the resident says
 * @param why it was accepted or not
 */
public record Correction(long id, long request, String about, String says, String must, boolean accepted, String why,
		String decidedBy, Instant decidedAt) {

	/** The same for who may not know who it is about. */
	Correction in(UnaryOperator<String> words) {
		return new Correction(this.id, this.request, this.about, words.apply(this.says), words.apply(this.must),
				this.accepted, words.apply(this.why), this.decidedBy, this.decidedAt);
	}

	/**
	 * Whether it is about a text with this key, or about a field of what has this key.
	 */
	public boolean isAbout(String key) {
		return this.about.equals(key) || this.about.startsWith(key + "-");
	}

}
