package nl.doorbraak.resident;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.support.Coded;
import org.jspecify.annotations.Nullable;

/**
 * What a resident reads: nothing about debts, decisions or other people of the household.
 *
 * @param number of the case, to name on the telephone
 * @param lead whether the regisseur accepted the lead; else it is the casusregisseur, as
 * a contact
 * @param since when the regisseur is responsible
 * @param awayUntil the last day on which the regisseur is away; null: not away
 * @param others whom to call when the regisseur does not answer
 * @param until the first moment after which the next step is late; null: none is planned
 * @param why why then, in Dutch; null: not told
 * @param late whether that moment has passed
 * @param closedOn the day on which the case was closed; null: it was not
 * @param callOn from which day somebody asks how it goes; null: nobody will
 * @param survey whether there are questions about how it went
 */
public record Situation(String number, Organisation municipality, @Nullable Contact regisseur, boolean lead,
		@Nullable Instant since, @Nullable LocalDate awayUntil, List<Contact> others, Phase phase, Stage stage,
		@Nullable Instant until, @Nullable String why, boolean late, @Nullable LocalDate closedOn,
		@Nullable LocalDate callOn, boolean survey) {

	public Situation {
		others = List.copyOf(others);
	}

	/**
	 * Somebody to call, at work.
	 *
	 * @param phone the organisation's where the person has none
	 */
	public record Contact(String name, @Nullable Function function, String organisation, @Nullable String phone,
			@Nullable String mail) {
	}

	/** Where the case stands, as a resident hears it. */
	public enum Stage implements Coded {

		REPORTED("reported"), LOCAL("local"), REGIONAL("regional"), NATIONAL("national"), MINISTRY("ministry"),
		PAUSED("paused"), CARRY_OUT("carryOut"), FINISHING("finishing"), CLOSED("closed");

		private final String code;

		Stage(String code) {
			this.code = code;
		}

		@Override
		public String code() {
			return this.code;
		}

		@Override
		public String label() {
			return this.code;
		}

	}

}
