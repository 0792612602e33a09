package nl.doorbraak.resident;

import nl.doorbraak.ladder.Rung;
import nl.doorbraak.support.Coded;
import org.jspecify.annotations.Nullable;

/** Where the help for a household stands; each phase has one simple message. */
public enum Phase implements Coded {

	/** The household does it itself, with help nearby. */
	OWN_STRENGTH("ownStrength", "Eigen kracht"),

	/** It must not become worse. */
	PREVENTION("prevention", "Preventie"),

	/** The usual way does not fit, so something is made that does. */
	TAILORED("tailored", "Maatwerk");

	private final String code;

	private final String label;

	Phase(String code, String label) {
		this.code = code;
		this.label = label;
	}

	@Override
	public String code() {
		return this.code;
	}

	@Override
	public String label() {
		return this.label;
	}

	/** Where nobody chose: above the team at the kitchen table it is tailor-made. */
	static Phase of(@Nullable Rung rung) {
		return (rung == null || rung == Rung.LOCAL) ? PREVENTION : TAILORED;
	}

}
