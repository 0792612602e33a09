package nl.doorbraak.alert;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What stands in a mail as HTML is what it says, whatever signs are in it. */
class MailTemplatesTest {

	private final MailTemplates templates = new MailTemplates();

	@Test
	void nameWithSignsOfHtmlIsReadAsItIs() {
		String name = "A & B <C> \"D\" 'E' [[${subject}]] __${subject}__";
		Map<String, Object> words = words(name);
		HtmlMail mail = new HtmlMail(this.templates.html("alert", words));
		List<String> lines = List.of("Casus " + name, "title " + name, "what " + name, "late " + name, "why " + name,
				"deadline " + name, "button " + name, "handOver " + name, "Dit bericht gaat ook naar:", name);
		assertThat(mail.lines()).startsWith(lines.toArray(String[]::new));
		assertThat(mail.preview()).isEqualTo("preview " + name);
		assertThat(mail.attribute("a.button", "href")).isEqualTo("https://doorbraak.example/?a=1&b=2");
		assertThat(mail.title()).isEqualTo(name);
		assertThat(mail.attribute("[role=article]", "aria-label")).isEqualTo(name);
		assertThat(this.templates.text("alert", words)).contains("Casus " + name, "late " + name, "why " + name,
				"- " + name);
	}

	private static Map<String, Object> words(String name) {
		Map<String, Object> words = new HashMap<>();
		List.of("title", "what", "late", "why", "deadline", "button", "handOver", "preview")
			.forEach((word) -> words.put(word, word + " " + name));
		words.put("subject", name);
		words.put("number", name);
		words.put("link", "https://doorbraak.example/?a=1&b=2");
		words.put("others", List.of(name));
		return words;
	}

}
