package nl.doorbraak.support;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;

/**
 * The open tasks of a person, and the acts on them: the port behind which the workflow
 * engine stands. Every verb throws {@link Refused}: not found (404), not claimed (409), a
 * colleague's (403), ill-formed fields (400).
 */
public interface Worklist {

	/**
	 * Tasks that the officer has claimed or may claim, the nearest deadline first, those
	 * without one last.
	 * @param from how many come before
	 * @param most how many at most
	 */
	List<OpenTask> openTasks(String login, int from, int most);

	/** All of those that are about these cases. */
	List<OpenTask> openTasksOf(String login, Collection<String> subjects);

	/**
	 * Every open task about a subject and who may do it, the nearest deadline first. Asks
	 * for no right: who may know is for the caller to say.
	 */
	List<Offered> openIn(String subject);

	/** All of those that should be done by then. */
	List<OpenTask> openTasksDue(String login, Instant until);

	/** How many there are. */
	Waiting waiting(String login);

	OpenTask task(String login, String taskId);

	/** The same, or nothing where {@link #task} refuses. */
	Optional<OpenTask> findTask(String login, String taskId);

	/** The person's open task of this case that asks for this form. */
	Optional<OpenTask> findTask(String login, String subject, String form);

	/**
	 * What became of a task, also after its end. Asks for no right: who may know is for
	 * the caller to say.
	 */
	Optional<KnownTask> findKnown(String taskId);

	/**
	 * Takes open tasks from who lost functions: what a group was asked of which they are
	 * no more goes back to it, what was theirs by name goes to the next one. Asks for no
	 * right.
	 * @param next what to do with the tasks of a subject that were theirs by name;
	 * nothing: they stay theirs
	 */
	void leave(String login, Function<String, Optional<Next>> next);

	/**
	 * Gives the tasks of a subject that wait for a group to a person.
	 * @param group to which {@link #leave} offered them
	 */
	void passOn(String subject, String group, String login);

	void claim(String login, String taskId);

	void unclaim(String login, String taskId);

	/**
	 * Checks the fields against the task's own form, keeps them in the case file and
	 * completes the task.
	 */
	void complete(String login, String taskId, Map<String, ?> fields);

	/**
	 * Who gets a task.
	 *
	 * @param login null: the group
	 * @param group of everybody with a function at an organisation
	 */
	record Next(@Nullable String login, String group) {
	}

	/**
	 * An open task.
	 *
	 * @param subject the case number
	 * @param form id of the form it asks for
	 * @param part which of several such forms that are asked side by side
	 * @param dueAt when it should be done, in UTC
	 */
	record OpenTask(String id, String name, String subject, String form, @Nullable Long part, @Nullable String assignee,
			@Nullable Instant dueAt) {
	}

	/**
	 * An open task and who may do it.
	 *
	 * @param logins of persons
	 * @param groups of everybody with a function at an organisation
	 */
	record Offered(OpenTask task, List<String> logins, List<String> groups) {

		public Offered {
			logins = List.copyOf(logins);
			groups = List.copyOf(groups);
		}

	}

	/**
	 * How much waits for somebody.
	 *
	 * @param subjects in how many cases
	 * @param byForm how many tasks ask for each form that is counted apart
	 */
	record Waiting(long tasks, long subjects, Map<String, Long> byForm) {

		public Waiting {
			byForm = Map.copyOf(byForm);
		}

		/**
		 * How many ask for one of these forms.
		 * @throws IllegalArgumentException for a form that is not counted apart
		 */
		public long of(Collection<String> forms) {
			if (!this.byForm.keySet().containsAll(forms)) {
				throw new IllegalArgumentException("Not counted apart: " + forms);
			}
			return forms.stream().mapToLong(this.byForm::get).sum();
		}

	}

	/**
	 * A task as it stands or ended.
	 *
	 * @param subject the case number
	 * @param assignee who has it, or had it last
	 * @param endedAt when it ended; nothing while it is open
	 * @param completed whether it was done, and not taken away
	 */
	record KnownTask(String name, String subject, @Nullable String assignee, @Nullable Instant endedAt,
			boolean completed) {
	}

}
