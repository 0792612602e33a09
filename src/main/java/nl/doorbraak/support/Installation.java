package nl.doorbraak.support;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * What kind of installation this is. Acceptance is for trying out with invented cases:
 * its pages and mails say so, and all its mail goes to one mailbox.
 */
@Component
public class Installation {

	private static final String MARK = "[ACCEPTATIE] ";

	private final Environment environment;

	private final @Nullable String mailbox;

	public Installation(@Value("${doorbraak.environment:production}") String environment,
			@Value("${doorbraak.acceptance.mailbox:#{null}}") @Nullable String mailbox) {
		this.environment = switch (environment) {
			case "production" -> Environment.PRODUCTION;
			case "acceptance" -> Environment.ACCEPTANCE;
			default -> throw new StartRefused("doorbraak.environment is '" + environment + "'.",
					"Make it production or acceptance, or leave it out for production.");
		};
		if (isAcceptance() && (mailbox == null || mailbox.isBlank())) {
			throw new StartRefused("This is an acceptance environment without a mailbox: mail could reach real people.",
					"Set doorbraak.acceptance.mailbox to the one address that all its mail goes to.");
		}
		this.mailbox = mailbox;
	}

	public Environment environment() {
		return this.environment;
	}

	public boolean isAcceptance() {
		return this.environment == Environment.ACCEPTANCE;
	}

	/** Where mail for an address really goes. */
	public String recipient(String address) {
		return (isAcceptance() && this.mailbox != null) ? this.mailbox : address;
	}

	public String subject(String subject) {
		return isAcceptance() ? MARK + subject : subject;
	}

	/** Kinds of installations, as stored in lower case. */
	public enum Environment {

		PRODUCTION, ACCEPTANCE;

		public String code() {
			return name().toLowerCase(java.util.Locale.ROOT);
		}

	}

}
