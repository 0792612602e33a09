package nl.doorbraak.privacy;

import nl.doorbraak.casefile.Purpose;

/**
 * What the municipality does with data of residents here, as its register of processing
 * activities names it. What changes in meaning gets a new version, and the old one stays
 * in the register: lines of the log point to it.
 */
public enum ProcessingActivity {

	/** A case is worked on by its team, its lead and who works on its level. */
	CASEWORK("casusbehandeling", 1),

	/** Somebody decides, or advises who decides. */
	DECIDING("besluiten", 1),

	/** An organisation does something for the household. */
	CARRYING_OUT("uitvoering", 1),

	/** Somebody reports a household, and hears whether there is a case. */
	REPORTING("melding", 1),

	/** Somebody reads a case in an emergency. */
	EMERGENCY("noodtoegang", 1),

	/** An auditor controls. */
	CONTROL("controle", 1),

	/** A resident uses a right of his or her own. */
	RIGHTS("rechten-van-inwoners", 1),

	/** A resident reads who helps, what happens next and when. */
	INFORMING("inwoner-informeren", 1);

	private final String code;

	private final int version;

	ProcessingActivity(String code, int version) {
		this.code = code;
		this.version = version;
	}

	/** Its name in the register, with its version: never given to anything else. */
	public String id() {
		return this.code + "-" + this.version;
	}

	/** The activity that somebody reads a part of a case for. */
	static ProcessingActivity of(Purpose purpose, String part) {
		if (part.startsWith(SubjectExports.PART)) {
			return RIGHTS;
		}
		return switch (purpose) {
			case SIGN, ADVISE -> DECIDING;
			case MEASURE -> CARRYING_OUT;
			case REPORT -> REPORTING;
			case EMERGENCY -> EMERGENCY;
			case RESIDENT -> INFORMING;
			case AUDIT, COMPLAINT, INVESTIGATION, RIGHT_PERSON -> CONTROL;
			default -> CASEWORK;
		};
	}

}
