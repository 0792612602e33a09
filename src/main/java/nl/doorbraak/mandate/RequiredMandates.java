package nl.doorbraak.mandate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import nl.doorbraak.casefile.Power;
import nl.doorbraak.directory.Function;
import nl.doorbraak.ladder.Rung;

/** The table that says whose mandate a decision needs, as the gate reads it now. */
public interface RequiredMandates {

	Table table();

	/**
	 * Whom it names first under these levels; empty when it has no answer. The same table
	 * as the gate asks, but nothing is kept of the question.
	 */
	Optional<First> first(Question question, Levels levels);

	/** What decides whose mandate is needed. */
	record Question(Rung rung, Power power, boolean deviates, long amountCents) {
	}

	/**
	 * Who is asked first.
	 *
	 * @param approvals how many people with that function must agree at least
	 */
	record First(Function function, int approvals) {
	}

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
