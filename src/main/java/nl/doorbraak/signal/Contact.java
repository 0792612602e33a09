package nl.doorbraak.signal;

import nl.doorbraak.support.Coded;

/** How somebody sought contact with a resident. */
public enum Contact implements Coded {

	VISIT("visit", "Huisbezoek"), PHONE("phone", "Gebeld"), LETTER("letter", "Brief"),
	MESSAGE("message", "E-mail of bericht");

	private final String code;

	private final String label;

	Contact(String code, String label) {
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
