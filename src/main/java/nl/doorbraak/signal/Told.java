package nl.doorbraak.signal;

import java.time.LocalDate;

import org.jspecify.annotations.Nullable;

/**
 * What a sender tells, as it was typed or sent; checked when it is taken in.
 *
 * @param reference of the sender
 * @param kind code of {@link Arrears}
 * @param amount in euros
 * @param triage code of {@link Triage}; empty from another system
 */
public record Told(String reference, String kind, int months, String amount, String name, @Nullable LocalDate birthDate,
		String address, String contact, String threat, @Nullable LocalDate eventDate, String triage) {
}
