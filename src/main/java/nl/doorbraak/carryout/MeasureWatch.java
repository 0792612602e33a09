package nl.doorbraak.carryout;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import nl.doorbraak.carryout.CarryOutEvents.MeasureDue;
import nl.doorbraak.casefile.CaseFiles;
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
 * Reminds of a measure some days before its last day, and tells it the day after. One
 * that fails holds up no other: the watchdog finds what stays late.
 */
@Component
class MeasureWatch implements DueWork, Watched {

	private static final Duration ALLOWED = Duration.ofMinutes(5);

	private static final int DAYS_BEFORE = 3;

	private static final String DUE = """
			 from doorbraak.measure m join doorbraak.case_file c on c.id = m.case_id
			where m.state = 'open' and ((m.late_told_at is null and m.due_on < :today)
			  or (m.late_told_at is null and m.soon_told_at is null and m.due_on between :today and :soon
			      and m.made_at < :asked))
			""";

	private final JdbcClient db;

	private final CaseFiles files;

	private final TransactionOperations transactions;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	MeasureWatch(JdbcClient db, CaseFiles files, TransactionOperations transactions, Clock clock,
			ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.transactions = transactions;
		this.clock = clock;
		this.events = events;
	}

	@Scheduled(initialDelayString = "${doorbraak.measures-every:60s}",
			fixedDelayString = "${doorbraak.measures-every:60s}")
	void poll() {
		doDue();
	}

	@Override
	public int doDue() {
		LocalDate today = DutchTime.day(this.clock.instant());
		List<Due> due = this.db.sql("select m.id, c.number" + DUE + " order by m.due_on, m.id limit 500")
			.param("today", Date.valueOf(today))
			.param("soon", Date.valueOf(today.plusDays(DAYS_BEFORE)))
			.param("asked", Timestamp.from(today.atStartOfDay(DutchTime.ZONE).toInstant()))
			.query((row, n) -> new Due(row.getLong("id"), row.getString("number")))
			.list();
		return DueWork.eachForItself(due, this::tell);
	}

	private void tell(Due due) {
		this.transactions.executeWithoutResult((tx) -> {
			this.files.hold(due.number());
			LocalDate today = DutchTime.day(this.clock.instant());
			this.db
				.sql("""
						update doorbraak.measure set soon_told_at = coalesce(soon_told_at, :now),
						  late_told_at = case when due_on < :today then cast(:now as timestamptz) end
						where id = :id and state = 'open' and late_told_at is null and (due_on < :today or soon_told_at is null)
						returning due_on""")
				.param("now", Timestamp.from(this.clock.instant()))
				.param("today", Date.valueOf(today))
				.param("id", due.id())
				.query(LocalDate.class)
				.optional()
				.ifPresent((dueOn) -> this.events
					.publishEvent(new MeasureDue(due.number(), Actor.TIMER, due.id(), dueOn, dueOn.isBefore(today))));
		});
	}

	@Override
	public Optional<Instant> nextDueAt() {
		return this.db
			.sql("""
					select min(case when soon_told_at is null then greatest(due_on - cast(:before as int), cast(made_at at time zone 'Europe/Amsterdam' as date) + 1)
					  else due_on + 1 end)
					from doorbraak.measure where state = 'open' and late_told_at is null""")
			.param("before", DAYS_BEFORE)
			.query((row, n) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
			.single()
			.map((day) -> day.atStartOfDay(DutchTime.ZONE).toInstant());
	}

	@Override
	public String what() {
		return "measure";
	}

	/** Some time after midnight, so that the schedule has had its turn. */
	@Override
	public List<Late> late(JdbcClient own, Instant before) {
		return own
			.sql("""
					select m.id, c.number from doorbraak.measure m join doorbraak.case_file c on c.id = m.case_id
					where m.state = 'open' and m.late_told_at is null and m.due_on < :day order by m.due_on, m.id limit 500""")
			.param("day", Date.valueOf(DutchTime.day(before.minus(ALLOWED))))
			.query((row, n) -> new Late(String.valueOf(row.getLong("id")), row.getString("number")))
			.list();
	}

	@Override
	public void repair(Late late) {
		tell(new Due(Long.parseLong(late.key()), late.number()));
	}

	private record Due(long id, String number) {
	}

}
