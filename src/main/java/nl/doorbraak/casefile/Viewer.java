package nl.doorbraak.casefile;

import java.util.Arrays;
import java.util.Optional;

/** As what somebody reads a case; the nearest to it first. */
public enum Viewer {

	/** Casusregisseur and deputy: from opening to the end of aftercare. */
	TEAM("team"),

	LEAD("lead"),

	/** Works on the rung that the case is on, or is asked about its term. */
	WORKER("worker"),

	/** May decide on a proposal, or ratify one. */
	SIGNER("signer"),

	ADVISER("adviser"),

	/** Is asked, or offered, to take the lead. */
	ASKED("asked"),

	/** Is not on the case, and said why it could not wait. */
	EMERGENCY("emergency"),

	/** Controls, and is never on the case. */
	AUDITOR("auditor");

	private final String code;

	Viewer(String code) {
		this.code = code;
	}

	public String code() {
		return this.code;
	}

	/** The viewer that a row of the participants makes somebody. */
	static Optional<Viewer> ofRole(String role) {
		return switch (role) {
			case "caseDirector", "deputy" -> Optional.of(TEAM);
			case "guest" -> Optional.of(WORKER);
			default -> Arrays.stream(values()).filter((each) -> each.code.equals(role)).findFirst();
		};
	}

}
