package nl.doorbraak.lead;

import nl.doorbraak.support.Coded;

/** Why somebody does not take the lead, or gives it back. */
public enum RefusalReason implements Coded {

	NOT_OUR_LAW("notOurLaw", "Wij gaan hier niet over"), NO_CAPACITY("noCapacity", "Wij hebben hier geen ruimte voor"),
	NO_MANDATE("noMandate", "Wij mogen hierover niet besluiten"),
	CONFLICT_OF_INTEREST("conflictOfInterest", "Wij zijn zelf partij"),
	RESIDENT_OBJECTS("residentObjects", "De inwoner wil dat niet"), OTHER("other", "Iets anders");

	private final String code;

	private final String label;

	RefusalReason(String code, String label) {
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
