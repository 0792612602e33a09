package nl.doorbraak.support.web;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

import nl.doorbraak.ladder.Rung;
import nl.doorbraak.mandate.SignOff;
import nl.doorbraak.testing.Coding;
import org.junit.jupiter.api.Test;

import org.springframework.context.support.ResourceBundleMessageSource;

import static org.assertj.core.api.Assertions.assertThat;

class LabelsTest {

	private static final Locale DUTCH = Locale.forLanguageTag("nl");

	private final Labels labels = new Labels(messages());

	private static ResourceBundleMessageSource messages() {
		ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
		messages.setBasename("messages");
		messages.setDefaultEncoding("UTF-8");
		messages.setFallbackToSystemLocale(false);
		return messages;
	}

	@Test
	void aLabelIsDutchAsTheCodeHasItAndEnglishAsTheMessagesHaveIt() {
		assertThat(this.labels.of(Rung.MINISTRY, DUTCH)).isEqualTo(Rung.MINISTRY.label());
		assertThat(this.labels.of(Rung.MINISTRY, Locale.ENGLISH)).isEqualTo("Breakthrough at the ministry");
		assertThat(new Labels.In(this.labels, Locale.ENGLISH).of(SignOff.Outcome.PASSED_ON)).isEqualTo("Passed on");
		assertThat(this.labels.of(null, Locale.ENGLISH)).isEmpty();
	}

	@Test
	void everyLabelHasAnEnglishWordAndNoWordIsLeftOver() throws Exception {
		Set<String> needed = new TreeSet<>();
		Coding.all().forEach((each) -> needed.add(Labels.key(each)));
		assertThat(needed).hasSizeGreaterThan(200);
		assertThat(MessagesTest.messages("messages_en").stringPropertyNames())
			.filteredOn((key) -> key.startsWith("label."))
			.containsExactlyInAnyOrderElementsOf(needed);
		assertThat(MessagesTest.messages("messages").stringPropertyNames())
			.noneMatch((key) -> key.startsWith("label."));
	}

}
