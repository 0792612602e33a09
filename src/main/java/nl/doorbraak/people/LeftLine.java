package nl.doorbraak.people;

import org.jspecify.annotations.Nullable;

/**
 * Something that is, or was, of who leaves.
 *
 * @param id of the row once they left; 0 before
 * @param subject number of the case, or id of what it is
 * @param number case; null: about none
 * @param organisation where the next one must work
 * @param person login of whom it was
 */
public record LeftLine(long id, Kind kind, String subject, @Nullable String number, String organisation,
		String person) {

	/** How a form names it. */
	public String key() {
		return this.kind.code() + "-" + this.subject;
	}

	/** What it can be. */
	public enum Kind implements nl.doorbraak.support.Coded {

		LEAD("lead", "Regie"), CASE_DIRECTOR("caseDirector", "Casusregisseur"), MEASURE("measure", "Maatregel"),
		PATTERN("pattern", "Patroon"), INSPECTION("inspection", "Controleopdracht"), HOLD("hold", "Vasthouden");

		private final String code;

		private final String label;

		Kind(String code, String label) {
			this.code = code;
			this.label = label;
		}

		@Override
		public String code() {
			return this.code;
		}

		@Override
		public String label() {
			return this.label;
		}

	}

}
