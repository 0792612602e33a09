package nl.doorbraak.overview.web;

import java.util.Map;

import nl.doorbraak.support.RecordedEvent;

/**
 * An auditor took a case out of the house, to be checked by somebody without an account.
 *
 * @param masked without the names of the household, and without its letters
 */
record EvidencePackMade(String number, String actor, boolean masked) implements RecordedEvent {

	@Override
	public String chain() {
		return this.number;
	}

	@Override
	public Map<String, Object> facts() {
		return RecordedEvent.codes("masked", this.masked);
	}

}
