package nl.doorbraak.inspection;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

import nl.doorbraak.casefile.Power;
import nl.doorbraak.mandate.SignedDecision;
import nl.doorbraak.mandate.SignedDecisions.UsedMandate;
import nl.doorbraak.support.Coded;
import org.jspecify.annotations.Nullable;

/**
 * A controleopdracht: what is inspected, and how many decisions that were when they were
 * drawn.
 *
 * @param purpose in the auditor's words, about no resident
 * @param municipalities ids
 * @param power null: decisions of every kind
 * @param mark SHA-256 over the population
 * @param closedAt null: it is open
 */
public record Inspection(UUID id, String purpose, List<String> municipalities, LocalDate firstDay, LocalDate lastDay,
		@Nullable Power power, long minimumCents, String openedBy, Instant openedAt, int decisions, long totalCents,
		String mark, @Nullable String closedBy, @Nullable Instant closedAt) {

	public Inspection {
		municipalities = List.copyOf(municipalities);
	}

	public boolean isOpen() {
		return this.closedAt == null;
	}

	/**
	 * A draw.
	 *
	 * @param number the first is 1
	 */
	public record Sample(int number, String seed, int size, String drawnBy, Instant drawnAt, List<Item> items) {

		public Sample {
			items = List.copyOf(items);
		}

		public long totalCents() {
			return this.items.stream().mapToLong((item) -> item.decision().amountCents()).sum();
		}

	}

	/**
	 * A decision in a sample.
	 *
	 * @param mandates for each signature in turn
	 * @param finding null: nobody judged it yet
	 */
	public record Item(SignedDecision decision, List<Mandated> mandates, @Nullable Finding finding) {

		public Item {
			mandates = List.copyOf(mandates);
		}

	}

	/**
	 * A signature with the line of the register under which it was given.
	 *
	 * @param used null: the register has no such line
	 * @param usedCents in that year until then
	 */
	public record Mandated(SignedDecision.Signature signature, @Nullable UsedMandate used, long usedCents) {
	}

	/**
	 * What an auditor found of a decision.
	 *
	 * @param written whether there were words
	 * @param text null where there are none, or none any more
	 * @param answer of a manager; null: there is none
	 */
	public record Finding(long id, Verdict verdict, boolean written, @Nullable String text, String by, Instant at,
			@Nullable Answer answer) {

		/** Whether a manager may say something of it. */
		public boolean isToAnswer() {
			return this.verdict != Verdict.COMPLIES && this.answer == null;
		}

	}

	/**
	 * What a manager answered.
	 *
	 * @param text null: destroyed with the case
	 */
	public record Answer(@Nullable String text, String by, Instant at) {
	}

	/** A finding as a manager of the municipality reads it. */
	public record ToAnswer(Inspection inspection, Item item) {
	}

	/**
	 * A finding that waits for an answer.
	 *
	 * @param number of the case
	 */
	public record Waiting(long id, String number, Instant since) {
	}

	/** What was found of how much. */
	public record Count(Verdict verdict, long decisions, long totalCents) {
	}

	/** What the auditor says of a decision. */
	public enum Verdict implements Coded {

		COMPLIES("complies", "Voldoet"), FAILS("fails", "Voldoet niet"), UNSURE("unsure", "Onzeker");

		private final String code;

		private final String label;

		Verdict(String code, String label) {
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

	/**
	 * How the population would differ if it were drawn again.
	 *
	 * @param added decisions that were not there
	 * @param gone decisions that are not there any more
	 * @param changed decisions that read differently
	 */
	public record Difference(int added, int gone, int changed) {

		public boolean isNone() {
			return this.added + this.gone + this.changed == 0;
		}

	}

}
