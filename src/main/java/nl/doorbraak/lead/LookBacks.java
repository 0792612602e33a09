package nl.doorbraak.lead;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Entry;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.ladder.Term;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.lead.LeadEvents.LookBackOverdue;
import nl.doorbraak.lead.LeadEvents.LookedBack;
import nl.doorbraak.support.Actor;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The look-back after a crisis: what could have been decided before, by whom, and what is
 * agreed for the next time. Only the team that has the case reads it.
 */
@Service
public class LookBacks {

	private final JdbcClient db;

	private final CaseFiles files;

	private final Writing writing;

	private final Terms terms;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	LookBacks(JdbcClient db, CaseFiles files, Writing writing, Terms terms, Clock clock,
			ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.writing = writing;
		this.terms = terms;
		this.clock = clock;
		this.events = events;
	}

	/** The case is closed after a crisis; says until when the team looks back. */
	@Transactional
	public Instant begin(String number) {
		CaseFile file = this.files.lock(number);
		Term term = this.terms.forLookBack(this.clock.instant(), file.termsVersion());
		this.db
			.sql("""
					insert into doorbraak.look_back (case_number, due_at, explanation) values (:number, :due, :explanation)""")
			.param("number", number)
			.param("due", Timestamp.from(term.endsAt()))
			.param("explanation", term.explanation())
			.update();
		return term.endsAt();
	}

	/** Takes what somebody of the team just wrote. */
	@Transactional
	public void record(String number) {
		this.files.hold(number);
		Entry entry = this.writing.latestOfCase(number, CaseFiles.LOOK_BACK)
			.orElseThrow(() -> new IllegalStateException("Case " + number + " has no look-back"));
		this.db
			.sql("update doorbraak.look_back set answered_by = :login, answered_at = :now where case_number = :number")
			.param("login", entry.writtenBy())
			.param("now", Timestamp.from(this.clock.instant()))
			.param("number", number)
			.update();
		this.events.publishEvent(new LookedBack(number, entry.writtenBy()));
	}

	/** Nobody looked back in time: that is told once. */
	@Transactional
	public void tellOverdue(String number) {
		this.files.hold(number);
		of(number)
			.ifPresent((open) -> this.events.publishEvent(new LookBackOverdue(number, Actor.TIMER, open.dueAt())));
	}

	/** Until when the team looks back, and why then; nothing without a crisis. */
	@Transactional(readOnly = true)
	public Optional<LookBack> of(String number) {
		return this.db.sql("select due_at, explanation from doorbraak.look_back where case_number = :number")
			.param("number", number)
			.query((row, n) -> new LookBack(row.getTimestamp("due_at").toInstant(), row.getString("explanation")))
			.optional();
	}

	/** Until when, and why then. */
	public record LookBack(Instant dueAt, String explanation) {
	}

}
