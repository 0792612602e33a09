package nl.doorbraak.agency;

import nl.doorbraak.support.Coded;

/** What is wanted of an agency. */
public enum RequestKind implements Coded {

	/** What could you do? Nothing can be refused. */
	CONSULTATION("consultation", "Eerste overleg: wat kunt u doen?"),

	/** The agency can act without an application. */
	DECISION("decision", "Besluit zonder aanvraag, bijvoorbeeld stoppen of uitstellen"),

	/** The law sets the term (Awb 4:13, or the scheme's own law). */
	APPLICATION("application", "Besluit op een aanvraag");

	private final String code;

	private final String label;

	RequestKind(String code, String label) {
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
