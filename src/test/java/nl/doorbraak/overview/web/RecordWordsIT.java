package nl.doorbraak.overview.web;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import nl.doorbraak.audit.AuditLine;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.support.web.Labels;
import nl.doorbraak.testing.Passed;
import org.junit.jupiter.api.Test;

import org.springframework.context.MessageSource;
import org.springframework.context.support.ResourceBundleMessageSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

/**
 * Every line that the other classes of the run left in the record of a case can be said
 * in words. Runs after all of them ({@code pom.xml}); alone, it fails.
 */
class RecordWordsIT {

	private final RecordWords words = new RecordWords(messages(), new Labels(messages()), directory(),
			Clock.systemUTC());

	/** As the application reads them. */
	private static MessageSource messages() {
		ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
		messages.setBasename("messages");
		messages.setDefaultEncoding("UTF-8");
		messages.setFallbackToSystemLocale(false);
		return messages;
	}

	/** Knows everybody, and no organisation: that is called by its id then. */
	private static Directory directory() {
		Directory directory = mock();
		given(directory.nameOf(anyString())).willReturn("Iemand");
		return directory;
	}

	@Test
	void everyLineOfEveryCaseIsSaidInWords() throws JsonProcessingException {
		Set<String> lines = Passed.of("line");
		assertThat(lines).hasSizeGreaterThan(1000);
		Set<String> wordless = new TreeSet<>();
		for (String each : lines) {
			String[] parts = each.split(" ", 3);
			AuditLine line = new AuditLine("DB-2026-000001", 1, Instant.EPOCH, parts[0], parts[1], parts[2],
					new byte[0], new byte[0]);
			for (Locale locale : List.of(Locale.forLanguageTag("nl"), Locale.ENGLISH)) {
				wordless.addAll(wordless(line, this.words.line(line, locale)));
			}
		}
		assertThat(wordless).isEmpty();
	}

	private static Set<String> wordless(AuditLine line, RecordWords.Line said) throws JsonProcessingException {
		Set<String> wordless = new TreeSet<>();
		if (said.what().isEmpty() || said.who().isEmpty()) {
			wordless.add(line.act());
		}
		said.facts()
			.stream()
			.filter((fact) -> fact.name().isEmpty() || fact.value().matches("[a-z]+[A-Z]\\w*"))
			.forEach((fact) -> wordless.add(line.act() + " " + fact));
		long shown = new ObjectMapper().readTree(line.facts())
			.properties()
			.stream()
			.filter((fact) -> !RecordWords.HIDDEN.contains(fact.getKey())
					&& (fact.getValue().isArray() || !fact.getValue().asText().isEmpty()))
			.count();
		if (said.facts().size() != shown) {
			wordless.add(line.act() + " " + line.facts() + " said as " + said.facts());
		}
		return wordless;
	}

}
