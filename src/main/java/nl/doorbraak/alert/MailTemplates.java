package nl.doorbraak.alert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import ch.digitalfondue.mjml4j.Mjml4j;
import ch.digitalfondue.mjml4j.Mjml4j.Configuration;
import ch.digitalfondue.mjml4j.Mjml4j.SimpleResourceResolver;
import ch.digitalfondue.mjml4j.Mjml4j.TextDirection;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;
import org.thymeleaf.templateresolver.StringTemplateResolver;

import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;

/**
 * The text and the HTML of a mail. The HTML is made of MJML once, at start: what varies
 * is filled in by Thymeleaf afterwards, which escapes it, and no value ever passes
 * through the generator.
 */
@Component
class MailTemplates {

	private static final Locale DUTCH = Locale.forLanguageTag("nl-NL");

	private final SpringTemplateEngine templates = new SpringTemplateEngine();

	private final Map<String, String> html = Map.of("alert", html("alert"), "digest", html("digest"));

	MailTemplates() {
		ClassLoaderTemplateResolver text = new ClassLoaderTemplateResolver();
		text.setPrefix("mail/");
		text.setTemplateMode(TemplateMode.TEXT);
		text.setForceTemplateMode(true);
		text.setCharacterEncoding(StandardCharsets.UTF_8.name());
		text.setResolvablePatterns(Set.of("*.txt"));
		text.setOrder(1);
		this.templates.addTemplateResolver(text);
		StringTemplateResolver page = new StringTemplateResolver();
		page.setTemplateMode(TemplateMode.HTML);
		page.setCacheable(true);
		page.setOrder(2);
		this.templates.addTemplateResolver(page);
	}

	String text(String name, Map<String, Object> words) {
		return this.templates.process(name + ".txt", new Context(DUTCH, words));
	}

	String html(String name, Map<String, Object> words) {
		return this.templates.process(Objects.requireNonNull(this.html.get(name)), new Context(DUTCH, words));
	}

	/** The frame, which is the same for all, around what this mail holds. */
	private static String html(String name) {
		return Mjml4j.render(read("frame"),
				new Configuration("nl", TextDirection.LTR, new SimpleResourceResolver((content) -> read(name))));
	}

	private static String read(String name) {
		try {
			return new ClassPathResource("mail/" + name + ".mjml").getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
