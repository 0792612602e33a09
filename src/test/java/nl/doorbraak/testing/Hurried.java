package nl.doorbraak.testing;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Decisions in a hurry, through the public doors: everything that can happen at the gate
 * and after it, with the words of who writes them.
 */
public final class Hurried {

	private final Town town;

	private final UnaryOperator<String> words;

	/**
	 * Creates it.
	 * @param words what is written in a field, by {@code form/key}
	 */
	public Hurried(Town town, UnaryOperator<String> words) {
		this.town = town;
		this.words = words;
	}

	/** A case of anna's whose event is tomorrow, with this plan decided locally. */
	public String proposed(int euros, String deviates) {
		Town.Visitor anna = this.town.as("anna");
		String number = anna.report(Map.of("whatIsStuck", "Morgen ontruiming.", "threat", "eviction", "eventDate",
				this.town.today().plusDays(1).toString()));
		anna.fill(number, "make-plan", Map.of("desiredEffect", "Blijven wonen.", "firstBreakthrough", "Betalen.",
				"cost", euros, "deviates", deviates, "reservation", "none", "perspectiveShared", "yes"));
		decide(number);
		return number;
	}

	public void decide(String number) {
		this.town.as("anna")
			.fill(number, "decide-locally", Map.of("decision", "brokenThrough", "explanation", "Nu helpen."));
	}

	/** Signs (in a hurry under conditions) or ratifies what this person has read. */
	public void answer(String login, String number, String form, String decision) {
		Map<String, Object> fields = new HashMap<>(Map.of("decision", decision));
		if (decision.equals("refuse")) {
			fields.put("reason", this.words.apply(form + "/reason"));
			if (form.equals("sign-off")) {
				fields.put("ground", "policy");
			}
		}
		if (decision.equals("agreeReasonsFollow")) {
			fields.putAll(Map.of("decision", "agreeOnConditions", "conditions", this.words.apply("sign-off/conditions"),
					"reasonsFollow", true));
		}
		this.town.as(login).answerAsRead(number, form, fields);
	}

	public void giveReasons(String login, String number) {
		this.town.as(login).fill(number, "give-reasons", Map.of("reasons", this.words.apply("give-reasons/reasons")));
	}

	/** Refused, then signed with reasons that follow; and one that is not ratified. */
	public void play() {
		String signed = proposed(6000, "no");
		answer("mila", signed, "sign-off", "refuse");
		decide(signed);
		answer("mila", signed, "sign-off", "agreeReasonsFollow");
		giveReasons("mila", signed);
		answer("mila", proposed(900, "yes"), "ratify-decision", "refuse");
	}

}
