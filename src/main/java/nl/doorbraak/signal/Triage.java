package nl.doorbraak.signal;

import nl.doorbraak.support.Coded;

/** Fraud, or worries about somebody: asked once, before anybody acts. */
public enum Triage implements Coded {

	WORRY("worry", "Ik maak mij zorgen"), FRAUD("fraud", "Ik denk aan fraude"),
	BOTH("both", "Ik denk aan fraude, en maak mij zorgen"), UNKNOWN("unknown", "Dat weet ik nog niet");

	private final String code;

	private final String label;

	Triage(String code, String label) {
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
