package nl.doorbraak.directory;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * Somebody's stay in a function at one body.
 *
 * @param name as on screen
 * @param since not before Doorbraak knew of it
 * @param until null: still there
 */
public record Occupant(String name, Function function, Instant since, @Nullable Instant until) {
}
