package nl.doorbraak.agency;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Something that can be applied for, with the conditions of one version of its list.
 *
 * @param law by its usual Dutch name
 * @param decisionWeeks weeks to decide on an application
 * @param agreedWith with whom of the agency the list was agreed, by function
 * @param madeBy login; null for the lists that Doorbraak begins with
 */
public record Scheme(String id, String name, String law, int decisionWeeks, int version, String agreedWith,
		@Nullable String madeBy, Instant madeAt, List<Condition> conditions) {

	/** Most conditions on a list: as many as the answer form has room for. */
	public static final int MOST = 10;

	public Scheme {
		conditions = List.copyOf(conditions);
	}

	/**
	 * One condition.
	 *
	 * @param code the same in every version that holds it
	 */
	public record Condition(int code, String wording, String article) {

		public String text() {
			return this.wording + " (" + this.article + ")";
		}

	}

}
