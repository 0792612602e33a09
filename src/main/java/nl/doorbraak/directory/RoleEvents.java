package nl.doorbraak.directory;

import java.util.List;
import java.util.Map;

import nl.doorbraak.support.RecordedEvent;

/**
 * Who got a function and who lost one. Where the identity provider said so at a login,
 * who decided it is known there, not here: the software saw it.
 */
public final class RoleEvents {

	private RoleEvents() {
	}

	/** Somebody has a function at a body that they did not have before. */
	public record RoleGranted(String actor, String person, String function, String organisation) implements RoleEvent {
	}

	/** Somebody has a function no longer. */
	public record RoleEnded(String actor, String person, String function, String organisation) implements RoleEvent {
	}

	/**
	 * Somebody lost every function, or every one at some bodies. The record has a
	 * {@link RoleEnded} for each; who keeps something of theirs hears it here, after the
	 * last one.
	 *
	 * @param posts what they had there
	 * @param atLogin whether the identity provider named no function at a login
	 */
	public record FunctionsEnded(String login, List<Officer.Post> posts, boolean atLogin) {

		public FunctionsEnded {
			posts = List.copyOf(posts);
		}

	}

	/** What both say. */
	public interface RoleEvent extends RecordedEvent {

		String person();

		String function();

		String organisation();

		@Override
		default String chain() {
			return AbsenceEvents.CHAIN;
		}

		@Override
		default Map<String, Object> facts() {
			return Map.of("person", person(), "function", function(), "organisation", organisation());
		}

	}

}
