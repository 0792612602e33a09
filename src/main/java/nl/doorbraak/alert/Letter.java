package nl.doorbraak.alert;

import org.jspecify.annotations.Nullable;

/**
 * An alert as it goes out, to exactly one address, in text and HTML. Holds no personal
 * data of residents.
 *
 * @param messageId the same at every attempt
 * @param invitation for the reader's calendar
 */
public record Letter(String to, String subject, String text, String html, String messageId,
		@Nullable Invitation invitation) {

	public Letter(String to, String subject, String text, String html, String messageId) {
		this(to, subject, text, html, messageId, null);
	}

	/**
	 * A file for calendars.
	 *
	 * @param method what the calendar does with it: {@code REQUEST} or {@code CANCEL}
	 */
	public record Invitation(String method, String file) {
	}

}
