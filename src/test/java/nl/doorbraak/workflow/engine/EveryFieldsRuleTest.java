package nl.doorbraak.workflow.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.Refused;
import org.camunda.bpm.engine.variable.Variables;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Breaks every rule of every field of every form once, and nothing else, and reads the
 * sentence that the server says. What is tried comes from the forms themselves: a new
 * form or field needs no line here, a new kind of rule does.
 */
class EveryFieldsRuleTest {

	private static final ObjectMapper JSON = new ObjectMapper();

	/** What a field may consist of: looks and ids, and the rules that are broken here. */
	private static final Map<String, Set<String>> KNOWN = Map.of("field",
			Set.of("type", "key", "label", "dateLabel", "description", "id", "layout", "readonly", "subtype",
					"validate", "conditional", "values", "valuesKey", "decimalDigits", "properties"),
			"validate", Set.of("required", "maxLength", "min", "max"), "conditional", Set.of("hide"), "properties",
			Set.of("mayGrow"));

	private static final Set<String> TYPES = Set.of("textfield", "textarea", "number", "datetime", "select", "radio",
			"checkbox", "checklist");

	private final FormChecker checker = new FormChecker();

	@ParameterizedTest(name = "{0}: {1} {2}")
	@MethodSource("broken")
	void brokenRuleIsSaidInOneSentence(String name, String key, Rule rule) {
		Form form = Form.read(name);
		JsonNode field = form.field(key);
		Filled good = form.filled(field, rule != Rule.HIDDEN);
		assertThatCode(() -> form.check(this.checker, good.submitted(), good.facts())).as("before it is broken")
			.doesNotThrowAnyException();
		Map<String, Object> bad = new LinkedHashMap<>(good.submitted());
		bad.put(key, rule.violation.apply(form, field));
		Refused refused = catchThrowableOfType(Refused.class, () -> form.check(this.checker, bad, good.facts()));
		assertThat(refused).as("refused").isNotNull();
		if (rule == Rule.CHANGED_SINCE_READ) {
			assertThat(refused.kind()).isEqualTo(Refused.Kind.CONFLICT);
			assertThat(refused.sentence()).startsWith("Dit is gewijzigd sinds u het las.");
			return;
		}
		assertThat(refused.kind()).isEqualTo(Refused.Kind.INVALID);
		assertThat(refused.field()).isEqualTo(key);
		assertThat(refused.sentence()).isEqualTo("'" + label(field, good.facts()) + "' " + rule.said(field));
	}

	static Stream<Arguments> broken() {
		return forms().flatMap((name) -> Form.read(name)
			.fields()
			.stream()
			.flatMap((field) -> rules(field).map((rule) -> arguments(name, field.path("key").asText(), rule))));
	}

	private static Stream<Rule> rules(JsonNode field) {
		return Arrays.stream(Rule.values()).filter((rule) -> rule.isOf.test(field));
	}

	@ParameterizedTest
	@MethodSource("forms")
	void whatTheFormDoesNotAskIsRefused(String name) {
		Form form = Form.read(name);
		Filled good = form.filled(form.fields().get(0), true);
		Map<String, Object> bad = new LinkedHashMap<>(good.submitted());
		bad.put("nietGevraagd", "x");
		assertThatThrownBy(() -> form.check(this.checker, bad, good.facts())).isInstanceOfSatisfying(Refused.class,
				(refused) -> {
					assertThat(refused.kind()).isEqualTo(Refused.Kind.INVALID);
					assertThat(refused.sentence()).startsWith("'nietGevraagd' hoort niet bij dit formulier.");
				});
	}

	/** What may grow while it is read stops nobody, and is no answer either. */
	@Test
	void whatMayGrowIsNoAnswer() {
		long tried = forms().map(Form::read).flatMap((form) -> form.fields().stream().filter((field) -> {
			if (!field.at("/properties/mayGrow").asBoolean()) {
				return false;
			}
			Filled good = form.filled(field, true);
			Map<String, Object> old = new LinkedHashMap<>(good.submitted());
			old.put(field.path("key").asText(), "Wat er eerst stond");
			assertThat(form.check(this.checker, old, good.facts())).extracting(Answer::key)
				.doesNotContain(field.path("key").asText());
			return true;
		})).count();
		assertThat(tried).isPositive();
	}

	@Test
	void everyKindOfRuleIsBroken() {
		Map<Rule, Integer> tried = new EnumMap<>(Rule.class);
		broken().forEach((arguments) -> tried.merge((Rule) arguments.get()[2], 1, Integer::sum));
		System.out.println("rules broken in " + forms().count() + " forms, n = "
				+ tried.values().stream().mapToInt(Integer::intValue).sum() + ": " + tried);
		assertThat(tried.keySet()).containsExactlyInAnyOrder(Rule.values());
	}

	@ParameterizedTest
	@MethodSource("forms")
	void formHoldsNoRuleThatNobodyBreaksHere(String name) {
		assertThat(Form.read(name).fields()).allSatisfy((field) -> assertThat(unknown(field)).isEmpty());
	}

	@Test
	void newKindOfRuleIsNoticed() {
		ObjectNode field = (ObjectNode) Form.read("make-plan").field("cost").deepCopy();
		assertThat(unknown(field)).isEmpty();
		((ObjectNode) field.path("validate")).put("pattern", "[0-9]+");
		assertThat(unknown(field)).containsExactly("validate pattern");
		field.put("type", "filepicker");
		field.put("valuesExpression", "=x");
		assertThat(unknown(field)).containsExactlyInAnyOrder("type filepicker", "field valuesExpression",
				"validate pattern");
	}

	private static List<String> unknown(JsonNode field) {
		List<String> unknown = new ArrayList<>();
		KNOWN.forEach((part, known) -> (part.equals("field") ? field : field.path(part)).fieldNames()
			.forEachRemaining((name) -> {
				if (!known.contains(name)) {
					unknown.add(part + " " + name);
				}
			}));
		String type = field.path("type").asText();
		if (!TYPES.contains(type)) {
			unknown.add("type " + type);
		}
		return unknown;
	}

	static Stream<String> forms() {
		try (Stream<Path> files = Files.list(Path.of("forms"))) {
			return files.map((file) -> file.getFileName().toString().replace(".form", "")).sorted().toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String label(JsonNode field, Map<String, Object> facts) {
		String label = field.path("label").asText(field.path("dateLabel").asText());
		if (!label.startsWith("{{")) {
			return label;
		}
		Object fact = facts.get(label.substring(2, label.length() - 2));
		return (fact != null) ? fact.toString() : field.path("key").asText();
	}

	private static boolean isInput(JsonNode field) {
		return !field.path("readonly").asBoolean();
	}

	private static boolean isInput(JsonNode field, String... types) {
		return isInput(field) && List.of(types).contains(field.path("type").asText());
	}

	private static JsonNode rule(JsonNode field, String name) {
		return field.path("validate").path(name);
	}

	/** A kind of rule: which fields have it, how it is broken and what is said then. */
	enum Rule {

		REQUIRED("is nog niet ingevuld.", (field) -> isInput(field) && rule(field, "required").asBoolean(),
				(form, field) -> null),

		NOT_BLANK("is nog niet ingevuld.",
				(field) -> isInput(field, "textfield", "textarea") && rule(field, "required").asBoolean(),
				(form, field) -> "  \n "),

		TEXT("moet tekst zijn.", (field) -> isInput(field, "textfield", "textarea"), (form, field) -> 7),

		LENGTH("is te lang: hoogstens {maxLength} tekens.", (field) -> isInput(field, "textfield", "textarea"),
				(form, field) -> "x".repeat(rule(field, "maxLength").asInt() + 1)),

		STORABLE("bevat een teken dat niet kan worden opgeslagen.", (field) -> isInput(field, "textfield", "textarea"),
				(form, field) -> "x\u0000x"),

		NUMBER("moet een getal zijn.", (field) -> isInput(field, "number"), (form, field) -> "veel"),

		DECIMALS("heeft te veel cijfers achter de komma.", (field) -> isInput(field, "number"),
				(form, field) -> BigDecimal.ONE.movePointLeft(field.path("decimalDigits").asInt() + 1)),

		LEAST("is te laag: minstens {min}.", (field) -> isInput(field, "number"),
				(form, field) -> rule(field, "min").asInt() - 1),

		MOST("is te hoog: hoogstens {max}.", (field) -> isInput(field, "number"),
				(form, field) -> rule(field, "max").asInt() + 1),

		DATE("is geen datum. Schrijf de datum als 2026-03-14.", (field) -> isInput(field, "datetime"),
				(form, field) -> "2027-02-30"),

		CENTURY("kan niet kloppen.", (field) -> isInput(field, "datetime"), (form, field) -> "9999-01-01"),

		OPTION("heeft een keuze die niet in de lijst staat.", (field) -> isInput(field, "select", "radio"),
				(form, field) -> "nietInDeLijst"),

		YES_OR_NO("moet ja of nee zijn.", (field) -> isInput(field, "checkbox"), (form, field) -> "ja"),

		LIST("moet een lijst van keuzes zijn.", (field) -> isInput(field, "checklist"),
				(form, field) -> form.good(field).toString()),

		OPTIONS("heeft een keuze die niet in de lijst staat.", (field) -> isInput(field, "checklist"),
				(form, field) -> List.of("nietInDeLijst")),

		READ_ONLY("kan hier niet worden gewijzigd.",
				(field) -> !isInput(field) && !field.path("key").asText().endsWith("Hash")
						&& !field.at("/properties/mayGrow").asBoolean(),
				(form, field) -> "Iets anders"),

		CAME_ALONG("is niet meegekomen. Open het formulier opnieuw.",
				(field) -> !isInput(field) && rule(field, "required").asBoolean(), (form, field) -> null),

		CHANGED_SINCE_READ("", (field) -> !isInput(field) && field.path("key").asText().endsWith("Hash"),
				(form, field) -> "Iets anders"),

		HIDDEN("hoort niet bij de andere antwoorden. Laat dit veld leeg.",
				(field) -> !field.at("/conditional/hide").asText().isEmpty(), (form, field) -> form.good(field));

		private final String said;

		private final Predicate<JsonNode> isOf;

		private final BiFunction<Form, JsonNode, @Nullable Object> violation;

		Rule(String said, Predicate<JsonNode> isOf, BiFunction<Form, JsonNode, @Nullable Object> violation) {
			this.said = said;
			this.isOf = isOf;
			this.violation = violation;
		}

		private String said(JsonNode field) {
			String said = this.said;
			for (String limit : List.of("maxLength", "min", "max")) {
				said = said.replace("{" + limit + "}", rule(field, limit).asText());
			}
			return said;
		}

	}

	/** What is sent, and the facts that the screen showed. */
	private record Filled(Map<String, Object> submitted, Map<String, Object> facts) {
	}

	private record Form(String name, JsonNode json) {

		private static Form read(String name) {
			try {
				return new Form(name, JSON.readTree(Path.of("forms", name + ".form").toFile()));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		private List<JsonNode> fields() {
			return StreamSupport.stream(this.json.path("components").spliterator(), false)
				.filter((component) -> !component.path("type").asText().equals("text"))
				.toList();
		}

		private JsonNode field(String key) {
			return fields().stream()
				.filter((field) -> field.path("key").asText().equals(key))
				.findFirst()
				.orElseThrow();
		}

		private List<Answer> check(FormChecker checker, Map<String, Object> submitted, Map<String, Object> facts) {
			return checker.check(this.name, submitted, facts);
		}

		/** The form filled in well, such that this field is asked, or is not. */
		private Filled filled(JsonNode field, boolean asked) {
			return assignments(new ArrayList<>(questions(field)), Map.of()).map(this::filled)
				.filter((filled) -> filled.submitted().containsKey(field.path("key").asText()) == asked)
				.findFirst()
				.orElseThrow(() -> new AssertionError(
						this.name + ": no answers " + (asked ? "ask for " : "hide ") + field.path("key").asText()));
		}

		/** On what it depends, directly or not, whether a field is asked. */
		private Set<String> questions(JsonNode field) {
			Set<String> questions = new LinkedHashSet<>();
			Pattern.compile("[A-Za-z]\\w*")
				.matcher(field.at("/conditional/hide").asText().replaceAll("\"\\w+\"", ""))
				.results()
				.map((match) -> match.group())
				.filter((word) -> !Set.of("and", "or", "null").contains(word) && questions.add(word))
				.toList()
				.stream()
				.filter((word) -> !word.equals(field.path("key").asText()))
				.flatMap((word) -> fields().stream().filter((each) -> each.path("key").asText().equals(word)))
				.forEach((each) -> questions.addAll(questions(each)));
			return questions;
		}

		private Stream<Map<String, Object>> assignments(List<String> questions, Map<String, Object> chosen) {
			if (questions.isEmpty()) {
				return Stream.of(chosen);
			}
			String question = questions.get(0);
			List<Object> values = new ArrayList<>();
			fields().stream()
				.filter((field) -> field.path("key").asText().equals(question))
				.flatMap((field) -> StreamSupport.stream(field.path("values").spliterator(), false))
				.forEach((option) -> values.add(option.path("value").asText()));
			if (values.isEmpty()) {
				values.addAll(List.of("Ja", "Nee"));
			}
			values.add(null);
			return values.stream().flatMap((value) -> {
				Map<String, Object> more = new HashMap<>(chosen);
				more.put(question, value);
				return assignments(questions.subList(1, questions.size()), more);
			});
		}

		private Filled filled(Map<String, Object> chosen) {
			Map<String, Object> facts = new HashMap<>(chosen);
			facts.put("organisations", List.of(Map.of("value", "UWV", "label", "UWV")));
			fields().forEach((field) -> {
				String key = field.path("key").asText();
				if (isInput(field)) {
					facts.remove(key);
				}
				else if (!chosen.containsKey(key)) {
					facts.put(key, "Feit");
				}
			});
			Map<String, Object> known = new HashMap<>(facts);
			Map<String, Object> submitted = new LinkedHashMap<>();
			fields().forEach((field) -> {
				String key = field.path("key").asText();
				known.putIfAbsent(key, null);
				String hide = field.at("/conditional/hide").asText();
				boolean hidden = !hide.isEmpty() && Boolean.TRUE.equals(new ParsedFeel()
					.evaluateSimpleExpression(hide.substring(1), Variables.fromMap(known).asVariableContext()));
				boolean left = chosen.containsKey(key) && chosen.get(key) == null
						&& !rule(field, "required").asBoolean();
				Object value = (hidden || left) ? null
						: !isInput(field) ? facts.get(key) : (chosen.get(key) != null) ? chosen.get(key) : good(field);
				known.put(key, value);
				if (value != null) {
					submitted.put(key, value);
				}
			});
			return new Filled(submitted, facts);
		}

		private Object good(JsonNode field) {
			return switch (field.path("type").asText()) {
				case "textfield", "textarea" -> "Tekst";
				case "number" -> rule(field, "min").asInt();
				case "datetime" -> "2027-03-14";
				case "select", "radio" ->
					field.has("valuesKey") ? "UWV" : field.path("values").get(0).path("value").asText();
				case "checkbox" -> true;
				case "checklist" -> List.of(field.path("values").get(0).path("value").asText());
				default -> throw new AssertionError("No good value for a " + field.path("type").asText());
			};
		}

	}

}
