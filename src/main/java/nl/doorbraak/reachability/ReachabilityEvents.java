package nl.doorbraak.reachability;

import java.util.List;
import java.util.Map;

import nl.doorbraak.directory.Function;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.RecordedEvent;

/** Test messages and who confirmed them, as facts for the other rooms. */
public final class ReachabilityEvents {

	/** The chain of what is about no case but about who can be reached. */
	static final String CHAIN = "reachability";

	private ReachabilityEvents() {
	}

	/**
	 * A function reached nobody when somebody had to be told: the next one was.
	 *
	 * @param number of the case whose own team it is; empty for a function
	 */
	public record FunctionUnreachable(String number, String function, String body) implements ReachEvent {
	}

	/** What reached nobody reaches somebody again. */
	public record FunctionReachableAgain(String number, String function, String body) implements ReachEvent {
	}

	/** What happens to the reach of a function. */
	public interface ReachEvent extends RecordedEvent {

		String number();

		String function();

		String body();

		@Override
		default String chain() {
			return number().isEmpty() ? CHAIN : number();
		}

		@Override
		default String actor() {
			return Actor.SOFTWARE;
		}

		@Override
		default Map<String, Object> facts() {
			return Map.of("function", function(), "body", body());
		}

		@Override
		default boolean mayFollow() {
			return true;
		}

	}

	/** Somebody has a test message sent to everybody whom the levels would tell. */
	public record TestRoundBegun(String actor, long round, String municipality,
			List<Asked> asked) implements RecordedEvent {

		public TestRoundBegun {
			asked = List.copyOf(asked);
		}

		@Override
		public String chain() {
			return CHAIN;
		}

		@Override
		public Map<String, Object> facts() {
			return Map.of("municipality", this.municipality, "count", this.asked.size());
		}

	}

	/** Somebody said that it arrived. */
	public record TestMessageConfirmed(String actor, long round, String municipality) implements RecordedEvent {

		@Override
		public String chain() {
			return CHAIN;
		}

		@Override
		public Map<String, Object> facts() {
			return Map.of("municipality", this.municipality);
		}

	}

	/** One who is asked. */
	public record Asked(String login, Function function, String organisation) {
	}

}
