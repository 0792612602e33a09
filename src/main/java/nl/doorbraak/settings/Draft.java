package nl.doorbraak.settings;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * A version that nobody adopted yet, or the one it became.
 *
 * @param body the municipality or region it is for
 * @param basedOn the version it began as
 * @param fields what it says, as the fields of its form
 * @param authors logins of everybody who wrote in it
 * @param version the version that it became
 */
public record Draft(long id, String body, int basedOn, Map<String, String> fields, List<String> authors, int revision,
		Instant changedAt, @Nullable Integer version, boolean withdrawn) {

	public boolean isOpen() {
		return this.version == null && !this.withdrawn;
	}

}
