package nl.doorbraak.casefile;

import nl.doorbraak.support.Coded;

/**
 * A threatening situation as the harmonised municipal rules list them (Wht 2.21
 * practice): what makes a crisis of a date.
 */
public enum Threat implements Coded {

	EVICTION("eviction", "Ontruiming"), ENERGY_CUT_OFF("energyCutOff", "Afsluiting"),
	HEALTH_INSURANCE_END("healthInsuranceEnd", "Einde zorgverzekering"),
	PSYCHOLOGICAL("psychological", "Ernstige psychische nood"), OTHER_CRISIS("otherCrisis", "Acute crisis");

	private final String code;

	private final String label;

	Threat(String code, String label) {
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
	 * The threat with this code.
	 * @throws IllegalArgumentException when there is none
	 */
	public static Threat of(String code) {
		return Coded.of(Threat.class, code);
	}

}
