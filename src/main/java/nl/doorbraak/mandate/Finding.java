package nl.doorbraak.mandate;

/**
 * What the checks found for one line.
 *
 * @param outcome whether that is certain
 * @param link number and version of the mandate that breaks; the line's own where it is
 * yes
 * @param reason one Dutch sentence that says precisely what it is
 */
record Finding(Verdict verdict, Outcome outcome, String link, String reason) {

	boolean isYes() {
		return this.outcome == Outcome.COMPETENT;
	}

	/** What cannot be established is never a yes. */
	enum Outcome {

		COMPETENT, NOT_COMPETENT, UNDETERMINED

	}

}
