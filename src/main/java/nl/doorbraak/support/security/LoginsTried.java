package nl.doorbraak.support.security;

import java.util.Map;

import nl.doorbraak.support.Actor;
import nl.doorbraak.support.RecordedEvent;
import nl.doorbraak.support.RefusalRecorded;

/**
 * Somebody tries passwords or tokens: so many logins failed within five minutes.
 *
 * @param failures in that time
 * @param sources from how many addresses
 */
public record LoginsTried(long failures, long sources) implements RecordedEvent {

	@Override
	public String chain() {
		return RefusalRecorded.CHAIN;
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
		return RecordedEvent.codes("failures", this.failures, "sources", this.sources);
	}

}
