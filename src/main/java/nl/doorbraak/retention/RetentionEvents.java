package nl.doorbraak.retention;

import java.util.Map;

import nl.doorbraak.support.RecordedEvent;

/** What happens to closed cases, as the record keeps it. */
public final class RetentionEvents {

	/** The chain of what is no fact of one case. */
	static final String CHAIN = "retention";

	private RetentionEvents() {
	}

	/** A case must be kept, whatever its term. */
	public record HoldSet(String chain, String actor, String reason) implements RecordedEvent {

		@Override
		public Map<String, Object> facts() {
			return RecordedEvent.codes("reason", this.reason);
		}

	}

	/** It need not any more. */
	public record HoldLifted(String chain, String actor, String reason) implements RecordedEvent {

		@Override
		public Map<String, Object> facts() {
			return RecordedEvent.codes("reason", this.reason);
		}

	}

	/** A manager proposes to destroy cases. */
	public record DestructionListMade(String actor, String municipality, long list,
			int cases) implements RecordedEvent {

		@Override
		public String chain() {
			return CHAIN;
		}

		@Override
		public Map<String, Object> facts() {
			return RecordedEvent.codes("municipality", this.municipality, "list", this.list, "cases", this.cases);
		}

	}

	/** A case stays after all. */
	public record CaseTakenOffList(String chain, String actor, long list, String because) implements RecordedEvent {

		@Override
		public Map<String, Object> facts() {
			return RecordedEvent.codes("list", this.list, "because", this.because);
		}

	}

	/** One of the two signed. */
	public record DestructionListSigned(String actor, long list, int place, int cases) implements RecordedEvent {

		@Override
		public String chain() {
			return CHAIN;
		}

		@Override
		public Map<String, Object> facts() {
			return RecordedEvent.codes("list", this.list, "place", this.place, "cases", this.cases);
		}

	}

	/** Nothing of the list will be destroyed. */
	public record DestructionListWithdrawn(String actor, long list) implements RecordedEvent {

		@Override
		public String chain() {
			return CHAIN;
		}

		@Override
		public Map<String, Object> facts() {
			return RecordedEvent.codes("list", this.list);
		}

	}

	/** The last line of a case: everything else of it is gone. */
	public record CaseDestroyed(String chain, String actor, long list, int rulesVersion,
			int rows) implements RecordedEvent {

		@Override
		public Map<String, Object> facts() {
			return RecordedEvent.codes("list", this.list, "rulesVersion", this.rulesVersion, "rows", this.rows);
		}

	}

	/** Somebody took the package of a case for an archive. */
	public record CaseArchived(String chain, String actor, int files, String contentHash) implements RecordedEvent {

		@Override
		public Map<String, Object> facts() {
			return RecordedEvent.codes("files", this.files, "contentHash", this.contentHash);
		}

	}

	/** A municipality keeps its cases for another time from now on. */
	public record RetentionTermSet(String actor, String municipality, String term, int amount,
			int rulesVersion) implements RecordedEvent {

		@Override
		public String chain() {
			return CHAIN;
		}

		@Override
		public Map<String, Object> facts() {
			return RecordedEvent.codes("municipality", this.municipality, "term", this.term, "amount", this.amount,
					"rulesVersion", this.rulesVersion);
		}

	}

}
