package nl.doorbraak.workflow.engine;

import java.util.Date;

/**
 * The variables of the models in {@code processes/}; the engine's timers read
 * {@link Date}.
 */
public final class LadderVariables {

	public static final ProcessVariable<String> CASE_NUMBER = new ProcessVariable<>("caseNumber", String.class);

	public static final ProcessVariable<String> RUNG = new ProcessVariable<>("rung", String.class);

	public static final ProcessVariable<String> DECISION = new ProcessVariable<>("decision", String.class);

	public static final ProcessVariable<String> NEXT_STEP = new ProcessVariable<>("nextStep", String.class);

	public static final ProcessVariable<Boolean> CASE_FINISHED = new ProcessVariable<>("caseFinished", Boolean.class);

	public static final ProcessVariable<Boolean> BROKEN_THROUGH = new ProcessVariable<>("brokenThrough", Boolean.class);

	public static final ProcessVariable<Boolean> WITHDRAWN = new ProcessVariable<>("withdrawn", Boolean.class);

	public static final ProcessVariable<Date> TERM_ENDS_AT = new ProcessVariable<>("termEndsAt", Date.class);

	public static final ProcessVariable<Date> ANSWER_DUE_AT = new ProcessVariable<>("answerDueAt", Date.class);

	public static final ProcessVariable<Boolean> TERM_EXTENDED = new ProcessVariable<>("termExtended", Boolean.class);

	/**
	 * Who decides about the term: a group of managers, or empty for the case's own team.
	 */
	public static final ProcessVariable<String> TERM_DECIDERS = new ProcessVariable<>("termDeciders", String.class);

	public static final ProcessVariable<String> CANDIDATE_GROUP = new ProcessVariable<>("candidateGroup", String.class);

	public static final ProcessVariable<Boolean> BODY_CONNECTED = new ProcessVariable<>("bodyConnected", Boolean.class);

	public static final ProcessVariable<Boolean> PERSPECTIVE_SHARED = new ProcessVariable<>("perspectiveShared",
			Boolean.class);

	public static final ProcessVariable<Date> SESSION_ENDS_AT = new ProcessVariable<>("sessionEndsAt", Date.class);

	public static final ProcessVariable<Date> NEXT_CONTACT_AT = new ProcessVariable<>("nextContactAt", Date.class);

	public static final ProcessVariable<Boolean> ANSWERED = new ProcessVariable<>("answered", Boolean.class);

	public static final ProcessVariable<Date> NEXT_STEP_AT = new ProcessVariable<>("nextStepAt", Date.class);

	public static final ProcessVariable<Boolean> LEAD_FREE = new ProcessVariable<>("leadFree", Boolean.class);

	public static final ProcessVariable<Date> NEXT_WATCH_AT = new ProcessVariable<>("nextWatchAt", Date.class);

	public static final ProcessVariable<Boolean> SIGN_OFF_NEEDED = new ProcessVariable<>("signOffNeeded",
			Boolean.class);

	public static final ProcessVariable<Boolean> DEVIATES = new ProcessVariable<>("deviates", Boolean.class);

	public static final ProcessVariable<Long> AMOUNT_CENTS = new ProcessVariable<>("amountCents", Long.class);

	/** Code of the power that the proposal uses. */
	public static final ProcessVariable<String> POWER = new ProcessVariable<>("power", String.class);

	/** Code of the function that is asked first to sign, as the table says. */
	public static final ProcessVariable<String> FIRST_FUNCTION = new ProcessVariable<>("firstFunction", String.class);

	/** How many people of that function must agree at least. */
	public static final ProcessVariable<Integer> APPROVALS = new ProcessVariable<>("approvals", Integer.class);

	public static final ProcessVariable<Boolean> HOLDER_FOUND = new ProcessVariable<>("holderFound", Boolean.class);

	public static final ProcessVariable<Boolean> AGREED = new ProcessVariable<>("agreed", Boolean.class);

	public static final ProcessVariable<Boolean> APPROVALS_COMPLETE = new ProcessVariable<>("approvalsComplete",
			Boolean.class);

	public static final ProcessVariable<Boolean> PASSED_ON = new ProcessVariable<>("passedOn", Boolean.class);

	public static final ProcessVariable<Boolean> SENT_BACK = new ProcessVariable<>("sentBack", Boolean.class);

	public static final ProcessVariable<Boolean> REASONS_OWED = new ProcessVariable<>("reasonsOwed", Boolean.class);

	public static final ProcessVariable<Date> REASONS_DUE_AT = new ProcessVariable<>("reasonsDueAt", Date.class);

	public static final ProcessVariable<Boolean> RATIFICATION_OWED = new ProcessVariable<>("ratificationOwed",
			Boolean.class);

	public static final ProcessVariable<Date> RATIFICATION_DUE_AT = new ProcessVariable<>("ratificationDueAt",
			Date.class);

	public static final ProcessVariable<Boolean> RATIFIED = new ProcessVariable<>("ratified", Boolean.class);

	/**
	 * Which of several that are asked side by side: an agency, an adviser, an objection,
	 * the months of aftercare.
	 */
	public static final ProcessVariable<Long> REQUEST_ID = new ProcessVariable<>("requestId", Long.class);

	public static final ProcessVariable<Boolean> FACTS_NEEDED = new ProcessVariable<>("factsNeeded", Boolean.class);

	public static final ProcessVariable<Boolean> COMPETENT = new ProcessVariable<>("competent", Boolean.class);

	public static final ProcessVariable<Date> MEASURES_DUE_AT = new ProcessVariable<>("measuresDueAt", Date.class);

	public static final ProcessVariable<Boolean> CARRY_OUT_FINISHED = new ProcessVariable<>("carryOutFinished",
			Boolean.class);

	public static final ProcessVariable<Date> OUTCOME_DUE_AT = new ProcessVariable<>("outcomeDueAt", Date.class);

	/**
	 * Whether the breakthrough was signed in Doorbraak, and so is announced from here.
	 */
	public static final ProcessVariable<Boolean> ANNOUNCEMENT_NEEDED = new ProcessVariable<>("announcementNeeded",
			Boolean.class);

	public static final ProcessVariable<Date> LOOK_BACK_DUE_AT = new ProcessVariable<>("lookBackDueAt", Date.class);

	public static final ProcessVariable<Date> AFTERCARE_DUE_AT = new ProcessVariable<>("aftercareDueAt", Date.class);

	public static final ProcessVariable<Date> ANNOUNCEMENT_DUE_AT = new ProcessVariable<>("announcementDueAt",
			Date.class);

	public static final ProcessVariable<Date> OBJECTION_DUE_AT = new ProcessVariable<>("objectionDueAt", Date.class);

	/**
	 * The level's name, and whether the case stands still, local to a task, for its row
	 * in Tasklist.
	 */
	public static final ProcessVariable<String> LEVEL = new ProcessVariable<>("level", String.class);

	/** What threatens and when, local to a task, for its row in Tasklist. */
	public static final ProcessVariable<String> EVENT = new ProcessVariable<>("event", String.class);

	private LadderVariables() {
	}

	/** Up to how many cents a mandate level goes, by the name that the table gives it. */
	public static ProcessVariable<Long> mandateLevel(String name) {
		return new ProcessVariable<>(name, Long.class);
	}

}
