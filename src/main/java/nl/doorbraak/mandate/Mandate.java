package nl.doorbraak.mandate;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import nl.doorbraak.casefile.Reservation;
import nl.doorbraak.directory.Function;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

/**
 * One version of one line of the register: a function that may take a kind of decision in
 * the name of a body.
 *
 * @param body id of the organisation in whose name is decided
 * @param powers codes of what it may be used for
 * @param mandatable whether the power may be mandated at all
 * @param functionCode who holds it; a code that the directory no longer knows makes the
 * line unreadable
 * @param deputyCode function that may sign under it while its holder is away; null: none
 * @param parent number of the line under which this one is held
 * @param rungs codes of the rungs on which it may be used
 * @param municipalities ids of those whose cases it is for; empty: all
 * @param threats codes of those that it is for; empty: all
 * @param decisionCeilingCents highest amount of one decision; null: no ceiling
 * @param ceilingCents highest amount per household and year; null: no ceiling
 * @param budgetCents highest amount of all that is signed under it in a year; null: no
 * budget
 * @param reservation up to which reserved decisions it may be used
 * @param conditions instructions that the signer is shown
 * @param approvals how many people must agree under it
 * @param order who is asked first; the next competent function is the next higher
 * @param decision the mandate decision and where it was published
 * @param publishedAt the day; null: a draft
 * @param revokedAt from when the number is revoked, also where this version would begin
 * later
 * @param recordedAt when this version came into the register
 */
record Mandate(String number, int version, String body, Type type, Kind kind, Set<String> powers, String legalBasis,
		boolean mandatable, String functionCode, @Nullable String deputyCode, boolean worksUnderMandator,
		@Nullable Consent holderConsent, @Nullable Consent employerConsent, boolean subMandateAllowed,
		@Nullable String parent, Set<String> rungs, Set<String> municipalities, Set<String> threats,
		@Nullable Long decisionCeilingCents, @Nullable Long ceilingCents, @Nullable Long budgetCents,
		boolean deviationAllowed, Reservation reservation, @Nullable String conditions, int approvals,
		boolean drafterMaySign, boolean crisisUse, int order, String decision, @Nullable LocalDate publishedAt,
		Instant validFrom, @Nullable Instant validTo, @Nullable Instant revokedAt, @Nullable String revokedBy,
		Instant recordedAt) {

	private static final int LAST = 70;

	Mandate {
		powers = Set.copyOf(powers);
		rungs = Set.copyOf(rungs);
		municipalities = Set.copyOf(municipalities);
		threats = Set.copyOf(threats);
	}

	/** The place in the order of who holds this function, where none is filled in. */
	static int usualOrder(String functionCode) {
		return Coded.find(Function.class, functionCode).map((function) -> switch (function) {
			case DISTRICT_TEAM_MEMBER -> 10;
			case CASE_DIRECTOR -> 20;
			case PROCESS_DIRECTOR -> 25;
			case MANAGER -> 30;
			case DIRECTOR -> 40;
			case ALDERMAN -> 50;
			case AMBASSADOR -> 60;
			case AGENCY_OFFICER, DESK_OFFICER, AUDITOR, ADMINISTRATOR, LEGAL_ADVISER, FINANCE_ADVISER,
					ALDERMAN_ADVISER ->
				LAST;
		}).orElse(LAST);
	}

	Optional<Function> function() {
		return Coded.find(Function.class, this.functionCode);
	}

	/** What it is at this moment, among all versions of all lines. */
	State state(List<Mandate> register, Instant at) {
		if (isCancelled(register) || newer(register).anyMatch((each) -> each.hasBegun(register, at))) {
			return State.SUPERSEDED;
		}
		if (!hasBegun(register, at)) {
			return isDraft() ? State.DRAFT : State.ANNOUNCED;
		}
		if (this.revokedAt != null && !this.revokedAt.isAfter(at)) {
			return State.REVOKED;
		}
		return (this.validTo != null && !this.validTo.isAfter(at)) ? State.EXPIRED : State.IN_FORCE;
	}

	private boolean hasBegun(List<Mandate> register, Instant at) {
		return !counts().isAfter(at) && !isCancelled(register);
	}

	/** From when this version counts: when it begins, or revokes the number. */
	private Instant counts() {
		Instant begin = isDraft() ? Instant.MAX : begin();
		return (this.revokedAt != null && this.revokedAt.isBefore(begin)) ? this.revokedAt : begin;
	}

	/**
	 * Whether it never counts, because a newer version came before its time: one that
	 * does count, or that takes the publication of the same decision back.
	 */
	private boolean isCancelled(List<Mandate> register) {
		return newer(register).anyMatch((each) -> counts().isAfter(each.recordedAt)
				&& (each.counts().isBefore(Instant.MAX) || each.decision.equals(this.decision)));
	}

	private Stream<Mandate> newer(List<Mandate> register) {
		return register.stream().filter((each) -> each.number.equals(this.number) && each.version > this.version);
	}

	private boolean isDraft() {
		return this.publishedAt == null || this.decision.isBlank();
	}

	/** Not before its publication, whatever it says itself. */
	Instant begin() {
		Instant published = (this.publishedAt != null) ? this.publishedAt.atStartOfDay(DutchTime.ZONE).toInstant()
				: Instant.MAX;
		return published.isAfter(this.validFrom) ? published : this.validFrom;
	}

	/**
	 * When it ends or ended by itself or by revocation, its own or that of its number;
	 * null: it does not.
	 */
	@Nullable Instant end(List<Mandate> register) {
		Stream<@Nullable Instant> revoked = newer(register)
			.filter((each) -> each.counts().equals(each.revokedAt) && !each.isCancelled(register))
			.map(Mandate::revokedAt);
		return Stream.concat(Stream.of(this.validTo, this.revokedAt), revoked)
			.filter(Objects::nonNull)
			.min(Comparator.naturalOrder())
			.orElse(null);
	}

	/** Whether holder and employer agreed, where the law asks that (Awb 10:4). */
	boolean isConsented(Instant at) {
		return missingConsent(at) == null;
	}

	/** Whose is missing: holder, employer or both; null: nobody's. */
	@Nullable String missingConsent(Instant at) {
		if (this.worksUnderMandator) {
			return null;
		}
		boolean holder = isThere(this.holderConsent, at);
		boolean employer = isThere(this.employerConsent, at);
		return (holder && employer) ? null : holder ? "employer" : employer ? "holder" : "both";
	}

	private static boolean isThere(@Nullable Consent consent, Instant at) {
		return consent != null && !consent.document().isBlank() && !consent.on().isAfter(DutchTime.day(at));
	}

	/** Whether both say the same, as people read and write it. */
	boolean saysTheSame(Mandate other) {
		return MandateCsv.cells(this).equals(MandateCsv.cells(other));
	}

	/** The newest version of a number that has begun. */
	static Optional<Mandate> current(List<Mandate> register, String number, Instant at) {
		return register.stream()
			.filter((each) -> each.number.equals(number) && each.hasBegun(register, at))
			.max(Comparator.comparing(Mandate::version));
	}

	/** Consent with a mandate for who does not work under the mandator. */
	record Consent(LocalDate on, String document) {
	}

	/** For a decision, an act of private law, or an act that is neither. */
	enum Type implements Coded {

		MANDATE("mandate", "mandaat"), POWER_OF_ATTORNEY("powerOfAttorney", "volmacht"),
		AUTHORISATION("authorisation", "machtiging");

		private final String code;

		private final String label;

		Type(String code, String label) {
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

	/** Whether the holder decides, or does what the body itself decided. */
	enum Kind implements Coded {

		DECISION("decision", "beslissing"), EXECUTION("execution", "uitvoering"), SIGNING("signing", "ondertekening");

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

	/** What a line is at a moment; nobody stores it. */
	enum State {

		DRAFT, ANNOUNCED, IN_FORCE, SUPERSEDED, REVOKED, EXPIRED

	}

}
