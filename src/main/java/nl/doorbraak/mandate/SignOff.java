package nl.doorbraak.mandate;

import java.time.Instant;

import nl.doorbraak.directory.Function;
import nl.doorbraak.support.Coded;
import org.jspecify.annotations.Nullable;

/**
 * One person's answer to a proposal.
 *
 * @param mandate number of the mandate and its version
 * @param deputyFor login of whom the person stood in for; null: of nobody
 * @param onConditions agreed under conditions, which stand in the entry
 * @param reasonsFollow agreed in a crisis, with reasons that follow within a week
 * @param entry id of what the person wrote; null where the drafter decided within his own
 * mandate
 */
public record SignOff(long proposal, String person, Function function, String organisation, String mandate,
		int mandateVersion, @Nullable String deputyFor, String proposalHash, Outcome outcome, boolean onConditions,
		boolean reasonsFollow, @Nullable Long entry, Instant at) {

	public boolean agreed() {
		return this.outcome == Outcome.AGREED;
	}

	/** What somebody answered; a sign-off that is no yes never owes anything. */
	public enum Outcome implements Coded {

		AGREED("agreed", "Akkoord"),

		SENT_BACK("sentBack", "Terug voor aanvulling"),

		REFUSED("refused", "Niet akkoord"),

		PASSED_ON("passedOn", "Doorgezet");

		private final String code;

		private final String label;

		Outcome(String code, String label) {
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
