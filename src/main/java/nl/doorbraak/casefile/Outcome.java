package nl.doorbraak.casefile;

import java.util.Optional;

/** How a case ends; the codes are those of {@code next-step.dmn}. */
public enum Outcome {

	BROKEN_THROUGH("brokenThrough", "Doorbraak"), CLOSED_WITHOUT_ROOM("closedWithoutRoom", "Gesloten zonder ruimte"),
	WITHDRAWN("withdrawn", "Ingetrokken");

	private final String code;

	private final String label;

	Outcome(String code, String label) {
		this.code = code;
		this.label = label;
	}

	public String code() {
		return this.code;
	}

	public String label() {
		return this.label;
	}

	/** The outcome with this code; nothing when the code is a rung. */
	public static Optional<Outcome> find(String code) {
		for (Outcome each : values()) {
			if (each.code.equals(code)) {
				return Optional.of(each);
			}
		}
		return Optional.empty();
	}

}
