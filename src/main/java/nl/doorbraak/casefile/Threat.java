package nl.doorbraak.casefile;

/**
 * A threatening situation as the harmonised municipal rules list them (Wht 2.21
 * practice): what makes a crisis of a date.
 */
public enum Threat {

	EVICTION("eviction", "Ontruiming"), ENERGY_CUT_OFF("energyCutOff", "Afsluiting"),
	HEALTH_INSURANCE_END("healthInsuranceEnd", "Einde zorgverzekering"),
	PSYCHOLOGICAL("psychological", "Ernstige psychische nood"), OTHER_CRISIS("otherCrisis", "Acute crisis");

	private final String code;

	private final String label;

	Threat(String code, String label) {
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
	 * The threat with this code.
	 * @throws IllegalArgumentException when there is none
	 */
	public static Threat of(String code) {
		for (Threat each : values()) {
			if (each.code.equals(code)) {
				return each;
			}
		}
		throw new IllegalArgumentException("No threat has code '" + code + "'");
	}

}
