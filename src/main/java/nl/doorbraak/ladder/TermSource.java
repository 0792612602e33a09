package nl.doorbraak.ladder;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Where the agreed lengths and the equated days are written down. */
interface TermSource {

	List<TermsVersion> versions();

	/**
	 * Writes down a version that was adopted, under the next number.
	 * @return its number
	 */
	int add(TermsVersion terms, Adoption adoption);

	/** The days equated by decree with a holiday, each with its Dutch name. */
	Map<LocalDate, String> equatedDays();

}
