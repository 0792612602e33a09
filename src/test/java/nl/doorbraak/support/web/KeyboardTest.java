package nl.doorbraak.support.web;

import java.io.IOException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What our templates have can be come to and sent by who has no mouse:
 * {@code PagesByKeyboardIT} does it.
 */
class KeyboardTest {

	private static final Pattern FORM = Pattern.compile("<form\\b.*?</form>", Pattern.DOTALL);

	/** Also one that is sent by the key Enter in a field. */
	private static final Pattern SUBMIT = Pattern
		.compile("<button\\b(?![^>]*type=\"(?:button|reset)\")|<input\\b[^>]*type=\"submit\"");

	private static final Pattern ORDER = Pattern.compile("tabindex=\"(?!0\"|-1\")[^\"]*\"");

	/**
	 * Acts by itself after a click, whatever it is: Enter and space do so only for these.
	 */
	private static final Pattern CLICKED = Pattern.compile(
			"<(?!a\\b|button\\b|input\\b|summary\\b|select\\b)\\w[^>]*?\\s(?:th:)?on(?:click|mouse\\w+|key\\w+)=[^>]*>");

	@ParameterizedTest
	@MethodSource
	void everyFormIsSentWithAButtonOfItsOwn(Resource template) throws IOException {
		String html = template.getContentAsString(UTF_8);
		List<String> forms = FORM.matcher(html).results().map(MatchResult::group).toList();
		assertThat(forms).as("forms that are closed").hasSize(html.split("<form\\b", -1).length - 1);
		assertThat(forms).allMatch((form) -> SUBMIT.matcher(form).find());
		assertThat(ORDER.matcher(html).results().map(MatchResult::group)).as("an order of its own").isEmpty();
		assertThat(CLICKED.matcher(html).results().map(MatchResult::group)).as("only for a mouse").isEmpty();
	}

	static Stream<Resource> everyFormIsSentWithAButtonOfItsOwn() throws IOException {
		return Stream.of(new PathMatchingResourcePatternResolver().getResources("classpath:templates/**/*.html"));
	}

}
