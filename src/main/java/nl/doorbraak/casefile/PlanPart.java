package nl.doorbraak.casefile;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

import nl.doorbraak.casefile.PlanField.Type;
import org.jspecify.annotations.Nullable;

import static nl.doorbraak.casefile.PlanField.must;
import static nl.doorbraak.casefile.PlanField.of;

/**
 * A part of the plan, in the order of thinking: facts, effects, and only then the law.
 * None of it is asked before a case may climb.
 */
public enum PlanPart {

	FACT("fact", false, null, must("what", Type.TEXT), must("source", Type.LINE), must("on", Type.DATE),
			of("relevant", Type.YES)),

	/** The reversed test: what is wanted, and what follows. */
	TEST("test", true, FACT, of("residentEffect", Type.TEXT), must("professionalEffect", Type.TEXT),
			of("act", Type.LINE),
			of("basicValues", Type.MANY, "selfReliance", "dignity", "livelihood", "safety", "participation",
					"equality"),
			of("fits", Type.CHOICE, "yes", "partly", "no"), of("fitsWhy", Type.TEXT), of("shortResident", Type.TEXT),
			of("shortFamily", Type.TEXT), of("shortFinance", Type.TEXT), of("shortSociety", Type.TEXT),
			of("shortAmount", Type.AMOUNT), of("longResident", Type.TEXT), of("longFamily", Type.TEXT),
			of("longFinance", Type.TEXT), of("longSociety", Type.TEXT), of("longAmount", Type.AMOUNT),
			of("nothing", Type.TEXT), of("nothingAmount", Type.AMOUNT)),

	/** Only then: by which law. */
	ROUTE("route", true, TEST,
			must("route", Type.CHOICE, "rule", "policyDeviation", "hardshipClause", "discretionary", "noRoom"),
			of("article", Type.LINE), of("equalTreatment", Type.TEXT),
			of("conclusion", Type.CHOICE, "justified", "partlyJustified", "notJustified")),

	OUTLOOK("outlook", true, null, must("inAYear", Type.TEXT), of("firstProblem", Type.TEXT), of("own", Type.TEXT),
			of("professionals", Type.TEXT), of("system", Type.TEXT)),

	BREAKTHROUGH("breakthrough", false, null, must("what", Type.TEXT), of("body", Type.BODY), of("byWhom", Type.LINE),
			of("before", Type.DATE), of("amount", Type.AMOUNT), of("law", Type.LINE),
			of("exception", Type.CHOICE, "yes", "no"), of("kind", Type.CHOICE, "claim", "sanction", "measure"),
			of("involuntary", Type.YES), of("ground", Type.LINE)),

	/** One breakthrough may be paid from several budgets. */
	BUDGET("budget", false, null, must("of", Type.BREAKTHROUGH), must("budget", Type.LINE), of("body", Type.BODY),
			must("amount", Type.AMOUNT)),

	/** Three values in three scenarios. */
	SCENARIOS("scenarios", true, null, of("lawNow", Type.TEXT), of("lawLooming", Type.TEXT), of("lawPlan", Type.TEXT),
			of("returnNow", Type.AMOUNT), of("returnLooming", Type.AMOUNT), of("returnPlan", Type.AMOUNT),
			of("commitmentNow", Type.TEXT), of("commitmentLooming", Type.TEXT), of("commitmentPlan", Type.TEXT),
			of("forWhom", Type.LINE)),

	AGREEMENT("agreement", true, null, must("agrees", Type.CHOICE, "yes", "partly", "no", "notAsked"),
			of("on", Type.DATE), of("words", Type.TEXT)),

	/** What a body does in this household now. */
	HOUSEHOLD("household", false, null, must("kind", Type.CHOICE, "help", "measure", "sanction", "claim"),
			must("what", Type.LINE), of("body", Type.BODY), of("other", Type.LINE), of("since", Type.DATE),
			of("until", Type.DATE), of("amount", Type.AMOUNT), of("government", Type.YES), of("knownBy", Type.LINE)),

	/** A request to stop for a while. */
	TIME_OUT("timeOut", false, null, of("body", Type.BODY), of("other", Type.LINE), must("what", Type.LINE),
			must("on", Type.DATE), must("kind", Type.CHOICE, "open", "granted", "refused"), of("until", Type.DATE)),

	/** A stay that the law knows. */
	STAY("stay", false, null, must("kind", Type.CHOICE, "cjibStop", "broadMoratorium"), must("since", Type.DATE),
			of("debtHelpOn", Type.DATE), of("until", Type.DATE));

	private static final List<String> VALUES = List.of("law", "return", "commitment");

	private static final List<String> COLUMNS = List.of("Now", "Looming", "Plan");

	private final String code;

	private final boolean single;

	private final @Nullable PlanPart after;

	private final List<PlanField> fields;

	PlanPart(String code, boolean single, @Nullable PlanPart after, PlanField... fields) {
		this.code = code;
		this.single = single;
		this.after = after;
		this.fields = List.of(fields);
	}

	public String code() {
		return this.code;
	}

	/** Whether a plan has it once: it is changed, and never withdrawn. */
	public boolean single() {
		return this.single;
	}

	/** What must be written before; null for nothing. */
	@Nullable PlanPart after() {
		return this.after;
	}

	public List<PlanField> fields() {
		return this.fields;
	}

	/** Under which name what is written in it stands in the case file. */
	String form() {
		return "plan-line-" + this.code;
	}

	static boolean isForm(String form) {
		return form.startsWith("plan-line-");
	}

	/** The part with this code. */
	static Optional<PlanPart> find(String code) {
		return Arrays.stream(values()).filter((each) -> each.code.equals(code)).findFirst();
	}

	/** Keys of the three values, each in the three scenarios. */
	static List<String> weighed() {
		return VALUES.stream().flatMap((value) -> COLUMNS.stream().map(value::concat)).toList();
	}

}
