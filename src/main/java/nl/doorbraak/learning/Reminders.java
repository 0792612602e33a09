package nl.doorbraak.learning;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

import nl.doorbraak.learning.LearningEvents.LearningPointReminded;
import nl.doorbraak.support.DueWork;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Locks;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Asks once more for an answer to a learning point that did not come in time. */
@Component("learningReminders")
class Reminders implements DueWork {

	private static final String WAITING = "from doorbraak.learning_point where answer is null and reminded_at is null";

	private final JdbcClient db;

	private final TransactionOperations transactions;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Reminders(JdbcClient db, TransactionOperations transactions, Clock clock, ApplicationEventPublisher events) {
		this.db = db;
		this.transactions = transactions;
		this.clock = clock;
		this.events = events;
	}

	@Scheduled(initialDelayString = "${doorbraak.learning.remind-every:60s}",
			fixedDelayString = "${doorbraak.learning.remind-every:60s}")
	void poll() {
		doDue();
	}

	/** On several nodes at once each point is reminded by one of them. */
	@Override
	public int doDue() {
		List<LearningPointReminded> reminded = this.transactions.execute((tx) -> {
			Locks.alone(this.db, LearningEvents.CHAIN);
			List<LearningPointReminded> now = this.db
				.sql("update doorbraak.learning_point set reminded_at = :now where id in (select id " + WAITING
						+ " and answer_until < :today for update skip locked) returning id, organisation_id, answer_until")
				.param("now", Timestamp.from(this.clock.instant()))
				.param("today", Date.valueOf(DutchTime.day(this.clock.instant())))
				.query((row, n) -> new LearningPointReminded(row.getLong("id"), row.getString("organisation_id"),
						row.getObject("answer_until", LocalDate.class)))
				.list();
			now.forEach(this.events::publishEvent);
			return now;
		});
		return (reminded != null) ? reminded.size() : 0;
	}

	@Override
	public Optional<Instant> nextDueAt() {
		return this.db.sql("select min(answer_until) " + WAITING)
			.query((row, n) -> Optional.ofNullable(row.getObject(1, LocalDate.class)))
			.single()
			.map((day) -> day.plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant());
	}

}
