package nl.doorbraak.support.web;

import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

import nl.doorbraak.support.Coded;
import org.jspecify.annotations.Nullable;

import org.springframework.context.MessageSource;
import org.springframework.stereotype.Component;

/**
 * What pages call that which is stored as a code: its Dutch label, which stands once in
 * the code, or the word for it in the reader's language.
 */
@Component
public class Labels {

	private final MessageSource messages;

	public Labels(MessageSource messages) {
		this.messages = messages;
	}

	/** Empty when there is nothing to name. */
	public String of(@Nullable Coded named, Locale locale) {
		if (named == null) {
			return "";
		}
		String word = this.messages.getMessage(key(named), null, named.label(), locale);
		return (word != null) ? word : named.label();
	}

	/** What a task asks; its own name is Dutch, as its model has it. */
	public String task(String form, String name, Locale locale) {
		String word = locale.getLanguage().equals("en") ? this.messages.getMessage("form." + form, null, name, locale)
				: name;
		return (word != null) ? word : name;
	}

	/** The name of its enumeration, within that of the class around it, and its code. */
	static String key(Coded named) {
		Class<?> type = (named instanceof Enum<?> constant) ? constant.getDeclaringClass() : named.getClass();
		return "label." + type.getName().substring(type.getPackageName().length() + 1).replace('$', '.') + "."
				+ named.code();
	}

	/** In one language. */
	public record In(Labels labels, Locale locale) {

		public String of(@Nullable Coded named) {
			return this.labels.of(named, this.locale);
		}

		/** One after the other, with commas. */
		public String all(Collection<? extends Coded> named) {
			return named.stream().map(this::of).collect(Collectors.joining(", "));
		}

		public String task(String form, String name) {
			return this.labels.task(form, name, this.locale);
		}

	}

}
