package nl.doorbraak.carryout;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;

import nl.doorbraak.carryout.CarryOutEvents.CarryOutBegun;
import nl.doorbraak.carryout.CarryOutEvents.CarryOutEnded;
import nl.doorbraak.carryout.CarryOutEvents.CarryOutTermPassed;
import nl.doorbraak.carryout.CarryOutEvents.MeasuresConfirmed;
import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Entry;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.ladder.Term;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answers;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The steps of {@code carry-out-breakthrough}: is done what was decided, and when do we
 * look again.
 */
@Service
public class CarryOut {

	static final String MEASURES_FORM = "confirm-measures";

	/** After these answers nothing more will be done. */
	private static final Set<String> SETTLED = Set.of("yes", "never");

	private final JdbcClient db;

	private final CaseFiles files;

	private final Writing writing;

	private final Measures measures;

	private final Closings closings;

	private final Terms terms;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	CarryOut(JdbcClient db, CaseFiles files, Writing writing, Measures measures, Closings closings, Terms terms,
			Clock clock, ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.writing = writing;
		this.measures = measures;
		this.closings = closings;
		this.terms = terms;
		this.clock = clock;
		this.events = events;
	}

	/** Begins with the closing of the case; says until when the team has to confirm. */
	@Transactional
	public Instant begin(String number) {
		CaseFile file = this.files.lock(number);
		Instant now = this.clock.instant();
		Term term = this.terms.forMeasures(now, file.eventDate(), file.termsVersion());
		this.db.sql("""
				insert into doorbraak.carry_out (case_id, begun_at, due_at, explanation)
				values (:id, :now, :due, :explanation)""")
			.param("id", file.id())
			.param("now", Timestamp.from(now))
			.param("due", Timestamp.from(term.endsAt()))
			.param("explanation", term.explanation())
			.update();
		this.events.publishEvent(new CarryOutBegun(number, Actor.SOFTWARE, term.endsAt(), term.version()));
		return term.endsAt();
	}

	/**
	 * Takes the answer whether it is done; says what the team is asked next.
	 * @throws Refused (400) when the day to look again is not within a year from tomorrow
	 */
	@Transactional
	public Next recordMeasures(String number) {
		CaseFile file = this.files.lock(number);
		Entry entry = entry(file, MEASURES_FORM);
		Answers answers = new Answers(entry.answers());
		String carriedOut = String.valueOf(answers.text("carriedOut"));
		LocalDate lookAgainOn = Optional.ofNullable(answers.text("lookAgainOn")).map(LocalDate::parse).orElse(null);
		Instant now = this.clock.instant();
		LocalDate today = DutchTime.day(now);
		if (lookAgainOn != null && (!lookAgainOn.isAfter(today) || lookAgainOn.isAfter(today.plusYears(1)))) {
			throw Refused.invalid("look-again-on",
					"Kies een dag om opnieuw te kijken die na vandaag ligt, en binnen een jaar.", "lookAgainOn");
		}
		if (carriedOut.equals("yes")) {
			this.measures.allDone(file, entry.writtenBy());
		}
		else if (carriedOut.equals("never")) {
			this.measures.dropAll(file, entry.writtenBy());
		}
		if (lookAgainOn == null) {
			this.closings.begin(number);
		}
		Term term = (lookAgainOn != null) ? this.terms.measuresAgain(lookAgainOn, file.termsVersion())
				: this.terms.forOutcome(now, file.termsVersion());
		this.db.sql("""
				update doorbraak.carry_out set carried_out = :carriedOut, carried_out_by = :by, carried_out_at = :now,
				  due_at = :due, explanation = :explanation, overdue_told_at = null where case_id = :id""")
			.param("carriedOut", carriedOut)
			.param("by", entry.writtenBy())
			.param("now", Timestamp.from(now))
			.param("due", Timestamp.from(term.endsAt()))
			.param("explanation", term.explanation())
			.param("id", file.id())
			.update();
		this.events.publishEvent(new MeasuresConfirmed(number, entry.writtenBy(), carriedOut, lookAgainOn));
		return new Next(SETTLED.contains(carriedOut), term.endsAt());
	}

	/**
	 * The term passed without an answer, or that of the closing after it: written down
	 * once.
	 */
	@Transactional
	public void tellOverdue(String number) {
		CaseFile file = this.files.lock(number);
		Status status = status(number).orElse(null);
		Instant now = this.clock.instant();
		if (status == null || status.settled()) {
			this.closings.tellOverdue(number);
			return;
		}
		if (status.overdue() || now.isBefore(status.dueAt())) {
			return;
		}
		this.db.sql("update doorbraak.carry_out set overdue_told_at = :now where case_id = :id")
			.param("now", Timestamp.from(now))
			.param("id", file.id())
			.update();
		this.events.publishEvent(new CarryOutTermPassed(number, Actor.TIMER, "measures", status.dueAt()));
	}

	/** Ends it: also what a hurried decision owed is done. */
	@Transactional
	public void end(String number) {
		CaseFile file = this.files.lock(number);
		this.db.sql("update doorbraak.carry_out set ended_at = :now where case_id = :id")
			.param("now", Timestamp.from(this.clock.instant()))
			.param("id", file.id())
			.update();
		this.events.publishEvent(new CarryOutEnded(number, Actor.SOFTWARE));
	}

	/** Where the carrying out stands; nothing without a breakthrough. */
	@Transactional(readOnly = true)
	public Optional<Status> status(String number) {
		return this.db.sql("""
				select o.* from doorbraak.carry_out o join doorbraak.case_file c on c.id = o.case_id
				where c.number = :number""").param("number", number).query((row, n) -> status(row)).optional();
	}

	private Entry entry(CaseFile file, String form) {
		return this.writing.latestOfCase(file.number(), form)
			.orElseThrow(() -> new IllegalStateException("Case " + file.number() + " has no answer in " + form));
	}

	private static Status status(ResultSet row) throws SQLException {
		return new Status(row.getTimestamp("due_at").toInstant(), row.getString("explanation"),
				row.getTimestamp("overdue_told_at") != null, row.getString("carried_out"),
				row.getString("carried_out_by"), instant(row, "carried_out_at"));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		Timestamp timestamp = row.getTimestamp(column);
		return (timestamp != null) ? timestamp.toInstant() : null;
	}

	/**
	 * What the team is asked next, and until when.
	 *
	 * @param settled the outcome; the same question again when not
	 */
	public record Next(boolean settled, Instant dueAt) {
	}

	/**
	 * Where the carrying out stands.
	 *
	 * @param dueAt the first moment after the term of what is asked now
	 * @param carriedOut the last answer: {@code yes}, {@code partly}, {@code no} or
	 * {@code never}; null before the first
	 */
	public record Status(Instant dueAt, String explanation, boolean overdue, @Nullable String carriedOut,
			@Nullable String carriedOutBy, @Nullable Instant carriedOutAt) {

		/** Whether nothing more will be done, so that the outcome can be told. */
		public boolean settled() {
			return this.carriedOut != null && SETTLED.contains(this.carriedOut);
		}

	}

}
