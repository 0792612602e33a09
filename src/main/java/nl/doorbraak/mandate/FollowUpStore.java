package nl.doorbraak.mandate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import nl.doorbraak.ladder.Term;
import nl.doorbraak.mandate.FollowUp.Kind;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of what hurried decisions owe; the case row is locked by who changes them. */
@Repository
class FollowUpStore {

	private final JdbcClient db;

	FollowUpStore(JdbcClient db) {
		this.db = db;
	}

	/**
	 * Adds what is owed, or nothing where the proposal owes it already.
	 * @return whether it was added
	 */
	boolean add(ProposalRow proposal, Kind kind, SignOff signOff, Term term, @Nullable Mandate asked, int askedOrder) {
		return this.db
			.sql("""
					insert into doorbraak.follow_up (case_number, proposal_id, kind, signer, mandate_number, mandate_version,
					  owed_at, due_at, explanation, asked_function, asked_organisation, asked_order)
					values (:number, :proposal, :kind, :signer, :mandate, :version, :owed, :due, :explanation, :function, :body,
					  :order)
					on conflict (proposal_id, kind) do nothing""")
			.param("number", proposal.number())
			.param("proposal", proposal.id())
			.param("kind", kind.code())
			.param("signer", signOff.person())
			.param("mandate", signOff.mandate())
			.param("version", signOff.mandateVersion())
			.param("owed", Timestamp.from(signOff.at()))
			.param("due", Timestamp.from(term.endsAt()))
			.param("explanation", term.explanation())
			.param("function", (asked != null) ? asked.functionCode() : null)
			.param("body", (asked != null) ? asked.body() : null)
			.param("order", askedOrder)
			.update() == 1;
	}

	/** Everything that was owed in a case, oldest first. */
	List<FollowUp> all(String number) {
		return this.db.sql("select * from doorbraak.follow_up where case_number = :number order by id")
			.param("number", number)
			.query((row, n) -> followUp(row))
			.list();
	}

	List<FollowUp> open(String number) {
		return all(number).stream().filter(FollowUp::isOpen).toList();
	}

	void done(FollowUp owed, String outcome, String person, @Nullable Mandate line, long entry, Instant now) {
		this.db.sql("""
				update doorbraak.follow_up set outcome = :outcome, done_by = :person, done_at = :now, entry_id = :entry,
				  done_mandate_number = :mandate, done_mandate_version = :version where id = :id""")
			.param("outcome", outcome)
			.param("person", person)
			.param("now", Timestamp.from(now))
			.param("entry", entry)
			.param("mandate", (line != null) ? line.number() : null)
			.param("version", (line != null) ? line.version() : null)
			.param("id", owed.id())
			.update();
	}

	/** Another term; that an earlier one passed is told no more. */
	void move(FollowUp owed, Term term) {
		this.db.sql("""
				update doorbraak.follow_up set due_at = :due, explanation = :why, overdue_told_at = null
				where id = :id""")
			.param("due", Timestamp.from(term.endsAt()))
			.param("why", term.explanation())
			.param("id", owed.id())
			.update();
	}

	void tellOverdue(FollowUp owed, @Nullable Mandate also, Instant now) {
		this.db
			.sql("""
					update doorbraak.follow_up set overdue_told_at = :now, also_function = :function, also_organisation = :body
					where id = :id""")
			.param("now", Timestamp.from(now))
			.param("function", (also != null) ? also.functionCode() : null)
			.param("body", (also != null) ? also.body() : null)
			.param("id", owed.id())
			.update();
	}

	private static FollowUp followUp(ResultSet row) throws SQLException {
		long entry = row.getLong("entry_id");
		Long entryId = row.wasNull() ? null : entry;
		return new FollowUp(row.getLong("id"), row.getString("case_number"), row.getLong("proposal_id"),
				row.getString("kind").equals(Kind.REASONS.code()) ? Kind.REASONS : Kind.RATIFICATION,
				row.getString("signer"), row.getString("mandate_number"), row.getInt("mandate_version"),
				row.getTimestamp("due_at").toInstant(), row.getString("explanation"),
				FollowUp.post(row.getString("asked_function"), row.getString("asked_organisation")),
				row.getInt("asked_order"),
				FollowUp.post(row.getString("also_function"), row.getString("also_organisation")),
				instant(row, "overdue_told_at"), row.getString("outcome"), row.getString("done_by"),
				instant(row, "done_at"), entryId);
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		Timestamp timestamp = row.getTimestamp(column);
		return (timestamp != null) ? timestamp.toInstant() : null;
	}

}
