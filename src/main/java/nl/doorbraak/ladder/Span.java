package nl.doorbraak.ladder;

/** A length of time as people agree on it: so many working days or weeks. */
public record Span(int amount, Unit unit) {

	public static Span workingDays(int amount) {
		return new Span(amount, Unit.WORKING_DAYS);
	}

	public static Span weeks(int amount) {
		return new Span(amount, Unit.WEEKS);
	}

	public String inDutch() {
		return this.amount + " " + ((this.amount == 1) ? this.unit.singular : this.unit.plural);
	}

	/** What it is counted in. */
	public enum Unit {

		WORKING_DAYS("working_days", "werkdag", "werkdagen"),

		WEEKS("weeks", "week", "weken");

		private final String code;

		private final String singular;

		private final String plural;

		Unit(String code, String singular, String plural) {
			this.code = code;
			this.singular = singular;
			this.plural = plural;
		}

		/** The word for it in tables. */
		public String code() {
			return this.code;
		}

		public static Unit of(String code) {
			for (Unit unit : values()) {
				if (unit.code.equals(code)) {
					return unit;
				}
			}
			throw new IllegalArgumentException(
					"No unit of a term has the code '" + code + "': it is one of working_days, weeks");
		}

	}

}
