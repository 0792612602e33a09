package nl.doorbraak.signal;

import nl.doorbraak.support.Coded;

/** Why a signal needs no case. */
public enum NoCase implements Coded {

	PAID("paid", "De achterstand is betaald, of er is een regeling"),
	HELPED("helped", "De inwoner krijgt al hulp bij schulden"),
	NO_HELP_WANTED("noHelpWanted", "De inwoner wil geen hulp"),
	NOT_REACHED("notReached", "Geen contact gekregen, en er dreigt niets"),
	NOT_RIGHT("notRight", "Het signaal klopt niet, of de inwoner woont hier niet");

	private final String code;

	private final String label;

	NoCase(String code, String label) {
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
