package nl.doorbraak.workflow.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Storable;
import org.camunda.bpm.dmn.feel.impl.FeelEngine;
import org.camunda.bpm.engine.variable.Variables;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * Reads Camunda Forms and holds a submission against one of them. The browser's own
 * validation is a help for the person; this is the rule.
 */
@Component
class FormChecker implements FormRules {

	private static final ObjectMapper JSON = JsonMapper.builder().build();

	private static final int LONGEST_TEXT = 4000;

	/** What may be a key of a field; nothing else that was sent comes back. */
	private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,39}");

	/** A label that the server fills in. */
	private static final Pattern FACT = Pattern.compile("\\{\\{(\\w+)}}");

	private final FeelEngine feel = new ParsedFeel();

	/** Forms do not change once they are deployed. */
	private final Map<String, Form> deployed = new ConcurrentHashMap<>();

	@Override
	public List<Answer> check(String form, Map<String, ?> submitted, Map<String, ?> readOnly) {
		return check(read(form, () -> {
			try {
				return new ClassPathResource("forms/" + form + ".form").getInputStream();
			}
			catch (IOException ex) {
				throw new UncheckedIOException("Form '" + form + "' is not on the class path", ex);
			}
		}), submitted, readOnly);
	}

	/**
	 * A form, read from its definition the first time that it is asked for.
	 * @param id names this form as it is in one deployment
	 */
	Form read(String id, Supplier<InputStream> definition) {
		Form known = this.deployed.get(id);
		if (known == null) {
			known = new Form(fields(definition.get()));
			this.deployed.put(id, known);
		}
		return known;
	}

	/** The same, against a form as it was deployed with the case's own model. */
	List<Answer> check(Form form, Map<String, ?> submitted, Map<String, ?> readOnly) {
		List<JsonNode> fields = form.fields().stream().map((field) -> worded(field, readOnly)).toList();
		refuseUndeclared(fields, submitted);
		Map<String, Object> data = new HashMap<>(readOnly);
		// What hides a field may be a fact: as the server knows it, not as it was sent.
		fields.forEach((field) -> data.put(key(field),
				plain(isReadOnly(field) ? readOnly.get(key(field)) : submitted.get(key(field)))));
		List<Answer> answers = new ArrayList<>();
		Map<String, Boolean> hidden = new HashMap<>();
		for (JsonNode field : fields) {
			Object value = plain(submitted.get(key(field)));
			if (isHidden(field, data, hidden)) {
				refuseIf(value != null, field, "hidden", "hoort niet bij de andere antwoorden. Laat dit veld leeg.");
				if (data.put(key(field), null) != null) {
					hidden.clear();
				}
			}
			else if (isReadOnly(field)) {
				refuseIf(value == null && field.path("validate").path("required").asBoolean(), field, "missing",
						"is niet meegekomen. Open het formulier opnieuw.");
				refuseIfChangedSince(field, value, plain(readOnly.get(key(field))));
				refuseIf(value != null && !mayGrow(field) && !Objects.equals(value, plain(readOnly.get(key(field)))),
						field, "read-only", "kan hier niet worden gewijzigd.");
			}
			else if (value == null) {
				refuseIf(field.path("validate").path("required").asBoolean(), field, "missing",
						"is nog niet ingevuld.");
			}
			else {
				answers.add(answer(field, value, readOnly));
			}
		}
		return answers;
	}

	/** A label may be a fact: the question as it stood on the screen, where it did. */
	private static JsonNode worded(JsonNode field, Map<String, ?> facts) {
		Matcher fact = FACT.matcher(field.path("label").asText());
		if (!fact.matches()) {
			return field;
		}
		Object shown = facts.get(fact.group(1));
		return ((ObjectNode) field.deepCopy()).put("label", (shown != null) ? shown.toString() : key(field));
	}

	private static List<JsonNode> fields(InputStream definition) {
		try (definition) {
			List<JsonNode> fields = new ArrayList<>();
			JSON.readTree(definition).path("components").forEach((component) -> {
				if (component.has("key")) {
					fields.add(component);
				}
			});
			return fields;
		}
		catch (IOException ex) {
			throw new UncheckedIOException("A form cannot be read", ex);
		}
	}

	private static void refuseUndeclared(List<JsonNode> fields, Map<String, ?> submitted) {
		for (String name : submitted.keySet()) {
			if (fields.stream().noneMatch((field) -> key(field).equals(name))) {
				throw Refused.invalid("field-undeclared", (KEY.matcher(name).matches() ? "'" + name + "'" : "Een veld")
						+ " hoort niet bij dit formulier. Er is niets opgeslagen. Open het formulier opnieuw.");
			}
		}
	}

	private static boolean isReadOnly(JsonNode field) {
		return field.path("readonly").asBoolean() || field.path("disabled").asBoolean();
	}

	/** What others add while somebody reads it stops nobody; it is never an answer. */
	private static boolean mayGrow(JsonNode field) {
		return field.at("/properties/mayGrow").asBoolean();
	}

	/** Many fields share one condition; known is what holds as the data are now. */
	private boolean isHidden(JsonNode field, Map<String, Object> data, Map<String, Boolean> known) {
		String hide = field.path("conditional").path("hide").asText("");
		return !hide.isBlank() && known.computeIfAbsent(hide, (condition) -> Boolean.TRUE.equals(this.feel
			.evaluateSimpleExpression(condition.substring(1), Variables.fromMap(data).asVariableContext())));
	}

	private static Answer answer(JsonNode field, Object value, Map<String, ?> readOnly) {
		return switch (field.path("type").asText()) {
			case "textfield", "textarea" -> text(field, value);
			case "number" -> number(field, value);
			case "datetime" -> date(field, value);
			case "select", "radio" -> choice(field, value, readOnly);
			case "checkbox" -> checkbox(field, value);
			case "checklist" -> choices(field, value);
			default -> throw new IllegalStateException("Forms may not hold a " + field.path("type").asText());
		};
	}

	private static Answer text(JsonNode field, Object value) {
		refuseIf(!(value instanceof String), field, "ill-formed", "moet tekst zijn.");
		String text = ((String) value).strip();
		int most = field.path("validate").path("maxLength").asInt(LONGEST_TEXT);
		refuseIf(text.length() > most, field, "too-long", "is te lang: hoogstens " + most + " tekens.");
		refuseIf(!Storable.isStorable(text), field, "ill-formed", "bevat een teken dat niet kan worden opgeslagen.");
		return new Answer(key(field), label(field), text, text);
	}

	private static Answer number(JsonNode field, Object value) {
		refuseIf(!(value instanceof Number), field, "ill-formed", "moet een getal zijn.");
		BigDecimal number;
		try {
			number = new BigDecimal(value.toString());
		}
		catch (NumberFormatException ex) {
			throw refused(field, "ill-formed", "moet een getal zijn.");
		}
		refuseIf(number.stripTrailingZeros().scale() > field.path("decimalDigits").asInt(0), field, "ill-formed",
				"heeft te veel cijfers achter de komma.");
		JsonNode rules = field.path("validate");
		refuseIf(rules.has("min") && number.compareTo(rules.path("min").decimalValue()) < 0, field, "out-of-range",
				"is te laag: minstens " + rules.path("min").asText() + ".");
		refuseIf(rules.has("max") && number.compareTo(rules.path("max").decimalValue()) > 0, field, "out-of-range",
				"is te hoog: hoogstens " + rules.path("max").asText() + ".");
		return new Answer(key(field), label(field), number, number.toPlainString().replace('.', ','));
	}

	private static Answer date(JsonNode field, Object value) {
		try {
			LocalDate date = LocalDate.parse(String.valueOf(value));
			refuseIf(date.getYear() < 1890 || date.getYear() > 2199, field, "out-of-range", "kan niet kloppen.");
			return new Answer(key(field), label(field), date.toString(), DutchTime.date(date));
		}
		catch (DateTimeParseException ex) {
			throw refused(field, "ill-formed", "is geen datum. Schrijf de datum als 2026-03-14.");
		}
	}

	/** The options stand in the form, or are a fact that it shows. */
	private static Answer choice(JsonNode field, Object value, Map<String, ?> readOnly) {
		JsonNode options = field.has("valuesKey") ? JSON.valueToTree(readOnly.get(field.path("valuesKey").asText()))
				: field.path("values");
		return new Answer(key(field), label(field), value, optionLabel(field, options, value));
	}

	private static Answer checkbox(JsonNode field, Object value) {
		refuseIf(!(value instanceof Boolean), field, "ill-formed", "moet ja of nee zijn.");
		return new Answer(key(field), label(field), value, Boolean.TRUE.equals(value) ? "Ja" : "Nee");
	}

	private static Answer choices(JsonNode field, Object value) {
		refuseIf(!(value instanceof Collection<?>), field, "ill-formed", "moet een lijst van keuzes zijn.");
		Map<Object, String> chosen = new LinkedHashMap<>();
		new LinkedHashSet<Object>((Collection<?>) value)
			.forEach((option) -> chosen.put(option, optionLabel(field, field.path("values"), option)));
		return new Answer(key(field), label(field), List.copyOf(chosen.keySet()), String.join(", ", chosen.values()));
	}

	private static String optionLabel(JsonNode field, JsonNode options, Object value) {
		for (JsonNode option : options) {
			if (option.path("value").asText().equals(value)) {
				return option.path("label").asText();
			}
		}
		throw refused(field, "unknown-option", "heeft een keuze die niet in de lijst staat.");
	}

	/** Nulls, blanks and empty lists are no answer. */
	private static @Nullable Object plain(@Nullable Object value) {
		if (value instanceof String text) {
			return text.isBlank() ? null : text;
		}
		if (value instanceof Collection<?> many) {
			return many.isEmpty() ? null : new ArrayList<>(many);
		}
		return value;
	}

	/** A read-only hash says which version was on the screen. */
	private static void refuseIfChangedSince(JsonNode field, @Nullable Object read, @Nullable Object now) {
		if (key(field).endsWith("Hash") && !Objects.equals(read, now)) {
			throw Refused.conflict("changed-since-read",
					"Dit is gewijzigd sinds u het las. Er is niets opgeslagen. Open het formulier opnieuw en lees het nog eens.");
		}
	}

	private static void refuseIf(boolean wrong, JsonNode field, String code, String what) {
		if (wrong) {
			throw refused(field, code, what);
		}
	}

	private static Refused refused(JsonNode field, String code, String what) {
		return Refused.invalid("field-" + code, "'" + label(field) + "' " + what, key(field));
	}

	private static String key(JsonNode field) {
		return field.path("key").asText();
	}

	private static String label(JsonNode field) {
		return field.path("label").asText(field.path("dateLabel").asText(key(field)));
	}

	/** What a form asks and shows. */
	record Form(List<JsonNode> fields) {

		/** Keys of the fields, read-only ones included. */
		List<String> keys() {
			return this.fields.stream().map(FormChecker::key).toList();
		}

	}

}
