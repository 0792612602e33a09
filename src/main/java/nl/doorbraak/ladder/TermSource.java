package nl.doorbraak.ladder;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** Where the agreed lengths and the equated days are written down. */
interface TermSource {

	List<TermsVersion> versions();

	/** The days equated by decree with a holiday, each with its Dutch name. */
	Map<LocalDate, String> equatedDays();

}
