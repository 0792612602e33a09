package nl.doorbraak.directory;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;

import nl.doorbraak.support.RecordedEvent;
import org.jspecify.annotations.Nullable;

/** Who is away and who is back, as facts for the other rooms. */
public final class AbsenceEvents {

	/** The chain of what happens to officers. */
	public static final String CHAIN = "officers";

	private AbsenceEvents() {
	}

	/** Somebody said from when to when they are away. */
	public record AbsenceEntered(String actor, LocalDate firstDay, LocalDate lastDay,
			@Nullable String deputy) implements RecordedEvent {

		@Override
		public String chain() {
			return CHAIN;
		}

		@Override
		public Map<String, Object> facts() {
			Map<String, Object> facts = new HashMap<>(
					Map.of("fromDate", this.firstDay.toString(), "untilDate", this.lastDay.toString()));
			if (this.deputy != null) {
				facts.put("deputy", this.deputy);
			}
			return facts;
		}

	}

	/** Somebody is back early, or does not go. */
	public record AbsenceEnded(String actor, LocalDate firstDay, LocalDate lastDay) implements RecordedEvent {

		@Override
		public String chain() {
			return CHAIN;
		}

		@Override
		public Map<String, Object> facts() {
			return Map.of("fromDate", this.firstDay.toString(), "untilDate", this.lastDay.toString());
		}

	}

}
