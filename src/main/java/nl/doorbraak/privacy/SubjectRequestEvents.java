package nl.doorbraak.privacy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

import nl.doorbraak.casefile.CaseEvents.CaseEvent;
import org.jspecify.annotations.Nullable;

import static nl.doorbraak.support.RecordedEvent.codes;

/** What happens to a request of a resident: codes, dates and hashes, never who asked. */
public final class SubjectRequestEvents {

	private SubjectRequestEvents() {
	}

	public record SubjectRequestEntered(String number, String actor, long request, String kind, String identity,
			LocalDate receivedOn, Instant dueAt) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("request", this.request, "kind", this.kind, "identity", this.identity, "receivedOn",
					this.receivedOn, "dueAt", this.dueAt);
		}

	}

	/** The resident was told that it takes longer, and why. */
	public record SubjectRequestExtended(String number, String actor, long request, String reason, LocalDate toldOn,
			Instant dueAt) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("request", this.request, "reason", this.reason, "toldOn", this.toldOn, "dueAt", this.dueAt);
		}

	}

	/** The term ends in a week, and there is no answer. */
	public record SubjectRequestDueSoon(String number, String actor, long request, Instant dueAt) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("request", this.request, "dueAt", this.dueAt);
		}

	}

	/** The term passed without an answer. */
	public record SubjectRequestLate(String number, String actor, long request, Instant dueAt) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("request", this.request, "dueAt", this.dueAt);
		}

	}

	/** It ended: given, refused with a ground, or withdrawn. */
	public record SubjectRequestAnswered(String number, String actor, long request, String outcome,
			@Nullable String ground) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("request", this.request, "outcome", this.outcome, "ground", this.ground);
		}

	}

	/**
	 * The overview for the resident was made.
	 *
	 * @param contentHash hash under the key of this installation
	 * @param lines how many passages are in it
	 */
	public record SubjectExportMade(String number, String actor, long request, String contentHash,
			int lines) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("request", this.request, "contentHash", this.contentHash, "lines", this.lines);
		}

	}

	/** A passage is not given, for a reason. */
	public record PassageLeftOut(String number, String actor, long request, String ground) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("request", this.request, "ground", this.ground);
		}

	}

}
