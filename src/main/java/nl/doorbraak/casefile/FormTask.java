package nl.doorbraak.casefile;

import org.jspecify.annotations.Nullable;

/**
 * A form that somebody has before them.
 *
 * @param number of the case
 * @param form id of the form
 * @param part which one, where several of the same are asked side by side; null where
 * there is one
 */
public record FormTask(String number, String form, @Nullable Long part) {
}
