package nl.doorbraak.carryout;

import java.time.Instant;
import java.time.LocalDate;
import java.util.function.UnaryOperator;

import nl.doorbraak.support.Coded;
import org.jspecify.annotations.Nullable;

/**
 * Something that an organisation does in a case, because it was decided or agreed.
 *
 * @param number of the case
 * @param what in the words of who wrote it down
 * @param organisation id of who does it
 * @param person login of who of them does it; null: somebody of them
 * @param dueOn the last day
 * @param mandate number and version of the mandate that it rests on; null without a
 * signed decision
 * @param said what was written with the answer
 */
public record Measure(long id, String number, Source source, String what, String organisation, @Nullable String person,
		LocalDate dueOn, @Nullable Long costCents, @Nullable String mandate, State state, String madeBy, Instant madeAt,
		@Nullable String answeredBy, @Nullable Instant answeredAt, @Nullable String said, boolean lateTold) {

	/** The same with other words: for who may not know who it is about. */
	public Measure in(UnaryOperator<String> words) {
		return new Measure(this.id, this.number, this.source, words.apply(this.what), this.organisation, this.person,
				this.dueOn, this.costCents, this.mandate, this.state, this.madeBy, this.madeAt, this.answeredBy,
				this.answeredAt, (this.said != null) ? words.apply(this.said) : null, this.lateTold);
	}

	/** Whether it should have been done before this day. */
	public boolean isLate(LocalDate today) {
		return isOpen() && this.dueOn.isBefore(today);
	}

	public boolean isOpen() {
		return this.state == State.OPEN;
	}

	/** What it follows from. */
	public enum Source implements Coded {

		DECISION("decision", "Het getekende besluit"), PLAN("plan", "Het plan"),
		ROUND_TABLE("roundTable", "De rondetafel"), OTHER("other", "Iets anders");

		private final String code;

		private final String label;

		Source(String code, String label) {
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

	/** How it stands. */
	public enum State implements Coded {

		OPEN("open", "Nog te doen"), DONE("done", "Gedaan"), FAILED("failed", "Niet gelukt"),

		/** Nobody needs to do it any more. */
		DROPPED("dropped", "Vervallen");

		private final String code;

		private final String label;

		State(String code, String label) {
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
