package nl.doorbraak.ladder;

import nl.doorbraak.support.Coded;

/**
 * A rung of the escalation ladder, from the team at the kitchen table up to the ministry.
 * The order of the constants is the order of the climb.
 */
public enum Rung implements Coded {

	LOCAL("local", "Lokaal"),

	REGIONAL("regional", "Regionaal"),

	NATIONAL("national", "Landelijk Maatwerkloket"),

	MINISTRY("ministry", "Departementale doorbraak");

	private final String code;

	private final String label;

	Rung(String code, String label) {
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
	 * The rung with this code.
	 * @throws IllegalArgumentException if no rung has it
	 */
	public static Rung of(String code) {
		for (Rung rung : values()) {
			if (rung.code.equals(code)) {
				return rung;
			}
		}
		throw new IllegalArgumentException(
				"No rung has the code '" + code + "': it is one of local, regional, national, ministry");
	}

}
