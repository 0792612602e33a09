package nl.doorbraak.learning;

import nl.doorbraak.support.Coded;

/** The published list of what gets in the way. */
public enum ObstacleKind implements Coded {

	COMPLEX_LAW("complexLaw", "Complexe wetgeving"),
	COOPERATION("cooperation", "Samenwerking over domeinen heen lukt niet"),
	WHO_DECIDES("whoDecides", "Onduidelijk wie mag beslissen"),
	CONFLICTING_RULES("conflictingRules", "Regels die botsen of onduidelijk zijn");

	private final String code;

	private final String label;

	ObstacleKind(String code, String label) {
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
