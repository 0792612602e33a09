package nl.doorbraak.support.watchdog;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import nl.doorbraak.support.Actor;
import nl.doorbraak.support.RecordedEvent;

/**
 * The watchdog found work of one kind that was late, for the first time; it was done, or
 * only a person can do it.
 *
 * @param what code of the kind
 * @param numbers of the cases it is about
 * @param count how many pieces of work
 */
public record LateWorkFound(String what, List<String> numbers, int count, Instant foundAt) implements RecordedEvent {

	public LateWorkFound {
		numbers = List.copyOf(numbers);
	}

	@Override
	public String chain() {
		return "watchdog";
	}

	@Override
	public String actor() {
		return Actor.SOFTWARE;
	}

	@Override
	public boolean mayFollow() {
		return true;
	}

	@Override
	public Map<String, Object> facts() {
		return Map.of("work", this.what, "count", this.count);
	}

}
