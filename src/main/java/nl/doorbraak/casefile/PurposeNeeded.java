package nl.doorbraak.casefile;

import nl.doorbraak.support.Refused;

/** Nothing says what somebody reads a case for, who may read it: they must say it. */
public class PurposeNeeded extends Refused {

	private static final long serialVersionUID = 1L;

	private final String number;

	PurposeNeeded(String number) {
		super(Kind.CONFLICT, "purpose-needed",
				"U hebt nu geen taak in deze casus. Zeg eerst waarvoor u hem leest: open de casus in Doorbraak en kies waarvoor. Dat geldt die werkdag.",
				null);
		this.number = number;
	}

	/** Of the case. */
	public String number() {
		return this.number;
	}

}
