package nl.doorbraak.settings;

import java.time.LocalDate;
import java.util.Map;

import nl.doorbraak.support.RecordedEvent;

/** Who drafted and who adopted agreed settings, as the record keeps it. */
public final class SettingsEvents {

	/** The chain of what is no fact of one case. */
	static final String CHAIN = "settings";

	private SettingsEvents() {
	}

	/** An event about a draft. */
	interface DraftEvent extends RecordedEvent {

		@Override
		default String chain() {
			return CHAIN;
		}

	}

	/** Somebody began a new version. */
	public record TermsDrafted(String actor, String body, long draft, int termsBefore) implements DraftEvent {

		@Override
		public Map<String, Object> facts() {
			return RecordedEvent.codes("body", this.body, "draft", this.draft, "termsBefore", this.termsBefore);
		}

	}

	/** Somebody wrote in it. */
	public record TermsDraftChanged(String actor, String body, long draft, int revision,
			int differences) implements DraftEvent {

		@Override
		public Map<String, Object> facts() {
			return RecordedEvent.codes("body", this.body, "draft", this.draft, "revision", this.revision, "differences",
					this.differences);
		}

	}

	/** Nobody will adopt it. */
	public record TermsDraftWithdrawn(String actor, String body, long draft) implements DraftEvent {

		@Override
		public Map<String, Object> facts() {
			return RecordedEvent.codes("body", this.body, "draft", this.draft);
		}

	}

	/** Somebody else made it count from a day on. */
	public record TermsAdopted(String actor, String body, long draft, int termsVersion, LocalDate from,
			int differences) implements DraftEvent {

		@Override
		public Map<String, Object> facts() {
			return RecordedEvent.codes("body", this.body, "draft", this.draft, "termsVersion", this.termsVersion,
					"fromDate", this.from, "differences", this.differences);
		}

	}

}
