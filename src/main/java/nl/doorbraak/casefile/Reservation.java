package nl.doorbraak.casefile;

import nl.doorbraak.support.Coded;

/**
 * Why a decision may be kept for a higher function, as the plan says; each includes the
 * ones before it.
 */
public enum Reservation implements Coded {

	NONE("none", "Nee"), PRECEDENT("precedent", "Ja, anderen kunnen zich erop beroepen (precedent)"),
	RESERVED("reserved", "Ja, het orgaan heeft dit aan zichzelf voorbehouden");

	private final String code;

	private final String label;

	Reservation(String code, String label) {
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

}
