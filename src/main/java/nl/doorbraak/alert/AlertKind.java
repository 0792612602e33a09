package nl.doorbraak.alert;

/** What an alert tells; the code is stored, the words on screen are Dutch. */
public enum AlertKind {

	RUNG_OPENED("rungOpened", "Casus op dit niveau"),

	/** The highest rung's term ended without a decision: a new one runs. */
	TOP_RUNG_AGAIN("topRungAgain", "Hoogste niveau: nieuwe termijn"),

	TERM_QUESTION("termQuestion", "Omhoog, verlengen of afsluiten?"),

	TERM_REMINDER("termReminder", "Herinnering: omhoog, verlengen of afsluiten?"),

	TERM_SILENCE("termSilence", "Geen antwoord over de termijn"),

	CASE_CLOSED("caseClosed", "Casus gesloten"),

	/** Another alert could not be delivered; of this kind there is never a second. */
	UNDELIVERABLE("undeliverable", "Bericht niet bezorgd");

	private final String code;

	private final String label;

	AlertKind(String code, String label) {
		this.code = code;
		this.label = label;
	}

	public String code() {
		return this.code;
	}

	public String label() {
		return this.label;
	}

	/**
	 * The kind with this code.
	 * @throws IllegalArgumentException when there is none
	 */
	public static AlertKind of(String code) {
		for (AlertKind each : values()) {
			if (each.code.equals(code)) {
				return each;
			}
		}
		throw new IllegalArgumentException("No kind of alert has code '" + code + "'");
	}

}
