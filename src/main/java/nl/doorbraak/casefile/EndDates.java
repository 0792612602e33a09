package nl.doorbraak.casefile;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import nl.doorbraak.casefile.CaseEvents.PlanEndPassed;
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
 * Tells once that the last day of something in the overview is over, as long as somebody
 * works on the case or carries out its breakthrough. A case that fails holds no other up,
 * and is tried again.
 */
@Component
class EndDates implements DueWork, Watched {

	private static final Duration ALLOWED = Duration.ofMinutes(5);

	private static final String WAITING = """
			from doorbraak.plan_line p join doorbraak.case_file c on c.id = p.case_id
			left join doorbraak.carry_out o on o.case_id = c.id and o.ended_at is null
			where p.ends_on is not null and p.end_told_at is null and (c.state <> 'closed' or o.case_id is not null)
			  and not exists (select 1 from doorbraak.plan_line later
			    where later.case_id = p.case_id and later.line = p.line and later.version > p.version)
			""";

	private final CaseStore store;

	private final TransactionOperations transactions;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	EndDates(CaseStore store, TransactionOperations transactions, Clock clock, ApplicationEventPublisher events) {
		this.store = store;
		this.transactions = transactions;
		this.clock = clock;
		this.events = events;
	}

	@Scheduled(initialDelayString = "${doorbraak.end-dates-every:60s}",
			fixedDelayString = "${doorbraak.end-dates-every:60s}")
	void poll() {
		doDue();
	}

	@Override
	public int doDue() {
		List<String> numbers = this.store.db()
			.sql("select distinct c.number " + WAITING + " and p.ends_on < :today order by c.number")
			.param("today", Date.valueOf(today()))
			.query(String.class)
			.list();
		return DueWork.eachForItself(numbers, (number) -> this.transactions.executeWithoutResult((tx) -> tell(number)));
	}

	@Override
	public String what() {
		return "endDate";
	}

	/** Some time after midnight, so that the schedule has had its turn. */
	@Override
	public List<Late> late(JdbcClient own, Instant before) {
		return own.sql("select distinct c.number " + WAITING + " and p.ends_on < :day order by c.number limit 500")
			.param("day", Date.valueOf(DutchTime.day(before.minus(ALLOWED))))
			.query(String.class)
			.list()
			.stream()
			.map((number) -> new Late(number, number))
			.toList();
	}

	@Override
	public void repair(Late late) {
		this.transactions.executeWithoutResult((tx) -> tell(late.number()));
	}

	private void tell(String number) {
		this.store.lock(number);
		this.store.db()
			.sql("""
					update doorbraak.plan_line set end_told_at = :now where id in (
					  select p.id
					""" + WAITING + " and p.ends_on < :today and c.number = :number) returning part, line, ends_on")
			.param("now", Timestamp.from(this.clock.instant()))
			.param("today", Date.valueOf(today()))
			.param("number", number)
			.query((row, n) -> new PlanEndPassed(number, Actor.TIMER, row.getString("part"), row.getInt("line"),
					row.getDate("ends_on").toLocalDate()))
			.list()
			.forEach(this.events::publishEvent);
	}

	@Override
	public Optional<Instant> nextDueAt() {
		return this.store.db()
			.sql("select min(p.ends_on) " + WAITING)
			.query((row, n) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
			.single()
			.map((day) -> day.plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant());
	}

	private LocalDate today() {
		return DutchTime.day(this.clock.instant());
	}

}
