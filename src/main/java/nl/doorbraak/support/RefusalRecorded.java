package nl.doorbraak.support;

import java.util.Map;

/**
 * The software said no to somebody: recorded outside the transaction that was rolled
 * back.
 */
public record RefusalRecorded(String actor, String code, String door) implements RecordedEvent {

	/** The chain of what belongs to no case, or must not tell to which. */
	public static final String CHAIN = "refusals";

	@Override
	public String chain() {
		return CHAIN;
	}

	@Override
	public Map<String, Object> facts() {
		return Map.of("code", this.code, "door", this.door);
	}

}
