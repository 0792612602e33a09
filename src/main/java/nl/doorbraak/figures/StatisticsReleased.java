package nl.doorbraak.figures;

import java.util.Map;

import nl.doorbraak.support.RecordedEvent;

/**
 * Somebody released sums over municipalities.
 *
 * @param organisation the region, or the desk for the whole country
 * @param period year and half
 * @param function as which they did
 */
record StatisticsReleased(String actor, String organisation, String period, String function) implements RecordedEvent {

	@Override
	public String chain() {
		return "statistics";
	}

	@Override
	public Map<String, Object> facts() {
		return Map.of("organisation", this.organisation, "period", this.period, "function", this.function);
	}

}
