package nl.doorbraak.casefile;

import java.util.List;

/**
 * A question of a part of the plan.
 *
 * @param options codes to choose from
 */
public record PlanField(String key, Type type, boolean required, List<String> options) {

	public PlanField {
		options = List.copyOf(options);
	}

	/** A question with this key that may stay empty. */
	static PlanField of(String key, Type type, String... options) {
		return new PlanField(key, type, false, List.of(options));
	}

	/** The same that must be answered. */
	static PlanField must(String key, Type type, String... options) {
		return new PlanField(key, type, true, List.of(options));
	}

	/** How a question is answered. */
	public enum Type {

		TEXT, LINE, DATE, AMOUNT, CHOICE, MANY, YES,

		/** An organisation of the directory. */
		BODY,

		/** A breakthrough of the same plan. */
		BREAKTHROUGH

	}

}
