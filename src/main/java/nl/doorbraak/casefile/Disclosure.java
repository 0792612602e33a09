package nl.doorbraak.casefile;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import nl.doorbraak.support.Coded;
import org.jspecify.annotations.Nullable;

/**
 * A sharing of personal data with another organisation.
 *
 * @param organisation id of who got it
 * @param informedOn when the resident heard of it; null while not
 * @param notInformed why not; null when informed
 * @param entry id of the entry that says why it was needed
 */
public record Disclosure(long id, String organisation, List<Item> items, Purpose purpose, Basis basis,
		@Nullable LocalDate informedOn, @Nullable NotInformed notInformed, long entry, String sharedBy,
		Instant sharedAt) {

	public Disclosure {
		items = List.copyOf(items);
	}

	/** Kinds of data. */
	public enum Item implements Coded {

		IDENTITY("identity", "Wie het is: naam en geboortedatum"), CONTACT("contact", "Adres en contactgegevens"),
		MONEY("money", "Inkomen, schulden en betalingen"), HOUSING("housing", "Wonen"),
		WORK("work", "Werk en opleiding"), FAMILY("family", "Gezin en kinderen"),

		/** AVG 9. */
		HEALTH("health", "Gezondheid"),

		/** AVG 10. */
		CRIMINAL("criminal", "Strafbare feiten");

		private final String code;

		private final String label;

		Item(String code, String label) {
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

		/** Whether the AVG asks for a ground of its own (articles 9 and 10). */
		public boolean isSpecial() {
			return this == HEALTH || this == CRIMINAL;
		}

	}

	/** What the other needs it for. */
	public enum Purpose implements Coded {

		DECIDE("decide", "Een besluit nemen over dit huishouden"), PLAN("plan", "Samen een plan maken of uitvoeren"),
		SAFETY("safety", "Gevaar afwenden"), PAYMENT("payment", "Iets betalen of een betaling stoppen");

		private final String code;

		private final String label;

		Purpose(String code, String label) {
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

	/** The ground in law (AVG 6). */
	public enum Basis implements Coded {

		PUBLIC_TASK("publicTask", "Een taak van algemeen belang (AVG 6, eerste lid, onder e)"),
		LEGAL_OBLIGATION("legalObligation", "Een wettelijke plicht (AVG 6, eerste lid, onder c)"),
		VITAL_INTEREST("vitalInterest", "Een vitaal belang (AVG 6, eerste lid, onder d)"),
		SECRECY_BROKEN("secrecyBroken", "De geheimhouding is doorbroken, met afweging"),

		/** The weakest: a resident can hardly refuse an authority. */
		CONSENT("consent", "Toestemming: zwak tussen inwoner en overheid");

		private final String code;

		private final String label;

		Basis(String code, String label) {
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

	/** Why the resident does not know yet. */
	public enum NotInformed implements Coded {

		NOT_REACHABLE("notReachable", "Nog niet bereikt"), DANGEROUS("dangerous", "Dat zou gevaar geven"),
		INVESTIGATION("investigation", "De wet laat het nu niet toe");

		private final String code;

		private final String label;

		NotInformed(String code, String label) {
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
