package nl.doorbraak.privacy;

import java.time.Instant;
import java.time.LocalDate;

import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

/**
 * What a resident asked about his or her own data in a case.
 *
 * @param municipality that has the case
 * @param person id of the resident
 * @param dueAt the first moment after the term
 * @param explanation why that day, in Dutch
 * @param extended why it takes longer; null when it does not
 * @param toldOn when the resident heard that
 * @param outcome null while it is open
 * @param ground why it was refused, as the law names it
 */
public record SubjectRequest(long id, String number, String municipality, long person, Kind kind, Identity identity,
		LocalDate receivedOn, Instant dueAt, String explanation, String enteredBy, Instant enteredAt,
		@Nullable Extension extended, @Nullable LocalDate toldOn, boolean lateTold, @Nullable Outcome outcome,
		@Nullable Ground ground, @Nullable String answeredBy, @Nullable Instant answeredAt) {

	public boolean isOpen() {
		return this.outcome == null;
	}

	public LocalDate lastDay() {
		return DutchTime.lastDay(this.dueAt);
	}

	/** Whether it is open and its last day is over. */
	public boolean isLate(Instant now) {
		return isOpen() && !now.isBefore(this.dueAt);
	}

	/** What the resident asks. */
	public enum Kind implements Coded {

		/** AVG 15. */
		ACCESS("access", "Inzage (AVG artikel 15)"),

		/** AVG 16. */
		CORRECTION("correction", "Correctie (AVG artikel 16)");

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

	/** How it was established who asks. */
	public enum Identity implements Coded {

		ID_DOCUMENT("idDocument", "Een identiteitsbewijs getoond, geen kopie bewaard"),
		KNOWN_IN_PERSON("knownInPerson", "De casusregisseur kent de inwoner van gesprekken"),
		DIGID("digid", "Ingelogd met DigiD bij de gemeente"),
		REPRESENTATIVE("representative", "Via een ouder, voogd, curator of gemachtigde; dat is nagegaan");

		private final String code;

		private final String label;

		Identity(String code, String label) {
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

	/** Why it may take longer (AVG 12, third paragraph). */
	public enum Extension implements Coded {

		COMPLEX("complex", "Het verzoek is ingewikkeld"),
		MANY_REQUESTS("manyRequests", "De inwoner deed veel verzoeken");

		private final String code;

		private final String label;

		Extension(String code, String label) {
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

	/** How it ended. */
	public enum Outcome implements Coded {

		GIVEN("given", "Gegeven"), REFUSED("refused", "Geweigerd"), WITHDRAWN("withdrawn", "Ingetrokken");

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

	/** Why it is refused. */
	public enum Ground implements Coded {

		NOT_IDENTIFIED("notIdentified", "Niet vast te stellen wie het vraagt (AVG artikel 12, zesde lid)"),
		EXCESSIVE("excessive", "Kennelijk ongegrond of buitensporig (AVG artikel 12, vijfde lid)"),
		RIGHTS_OF_OTHERS("rightsOfOthers", "De rechten van anderen (AVG artikel 15, vierde lid; UAVG artikel 41)"),
		INVESTIGATION("investigation", "Toezicht of een onderzoek loopt (UAVG artikel 41)"),
		ACCURATE("accurate", "Wat er staat, klopt (AVG artikel 16)");

		private final String code;

		private final String label;

		Ground(String code, String label) {
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

	/** Why a passage is left out of what is given. */
	public enum LeaveOut implements Coded {

		RIGHTS_OF_OTHERS("rightsOfOthers", "Dit gaat over een ander (AVG artikel 15, vierde lid)"),
		SAFETY("safety", "Het zou iemand in gevaar brengen (UAVG artikel 41)"),
		INVESTIGATION("investigation", "Toezicht of een onderzoek loopt (UAVG artikel 41)");

		private final String code;

		private final String label;

		LeaveOut(String code, String label) {
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
