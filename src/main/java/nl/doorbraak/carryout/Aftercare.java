package nl.doorbraak.carryout;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import nl.doorbraak.carryout.CarryOutEvents.AftercareBegun;
import nl.doorbraak.carryout.CarryOutEvents.AftercareRecorded;
import nl.doorbraak.carryout.CarryOutEvents.CarryOutTermPassed;
import nl.doorbraak.carryout.CarryOutEvents.OutcomeRecorded;
import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Entry;
import nl.doorbraak.casefile.Outcome;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.ladder.Term;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The team asks how it goes, three and twelve months after the closing: the steps of
 * {@code aftercare}. A case that was withdrawn has none.
 */
@Service
public class Aftercare {

	static final String FORM = "record-aftercare";

	private static final List<Integer> MONTHS = List.of(3, 12);

	private final JdbcClient db;

	private final CaseFiles files;

	private final Writing writing;

	private final Terms terms;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Aftercare(JdbcClient db, CaseFiles files, Writing writing, Terms terms, Clock clock,
			ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.writing = writing;
		this.terms = terms;
		this.clock = clock;
		this.events = events;
	}

	@EventListener
	@Transactional(propagation = Propagation.MANDATORY)
	public void plan(OutcomeRecorded event) {
		CaseFile file = this.files.get(event.number());
		if (file.outcome() == Outcome.WITHDRAWN) {
			return;
		}
		LocalDate today = DutchTime.day(this.clock.instant());
		MONTHS.forEach((months) -> this.db
			.sql("insert into doorbraak.aftercare (case_id, months, begins_on) values (:id, :months, :day)")
			.param("id", file.id())
			.param("months", months)
			.param("day", Date.valueOf(today.plusMonths(months)))
			.update());
	}

	/** Its day has come: the team is asked. */
	@Transactional
	public void begin(String number, int months) {
		CaseFile file = this.files.lock(number);
		Instant now = this.clock.instant();
		Term term = this.terms.forAftercare(now, file.termsVersion());
		int begun = this.db.sql("""
				update doorbraak.aftercare set begun_at = :now, due_at = :due, explanation = :explanation
				where case_id = :id and months = :months and begun_at is null and begins_on <= :today""")
			.param("now", Timestamp.from(now))
			.param("due", Timestamp.from(term.endsAt()))
			.param("explanation", term.explanation())
			.param("id", file.id())
			.param("months", months)
			.param("today", Date.valueOf(DutchTime.day(now)))
			.update();
		if (begun == 1) {
			this.events.publishEvent(new AftercareBegun(number, Actor.TIMER, months, term.endsAt()));
		}
	}

	/**
	 * Takes what the team heard.
	 * @throws Refused (400) when the day on which they spoke is still to come
	 */
	@Transactional
	public void record(String number, int months) {
		CaseFile file = this.files.lock(number);
		Entry entry = this.writing.latestOfCase(number, FORM)
			.orElseThrow(() -> new IllegalStateException("Case " + number + " has no answer in " + FORM));
		LocalDate spokenOn = Optional.ofNullable(entry.text("spokenOn")).map(LocalDate::parse).orElse(null);
		if (spokenOn != null && spokenOn.isAfter(DutchTime.day(this.clock.instant()))) {
			throw Refused.invalid("spoken-later",
					"U sprak de inwoner op een dag die nog moet komen. Kies vandaag of een dag die is geweest.",
					"spokenOn");
		}
		String holds = String.valueOf(entry.text("holds"));
		this.db.sql("""
				update doorbraak.aftercare set holds = :holds, answered_by = :by, answered_at = :now
				where case_id = :id and months = :months""")
			.param("holds", holds)
			.param("by", entry.writtenBy())
			.param("now", Timestamp.from(this.clock.instant()))
			.param("id", file.id())
			.param("months", months)
			.update();
		this.events.publishEvent(new AftercareRecorded(number, entry.writtenBy(), months, holds));
	}

	/** The term passed without an answer: that is written down once. */
	@Transactional
	public void tellOverdue(String number, int months) {
		CaseFile file = this.files.lock(number);
		Instant now = this.clock.instant();
		this.db
			.sql("""
					update doorbraak.aftercare set overdue_told_at = :now
					where case_id = :id and months = :months and overdue_told_at is null and holds is null and due_at <= :now
					returning due_at""")
			.param("now", Timestamp.from(now))
			.param("id", file.id())
			.param("months", months)
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.optional()
			.ifPresent((dueAt) -> this.events
				.publishEvent(new CarryOutTermPassed(number, Actor.TIMER, "aftercare", dueAt)));
	}

	/** When the team looks, and what it found; the first moment first. */
	@Transactional(readOnly = true)
	public List<Look> of(String number) {
		return this.db.sql("""
				select a.* from doorbraak.aftercare a join doorbraak.case_file c on c.id = a.case_id
				where c.number = :number order by a.months""")
			.param("number", number)
			.query((row, n) -> look(row))
			.list();
	}

	private static Look look(ResultSet row) throws SQLException {
		Timestamp dueAt = row.getTimestamp("due_at");
		Timestamp answeredAt = row.getTimestamp("answered_at");
		return new Look(row.getInt("months"), row.getObject("begins_on", LocalDate.class),
				(dueAt != null) ? dueAt.toInstant() : null, row.getString("explanation"),
				row.getTimestamp("overdue_told_at") != null, row.getString("holds"), row.getString("answered_by"),
				(answeredAt != null) ? answeredAt.toInstant() : null);
	}

	/**
	 * One moment to look.
	 *
	 * @param months after the closing
	 * @param dueAt the first moment after the term; null before its day
	 * @param explanation why then
	 * @param holds {@code yes}, {@code partly} or {@code no}; null before the answer
	 */
	public record Look(int months, LocalDate beginsOn, @Nullable Instant dueAt, @Nullable String explanation,
			boolean overdue, @Nullable String holds, @Nullable String answeredBy, @Nullable Instant answeredAt) {
	}

}
