package nl.doorbraak.mandate;

import nl.doorbraak.support.Coded;

/** What an adviser thinks of a proposal; it is no signature. */
public enum Opinion implements Coded {

	AGREE("agree", "Akkoord"), AGREE_WITH_REMARKS("agreeWithRemarks", "Akkoord met opmerkingen"),
	DISAGREE("disagree", "Niet akkoord");

	private final String code;

	private final String label;

	Opinion(String code, String label) {
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
