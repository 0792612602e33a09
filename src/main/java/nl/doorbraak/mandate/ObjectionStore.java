package nl.doorbraak.mandate;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

import nl.doorbraak.ladder.Term;
import nl.doorbraak.mandate.Objection.Kind;
import nl.doorbraak.mandate.Objection.Outcome;
import nl.doorbraak.support.Coded;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of objections and complaints; the case row is locked by who changes them. */
@Repository
class ObjectionStore {

	private final JdbcClient db;

	ObjectionStore(JdbcClient db) {
		this.db = db;
	}

	long add(ProposalRow proposal, Kind kind, LocalDate receivedOn, long receipt, String by, Term term,
			@Nullable Mandate asked, Instant now) {
		return this.db
			.sql("""
					insert into doorbraak.objection (case_number, proposal_id, kind, received_on, receipt_entry_id, registered_by,
					  registered_at, due_at, explanation, asked_function, asked_organisation)
					values (:number, :proposal, :kind, :received, :receipt, :by, :now, :due, :why, :function, :body) returning id""")
			.param("number", proposal.number())
			.param("proposal", proposal.id())
			.param("kind", kind.code())
			.param("received", Date.valueOf(receivedOn))
			.param("receipt", receipt)
			.param("by", by)
			.param("now", Timestamp.from(now))
			.param("due", Timestamp.from(term.endsAt()))
			.param("why", term.explanation())
			.param("function", (asked != null) ? asked.functionCode() : null)
			.param("body", (asked != null) ? asked.body() : null)
			.query(Long.class)
			.single();
	}

	Objection get(long id) {
		return this.db.sql("select * from doorbraak.objection where id = :id")
			.param("id", id)
			.query((row, n) -> objection(row))
			.single();
	}

	/** Everything that came in about a case, oldest first. */
	List<Objection> all(String number) {
		return this.db.sql("select * from doorbraak.objection where case_number = :number order by id")
			.param("number", number)
			.query((row, n) -> objection(row))
			.list();
	}

	List<Objection> open(String number) {
		return all(number).stream().filter(Objection::isOpen).toList();
	}

	/**
	 * Numbers of the finished cases of somebody's team against which something is open,
	 * or can still come.
	 */
	List<String> ofTeam(String login, LocalDate today) {
		return this.db
			.sql("""
					select c.number from doorbraak.case_file c join doorbraak.carry_out o on o.case_id = c.id
					join doorbraak.announcement a on a.case_number = c.number
					where o.ended_at is not null
					  and exists (select 1 from doorbraak.case_participant p where p.case_id = c.id and p.officer_login = :login
					              and p.role in ('caseDirector', 'deputy') and p.until is null)
					  and (a.remedy_until >= :today
					       or exists (select 1 from doorbraak.objection b where b.case_number = c.number and b.outcome is null))
					order by c.number limit 100""")
			.param("login", login)
			.param("today", Date.valueOf(today))
			.query(String.class)
			.list();
	}

	void ask(Objection open, Mandate line) {
		this.db
			.sql("update doorbraak.objection set asked_function = :function, asked_organisation = :body where id = :id")
			.param("function", line.functionCode())
			.param("body", line.body())
			.param("id", open.id())
			.update();
	}

	void tellOverdue(Objection open, Instant now) {
		this.db.sql("update doorbraak.objection set overdue_told_at = :now where id = :id")
			.param("now", Timestamp.from(now))
			.param("id", open.id())
			.update();
	}

	void decide(Objection open, Outcome outcome, String by, Instant now, @Nullable Mandate line, @Nullable Long entry,
			@Nullable LocalDate holdUntil) {
		this.db
			.sql("""
					update doorbraak.objection set outcome = :outcome, decided_by = :by, decided_at = :now,
					  decided_mandate_number = :mandate, decided_mandate_version = :version, entry_id = :entry, hold_until = :hold
					where id = :id""")
			.param("outcome", outcome.code())
			.param("by", by)
			.param("now", Timestamp.from(now))
			.param("mandate", (line != null) ? line.number() : null)
			.param("version", (line != null) ? line.version() : null)
			.param("entry", entry)
			.param("hold", (holdUntil != null) ? Date.valueOf(holdUntil) : null)
			.param("id", open.id())
			.update();
	}

	private static Objection objection(ResultSet row) throws SQLException {
		String outcome = row.getString("outcome");
		Timestamp decidedAt = row.getTimestamp("decided_at");
		Date hold = row.getDate("hold_until");
		return new Objection(row.getLong("id"), row.getString("case_number"), row.getLong("proposal_id"),
				Coded.of(Kind.class, row.getString("kind")), row.getDate("received_on").toLocalDate(),
				row.getLong("receipt_entry_id"), row.getTimestamp("due_at").toInstant(), row.getString("explanation"),
				FollowUp.post(row.getString("asked_function"), row.getString("asked_organisation")),
				row.getTimestamp("overdue_told_at") != null,
				(outcome != null) ? Coded.of(Outcome.class, outcome) : null, row.getString("decided_by"),
				(decidedAt != null) ? decidedAt.toInstant() : null, row.getString("decided_mandate_number"),
				row.getObject("decided_mandate_version", Integer.class), row.getObject("entry_id", Long.class),
				(hold != null) ? hold.toLocalDate() : null);
	}

}
