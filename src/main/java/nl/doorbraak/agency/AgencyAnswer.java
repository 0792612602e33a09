package nl.doorbraak.agency;

import nl.doorbraak.support.Coded;

/** What an agency answers; silence is no answer. */
public enum AgencyAnswer implements Coded {

	GRANTED("granted", "Wij doen dit"), REFUSED("refused", "Wij wijzen dit af"),
	NOT_COMPETENT("notCompetent", "Wij gaan hier niet over");

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
