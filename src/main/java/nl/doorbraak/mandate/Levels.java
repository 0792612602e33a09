package nl.doorbraak.mandate;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Up to which amount each function is asked first to sign, as one version says.
 *
 * @param cents a level that is not here is never asked first
 */
public record Levels(Map<Level, Long> cents) {

	private static final long NEVER = -1;

	public Levels {
		cents = Map.copyOf(cents);
	}

	/** The border of a level; empty when it is never asked first. */
	public Optional<Long> of(Level level) {
		return Optional.ofNullable(this.cents.get(level));
	}

	/** All borders by the names that the table gives them. */
	public Map<String, Long> borders() {
		return Arrays.stream(Level.values())
			.collect(Collectors.toMap(Level::code, (level) -> this.cents.getOrDefault(level, NEVER)));
	}

}
