package nl.doorbraak.audit;

import java.util.Map;

import nl.doorbraak.support.RecordedEvent;

/**
 * The whole record was checked.
 *
 * @param actor who asked for it, or the timer
 * @param lines checked
 * @param findings how many places did not follow; 0 when the record is whole
 * @param outside whether the heads were compared with those outside the database
 */
public record ChainChecked(String actor, long lines, int findings, boolean outside) implements RecordedEvent {

	@Override
	public String chain() {
		return "audit";
	}

	@Override
	public Map<String, Object> facts() {
		return Map.of("lines", this.lines, "findings", this.findings, "comparedOutside", this.outside);
	}

}
