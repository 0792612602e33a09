package nl.doorbraak.retention;

import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;

import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

/**
 * A closed case with the terms for which it is kept.
 *
 * @param terms never empty; the longest counts
 * @param list the destruction list on which it stands
 */
public record KeptCase(String number, LocalDate closedOn, String outcome, List<Term> terms, boolean held,
		@Nullable Long list) {

	/** The first day on which it may be destroyed. */
	public LocalDate day() {
		return longest().day();
	}

	Term longest() {
		return this.terms.stream()
			.max(Comparator.comparing(Term::day).thenComparing(Term::code, Comparator.reverseOrder()))
			.orElseThrow();
	}

	public int version() {
		return longest().version();
	}

	public List<String> rules() {
		return this.terms.stream().map(Term::code).sorted().toList();
	}

	/** Why that day, in Dutch. */
	public String explanation() {
		Term counts = longest();
		String why = "Te vernietigen vanaf " + DutchTime.date(counts.day()) + ": " + counts.said() + " na "
				+ (counts.fromClosing() ? "de sluiting op " : "de laatste wijziging in het dossier op ")
				+ DutchTime.date(counts.startsOn()) + ".";
		List<String> others = this.terms.stream()
			.filter((each) -> each != counts)
			.sorted(Comparator.comparing(Term::day).reversed())
			.map(Term::said)
			.toList();
		return others.isEmpty() ? why : why + " Er gelden " + (others.size() + 1)
				+ " termijnen en de langste telt; ook: " + String.join("; ", others) + ".";
	}

	/**
	 * One term that applies.
	 *
	 * @param day the first day on which it is over
	 */
	record Term(String code, int version, int amount, String unit, String countsFrom, String source, LocalDate startsOn,
			LocalDate day) {

		boolean fromClosing() {
			return this.countsFrom.equals("closed");
		}

		String said() {
			return this.amount + (this.unit.equals("years") ? " jaar" : (this.amount == 1) ? " week" : " weken") + " ("
					+ this.source + ")";
		}

	}

}
