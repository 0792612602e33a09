package nl.doorbraak.support;

/**
 * What is due now and would be done in the background: the port for the demo's clock and
 * for tests.
 */
public interface DueWork {

	/**
	 * Does everything that is due, and what follows from it; returns how many pieces of
	 * work that was.
	 */
	int doDue();

}
