package nl.doorbraak.learning;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import nl.doorbraak.support.Actor;
import nl.doorbraak.support.RecordedEvent;

/** What is learnt, as facts. */
public final class LearningEvents {

	/** The chain of what belongs to no one case. */
	public static final String CHAIN = "learning";

	private LearningEvents() {
	}

	/** A fact of this room; belongs to no case unless it says so. */
	public interface LearningEvent extends RecordedEvent {

		@Override
		default String chain() {
			return CHAIN;
		}

	}

	/** A case says what got in its way. */
	public record ObstacleShared(String chain, String actor, long obstacle, String kind,
			int order) implements RecordedEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("obstacle", this.obstacle, "kind", this.kind, "order", this.order);
		}

	}

	/** It was no obstacle of this case after all. */
	public record ObstacleTakenBack(String chain, String actor, long obstacle, String kind) implements RecordedEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("obstacle", this.obstacle, "kind", this.kind);
		}

	}

	/**
	 * The third case shares an obstacle.
	 *
	 * @param municipalities ids of those that have the cases
	 */
	public record PatternFound(long obstacle, String kind, int cases,
			List<String> municipalities) implements LearningEvent {

		@Override
		public String actor() {
			return Actor.SOFTWARE;
		}

		@Override
		public Map<String, Object> facts() {
			return Map.of("obstacle", this.obstacle, "kind", this.kind, "cases", this.cases);
		}

	}

	/** Somebody answers for a pattern from now on. */
	public record PatternOwned(String actor, long obstacle, String organisation, String person,
			int order) implements LearningEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("obstacle", this.obstacle, "organisation", this.organisation, "person", this.person, "order",
					this.order);
		}

	}

	/** A body is told what it can change. */
	public record LearningPointSent(String actor, long point, long obstacle, String organisation,
			LocalDate answerDueOn) implements LearningEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("point", this.point, "obstacle", this.obstacle, "organisation", this.organisation,
					"answerDueOn", this.answerDueOn.toString());
		}

	}

	/** It did not answer in time, and is asked once more. */
	public record LearningPointReminded(long point, String organisation,
			LocalDate answerDueOn) implements LearningEvent {

		@Override
		public String actor() {
			return Actor.TIMER;
		}

		@Override
		public Map<String, Object> facts() {
			return Map.of("point", this.point, "organisation", this.organisation, "answerDueOn",
					this.answerDueOn.toString());
		}

	}

	/**
	 * It answered.
	 *
	 * @param owner login of who owns the pattern
	 * @param outside whether the owner wrote down what was answered elsewhere
	 */
	public record LearningPointAnswered(String actor, long point, String organisation, String owner, boolean outside,
			LocalDate answeredOn) implements LearningEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("point", this.point, "organisation", this.organisation, "outside", this.outside, "answeredOn",
					this.answeredOn.toString());
		}

	}

	/** Its effect is known, and nothing more is to be done. */
	public record LearningPointDone(String actor, long point, String organisation) implements LearningEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("point", this.point, "organisation", this.organisation);
		}

	}

	/** A case discussion is planned. */
	public record DiscussionPlanned(String actor, UUID discussion, String organisation, Instant beginsAt,
			Instant endsAt) implements LearningEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("discussion", this.discussion.toString(), "organisation", this.organisation, "beginsAt",
					this.beginsAt.toString(), "endsAt", this.endsAt.toString());
		}

	}

	public record DiscussionCancelled(String actor, UUID discussion, String organisation) implements LearningEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("discussion", this.discussion.toString(), "organisation", this.organisation);
		}

	}

	/** A case is put in without saying whose; the record does not say which either. */
	public record CasePutToDiscussion(String actor, UUID discussion, long discussed,
			int minutes) implements LearningEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("discussion", this.discussion.toString(), "discussed", this.discussed, "minutes",
					this.minutes);
		}

	}

	/** What the discussion of a case led to is written down. */
	public record DiscussionOutcomeRecorded(String actor, UUID discussion, long discussed) implements LearningEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("discussion", this.discussion.toString(), "discussed", this.discussed);
		}

	}

	/** Its minutes are only read from now on. */
	public record DiscussionClosed(String actor, UUID discussion, String organisation) implements LearningEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("discussion", this.discussion.toString(), "organisation", this.organisation);
		}

	}

	/** A closed case is written down for the bank, or what was written is changed. */
	public record ExampleProposed(String chain, String actor, long example, int version,
			String municipality) implements RecordedEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("example", this.example, "version", this.version, "municipality", this.municipality);
		}

	}

	/** Who should release it wants something changed first. */
	public record ExampleReturned(String chain, String actor, long example, int version,
			String writer) implements RecordedEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("example", this.example, "version", this.version);
		}

	}

	/** Everybody may read it. */
	public record ExampleReleased(String chain, String actor, long example, int version,
			boolean municipalityShown) implements RecordedEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("example", this.example, "version", this.version, "municipalityShown",
					this.municipalityShown);
		}

	}

	/** Nobody reads it any more. */
	public record ExampleWithdrawn(String actor, long example, String municipality) implements LearningEvent {

		@Override
		public Map<String, Object> facts() {
			return Map.of("example", this.example, "municipality", this.municipality);
		}

	}

}
