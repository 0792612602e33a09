package nl.doorbraak.alert;

import nl.doorbraak.alert.Carrier.Answer;

/**
 * Brings a text message to a mobile telephone: the port behind which a provider stands.
 * There is none unless the settings name one; then no text message is made.
 */
public interface TextCarrier {

	/** Tries once. Every way to fail is an answer, never an exception. */
	Answer carry(TextMessage message);

	/**
	 * A text message. Holds no personal data of residents.
	 *
	 * @param phone in the form +31612345678
	 * @param reference the same at every attempt
	 */
	record TextMessage(String phone, String text, String reference) {
	}

}
