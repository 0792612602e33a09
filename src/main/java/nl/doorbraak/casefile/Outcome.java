package nl.doorbraak.casefile;

import java.util.Optional;

import nl.doorbraak.support.Coded;

/** How a case ends; the codes are those of {@code next-step.dmn}. */
public enum Outcome implements Coded {

	BROKEN_THROUGH("brokenThrough", "Doorbraak"), CLOSED_WITHOUT_ROOM("closedWithoutRoom", "Gesloten zonder ruimte"),
	WITHDRAWN("withdrawn", "Ingetrokken");

	private final String code;

	private final String label;

	Outcome(String code, String label) {
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

	/** The outcome with this code; nothing when the code is a rung. */
	public static Optional<Outcome> find(String code) {
		return Coded.find(Outcome.class, code);
	}

}
