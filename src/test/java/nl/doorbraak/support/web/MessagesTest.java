package nl.doorbraak.support.web;

import java.io.IOException;
import java.util.Properties;

import org.junit.jupiter.api.Test;

import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.EncodedResource;
import org.springframework.core.io.support.PropertiesLoaderUtils;

import static org.assertj.core.api.Assertions.assertThat;

class MessagesTest {

	@Test
	void everySentenceOfOurPagesIsThereInEnglishToo() throws IOException {
		assertThat(messages("messages_en").stringPropertyNames())
			.containsExactlyInAnyOrderElementsOf(messages("messages").stringPropertyNames());
	}

	private static Properties messages(String name) throws IOException {
		return PropertiesLoaderUtils
			.loadProperties(new EncodedResource(new ClassPathResource(name + ".properties"), "UTF-8"));
	}

}
