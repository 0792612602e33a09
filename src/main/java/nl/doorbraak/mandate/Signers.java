package nl.doorbraak.mandate;

import java.util.List;
import java.util.Optional;

/**
 * Who may pick a question up.
 *
 * @param group everybody with the function; empty where only the case's team may
 * @param people others, by login
 */
public record Signers(Optional<String> group, List<String> people) {

	public Signers {
		people = List.copyOf(people);
	}

}
