package nl.doorbraak.casefile;

import nl.doorbraak.support.Coded;

/**
 * What somebody did in a case outside the tasks: a call, a visit, a letter, a meeting.
 */
public enum StepKind implements Coded {

	CALL("call", "Gebeld"), VISIT("visit", "Bezoek"), MAIL("mail", "Brief of e-mail"), MEETING("meeting", "Overleg");

	private final String code;

	private final String label;

	StepKind(String code, String label) {
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
