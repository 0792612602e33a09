package nl.doorbraak.mandate;

/**
 * A border of the table of the required mandate: up to that amount a function is asked
 * first to sign.
 */
public enum Level {

	TEAM("teamCents", "Drie medewerkers van het wijkteam, uit het maatwerkbudget", true),
	CASE_DIRECTOR("caseDirectorCents", "De casusregisseur, binnen het beleid", false),
	MANAGER("managerCents", "De manager, binnen het beleid", false),
	DEVIATION("deviationCents", "De manager, als het afwijkt van beleid", true),
	DIRECTOR("directorCents", "De directeur sociaal domein", false),
	REGION("regionCents", "De procesregisseur, uit het budget van de regio", true);

	private final String code;

	private final String label;

	private final boolean optional;

	Level(String code, String label, boolean optional) {
		this.code = code;
		this.label = label;
		this.optional = optional;
	}

	/** As the table calls it. */
	public String code() {
		return this.code;
	}

	/** Who it is about, in Dutch. */
	public String label() {
		return this.label;
	}

	/** Whether it can be that this function is never asked first. */
	public boolean isOptional() {
		return this.optional;
	}

}
