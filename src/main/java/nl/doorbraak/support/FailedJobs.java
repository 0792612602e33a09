package nl.doorbraak.support;

import java.time.Instant;
import java.util.List;

/**
 * Pieces of background work that failed as often as they may and are tried no more: the
 * port behind which the workflow engine stands. Asks for no right: who may know is for
 * the caller to say.
 */
public interface FailedJobs {

	/** The longest ago first, at most so many. */
	List<FailedJob> list(int most);

	/**
	 * Lets it be tried once more; false when it no longer waits for that.
	 * @param id of {@link FailedJob}
	 */
	boolean retry(String id);

	/**
	 * A piece of work that gave up.
	 *
	 * @param number of the case it is about; empty where it is about none
	 * @param step what people call it
	 * @param kind of the failure: names of classes, never a message; empty when unknown
	 * @param place where in our code it arose; empty when unknown
	 */
	record FailedJob(String id, String number, String step, String kind, String place, Instant since) {
	}

}
