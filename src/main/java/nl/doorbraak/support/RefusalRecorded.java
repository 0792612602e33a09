package nl.doorbraak.support;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The software said no to somebody: recorded outside the transaction that was rolled
 * back.
 *
 * @param status the HTTP status of the answer: what kind of no it was
 * @param caseMark tells who may read the case that it was about it; null when it was
 * about none
 */
public record RefusalRecorded(String actor, String code, int status, String door,
		@Nullable String caseMark) implements RecordedEvent {

	/** The chain of what belongs to no case, or must not tell to which. */
	public static final String CHAIN = "refusals";

	@Override
	public String chain() {
		return CHAIN;
	}

	@Override
	public boolean mayFollow() {
		return true;
	}

	@Override
	public Map<String, Object> facts() {
		return RecordedEvent.codes("code", this.code, "http", this.status, "door", this.door, "caseMark",
				this.caseMark);
	}

}
