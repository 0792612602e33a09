package nl.doorbraak.casefile;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import nl.doorbraak.support.Coded;
import nl.doorbraak.support.FormRules.Answers;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

/**
 * What decides who may decide on a breakthrough. Null is not known, and never a no.
 *
 * @param amountCents what it costs
 * @param deviates whether it deviates from a rule or policy
 * @param reservation whether it may be kept for a higher function
 */
record Stakes(@Nullable Long amountCents, @Nullable Boolean deviates, Power power, @Nullable Reservation reservation) {

	/**
	 * Forms by which somebody in Doorbraak decides, and so may propose a breakthrough.
	 */
	static final List<String> FORMS = List.of("decide-locally", "decide-regionally", "decide-nationally",
			"decide-breakthrough");

	private static final String COST = "cost";

	private static final String POWER = "power";

	private static final String DEVIATES = "deviates";

	private static final String RESERVATION = "reservation";

	static final List<String> KEYS = List.of(COST, POWER, DEVIATES, RESERVATION);

	/** What must be answered, and how a refusal calls it. */
	private static final Map<String, String> QUESTIONS = Map.of(COST, "wat het kost", DEVIATES,
			"of het afwijkt van een regel of beleid", RESERVATION, "of een hogere functie hierover moet beslissen");

	/** As the first says, else the second; what it costs, else what the case is about. */
	static Stakes of(Answers one, Answers other, @Nullable Long atStake) {
		String cost = first(one, other, COST);
		String deviates = first(one, other, DEVIATES);
		return new Stakes(
				(cost != null) ? Long.valueOf(new BigDecimal(cost).movePointRight(2).longValueExact()) : atStake,
				(deviates != null) ? deviates.equals("yes") : null,
				Coded.find(Power.class, String.valueOf(first(one, other, POWER))).orElse(Power.SCHEME),
				Coded.find(Reservation.class, String.valueOf(first(one, other, RESERVATION))).orElse(null));
	}

	private static @Nullable String first(Answers one, Answers other, String key) {
		String text = one.text(key);
		return (text != null) ? text : other.text(key);
	}

	/** The answers to these questions in a form; what is not known is not there. */
	Map<String, Object> answers() {
		Map<String, Object> answers = new HashMap<>(Map.of(POWER, this.power.code()));
		Optional.ofNullable(this.amountCents).ifPresent((cents) -> answers.put(COST, euros(cents)));
		Optional.ofNullable(this.deviates).ifPresent((yes) -> answers.put(DEVIATES, yes ? "yes" : "no"));
		Optional.ofNullable(this.reservation).ifPresent((kept) -> answers.put(RESERVATION, kept.code()));
		return answers;
	}

	private static Number euros(long cents) {
		return (cents % 100 == 0) ? Long.valueOf(cents / 100) : BigDecimal.valueOf(cents, 2);
	}

	/**
	 * The same where all of it is known.
	 * @throws Refused (400) that says what is not
	 */
	Draft.Known known() {
		refuseUnless(answers()::containsKey);
		return new Draft.Known(Objects.requireNonNull(this.amountCents), Objects.requireNonNull(this.deviates),
				Objects.requireNonNull(this.reservation));
	}

	/**
	 * Without these answers nobody knows who may decide on a breakthrough.
	 * @throws Refused (400) that says which are missing
	 */
	static void refuseUnless(Predicate<String> answered) {
		List<String> missing = KEYS.stream()
			.filter((key) -> QUESTIONS.containsKey(key) && !answered.test(key))
			.toList();
		if (!missing.isEmpty()) {
			String what = missing.stream().map(QUESTIONS::get).collect(Collectors.joining(", "));
			int last = what.lastIndexOf(", ");
			throw Refused.invalid("stakes-unknown", "Vul eerst in "
					+ ((last < 0) ? what : what.substring(0, last) + " en" + what.substring(last + 1))
					+ ". Dat kan in dit formulier, onder uw besluit. Zonder dat weten wij niet wie over een doorbraak mag beslissen.",
					missing.get(0));
		}
	}

}
