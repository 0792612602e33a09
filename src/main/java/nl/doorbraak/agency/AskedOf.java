package nl.doorbraak.agency;

import java.time.LocalDate;

import nl.doorbraak.directory.Function;
import org.jspecify.annotations.Nullable;

/**
 * Whom of an agency a question was put to, as it was when it was sent.
 *
 * @param officer login
 * @param deputy login of who stood in; null when the officer was there, or nobody did
 * @param awayUntil last day of the absence; null when the officer was there
 */
public record AskedOf(String officer, Function function, @Nullable String deputy, @Nullable LocalDate awayUntil) {
}
