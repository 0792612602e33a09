package nl.doorbraak.casefile;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import nl.doorbraak.casefile.CaseEvents.CaseResumed;
import nl.doorbraak.casefile.CaseEvents.MediatedSessionAsked;
import nl.doorbraak.casefile.CaseEvents.MediatedSessionHeld;
import nl.doorbraak.casefile.CaseEvents.MediatedSessionMissed;
import nl.doorbraak.casefile.CaseEvents.PerspectiveShared;
import nl.doorbraak.ladder.Term;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * No shared perspective: the helpers disagree so much on where the household is going
 * that a plan does not hold. The way out is a mediated session with its own term; without
 * one the team decides all the same, and may go up.
 */
@Service
public class MediatedSessions implements FormFacts {

	static final String FORM = "hold-mediated-session";

	private final CaseStore store;

	private final Terms terms;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	MediatedSessions(CaseStore store, Terms terms, Clock clock, ApplicationEventPublisher events) {
		this.store = store;
		this.terms = terms;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Takes from the plan on this rung whether the perspective is shared. If not, a
	 * session is asked; says until when.
	 */
	@Transactional
	public Optional<Instant> readPlan(String number) {
		CaseFile file = this.store.lock(number);
		Entry plan = entry(file, "make-plan");
		if ("yes".equals(plan.text("perspectiveShared"))) {
			if (settle(file)) {
				this.events.publishEvent(new PerspectiveShared(number, plan.writtenBy()));
			}
			return Optional.empty();
		}
		Instant now = this.clock.instant();
		Term term = this.terms.forMediatedSession(now, file.eventDate(), file.termsVersion());
		this.store.db()
			.sql("""
					insert into doorbraak.mediated_session (case_id, rung_id, asked_at, due_at, explanation)
					values (:id, :stay, :now, :due, :explanation)""")
			.param("id", file.id())
			.param("stay", this.store.getOpenStay(file).id())
			.param("now", Timestamp.from(now))
			.param("due", Timestamp.from(term.endsAt()))
			.param("explanation", term.explanation())
			.update();
		this.events.publishEvent(new MediatedSessionAsked(number, plan.writtenBy(), term.endsAt(), term.version()));
		return Optional.of(term.endsAt());
	}

	/** Whether the plan on this rung says that the perspective is shared. */
	@Transactional(readOnly = true)
	public boolean isShared(String number) {
		return "yes".equals(entry(this.store.get(number), "make-plan").text("perspectiveShared"));
	}

	/**
	 * Takes what came of the session.
	 * @throws Refused (400) a session that is still to come
	 */
	@Transactional
	public void recordSession(String number) {
		CaseFile file = this.store.lock(number);
		Entry entry = entry(file, FORM);
		LocalDate heldOn = Optional.ofNullable(entry.text("heldOn")).map(LocalDate::parse).orElseThrow();
		Instant now = this.clock.instant();
		if (heldOn.isAfter(DutchTime.day(now))) {
			throw Refused.invalid("session-to-come",
					"Dit gesprek moet nog komen. Vul dit formulier in als het is gehouden, en kies dan die dag.",
					"heldOn");
		}
		this.store.db()
			.sql("update doorbraak.mediated_session set held_at = :now where id = :id")
			.param("now", Timestamp.from(now))
			.param("id", last(file).orElseThrow().id())
			.update();
		boolean shared = "yes".equals(entry.text("perspectiveShared"));
		if (shared) {
			settle(file);
		}
		this.events.publishEvent(new MediatedSessionHeld(number, entry.writtenBy(), shared));
	}

	/** The term passed without a session: that is written down, and told. */
	@Transactional
	public void recordMissing(String number) {
		CaseFile file = this.store.lock(number);
		Status status = last(file).orElseThrow();
		this.store.db()
			.sql("update doorbraak.mediated_session set missed_at = :now where id = :id")
			.param("now", Timestamp.from(this.clock.instant()))
			.param("id", status.id())
			.update();
		this.events.publishEvent(new MediatedSessionMissed(number, Actor.TIMER, status.dueAt()));
	}

	/** Why there is no shared perspective; nothing when there is one, or nobody asked. */
	@Transactional(readOnly = true)
	public Optional<Status> status(String number) {
		return last(this.store.get(number)).filter((status) -> !status.settled());
	}

	/** The session waits as long as the case stood still; its timer does the same. */
	@EventListener
	@Transactional
	void move(CaseResumed event) {
		CaseFile file = this.store.get(event.number());
		last(file).filter((status) -> status.isAwaited() && !status.dueAt().isBefore(event.pausedAt()))
			.ifPresent((status) -> {
				Term later = this.terms.resumed(status.dueAt(), event.pausedAt(), event.resumedAt(),
						event.termsVersion());
				this.store.db()
					.sql("update doorbraak.mediated_session set due_at = :due, explanation = :why where id = :id")
					.param("due", Timestamp.from(later.endsAt()))
					.param("why", later.explanation())
					.param("id", status.id())
					.update();
			});
	}

	@Override
	public Map<String, Object> facts(FormTask task) {
		if (!task.form().equals(FORM)) {
			return Map.of();
		}
		return status(task.number())
			.<Map<String, Object>>map((status) -> Map.of("deadline", DutchTime.deadline(status.dueAt()),
					"deadlineReason", status.explanation()))
			.orElse(Map.of());
	}

	private Entry entry(CaseFile file, String form) {
		return this.store.lastEntry(file.id(), this.store.getOpenStay(file).id(), List.of(form))
			.orElseThrow(() -> new IllegalStateException("Case " + file.number() + " has no answer in " + form));
	}

	private boolean settle(CaseFile file) {
		return this.store.db()
			.sql("update doorbraak.mediated_session set settled_at = :now where case_id = :id and settled_at is null")
			.param("now", Timestamp.from(this.clock.instant()))
			.param("id", file.id())
			.update() > 0;
	}

	private Optional<Status> last(CaseFile file) {
		return this.store.db()
			.sql("""
					select s.*, r.closed_at as left_at from doorbraak.mediated_session s
					join doorbraak.case_rung r on r.id = s.rung_id where s.case_id = :id order by s.id desc limit 1""")
			.param("id", file.id())
			.query((row, n) -> status(row))
			.optional();
	}

	private static Status status(ResultSet row) throws SQLException {
		return new Status(row.getLong("id"), row.getTimestamp("due_at").toInstant(), row.getString("explanation"),
				instant(row, "missed_at"), instant(row, "held_at"), row.getTimestamp("settled_at") != null,
				row.getTimestamp("left_at") != null);
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		Timestamp timestamp = row.getTimestamp(column);
		return (timestamp != null) ? timestamp.toInstant() : null;
	}

	/**
	 * Where it stands.
	 *
	 * @param explanation why that date, in one or two Dutch sentences
	 * @param missedAt when the term passed without a session
	 * @param heldAt when somebody wrote what came of it
	 * @param settled whether the perspective is shared again
	 * @param left whether the case left that rung
	 */
	public record Status(long id, Instant dueAt, String explanation, @Nullable Instant missedAt,
			@Nullable Instant heldAt, boolean settled, boolean left) {

		boolean isAwaited() {
			return this.missedAt == null && this.heldAt == null && !this.settled && !this.left;
		}

		/**
		 * {@code asked}, {@code held} without agreement, {@code missed} or {@code left}.
		 */
		public String state() {
			return (this.heldAt != null) ? "held" : (this.missedAt != null) ? "missed" : this.left ? "left" : "asked";
		}

	}

}
