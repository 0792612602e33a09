package nl.doorbraak.inspection;

import java.util.Map;
import java.util.UUID;

import nl.doorbraak.support.RecordedEvent;
import org.jspecify.annotations.Nullable;

/**
 * Inspections, as facts. What is about one case stands in the record of that case too.
 */
public final class InspectionEvents {

	/** The chain of what belongs to no one case. */
	public static final String CHAIN = "inspections";

	private InspectionEvents() {
	}

	/**
	 * An auditor asks something.
	 *
	 * @param organisations ids of the municipalities
	 * @param power null: decisions of every kind
	 */
	public record AssignmentOpened(String actor, UUID inspection, String organisations, String firstOn, String lastOn,
			@Nullable String power, long minimumCents) implements RecordedEvent {

		@Override
		public String chain() {
			return CHAIN;
		}

		@Override
		public Map<String, Object> facts() {
			return RecordedEvent.codes("inspection", this.inspection, "organisations", this.organisations, "firstOn",
					this.firstOn, "lastOn", this.lastOn, "power", this.power, "minimumCents", this.minimumCents);
		}

	}

	/**
	 * Every decision that it is about was written down.
	 *
	 * @param contentHash SHA-256 over them
	 */
	public record PopulationDrawn(String actor, UUID inspection, int decisions, long totalCents,
			String contentHash) implements RecordedEvent {

		@Override
		public String chain() {
			return CHAIN;
		}

		@Override
		public Map<String, Object> facts() {
			return Map.of("inspection", this.inspection.toString(), "decisions", this.decisions, "totalCents",
					this.totalCents, "contentHash", this.contentHash);
		}

	}

	/** Some of them were drawn. */
	public record SampleDrawn(String actor, UUID inspection, int sample, String seed,
			int size) implements RecordedEvent {

		@Override
		public String chain() {
			return CHAIN;
		}

		@Override
		public Map<String, Object> facts() {
			return Map.of("inspection", this.inspection.toString(), "sample", this.sample, "seed", this.seed, "size",
					this.size);
		}

	}

	/** An auditor said what they found of a decision. */
	public record FindingRecorded(String chain, String actor, UUID inspection, String caseNumber, long proposal,
			long finding, String verdict) implements RecordedEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("inspection", this.inspection.toString(), "caseNumber", this.caseNumber, "proposal",
					this.proposal, "finding", this.finding, "verdict", this.verdict);
		}

	}

	/** A manager answered what was found. */
	public record FindingAnswered(String chain, String actor, UUID inspection, String caseNumber, long proposal,
			long finding) implements RecordedEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("inspection", this.inspection.toString(), "caseNumber", this.caseNumber, "proposal",
					this.proposal, "finding", this.finding);
		}

	}

	/** Nothing of it changes any more. */
	public record AssignmentClosed(String actor, UUID inspection, long complies, long fails,
			long unsure) implements RecordedEvent {

		@Override
		public String chain() {
			return CHAIN;
		}

		@Override
		public Map<String, Object> facts() {
			return Map.of("inspection", this.inspection.toString(), "complies", this.complies, "fails", this.fails,
					"unsure", this.unsure);
		}

	}

}
