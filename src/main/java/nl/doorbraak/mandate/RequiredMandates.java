package nl.doorbraak.mandate;

import java.time.Instant;
import java.util.List;

/** The table that says whose mandate a decision needs, as the gate reads it now. */
public interface RequiredMandates {

	Table table();

	/**
	 * The table in force.
	 *
	 * @param version as the engine counts
	 * @param tag as its makers count
	 * @param since when it was taken into use here
	 * @param inputs the questions, in Dutch
	 * @param outputs the answers, in Dutch
	 */
	record Table(int version, String tag, Instant since, List<String> inputs, List<String> outputs, List<Row> rules) {
	}

	/**
	 * One row.
	 *
	 * @param says what it says, in one Dutch sentence
	 * @param conditions one for each question; empty: whatever the answer
	 * @param answers one for each answer
	 */
	record Row(String says, List<String> conditions, List<String> answers) {
	}

}
