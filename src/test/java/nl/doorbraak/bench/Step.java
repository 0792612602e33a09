package nl.doorbraak.bench;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/**
 * One task on the way through the whole ladder: a plan, a proposal that the gate sends
 * back, up four levels, a breakthrough, and its carrying out.
 *
 * @param task id of the user task in the models
 * @param form id of the form it asks for
 * @param login who does it here
 */
record Step(String task, String form, String login, Map<String, Object> fields) {

	/** What a report holds. */
	static final Map<String, Object> REPORT = Map.of("whatIsStuck",
			"Een schuld van 6.000 euro past in geen enkele regeling; achtenveertig instellingen zijn betrokken.",
			"lifeDomains", List.of("money", "family", "work", "housing", "care"), "amount", 6000);

	private static final String WHY = "Zo staat het in het dossier, en zo is het besproken.";

	/** After this step somebody takes the lead. */
	static final int LEAD_AFTER = 0;

	/** Of a case that is loaded by copying, the steps from here are still to do. */
	static final int COPIED_FROM = 1;

	static List<Step> all(LocalDate today) {
		String day = today.toString();
		return List.of(
				new Step("userTask_makePlan", "make-plan", "anna",
						Map.of("desiredEffect", "Rust, en weer zelf vooruit kunnen.", "firstBreakthrough",
								"De schuld in één keer aflossen.", "cost", 4200, "deviates", "no", "reservation",
								"none", "perspectiveShared", "yes")),
				new Step("userTask_decideLocally", "decide-locally", "anna",
						Map.of("decision", "brokenThrough", "cost", 4200, "power", "tailoredBudget", "deviates", "no",
								"reservation", "none", "explanation", WHY)),
				new Step("userTask_signOff", "sign-off", "mila", Map.of("decision", "sendBack", "missing", WHY)),
				new Step("userTask_decideLocally", "decide-locally", "anna",
						Map.of("decision", "up", "explanation", WHY)),
				new Step("userTask_holdRoundTable", "hold-round-table", "paul",
						Map.of("heldOn", day, "invited", List.of("municipality", "uwv"), "agreements", WHY)),
				new Step("userTask_decideRegionally", "decide-regionally", "paul",
						Map.of("decision", "up", "explanation", WHY)),
				new Step("userTask_makeFirstContact", "make-first-contact", "lotte",
						Map.of("contactedOn", day, "competentBodyStatus", "known")),
				new Step("userTask_decideNationally", "decide-nationally", "lotte",
						Map.of("decision", "up", "explanation", WHY)),
				new Step("userTask_conveneEscalationTeam", "convene-escalation-team", "amira",
						Map.of("convenedOn", day, "whoDecides", "competentBody")),
				new Step("userTask_decideBreakthrough", "decide-breakthrough", "amira",
						Map.of("decision", "brokenThrough", "explanation", WHY)),
				new Step("userTask_confirmMeasures", "confirm-measures", "anna",
						Map.of("carriedOut", "yes", "whatWasDone", WHY, "byWhom", "Wijkteam")),
				new Step("userTask_announceDecision", "announce-decision", "anna",
						Map.of("announcedAs", "internal", "whyInternal", WHY)),
				new Step("userTask_recordOutcome", "record-outcome", "anna",
						Map.of("outcome", "solved", "whatChanged", WHY)));
	}

}
