package nl.doorbraak.support.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.EncodedResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

import static org.assertj.core.api.Assertions.assertThat;

class MessagesTest {

	/** But for labels, whose Dutch stands in the code: see {@code LabelsTest}. */
	@Test
	void everySentenceOfOurPagesIsThereInEnglishToo() throws IOException {
		assertThat(messages("messages_en").stringPropertyNames()).filteredOn((key) -> !key.startsWith("label."))
			.containsExactlyInAnyOrderElementsOf(messages("messages").stringPropertyNames());
	}

	/** The second of two would take the place of the first, on another page. */
	@ParameterizedTest
	@ValueSource(strings = { "messages.properties", "messages_en.properties" })
	void noSentenceIsThereTwice(String file) throws IOException {
		assertThat(new ClassPathResource(file).getContentAsString(StandardCharsets.UTF_8)
			.lines()
			.filter((line) -> line.matches("[^#=\\s]+=.*"))
			.map((line) -> line.substring(0, line.indexOf('=')))).hasSizeGreaterThan(1000).doesNotHaveDuplicates();
	}

	/** Where nothing is filled in, an apostrophe is one. */
	@ParameterizedTest
	@ValueSource(strings = { "messages", "messages_en" })
	void noApostropheIsShownTwice(String name) throws IOException {
		assertThat(messages(name)).noneSatisfy((key, sentence) -> assertThat(String.valueOf(sentence)).contains("''")
			.doesNotContainPattern("\\{[0-9]"));
	}

	static Properties messages(String name) throws IOException {
		return PropertiesLoaderUtils
			.loadProperties(new EncodedResource(new ClassPathResource(name + ".properties"), "UTF-8"));
	}

}
