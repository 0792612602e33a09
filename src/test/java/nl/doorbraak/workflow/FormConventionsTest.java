package nl.doorbraak.workflow;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import nl.doorbraak.testing.Attack;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Compares the forms with what the project agreed about them, and each check with a form
 * that was broken on purpose.
 */
class FormConventionsTest {

	private static final ObjectMapper JSON = new ObjectMapper();

	@ParameterizedTest(name = "{1}: {0}")
	@MethodSource
	void formKeepsConvention(FormConvention convention, String form) {
		assertThat(convention.breaches.apply(Form.read(form))).isEmpty();
	}

	static Stream<Arguments> formKeepsConvention() {
		List<String> forms = ModelFile.files(ModelFile.FORMS, ".form");
		assertThat(forms).isNotEmpty();
		return forms.stream()
			.flatMap((form) -> Arrays.stream(FormConvention.values()).map((convention) -> arguments(convention, form)));
	}

	@ParameterizedTest(name = "{0}: {2} -> {3}")
	@MethodSource("brokenCopies")
	void brokenCopyIsFound(FormConvention convention, String form, String original, String broken) {
		String text = ModelFile.text(ModelFile.FORMS.resolve(form + ".form"));
		assertThat(text).contains(original);
		assertThat(convention.breaches.apply(Form.of(form, text.replace(original, broken)))).isNotEmpty();
	}

	static Stream<Arguments> brokenCopies() {
		return Stream.of(arguments(FormConvention.FILE_IS_ONE_FORM, "make-plan", "\"make-plan\"", "\"makePlan\""),
				arguments(FormConvention.FILE_IS_ONE_FORM, "make-plan", "7.24.0", "8.5.0"),
				arguments(FormConvention.ONLY_COMPONENTS_THAT_THE_GUARD_KNOWS, "make-plan", "\"textfield\"",
						"\"filepicker\""),
				arguments(FormConvention.KEYS_ARE_UNIQUE_CAMEL_CASE, "make-plan", "\"cost\"", "\"Cost\""),
				arguments(FormConvention.KEYS_ARE_UNIQUE_CAMEL_CASE, "make-plan", "\"key\": \"desiredEffect\"",
						"\"key\": \"firstBreakthrough\""),
				arguments(FormConvention.INPUTS_HAVE_A_LABEL, "make-plan", "Wat kost dat? (euro)", ""),
				arguments(FormConvention.INPUTS_HAVE_A_LABEL, "hold-round-table", "\"dateLabel\"", "\"label\""),
				arguments(FormConvention.TEXTS_AND_NUMBERS_ARE_BOUNDED, "make-plan", "\"maxLength\": 200",
						"\"minLength\": 200"),
				arguments(FormConvention.TEXTS_AND_NUMBERS_ARE_BOUNDED, "make-plan", "\"maxLength\": 4000",
						"\"maxLength\": 40000"),
				arguments(FormConvention.TEXTS_AND_NUMBERS_ARE_BOUNDED, "make-plan", "\"max\"", "\"maximum\""),
				arguments(FormConvention.OPTIONS_ARE_CODES_WITH_A_LABEL, "make-plan", "\"value\": \"yes\"",
						"\"value\": \"Ja graag\""),
				arguments(FormConvention.OPTIONS_ARE_CODES_WITH_A_LABEL, "make-plan", "\"value\": \"yes\"",
						"\"value\": \"no\""),
				arguments(FormConvention.SAYS_WHAT_BY_WHEN_AND_OTHERWISE, "make-plan", "{{deadline}}", "morgen"),
				arguments(FormConvention.SAYS_WHAT_BY_WHEN_AND_OTHERWISE, "make-plan", "](/casus/", "](/case/"),
				arguments(FormConvention.SAYS_WHAT_BY_WHEN_AND_OTHERWISE, "answer-request", "Casus {{caseNumber}}",
						"[Open casus {{caseNumber}}](/casus/{{caseNumber}})"),
				arguments(FormConvention.SAYS_WHAT_BY_WHEN_AND_OTHERWISE, "report-case", "Meld een casus",
						"Meld {{caseNumber}}"),
				arguments(FormConvention.USES_ONLY_WHAT_THE_SERVER_FILLS_IN, "make-plan", "{{deadlineReason}}",
						"{{reason}}"),
				arguments(FormConvention.HIDES_BY_AN_ANSWER_ABOVE, "enter-outside-answer", "=answered != \\\"no\\\"",
						"=answered != \\\"nee\\\""),
				arguments(FormConvention.HIDES_BY_AN_ANSWER_ABOVE, "confirm-measures", "and carriedOut != \\\"no\\\"",
						"and carriedOut != \\\"nee\\\""),
				arguments(FormConvention.HIDES_BY_AN_ANSWER_ABOVE, "confirm-measures", "and carriedOut !=",
						"and byWhom !="),
				arguments(FormConvention.HIDES_BY_AN_ANSWER_ABOVE, "sign-off", "=crisis != \\\"Ja\\\" or",
						"=crisis != \\\"yes\\\" or"),
				arguments(FormConvention.HIDES_BY_AN_ANSWER_ABOVE, "report-case", "=threat = null",
						"=lookAgain = null"),
				arguments(FormConvention.HIDES_BY_AN_ANSWER_ABOVE, "report-case", "=threat = null", "=now() > threat"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "html", "iframe", "image", "documentPreview", "expression", "button", "dynamiclist" })
	@Attack(value = "F03", failedWith = "every kind of component allowed")
	void formWithMarkupOrAFrameIsRefused(String component) {
		String text = ModelFile.text(ModelFile.FORMS.resolve("make-plan.form"));
		assertThat(FormConvention.ONLY_COMPONENTS_THAT_THE_GUARD_KNOWS.breaches
			.apply(Form.of("make-plan", text.replace("\"textfield\"", "\"" + component + "\"")))).isNotEmpty();
	}

	@Test
	void everyConventionHasABrokenCopy() {
		Set<FormConvention> tried = brokenCopies().map((arguments) -> (FormConvention) arguments.get()[0])
			.collect(Collectors.toCollection(() -> EnumSet.noneOf(FormConvention.class)));
		assertThat(tried).containsExactlyInAnyOrder(FormConvention.values());
	}

	private enum FormConvention {

		FILE_IS_ONE_FORM((form) -> {
			boolean known = form.name.equals(form.json.path("id").asText())
					&& "default".equals(form.json.path("type").asText())
					&& "Camunda Platform".equals(form.json.path("executionPlatform").asText())
					&& "7.24.0".equals(form.json.path("executionPlatformVersion").asText());
			return known ? List.of() : List.of("id, type or platform");
		}),

		/**
		 * What the server checks; everything else would be trusted or refused blindly.
		 */
		ONLY_COMPONENTS_THAT_THE_GUARD_KNOWS((form) -> form.components()
			.map((component) -> component.path("type").asText())
			.filter((type) -> !type.equals("text") && !Form.INPUTS.contains(type))
			.toList()),

		KEYS_ARE_UNIQUE_CAMEL_CASE((form) -> {
			Set<String> seen = new HashSet<>();
			return form.inputs()
				.map((input) -> input.path("key").asText())
				.filter((key) -> !key.matches("[a-z][A-Za-z]*") || !seen.add(key))
				.toList();
		}),

		INPUTS_HAVE_A_LABEL((form) -> form.inputs()
			.filter((input) -> input.path(label(input)).asText().isBlank())
			.map((input) -> input.path("key").asText())
			.toList()),

		TEXTS_AND_NUMBERS_ARE_BOUNDED((form) -> form.inputs().filter((input) -> {
			JsonNode validate = input.path("validate");
			return switch (input.path("type").asText()) {
				case "textfield" -> validate.path("maxLength").asInt() != 200;
				case "textarea" -> validate.path("maxLength").asInt() < 1 || validate.path("maxLength").asInt() > 4000;
				case "number" -> !validate.has("min") || !validate.has("max");
				default -> false;
			};
		}).map((input) -> input.path("key").asText()).toList()),

		OPTIONS_ARE_CODES_WITH_A_LABEL((form) -> form.inputs().filter((input) -> {
			Set<String> codes = new HashSet<>();
			boolean choice = Set.of("select", "radio", "checklist").contains(input.path("type").asText());
			boolean known = stream(input.path("values")).allMatch((option) -> codes.add(option.path("value").asText())
					&& option.path("value").asText().matches("[a-z][A-Za-z]*")
					&& !option.path("label").asText().isBlank());
			boolean facts = Form.FACTS.contains(input.path("valuesKey").asText());
			return choice && !facts && (!known || codes.size() < 2);
		}).map((input) -> input.path("key").asText()).toList()),

		SAYS_WHAT_BY_WHEN_AND_OTHERWISE((form) -> {
			JsonNode first = form.components().findFirst().orElseThrow();
			String text = first.path("text").asText();
			boolean told = form.startsACase() ? !text.contains("{{")
					: text.contains("{{deadline}}") && text.endsWith(form.isOfStrangers() ? "\n\nCasus {{caseNumber}}"
							: "[Open casus {{caseNumber}}](/casus/{{caseNumber}})");
			return "text".equals(first.path("type").asText()) && told ? List.of() : List.of(text);
		}),

		USES_ONLY_WHAT_THE_SERVER_FILLS_IN((form) -> form.components()
			.map((component) -> component.path("text").asText() + component.path("label").asText())
			.flatMap((text) -> Pattern.compile("\\{\\{(.*?)}}").matcher(text).results())
			.map((match) -> match.group(1))
			.filter((value) -> !Form.FILLED_IN.contains(value) && !value.matches(Form.ABSENT_FACTS))
			.toList()),

		/**
		 * Simple enough for the server to answer the same question; a fact of yes or no
		 * may come before.
		 */
		HIDES_BY_AN_ANSWER_ABOVE((form) -> {
			List<String> wrong = new ArrayList<>();
			Map<String, Collection<String>> above = new LinkedHashMap<>();
			form.inputs().forEach((input) -> {
				String hide = input.path("conditional").path("hide").asText();
				String key = input.path("key").asText();
				boolean fact = input.path("readonly").asBoolean();
				above.put(key, fact ? Set.of("Ja", "Nee")
						: stream(input.path("values")).map((option) -> option.path("value").asText()).toList());
				String facts = "( or " + Form.ABSENT_FACTS + " !?= null|=" + Form.ABSENT_FACTS + " !?= null)$";
				String rest = hide.replaceFirst(facts, "");
				Matcher question = Pattern
					.compile("=(?:(\\w+) != \"(\\w+)\" or )?(\\w+) (?:= null|!= \"(\\w+)\"(?: and \\3 != \"(\\w+)\")?)")
					.matcher(rest);
				boolean answered = question.matches() && (fact || !question.group(3).equals(key))
						&& isAnswer(above, question.group(1), question.group(2))
						&& isAnswer(above, question.group(3), question.group(4))
						&& isAnswer(above, question.group(3), question.group(5));
				if (!rest.isEmpty() && !answered) {
					wrong.add(key + ": " + hide);
				}
			});
			return wrong;
		});

		private final Function<Form, List<String>> breaches;

		FormConvention(Function<Form, List<String>> breaches) {
			this.breaches = breaches;
		}

		private static boolean isAnswer(Map<String, Collection<String>> above, String question, String answer) {
			return question == null
					|| above.containsKey(question) && (answer == null || above.get(question).contains(answer));
		}

		private static String label(JsonNode input) {
			return input.path("type").asText().equals("datetime") ? "dateLabel" : "label";
		}

		private static Stream<JsonNode> stream(JsonNode array) {
			return StreamSupport.stream(array.spliterator(), false);
		}

	}

	private record Form(String name, JsonNode json) {

		private static final Set<String> INPUTS = Set.of("textfield", "textarea", "number", "datetime", "select",
				"radio", "checkbox", "checklist");

		private static final Set<String> FILLED_IN = Set.of("caseNumber", "headline", "deadline", "deadlineReason",
				"howItWent", "months", "#if headline != null and headline != \"\"", "/if");

		/** Lists that the server fills in, to choose from. */
		private static final Set<String> FACTS = Set.of("organisations");

		/** Facts that are not there in every case, and hide a field then. */
		private static final String ABSENT_FACTS = "(?:conditionText[A-J]|onceRefused|has[A-Z][a-z]+)";

		private static Form read(String name) {
			return of(name, ModelFile.text(ModelFile.FORMS.resolve(name + ".form")));
		}

		private static Form of(String name, String text) {
			try {
				return new Form(name, JSON.readTree(text));
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}

		/** Who answers it is not on the case, and could not open it. */
		private boolean isOfStrangers() {
			return this.name.equals("answer-request");
		}

		private boolean startsACase() {
			return ModelFile.all()
				.stream()
				.flatMap((model) -> Pattern.compile("<bpmn:startEvent [^>]*camunda:formRef=\"([\\w-]+)\"")
					.matcher(model.text())
					.results())
				.map((MatchResult match) -> match.group(1))
				.anyMatch(this.name::equals);
		}

		private Stream<JsonNode> components() {
			return StreamSupport.stream(this.json.path("components").spliterator(), false);
		}

		private Stream<JsonNode> inputs() {
			return components().filter((component) -> !component.path("type").asText().equals("text"));
		}
	}

}
