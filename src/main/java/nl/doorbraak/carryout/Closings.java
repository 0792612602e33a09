package nl.doorbraak.carryout;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import nl.doorbraak.carryout.CarryOutEvents.CarryOutTermPassed;
import nl.doorbraak.carryout.CarryOutEvents.OutcomeRecorded;
import nl.doorbraak.casefile.CaseEvents.CaseClosed;
import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Decision;
import nl.doorbraak.casefile.Entry;
import nl.doorbraak.casefile.Outcome;
import nl.doorbraak.casefile.RungStay;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.ladder.Term;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.lead.LookBacks;
import nl.doorbraak.support.Actor;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The closing of a case with what it came to, whatever its outcome: the steps of
 * {@code close-case}. What can be reckoned is not asked.
 */
@Service
public class Closings {

	static final String FORM = "record-outcome";

	private final JdbcClient db;

	private final CaseFiles files;

	private final Writing writing;

	private final LookBacks lookBacks;

	private final Terms terms;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Closings(JdbcClient db, CaseFiles files, Writing writing, LookBacks lookBacks, Terms terms, Clock clock,
			ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.writing = writing;
		this.lookBacks = lookBacks;
		this.terms = terms;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Asks what it came to; says until when the team has to answer. The second time
	 * nothing changes.
	 */
	@Transactional
	public Instant begin(String number) {
		CaseFile file = this.files.lock(number);
		Optional<Status> before = status(number);
		if (before.isPresent()) {
			return before.get().dueAt();
		}
		Instant now = this.clock.instant();
		Term term = (file.outcome() == Outcome.BROKEN_THROUGH) ? this.terms.forOutcome(now, file.termsVersion())
				: this.terms.forClosing(now, file.termsVersion());
		this.db.sql("insert into doorbraak.closing (case_id, due_at, explanation) values (:id, :due, :explanation)")
			.param("id", file.id())
			.param("due", Timestamp.from(term.endsAt()))
			.param("explanation", term.explanation())
			.update();
		return term.endsAt();
	}

	/** Who withdraws a case has said why: nothing more is asked of the team. */
	@EventListener
	@Transactional(propagation = Propagation.MANDATORY)
	public void withdrawn(CaseClosed event) {
		if (event.outcome().equals(Outcome.WITHDRAWN.code())) {
			begin(event.number());
			keep(event.number(), Outcome.WITHDRAWN.code(), null);
		}
	}

	/** Takes what the team wrote. */
	@Transactional
	public void record(String number) {
		begin(number);
		Entry entry = this.writing.latestOfCase(number, FORM)
			.orElseThrow(() -> new IllegalStateException("Case " + number + " has no answer in " + FORM));
		keep(number, String.valueOf(entry.text("outcome")), entry.writtenBy());
	}

	private void keep(String number, String result, @Nullable String by) {
		RungStay deciding = deciding(number).orElse(null);
		String rung = (deciding != null) ? deciding.rung().code() : null;
		boolean crisis = neededCrisis(number);
		this.db.sql("""
				update doorbraak.closing set rung = :rung, decided_at = :decided, crisis = :crisis, result = :result,
				  result_by = :by, result_at = :now where case_id = :id""")
			.param("rung", rung, Types.VARCHAR)
			.param("decided", (deciding != null) ? Timestamp.from(decidedAt(deciding)) : null, Types.TIMESTAMP)
			.param("crisis", crisis)
			.param("result", result)
			.param("by", by, Types.VARCHAR)
			.param("now", Timestamp.from(this.clock.instant()))
			.param("id", this.files.get(number).id())
			.update();
		this.events.publishEvent(new OutcomeRecorded(number, (by != null) ? by : Actor.SOFTWARE, result, rung, crisis));
	}

	/** The term passed without an answer: that is written down once. */
	@Transactional
	public void tellOverdue(String number) {
		CaseFile file = this.files.lock(number);
		Instant now = this.clock.instant();
		int told = this.db.sql("""
				update doorbraak.closing set overdue_told_at = :now
				where case_id = :id and overdue_told_at is null and result is null and due_at <= :now""")
			.param("now", Timestamp.from(now))
			.param("id", file.id())
			.update();
		if (told == 1) {
			this.events.publishEvent(
					new CarryOutTermPassed(number, Actor.TIMER, "outcome", status(number).orElseThrow().dueAt()));
		}
	}

	/** Where the closing stands; nothing while nobody was asked. */
	@Transactional(readOnly = true)
	public Optional<Status> status(String number) {
		return this.db.sql("""
				select o.* from doorbraak.closing o join doorbraak.case_file c on c.id = o.case_id
				where c.number = :number""").param("number", number).query((row, n) -> status(row)).optional();
	}

	/**
	 * Which level decided, how long after the report, and whether it needed a crisis, in
	 * Dutch.
	 */
	@Transactional(readOnly = true)
	public String howItWent(String number) {
		CaseFile file = this.files.get(number);
		String crisis = neededCrisis(number) ? " Er was een crisis voor nodig." : "";
		return deciding(number)
			.map((stay) -> "Besloten op niveau " + stay.rung().label() + ", "
					+ inDutch(Duration.between(file.reportedAt(), decidedAt(stay))) + " na de melding." + crisis)
			.orElseGet(() -> "Er is op geen niveau een besluit genomen." + crisis);
	}

	private Optional<RungStay> deciding(String number) {
		RungStay last = this.files.standing(number).last();
		return Optional.of(last).filter((stay) -> stay.isDecided() && stay.decision() != Decision.WITHDRAWN);
	}

	private static Instant decidedAt(RungStay stay) {
		Instant at = stay.decidedAt();
		if (at == null) {
			throw new IllegalStateException("A level that decided knows when");
		}
		return at;
	}

	private boolean neededCrisis(String number) {
		return this.lookBacks.of(number).isPresent()
				|| this.files.standing(number).stays().stream().anyMatch((stay) -> stay.decision() == Decision.CRISIS);
	}

	static String inDutch(Duration duration) {
		long hours = duration.toHours();
		return (hours < 48) ? hours + " uur" : duration.toDays() + " dagen";
	}

	private static Status status(ResultSet row) throws SQLException {
		Timestamp decidedAt = row.getTimestamp("decided_at");
		Timestamp resultAt = row.getTimestamp("result_at");
		String rung = row.getString("rung");
		return new Status(row.getTimestamp("due_at").toInstant(), row.getString("explanation"),
				row.getTimestamp("overdue_told_at") != null, (rung != null) ? Rung.of(rung) : null,
				(decidedAt != null) ? decidedAt.toInstant() : null, row.getBoolean("crisis"), row.getString("result"),
				row.getString("result_by"), (resultAt != null) ? resultAt.toInstant() : null);
	}

	/**
	 * Where the closing stands.
	 *
	 * @param dueAt the first moment after the term
	 * @param rung the level that decided; null where nobody did
	 * @param result {@code solved}, {@code partlySolved}, {@code notSolved},
	 * {@code otherwise} or {@code withdrawn}; null while it is open
	 * @param resultBy null where it was withdrawn
	 */
	public record Status(Instant dueAt, String explanation, boolean overdue, @Nullable Rung rung,
			@Nullable Instant decidedAt, boolean crisis, @Nullable String result, @Nullable String resultBy,
			@Nullable Instant resultAt) {
	}

}
