package nl.doorbraak.alert;

/**
 * An alert as it goes out, to exactly one address, in text and HTML. Holds no personal
 * data of residents.
 *
 * @param messageId the same at every attempt
 */
public record Letter(String to, String subject, String text, String html, String messageId) {
}
