package nl.doorbraak.people;

import java.util.Map;

import nl.doorbraak.directory.AbsenceEvents;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.RecordedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Who came by a list and who left, and where their work went, as facts for the other
 * rooms.
 */
public final class LeaverEvents {

	private LeaverEvents() {
	}

	/**
	 * Somebody lost every function in one act.
	 *
	 * @param reason code
	 * @param lines how much was theirs
	 */
	public record PersonLeft(String actor, String person, String organisation, String reason,
			int lines) implements RecordedEvent {

		@Override
		public String chain() {
			return AbsenceEvents.CHAIN;
		}

		@Override
		public Map<String, Object> facts() {
			return RecordedEvent.codes("before", this.person, "organisation", this.organisation, "reason", this.reason,
					"count", this.lines);
		}

	}

	/**
	 * Something of who left has a next one, or went back to who could do it too.
	 *
	 * @param number case; null: about none
	 * @param next login; null: open to colleagues
	 */
	public record WorkHandedOver(@Nullable String number, String actor, String kind, String person,
			@Nullable String next) implements RecordedEvent {

		@Override
		public String chain() {
			return (this.number != null) ? this.number : AbsenceEvents.CHAIN;
		}

		@Override
		public Map<String, Object> facts() {
			return RecordedEvent.codes("kind", this.kind, "before", this.person, "recipient", this.next);
		}

	}

	/**
	 * What nobody was chosen for waits for who answers for the organisation.
	 *
	 * @param lines how much
	 */
	public record WorkLeft(long departure, String organisation, String person, int lines) implements RecordedEvent {

		@Override
		public String chain() {
			return AbsenceEvents.CHAIN;
		}

		@Override
		public String actor() {
			return Actor.SOFTWARE;
		}

		@Override
		public Map<String, Object> facts() {
			return RecordedEvent.codes("organisation", this.organisation, "before", this.person, "count", this.lines);
		}

	}

	/**
	 * A list of people or organisations was taken over.
	 *
	 * @param list code of what it is of
	 * @param lines how many changed something
	 */
	public record ListTaken(String actor, String organisation, String list, int lines) implements RecordedEvent {

		@Override
		public String chain() {
			return AbsenceEvents.CHAIN;
		}

		@Override
		public Map<String, Object> facts() {
			return RecordedEvent.codes("organisation", this.organisation, "list", this.list, "count", this.lines);
		}

	}

}
