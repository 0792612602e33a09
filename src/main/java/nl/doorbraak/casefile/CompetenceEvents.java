package nl.doorbraak.casefile;

import java.util.Map;

import nl.doorbraak.casefile.CaseEvents.CaseEvent;

/** What becomes known about who may decide what a case asks. */
public final class CompetenceEvents {

	private CompetenceEvents() {
	}

	/**
	 * Somebody says whether it is known, or the software sees that bodies point at each
	 * other.
	 *
	 * @param status code
	 * @param body id of the organisation; empty where none of ours is named
	 */
	public record CompetenceStated(String number, String actor, String status, String body) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("status", this.status, "body", this.body);
		}

		/** Whether somebody must settle it. */
		public boolean isOpen() {
			return !this.status.equals(Competence.Status.KNOWN.code());
		}

	}

	/** A dispute, or a question that nobody had an answer to, is settled. */
	public record CompetenceSettled(String number, String actor, String body) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("body", this.body);
		}

	}

}
