package nl.doorbraak.agency;

import nl.doorbraak.support.Coded;

/** What an agency answers; silence is no answer. */
public enum AgencyAnswer implements Coded {

	GRANTED("granted", "Wij doen dit"),

	/** It helps to find a way, and decides nothing. */
	TAKES_PART("takesPart", "Wij doen mee"),

	REFUSED("refused", "Wij wijzen dit af"),

	NOT_COMPETENT("notCompetent", "Wij gaan hier niet over");

	/** What it says when it cannot answer yet. */
	public static final String NEEDS_FACTS = "needsFacts";

	private final String code;

	private final String label;

	AgencyAnswer(String code, String label) {
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
