package nl.doorbraak.mandate;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

import nl.doorbraak.support.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** What happens to statements of backing, as facts for the record. */
public final class BackingEvents {

	private BackingEvents() {
	}

	/** An event about one statement: on a case it stands in the case's chain. */
	public interface BackingEvent extends RecordedEvent {

		/** Case number; null of a statement on a subject. */
		@Nullable String number();

		@Override
		default String chain() {
			String number = number();
			return (number != null) ? number : "backings";
		}

	}

	/**
	 * Somebody stands for who deviates.
	 *
	 * @param lifeDomains codes; none of a statement on a case
	 * @param power code; empty where it is about any
	 * @param lastDay null where it is until it is withdrawn
	 */
	public record BackingGiven(@Nullable String number, String actor, long backing, String municipality,
			String function, List<String> lifeDomains, String power,
			@Nullable LocalDate lastDay) implements BackingEvent {

		public BackingGiven {
			lifeDomains = List.copyOf(lifeDomains);
		}

		@Override
		public Map<String, Object> facts() {
			return Map.of("backing", this.backing, "municipality", this.municipality, "function", this.function,
					"lifeDomains", String.join(" ", this.lifeDomains), "power", this.power, "lastDayOn",
					(this.lastDay != null) ? this.lastDay.toString() : "");
		}

	}

	public record BackingWithdrawn(@Nullable String number, String actor, long backing, String municipality,
			String function) implements BackingEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("backing", this.backing, "municipality", this.municipality, "function", this.function);
		}

	}

}
