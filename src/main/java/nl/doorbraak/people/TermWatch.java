package nl.doorbraak.people;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import nl.doorbraak.directory.Roster;
import nl.doorbraak.directory.Roster.Term;
import nl.doorbraak.support.DueWork;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.watchdog.Watched;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Gives functions on the first day that a list names, and lets who has them leave when
 * the last day has passed.
 */
@Component
class TermWatch implements DueWork, Watched {

	private static final Duration ALLOWED = Duration.ofMinutes(5);

	private final JdbcClient db;

	private final Roster roster;

	private final Leavers leavers;

	private final TransactionOperations transactions;

	private final Clock clock;

	TermWatch(JdbcClient db, Roster roster, Leavers leavers, TransactionOperations transactions, Clock clock) {
		this.db = db;
		this.roster = roster;
		this.leavers = leavers;
		this.transactions = transactions;
		this.clock = clock;
	}

	@Scheduled(initialDelayString = "${doorbraak.terms-of-posts-every:60s}",
			fixedDelayString = "${doorbraak.terms-of-posts-every:60s}")
	void poll() {
		doDue();
	}

	@Override
	public int doDue() {
		return DueWork.eachForItself(this.roster.due(), this::follow);
	}

	private void follow(Term term) {
		LocalDate today = DutchTime.day(this.clock.instant());
		this.transactions.executeWithoutResult((tx) -> {
			if (!term.isOver(today)) {
				this.roster.begin(term);
			}
			else if (this.roster.end(term)) {
				this.leavers.lastDayPassed(term);
			}
		});
	}

	@Override
	public Optional<Instant> nextDueAt() {
		return this.db.sql("""
				select min(case when not begun then first_day else last_day + 1 end) from doorbraak.post_term
				where not begun or (not ended and last_day is not null)""")
			.query((row, n) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
			.single()
			.map((day) -> day.atStartOfDay(DutchTime.ZONE).toInstant());
	}

	@Override
	public String what() {
		return "postTerm";
	}

	/** Some time after midnight, so that the schedule has had its turn. */
	@Override
	public List<Late> late(JdbcClient own, Instant before) {
		return own.sql("""
				select officer_login || ' ' || organisation_id from doorbraak.post_term
				where (not begun and first_day <= :day) or (not ended and last_day < :day) order by 1 limit 500""")
			.param("day", java.sql.Date.valueOf(DutchTime.day(before.minus(ALLOWED))))
			.query((row, n) -> new Late(row.getString(1), ""))
			.list();
	}

	@Override
	public void repair(Late late) {
		this.roster.due()
			.stream()
			.filter((term) -> (term.login() + " " + term.organisation()).equals(late.key()))
			.forEach(this::follow);
	}

}
