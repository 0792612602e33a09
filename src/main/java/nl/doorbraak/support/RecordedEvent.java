package nl.doorbraak.support;

import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

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

	/**
	 * Whether it happens also when its line cannot be written just then: the line
	 * follows. Only for what tells people something; what people do waits for the record.
	 */
	default boolean mayFollow() {
		return false;
	}

	/** Facts from names and values in turn, without those that have no value. */
	static Map<String, Object> codes(@Nullable Object... pairs) {
		Map<String, Object> facts = new TreeMap<>();
		for (int i = 0; i < pairs.length; i += 2) {
			Object value = pairs[i + 1];
			if (value != null) {
				facts.put(String.valueOf(pairs[i]),
						(value instanceof Boolean || value instanceof Number) ? value : value.toString());
			}
		}
		return facts;
	}

}
