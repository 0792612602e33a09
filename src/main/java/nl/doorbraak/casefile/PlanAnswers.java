package nl.doorbraak.casefile;

import java.math.BigDecimal;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Storable;
import nl.doorbraak.support.Typed;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * Reads what somebody filled in for a part of the plan, with the rule of each question.
 */
@Component
class PlanAnswers {

	private static final Locale DUTCH = Locale.forLanguageTag("nl-NL");

	private static final int LONGEST_TEXT = 4000;

	private static final int LONGEST_LINE = 300;

	private final MessageSource messages;

	private final Directory directory;

	PlanAnswers(MessageSource messages, Directory directory) {
		this.messages = messages;
		this.directory = directory;
	}

	/**
	 * The answers, in the order of the questions; what was left empty is not there.
	 * @throws Refused (400) naming the question that is not answered as it asks
	 */
	List<Answer> read(PlanPart part, Map<String, List<String>> sent, List<PlanLine> breakthroughs) {
		List<Answer> answers = new ArrayList<>();
		for (PlanField field : part.fields()) {
			List<String> values = sent.getOrDefault(field.key(), List.of())
				.stream()
				.map(String::strip)
				.filter((value) -> !value.isEmpty())
				.toList();
			String label = label(part, field);
			String quoted = "\u201c" + label + "\u201d.";
			if (!values.isEmpty()) {
				answers.add(answer(part, field, label, quoted, values, breakthroughs));
			}
			else if (field.required()) {
				throw wrong(field, "Vul iets in bij " + quoted + " Zonder dat kan dit niet in het plan.");
			}
		}
		if (answers.isEmpty()) {
			throw Refused.invalid("plan-empty", "Er is niets ingevuld. Vul ten minste een vraag in, en sla dan op.");
		}
		return answers;
	}

	/** The question in Dutch, as it stands in the case file. */
	String label(PlanPart part, PlanField field) {
		return message("plan." + part.code() + "." + field.key());
	}

	private Answer answer(PlanPart part, PlanField field, String label, String quoted, List<String> values,
			List<PlanLine> breakthroughs) {
		String value = values.get(0);
		return switch (field.type()) {
			case TEXT -> text(field, label, quoted, value, LONGEST_TEXT);
			case LINE -> text(field, label, quoted, value, LONGEST_LINE);
			case DATE -> {
				LocalDate day = date(value).orElseThrow(() -> wrong(field, "Kies een dag die bestaat bij " + quoted));
				yield new Answer(field.key(), label, day.toString(), DutchTime.date(day));
			}
			case AMOUNT -> {
				BigDecimal euros = Typed.euros(value)
					.orElseThrow(() -> wrong(field,
							"Vul een bedrag in euro in van 0 tot en met 10.000.000, met hoogstens twee cijfers achter de komma, bij "
									+ quoted));
				yield new Answer(field.key(), label, euros.toPlainString(),
						NumberFormat.getCurrencyInstance(DUTCH).format(euros));
			}
			case CHOICE -> new Answer(field.key(), label, choice(field, quoted, value), option(part, field, value));
			case MANY -> new Answer(field.key(), label,
					values.stream().distinct().map((each) -> choice(field, quoted, each)).toList(),
					values.stream()
						.distinct()
						.map((each) -> option(part, field, each))
						.collect(Collectors.joining(", ")));
			case YES -> new Answer(field.key(), label, true, "Ja");
			case BODY -> {
				Organisation body = this.directory.allOrganisations()
					.stream()
					.filter((each) -> each.id().equals(value))
					.findFirst()
					.orElseThrow(() -> wrong(field, "Kies een organisatie uit de lijst bij " + quoted));
				yield new Answer(field.key(), label, body.id(), body.name());
			}
			case BREAKTHROUGH -> {
				PlanLine of = breakthroughs.stream()
					.filter((each) -> String.valueOf(each.line()).equals(value))
					.findFirst()
					.orElseThrow(() -> wrong(field,
							"Kies een doorbraak die nu in het plan staat. Open de pagina opnieuw, en kies uit de lijst."));
				yield new Answer(field.key(), label, value, of.shown("what"));
			}
		};
	}

	private static Answer text(PlanField field, String label, String quoted, String value, int longest) {
		boolean oneLine = longest == LONGEST_LINE;
		if (value.length() > longest || !Storable.isStorable(value)
				|| oneLine && value.chars().anyMatch(Character::isISOControl)) {
			throw wrong(field,
					"Schrijf hoogstens " + longest + " tekens" + (oneLine ? ", in een regel," : "") + " bij " + quoted);
		}
		return new Answer(field.key(), label, value, value);
	}

	private static String choice(PlanField field, String quoted, String value) {
		if (!field.options().contains(value)) {
			throw wrong(field, "Kies een van de antwoorden bij " + quoted);
		}
		return value;
	}

	private String option(PlanPart part, PlanField field, String value) {
		return message("plan." + part.code() + "." + field.key() + "." + value);
	}

	private static Optional<LocalDate> date(String value) {
		try {
			LocalDate day = LocalDate.parse(value);
			return (day.getYear() >= 1900 && day.getYear() < 2200) ? Optional.of(day) : Optional.empty();
		}
		catch (DateTimeParseException ex) {
			return Optional.empty();
		}
	}

	static @Nullable Long cents(@Nullable String euros) {
		return (euros != null) ? Typed.cents(new BigDecimal(euros)) : null;
	}

	private static Refused wrong(PlanField field, String sentence) {
		return Refused.invalid("plan-answer", sentence, field.key());
	}

	private String message(String key) {
		return Objects.requireNonNull(this.messages.getMessage(key, null, DUTCH));
	}

}
