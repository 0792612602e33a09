package nl.doorbraak.figures;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import nl.doorbraak.casefile.Sight;
import org.jspecify.annotations.Nullable;

/**
 * One figure. What it counts of a case stands in {@code doorbraak.figure_facts}; its
 * words are messages under {@code stats.} and the code.
 */
public enum Figure {

	FUNNEL("funnel", "niveaus", Sight.SITUATION, Unit.NONE, null, "local", "regional", "national", "ministry"),

	/** Of what is open now, whatever the period. */
	AGEING("ageing", "termijnen", Sight.SITUATION, Unit.NONE, null, "later", "week", "late", "late14", "paused"),

	LEAD_TIME("leadTime", "regie", Sight.SITUATION, Unit.DAYS, null, "d2", "d7", "d14", "d30", "more"),

	RUNG_TIME("rungTime", "duur", Sight.SITUATION, Unit.DAYS, null, "local", "regional", "national", "ministry"),

	CRISIS("crisis", "crisis", Sight.SITUATION, Unit.NONE, "after", "none", "before", "after"),

	CRISIS_HOURS("crisisHours", "crisisuren", Sight.SITUATION, Unit.HOURS, "h24", "h24", "h48", "h168", "more"),

	REFUSAL("refusal", "afwijzingen", Sight.ANSWERS, Unit.NONE, null),

	SERIAL("serial", "reeksen", Sight.ANSWERS, Unit.NONE, "serial", "single", "serial"),

	REFERRAL("referral", "doorverwijzingen", Sight.ANSWERS, Unit.NONE, null),

	MANDATE("mandate", "akkoord", Sight.PROPOSALS, Unit.NONE, null, "notAgreed", "notAgreedHealed", "noMandate",
			"noMandateHealed"),

	RATIFIED("ratified", "bekrachtiging", Sight.PROPOSALS, Unit.NONE, "ratified", "ratified", "notRatified", "open"),

	SKIPPED("skipped", "onbezet", Sight.ALERTS, Unit.NONE, null, "local", "regional", "national", "ministry"),

	FIRST_ATTEMPT("firstAttempt", "eerste-keer", Sight.PROPOSALS, Unit.NONE, "first", "first", "later", "never"),

	/** A resident may leave a question open: these do not add up. */
	SURVEY("survey", "ervaring", Sight.TEAM_ONLY, Unit.SCORE, null, "q1", "q2", "q3", "q4", "q5", "q6");

	private final String code;

	private final String slug;

	private final Sight sight;

	private final Unit unit;

	private final @Nullable String part;

	private final List<String> categories;

	Figure(String code, String slug, Sight sight, Unit unit, @Nullable String part, String... categories) {
		this.code = code;
		this.slug = slug;
		this.sight = sight;
		this.unit = unit;
		this.part = part;
		this.categories = List.of(categories);
	}

	public String code() {
		return this.code;
	}

	/** Its place in an address. */
	public String slug() {
		return this.slug;
	}

	/** Who may see which case is behind it: who sees this part of the case. */
	public Sight sight() {
		return this.sight;
	}

	public Unit unit() {
		return this.unit;
	}

	/** The group whose share is told in a sentence; null for none. */
	public @Nullable String part() {
		return this.part;
	}

	/** Its groups in order; empty where they follow from what happened. */
	List<String> categories() {
		return this.categories;
	}

	/** Whether its groups together are the whole. */
	public boolean addsUp() {
		return this != SURVEY;
	}

	/** The one at this place of an address. */
	public static Optional<Figure> at(String slug) {
		return Stream.of(values()).filter((each) -> each.slug.equals(slug)).findFirst();
	}

	/** What an amount is in. */
	public enum Unit {

		NONE, DAYS, HOURS, SCORE

	}

}
