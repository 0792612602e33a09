package nl.doorbraak.directory;

import java.util.List;
import java.util.Map;

import nl.doorbraak.support.Actor;
import nl.doorbraak.support.RecordedEvent;

/**
 * Who got a function and who lost one, as the identity provider said at a login. Who
 * decided it is known there, not here: the software saw it.
 */
public final class RoleEvents {

	private RoleEvents() {
	}

	/** Somebody has a function at a body that they did not have before. */
	public record RoleGranted(String person, String function, String organisation) implements RoleEvent {
	}

	/** Somebody has a function no longer. */
	public record RoleEnded(String person, String function, String organisation) implements RoleEvent {
	}

	/**
	 * Somebody has no function at all any more. The record has a {@link RoleEnded} for
	 * each; who keeps something of theirs hears it here, after the last one.
	 *
	 * @param posts what they had
	 * @param atLogin whether the identity provider said so at a login
	 */
	public record EveryFunctionEnded(String login, List<Officer.Post> posts, boolean atLogin) {

		public EveryFunctionEnded {
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
		default String actor() {
			return Actor.SOFTWARE;
		}

		@Override
		default Map<String, Object> facts() {
			return Map.of("person", person(), "function", function(), "organisation", organisation());
		}

	}

}
