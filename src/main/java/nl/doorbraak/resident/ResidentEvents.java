package nl.doorbraak.resident;

import java.time.Instant;
import java.util.Map;

import nl.doorbraak.casefile.CaseEvents.CaseEvent;

import static nl.doorbraak.support.RecordedEvent.codes;

/**
 * What happens with the page of a resident; that it was opened is a reading of the case.
 */
public final class ResidentEvents {

	private ResidentEvents() {
	}

	public record ResidentLinkMade(String number, String actor, long residentLink, long resident,
			Instant expiresAt) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("residentLink", this.residentLink, "resident", this.resident, "expiresAt", this.expiresAt);
		}

	}

	public record ResidentLinkWithdrawn(String number, String actor, long residentLink,
			long resident) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("residentLink", this.residentLink, "resident", this.resident);
		}

	}

	public record ResidentPhaseChosen(String number, String actor, String phase) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("phase", this.phase);
		}

	}

	/**
	 * The letter with the same on paper was made, to be handed over.
	 *
	 * @param withLink whether the link is in it
	 * @param decisions how many decisions are
	 */
	public record ResidentLetterMade(String number, String actor, long resident, boolean withLink,
			int decisions) implements CaseEvent {

		@Override
		public Map<String, Object> facts() {
			return codes("resident", this.resident, "withLink", this.withLink, "decisions", this.decisions);
		}

	}

}
