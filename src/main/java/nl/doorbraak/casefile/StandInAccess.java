package nl.doorbraak.casefile;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import nl.doorbraak.casefile.CaseEvents.StandInEnded;
import nl.doorbraak.directory.AbsenceEvents.AbsenceEnded;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DueWork;
import nl.doorbraak.support.DutchTime;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes who stood in off their cases once the absence is over. Nobody waits for it to be
 * safe: who stands in no more is refused at once; this writes it down and lets the other
 * rooms tidy up.
 */
@Component
class StandInAccess implements DueWork {

	private final CaseStore store;

	private final TransactionTemplate transactions;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	StandInAccess(CaseStore store, PlatformTransactionManager transactions, Clock clock,
			ApplicationEventPublisher events) {
		this.store = store;
		this.transactions = new TransactionTemplate(transactions);
		this.transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
		this.clock = clock;
		this.events = events;
	}

	@Scheduled(initialDelayString = "${doorbraak.stand-ins-every:60s}",
			fixedDelayString = "${doorbraak.stand-ins-every:60s}")
	void poll() {
		doDue();
	}

	@TransactionalEventListener
	void now(AbsenceEnded event) {
		doDue();
	}

	@Override
	public int doDue() {
		List<Part> over = this.store.db()
			.sql("""
					select p.id, c.number, p.officer_login, p.stands_in_for
					from doorbraak.case_participant p join doorbraak.case_file c on c.id = p.case_id
					where p.stands_in_for is not null and p.until is null and not exists (
					  select 1 from doorbraak.absence a where a.officer_login = p.stands_in_for
					    and a.deputy_login = p.officer_login and a.ended_at is null and a.last_day >= :today) order by p.id""")
			.param("today", Date.valueOf(DutchTime.day(this.clock.instant())))
			.query((row, n) -> new Part(row.getLong("id"), row.getString("number"), row.getString("officer_login"),
					row.getString("stands_in_for")))
			.list();
		over.forEach((part) -> this.transactions.executeWithoutResult((tx) -> end(part)));
		return over.size();
	}

	private void end(Part part) {
		this.store.lock(part.number());
		int ended = this.store.db()
			.sql("update doorbraak.case_participant set until = :now where id = :id and until is null")
			.param("now", Timestamp.from(this.clock.instant()))
			.param("id", part.id())
			.update();
		if (ended == 1) {
			this.events.publishEvent(new StandInEnded(part.number(), Actor.SOFTWARE, part.person(), part.away()));
		}
	}

	@Override
	public Optional<Instant> nextDueAt() {
		return this.store.db()
			.sql("""
					select min(a.last_day) from doorbraak.absence a
					where a.ended_at is null and a.last_day >= :today and exists (
					  select 1 from doorbraak.case_participant p where p.until is null
					    and p.stands_in_for = a.officer_login and p.officer_login = a.deputy_login)""")
			.param("today", Date.valueOf(DutchTime.day(this.clock.instant())))
			.query((row, n) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
			.single()
			.map((day) -> day.plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant());
	}

	private record Part(long id, String number, String person, String away) {
	}

}
