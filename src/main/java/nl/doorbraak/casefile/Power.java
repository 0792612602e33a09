package nl.doorbraak.casefile;

import nl.doorbraak.support.Coded;

/** Which power a breakthrough uses, as the plan says; the mandate must be for it. */
public enum Power implements Coded {

	/** What the plan says when it says nothing. */
	SCHEME("scheme", "Een besluit op grond van een wet of regeling"),

	TAILORED_BUDGET("tailoredBudget", "Een uitgave uit het maatwerkbudget");

	private final String code;

	private final String label;

	Power(String code, String label) {
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
