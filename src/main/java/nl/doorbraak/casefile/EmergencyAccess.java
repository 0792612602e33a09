package nl.doorbraak.casefile;

import java.sql.Timestamp;
import java.time.Instant;

import nl.doorbraak.support.Coded;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowMapper;

/**
 * Somebody of the municipality read a case without being on it.
 *
 * @param reader login
 * @param why in a sentence; text about a case
 * @param until the end of the reading
 * @param reviewDueAt the first moment at which the review is late
 * @param reviewExplanation why then, in a Dutch sentence
 * @param verdict null while nobody reviewed it
 * @param said why that verdict; text about a case
 * @param whyCompartments why what is kept apart too; null: not that
 */
public record EmergencyAccess(long id, String number, String municipality, String reader, Reason reason, String why,
		Instant grantedAt, Instant until, Instant reviewDueAt, String reviewExplanation, @Nullable Verdict verdict,
		@Nullable String reviewedBy, @Nullable Instant reviewedAt, @Nullable String said,
		@Nullable String whyCompartments) {

	static final String SELECT = """
			select e.*, c.number, c.municipality_id, why.fields -> 0 ->> 'shown' as why, said.fields -> 0 ->> 'shown' as said,
			  apart.fields -> 0 ->> 'shown' as apart
			from doorbraak.emergency_access e join doorbraak.case_file c on c.id = e.case_id
			join doorbraak.entry why on why.id = e.entry_id left join doorbraak.entry said on said.id = e.review_entry_id
			left join doorbraak.entry apart on apart.id = e.compartments_entry_id
			""";

	static final RowMapper<EmergencyAccess> FROM_ROW = (row, n) -> {
		String verdict = row.getString("verdict");
		Timestamp reviewedAt = row.getTimestamp("reviewed_at");
		return new EmergencyAccess(row.getLong("id"), row.getString("number"), row.getString("municipality_id"),
				row.getString("officer_login"), Coded.of(Reason.class, row.getString("reason")), row.getString("why"),
				row.getTimestamp("granted_at").toInstant(), row.getTimestamp("until").toInstant(),
				row.getTimestamp("review_due_at").toInstant(), row.getString("review_explanation"),
				(verdict != null) ? Coded.of(Verdict.class, verdict) : null, row.getString("reviewed_by"),
				(reviewedAt != null) ? reviewedAt.toInstant() : null, row.getString("said"), row.getString("apart"));
	};

	/** The same with other words: for who may not know who it is about. */
	EmergencyAccess in(java.util.function.UnaryOperator<String> words) {
		return new EmergencyAccess(this.id, this.number, this.municipality, this.reader, this.reason,
				words.apply(this.why), this.grantedAt, this.until, this.reviewDueAt, this.reviewExplanation,
				this.verdict, this.reviewedBy, this.reviewedAt, (this.said != null) ? words.apply(this.said) : null,
				(this.whyCompartments != null) ? words.apply(this.whyCompartments) : null);
	}

	/** Whether it goes into the compartments of the case too. */
	public boolean compartments() {
		return this.whyCompartments != null;
	}

	/** Whether a manager must say something of it. */
	public boolean isOpen() {
		return this.verdict == null;
	}

	/** Why it cannot wait. */
	public enum Reason implements Coded {

		TEAM_UNREACHABLE("teamUnreachable", "Er moet nu iets gebeuren en het team is niet bereikbaar"),
		DANGER("danger", "Er is gevaar voor iemand"),
		RESIDENT_ASKS("residentAsks", "De inwoner vraagt nu om hulp en het team is niet bereikbaar"),

		/** A manager must know the contents; not because nobody is there. */
		MANAGER_EXCEPTION("managerException", "Ik moet als manager bij uitzondering de inhoud kennen");

		private final String code;

		private final String label;

		Reason(String code, String label) {
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

	/** What a manager said of it. */
	public enum Verdict implements Coded {

		JUSTIFIED("justified", "Terecht"), NOT_JUSTIFIED("notJustified", "Niet terecht");

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

}
