package nl.doorbraak.learning;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What gets in the way, in words that name nobody.
 *
 * @param order 1: learn in the case; 2: clear it in the own organisation; 3: change the
 * system
 * @param patternAt when the third case shared it; null: it is no pattern
 * @param ownerOrganisation id; null: nobody owns it
 * @param owner login
 */
public record Obstacle(long id, ObstacleKind kind, String wording, int order, @Nullable Instant patternAt,
		@Nullable String ownerOrganisation, @Nullable String owner) {

	/** From how many cases on it is a pattern, and its number of cases is told. */
	public static final int PATTERN = 3;

	public boolean isPattern() {
		return this.patternAt != null;
	}

}
