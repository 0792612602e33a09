package nl.doorbraak.agency;

import nl.doorbraak.support.Coded;

/** What an agency found of one condition. */
public enum Assessment implements Coded {

	MET("met", "Voldaan"), NOT_MET("notMet", "Niet voldaan"), NOT_ASSESSED("notAssessed", "Niet beoordeeld");

	private final String code;

	private final String label;

	Assessment(String code, String label) {
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
