package nl.doorbraak.casefile;

import nl.doorbraak.support.Coded;

/** What ends a case's stay on a rung; the codes are those of {@code next-step.dmn}. */
public enum Decision implements Coded {

	BROKEN_THROUGH("brokenThrough", "Doorbraak"), UP("up", "Omhoog"), DOWN("down", "Terug naar het vorige niveau"),
	NO_ROOM("noRoom", "Gesloten: geen ruimte"), WITHDRAWN("withdrawn", "Ingetrokken"),
	TERM_ENDED("termEnded", "Termijn voorbij, geen antwoord"), CRISIS("crisis", "Doorgezet wegens crisis");

	private final String code;

	private final String label;

	Decision(String code, String label) {
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

	/**
	 * The decision with this code.
	 * @throws IllegalArgumentException when there is none
	 */
	public static Decision of(String code) {
		return Coded.of(Decision.class, code);
	}

}
