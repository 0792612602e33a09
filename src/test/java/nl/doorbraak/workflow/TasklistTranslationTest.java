package nl.doorbraak.workflow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Compares our Dutch words for Tasklist with the English file of the Camunda version in
 * use, so that an upgrade that adds, renames or drops a word does not go unnoticed.
 */
class TasklistTranslationTest {

	private static final String FOLDER = "/META-INF/resources/webjars/camunda/app/tasklist/locales/";

	private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{.*?}}|\\{[^{}]*}|%[a-z]");

	private static final Set<String> SAME_IN_BOTH_LANGUAGES = Set.of("/dateLocales/calendar/sameElse",
			"/dateLocales/longDateFormat/LL", "/dateLocales/longDateFormat/LT", "/labels/COCKPIT_APP",
			"/labels/DIAGRAM", "/labels/FILTER", "/labels/FILTERS", "/labels/NO_TASK_FORM",
			"/labels/SEARCH_GREATER_THAN", "/labels/SEARCH_GREATER_THAN_EQUALS", "/labels/SEARCH_LESS_THAN",
			"/labels/SEARCH_LESS_THAN_EQUALS");

	private final Map<String, JsonNode> english = read("en.json");

	private final Map<String, JsonNode> dutch = read("nl.json");

	@Test
	void everyWordHasATranslationAndNoTranslationIsLeftOver() {
		assertThat(this.dutch.keySet()).isEqualTo(this.english.keySet());
	}

	@Test
	void translationsCarryTheSamePlaceholders() {
		Set<String> different = new TreeSet<>(this.dutch.keySet());
		different.removeIf((key) -> placeholders(this.dutch.get(key)).equals(placeholders(this.english.get(key))));
		assertThat(different).isEmpty();
	}

	@Test
	void onlyNamedWordsAreTheSameInBothLanguages() {
		Set<String> same = new TreeSet<>(this.dutch.keySet());
		same.removeIf((key) -> !this.dutch.get(key).isTextual() || !this.dutch.get(key).equals(this.english.get(key)));
		assertThat(same).isEqualTo(new TreeSet<>(SAME_IN_BOTH_LANGUAGES));
	}

	@Test
	void whatWentWrongIsAWholeSentence() {
		assertThat(this.dutch.entrySet()).filteredOn((word) -> word.getKey().endsWith("_ERROR"))
			.isNotEmpty()
			.allMatch((word) -> word.getValue().asText().matches(".*[.:]"));
	}

	@Test
	void theFileStartsWithoutAByteOrderMark() throws IOException {
		assertThat(text("nl.json").charAt(0)).isEqualTo('{');
	}

	private static List<String> placeholders(@Nullable JsonNode value) {
		return PLACEHOLDER.matcher((value != null) ? value.asText() : "")
			.results()
			.map(MatchResult::group)
			.sorted()
			.toList();
	}

	private static Map<String, JsonNode> read(String file) {
		try {
			Map<String, JsonNode> words = new TreeMap<>();
			collect("", new ObjectMapper().readTree(withoutByteOrderMark(text(file))), words);
			return words;
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void collect(String path, JsonNode node, Map<String, JsonNode> words) {
		if (node.isValueNode()) {
			words.put(path, node);
		}
		node.fields().forEachRemaining((field) -> collect(path + "/" + field.getKey(), field.getValue(), words));
		for (int i = 0; node.isArray() && i < node.size(); i++) {
			collect(path + "/" + i, node.get(i), words);
		}
	}

	private static String text(String file) throws IOException {
		try (InputStream stream = TasklistTranslationTest.class.getResourceAsStream(FOLDER + file)) {
			assertThat(stream).as(file).isNotNull();
			return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static String withoutByteOrderMark(String text) {
		return text.startsWith("\uFEFF") ? text.substring(1) : text;
	}

}
