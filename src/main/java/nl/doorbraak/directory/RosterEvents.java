package nl.doorbraak.directory;

import java.util.List;
import java.util.Map;

import nl.doorbraak.support.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** What a list of an organisation changed in the directory, as facts for the record. */
public final class RosterEvents {

	private RosterEvents() {
	}

	/**
	 * Somebody is known, or known otherwise. Their functions have lines of their own.
	 *
	 * @param items codes of what is new
	 */
	public record OfficerListed(String actor, String person, String organisation,
			List<String> items) implements RecordedEvent {

		public OfficerListed {
			items = List.copyOf(items);
		}

		@Override
		public String chain() {
			return AbsenceEvents.CHAIN;
		}

		@Override
		public Map<String, Object> facts() {
			return RecordedEvent.codes("person", this.person, "organisation", this.organisation, "items",
					String.join(",", this.items));
		}

	}

	/**
	 * From or up to another day somebody has functions at a body.
	 *
	 * @param firstDay null: since they got them
	 * @param lastDay null: as long as nobody ends them
	 */
	public record PostTermSet(String actor, String person, String organisation, @Nullable String firstDay,
			@Nullable String lastDay) implements RecordedEvent {

		@Override
		public String chain() {
			return AbsenceEvents.CHAIN;
		}

		@Override
		public Map<String, Object> facts() {
			return RecordedEvent.codes("person", this.person, "organisation", this.organisation, "fromDate",
					this.firstDay, "untilDate", this.lastDay);
		}

	}

	/**
	 * A body is known, or known otherwise.
	 *
	 * @param items codes of what is new
	 */
	public record OrganisationListed(String actor, String organisation, List<String> items) implements RecordedEvent {

		public OrganisationListed {
			items = List.copyOf(items);
		}

		@Override
		public String chain() {
			return AbsenceEvents.CHAIN;
		}

		@Override
		public Map<String, Object> facts() {
			return RecordedEvent.codes("organisation", this.organisation, "items", String.join(",", this.items));
		}

	}

}
