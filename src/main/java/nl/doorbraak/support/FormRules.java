package nl.doorbraak.support;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Checks what somebody submitted against the definition of a form, on the server: the
 * same rules at every door.
 */
public interface FormRules {

	/**
	 * Returns the answers that the form asks for, in its order.
	 * @param form id of the form, also the name of its file
	 * @param submitted what came in; may hold anything
	 * @param readOnly what the read-only fields showed; they may come back unchanged, and
	 * are not answers
	 * @throws Refused (400) naming the field that is undeclared, hidden, changed though
	 * read-only, missing or ill-formed
	 */
	List<Answer> check(String form, Map<String, ?> submitted, Map<String, ?> readOnly);

	/**
	 * One answer as it stood on the screen.
	 *
	 * @param key the field's key in the form
	 * @param label the question in Dutch
	 * @param value text, number, boolean, ISO date or a list of option codes
	 * @param shown what the screen showed for the value; the option's label for a choice
	 */
	record Answer(String key, String label, Object value, String shown) {
	}

	/** The answers of one form, read by key. */
	record Answers(List<Answer> list) {

		public Answers {
			list = List.copyOf(list);
		}

		public @Nullable Object find(String key) {
			return this.list.stream().filter((a) -> a.key().equals(key)).map(Answer::value).findFirst().orElse(null);
		}

		public @Nullable String text(String key) {
			Object value = find(key);
			return (value != null) ? value.toString() : null;
		}

		public boolean has(String key) {
			return find(key) != null;
		}

	}

}
