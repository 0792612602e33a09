package nl.doorbraak.casefile;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

import nl.doorbraak.support.Coded;
import org.jspecify.annotations.Nullable;

/**
 * A file of a case, without its bytes.
 *
 * @param fileName made by us: it holds no names of people
 * @param title in the words of who added it; null for what was made here or came with an
 * answer
 * @param datedOn the day of the paper itself; null without a title
 * @param withdrawn that it should not have been added; null when it stands
 */
public record Document(long id, Kind kind, String fileName, FileType type, @Nullable String title,
		@Nullable LocalDate datedOn, int size, String madeBy, Instant madeAt, @Nullable Withdrawal withdrawn) {

	/** The same with other words: for who may not know who it is about. */
	public Document in(UnaryOperator<String> words) {
		return new Document(this.id, this.kind, this.fileName, this.type,
				(this.title != null) ? words.apply(this.title) : null, this.datedOn, this.size, this.madeBy,
				this.madeAt, (this.withdrawn == null) ? null
						: new Withdrawal(words.apply(this.withdrawn.why()), this.withdrawn.by(), this.withdrawn.at()));
	}

	/** Whether it is a letter about a decision. */
	public boolean isDecision() {
		return this.kind.sight() == Sight.LETTERS;
	}

	/** Why a paper should not have been added, who said so and when. */
	public record Withdrawal(String why, String by, Instant at) {
	}

	/** What a file is. */
	public enum Kind implements Coded {

		/** Made here, to be sent to the household. */
		DECISION_LETTER("decisionLetter", "Brief over het besluit"),

		/** A decision that was made in another system. */
		OUTSIDE_DECISION("outsideDecision", "Besluit uit een ander systeem"),

		/** What an agency wrote with its answer. */
		AGENCY_LETTER("agencyLetter", "Brief van een instantie"),

		LETTER("letter", "Brief"), PROOF("proof", "Bewijsstuk"), AGREEMENT("agreement", "Afspraak"),
		OTHER("other", "Overig");

		private final String code;

		private final String label;

		Kind(String code, String label) {
			this.code = code;
			this.label = label;
		}

		/** The kinds that people add on the case page. */
		public static List<Kind> added() {
			return Arrays.stream(values()).filter(Kind::isAdded).toList();
		}

		/**
		 * Whether people add it on the case page; the others come with something else.
		 */
		public boolean isAdded() {
			return compareTo(LETTER) >= 0;
		}

		@Override
		public String code() {
			return this.code;
		}

		@Override
		public String label() {
			return this.label;
		}

		/** The part of a case that such a file belongs to. */
		Sight sight() {
			return switch (this) {
				case DECISION_LETTER, OUTSIDE_DECISION -> Sight.LETTERS;
				case AGENCY_LETTER -> Sight.ANSWERS;
				default -> Sight.WRITTEN;
			};
		}

	}

}
