package nl.doorbraak.signal;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Function;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.signal.SignalEvents.SignalContactLate;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DueWork;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.watchdog.Watched;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Tells that nobody sought contact in time after an early signal: the team at once, and
 * the manager two working days later when still nobody did.
 */
@Component
class ContactWatch implements DueWork, Watched {

	private static final Duration ALLOWED = Duration.ofMinutes(5);

	private static final int DAYS_TO_THE_MANAGER = 2;

	private static final String OPEN = """
			 from doorbraak.early_signal s join doorbraak.case_file c on c.number = s.case_number
			where s.contact_on is null and s.closed_at is null and s.manager_told_at is null and c.state <> 'closed'
			""";

	private static final String DUE = OPEN + " and coalesce(s.manager_due_at, s.contact_due_at) <= :now";

	private final JdbcClient db;

	private final CaseFiles files;

	private final Terms terms;

	private final TransactionOperations transactions;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	ContactWatch(JdbcClient db, CaseFiles files, Terms terms, TransactionOperations transactions, Clock clock,
			ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.terms = terms;
		this.transactions = transactions;
		this.clock = clock;
		this.events = events;
	}

	@Scheduled(initialDelayString = "${doorbraak.signals-every:60s}",
			fixedDelayString = "${doorbraak.signals-every:60s}")
	void poll() {
		doDue();
	}

	@Override
	public int doDue() {
		return DueWork.eachForItself(due(this.db, this.clock.instant()),
				(due) -> tell(Long.parseLong(due.key()), due.number()));
	}

	private static List<Late> due(JdbcClient db, Instant at) {
		return db.sql("select s.id, s.case_number" + DUE + " order by s.contact_due_at, s.id limit 500")
			.param("now", Timestamp.from(at))
			.query((row, n) -> new Late(String.valueOf(row.getLong(1)), row.getString(2)))
			.list();
	}

	private void tell(long id, String number) {
		this.transactions.executeWithoutResult((tx) -> {
			CaseFile file = this.files.lock(number);
			Instant now = this.clock.instant();
			this.db.sql("select s.contact_due_at, s.late_told_at is not null" + DUE + " and s.id = :id")
				.param("now", Timestamp.from(now))
				.param("id", id)
				.query((row, n) -> new Before(row.getTimestamp(1).toInstant(), row.getBoolean(2)))
				.optional()
				.ifPresent((before) -> {
					update(id, before, now, file);
					this.events.publishEvent(new SignalContactLate(number, Actor.TIMER, id, before.dueAt(),
							before.theTeam() ? Function.MANAGER.code() : Function.CASE_DIRECTOR.code()));
				});
		});
	}

	private void update(long id, Before before, Instant now, CaseFile file) {
		Instant next = this.terms.workingDays(file.termsVersion())
			.away(DutchTime.day(now), DAYS_TO_THE_MANAGER)
			.atStartOfDay(DutchTime.ZONE)
			.toInstant();
		this.db
			.sql(before.theTeam() ? "update doorbraak.early_signal set manager_told_at = :now where id = :id"
					: "update doorbraak.early_signal set late_told_at = :now, manager_due_at = :next where id = :id")
			.param("now", Timestamp.from(now))
			.param("next", Timestamp.from(next))
			.param("id", id)
			.update();
	}

	@Override
	public Optional<Instant> nextDueAt() {
		return this.db.sql("select min(coalesce(s.manager_due_at, s.contact_due_at))" + OPEN)
			.query((row, n) -> Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant))
			.single();
	}

	@Override
	public String what() {
		return "signal";
	}

	@Override
	public List<Late> late(JdbcClient own, Instant before) {
		return due(own, before.minus(ALLOWED));
	}

	@Override
	public void repair(Late late) {
		tell(Long.parseLong(late.key()), late.number());
	}

	/** Whether the team was told already, that contact was due then. */
	private record Before(Instant dueAt, boolean theTeam) {
	}

}
