package nl.doorbraak.support.watchdog;

import java.time.Instant;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A kind of work that the watchdog looks after: a room says what should have happened and
 * did not, and how it still happens.
 */
public interface Watched {

	/** The code of an engine job that gave up, of which a person must hear. */
	String INCIDENT = "incident";

	/** The clock of a machine that is off. */
	String CLOCK = "clockOff";

	/** A code for the record. */
	String what();

	/**
	 * What should have happened before a moment and did not.
	 * @param own the watchdog's connection, of no pool
	 */
	List<Late> late(JdbcClient own, Instant before);

	/**
	 * Does it by the code that would have run, so that what happened meanwhile does not
	 * happen twice; nothing where only a person can help.
	 */
	void repair(Late late);

	/**
	 * One thing that is late.
	 *
	 * @param number of the case it is about; empty where it is about none
	 */
	record Late(String key, String number) {
	}

}
