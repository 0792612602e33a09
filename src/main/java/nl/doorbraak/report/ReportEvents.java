package nl.doorbraak.report;

import java.util.Map;

import nl.doorbraak.support.RecordedEvent;

/** What is reported, as facts. */
public final class ReportEvents {

	/** The chain of what belongs to no one case. */
	public static final String CHAIN = "reports";

	private ReportEvents() {
	}

	/**
	 * A month or a year of a body was counted.
	 *
	 * @param actor who asked for a year; the timer of a month
	 * @param period {@code 2026-10} or {@code 2026}
	 * @param told whether its readers hear of it
	 */
	public record ReportMade(String actor, String organisation, String period, boolean told) implements RecordedEvent {

		@Override
		public String chain() {
			return CHAIN;
		}

		@Override
		public Map<String, Object> facts() {
			return Map.of("organisation", this.organisation, "period", this.period);
		}

	}

}
