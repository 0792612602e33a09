package nl.doorbraak.support;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The path a case took through the models: the port behind which the engine's history
 * stands. Asks for no right: who may know is for the caller to say.
 */
public interface WalkedPath {

	/**
	 * Every passage of a node by the processes about this subject, in order of their
	 * beginning. Empty when the history is kept no longer.
	 */
	List<Passage> of(String subject);

	/**
	 * What people and administrators did in the engine itself about this subject, as the
	 * engine logged it, in order: also what went past the pages.
	 */
	List<Operation> operations(String subject);

	/**
	 * A model as it runs: BPMN 2.0 XML.
	 * @param key id of the process
	 * @param version as the engine counts
	 */
	Optional<String> model(String key, int version);

	/**
	 * One operation.
	 *
	 * @param login who did it; empty when the engine knows nobody
	 * @param type as the engine calls it, for example {@code Claim}
	 * @param node name of the task it was about; empty where it was about none
	 * @param property what changed; empty where nothing is named
	 * @param value what it became; empty where it is left out
	 */
	record Operation(Instant at, String login, String type, String node, String property, String value) {
	}

	/**
	 * One passage of one node.
	 *
	 * @param key id of the process
	 * @param version of the model, as the engine counts
	 * @param process its name
	 * @param instance id of the process instance
	 * @param node id of the node in the model
	 * @param name of the node; empty where the model has none
	 * @param type as in BPMN, for example {@code userTask}
	 * @param endedAt nothing while it lasts
	 * @param cancelled whether it was taken away before it was done
	 * @param holder login under whose name a person's task stood last
	 * @param doneBy login of who really completed it; nothing where no person did
	 */
	record Passage(String key, int version, String process, String instance, String node, String name, String type,
			Instant begunAt, @Nullable Instant endedAt, boolean cancelled, @Nullable String holder,
			@Nullable String doneBy) {

		/** Whether it is a task of a person that somebody or something completed. */
		public boolean isDoneTask() {
			return this.type.equals("userTask") && this.endedAt != null && !this.cancelled;
		}

	}

}
