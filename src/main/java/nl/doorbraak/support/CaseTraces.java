package nl.doorbraak.support;

import java.util.Map;

/**
 * What is kept of a case outside our own tables: the port for whoever keeps something
 * there, asked when the case is destroyed.
 */
public interface CaseTraces {

	/**
	 * Removes everything of this case; once more does no harm.
	 * @return how many rows of which table were removed
	 */
	Map<String, Integer> remove(String number);

}
