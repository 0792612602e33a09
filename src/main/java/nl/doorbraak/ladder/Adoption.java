package nl.doorbraak.ladder;

import java.time.Instant;

/**
 * Who made a version of the terms count.
 *
 * @param draftedBy login of who wrote it
 * @param adoptedBy login of who adopted it, another person
 * @param reference of the decision or the document it rests on
 */
public record Adoption(String draftedBy, String adoptedBy, Instant adoptedAt, String reference) {
}
