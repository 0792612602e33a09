package nl.doorbraak.support;

import java.util.List;

/**
 * Facts of many cases that a room publishes at once, for whoever works on all of them
 * together. Each has its own line in the record.
 */
public interface RecordedTogether {

	/** In the order in which they happened. */
	List<? extends RecordedEvent> all();

}
