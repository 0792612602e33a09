package nl.doorbraak.support;

import java.util.Map;

/**
 * A fact that a room publishes and the audit records as one line, in the same
 * transaction. Holds codes, ids and keyed hashes, never text about people.
 */
public interface RecordedEvent {

	/** What the line belongs to: a case number, or another fixed name of a chain. */
	String chain();

	/** Who did it: a login, {@link Actor#TIMER} or {@link Actor#SOFTWARE}. */
	String actor();

	/** What happened, in camelCase past tense. By default the name of the event. */
	default String act() {
		String name = getClass().getSimpleName();
		return Character.toLowerCase(name.charAt(0)) + name.substring(1);
	}

	/** The codes that say it in full; empty values are left out. */
	Map<String, Object> facts();

}
