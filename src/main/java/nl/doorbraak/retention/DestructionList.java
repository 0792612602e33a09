package nl.doorbraak.retention;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import nl.doorbraak.support.Coded;
import org.jspecify.annotations.Nullable;

/**
 * Closed cases to destroy together, who signed for it, and what was removed.
 *
 * @param withdrawnBy who withdrew it; null: nobody did
 * @param signatures at most two, the manager's first
 */
public record DestructionList(long id, String municipality, String madeBy, Instant madeAt, @Nullable String withdrawnBy,
		List<Line> lines, List<Signature> signatures) {

	/** The cases that were not taken off. */
	public List<Line> cases() {
		return this.lines.stream().filter((line) -> line.takenOffBecause() == null).toList();
	}

	public List<Line> takenOff() {
		return this.lines.stream().filter((line) -> line.takenOffBecause() != null).toList();
	}

	public long destroyed() {
		return this.lines.stream().filter((line) -> line.destroyedAt() != null).count();
	}

	public boolean isSigned() {
		return this.withdrawnBy == null && this.signatures.size() == 2;
	}

	/** Where it stands, as a code. */
	public String state() {
		if (this.withdrawnBy != null) {
			return "withdrawn";
		}
		return switch (this.signatures.size()) {
			case 0 -> "made";
			case 1 -> "signedOnce";
			default -> (destroyed() < cases().size()) ? "signed" : "done";
		};
	}

	/** How many rows of which table were removed, of all its cases together. */
	public Map<String, Long> rows() {
		Map<String, Long> rows = new TreeMap<>();
		this.lines.forEach((line) -> line.rows().forEach((table, number) -> rows.merge(table, number, Long::sum)));
		return rows;
	}

	/** Who signed when. */
	public record Signature(int place, String person, Instant at) {
	}

	/**
	 * One case of the list, also when nothing else is left of it.
	 *
	 * @param held whether something holds it now
	 */
	public record Line(String number, LocalDate day, String explanation, int rulesVersion,
			@Nullable String takenOffBecause, @Nullable String takenOffBy, @Nullable Instant destroyedAt,
			Map<String, Long> rows, boolean held) {
	}

	/** Why a case stays: codes only, because a list is kept for ever. */
	public enum Because implements Coded {

		STILL_NEEDED("stillNeeded", "Nog nodig voor goede hulp"),
		OBJECTION_EXPECTED("objectionExpected", "Er wordt een bezwaar of klacht verwacht"),
		RESEARCH("research", "Nodig voor een onderzoek"), TRANSFER("transfer", "Gaat naar het archief");

		private final String code;

		private final String label;

		Because(String code, String label) {
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
