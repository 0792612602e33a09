package nl.doorbraak.lead;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import nl.doorbraak.support.DueWork;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Looks at the cases whose moment came, on any number of nodes at once: a batch in one
 * transaction, wholly or not at all. A case that somebody is just working on is passed
 * over until the next round; a case that fails is left alone for a minute and does not
 * hold up the others.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class WatchWorker implements DueWork, SchedulingConfigurer {

	private static final Logger log = LoggerFactory.getLogger(WatchWorker.class);

	private static final int BATCH = 100;

	/** While one waits for the disk, and one for the database, another reckons. */
	private static final int WORKERS = 3;

	private static final Duration LATER = Duration.ofMinutes(1);

	private final JdbcClient db;

	private final LeadWatch watch;

	private final TransactionOperations transactions;

	private final Duration every;

	WatchWorker(JdbcClient db, LeadWatch watch, TransactionOperations transactions,
			@Value("${doorbraak.lead.watch-every:250ms}") Duration every) {
		this.db = db;
		this.watch = watch;
		this.transactions = transactions;
		this.every = every;
	}

	@Override
	public void configureTasks(ScheduledTaskRegistrar tasks) {
		for (int i = 0; i < WORKERS; i++) {
			tasks.addFixedDelayTask(new FixedDelayTask(this::doDue, this.every, this.every));
		}
	}

	/** Looks at every case that is due; returns how many those were. */
	@Override
	public int doDue() {
		int done = 0;
		for (int looked = lookAtSome(); looked > 0; looked = lookAtSome()) {
			done += looked;
		}
		return done;
	}

	private int lookAtSome() {
		List<String> taken = new ArrayList<>();
		try {
			this.transactions.executeWithoutResult((tx) -> {
				taken.addAll(take());
				this.watch.look(taken);
			});
		}
		catch (RuntimeException ex) {
			if (taken.isEmpty()) {
				throw ex;
			}
			log.warn("{} cases whose moment came are looked at one by one", taken.size(), ex);
			taken.forEach(this::lookAtOne);
		}
		return taken.size();
	}

	private void lookAtOne(String number) {
		try {
			this.watch.look(number);
		}
		catch (RuntimeException ex) {
			log.error("The watch could not look at case {}; it tries again in a minute", number, ex);
			this.db
				.sql("""
						update doorbraak.lead_watch set look_at = doorbraak.current_instant() + make_interval(secs => :later)
						where case_number = :number""")
				.param("later", LATER.toSeconds())
				.param("number", number)
				.update();
		}
	}

	/** Holds what is due and nobody else holds, until the end of the transaction. */
	private List<String> take() {
		return this.db.sql("""
				select c.number from doorbraak.lead_watch w join doorbraak.case_file c on c.number = w.case_number
				where w.look_at <= (select doorbraak.current_instant()) order by w.look_at, w.case_number limit :batch
				for update of c skip locked""").param("batch", BATCH).query(String.class).list();
	}

	@Override
	public Optional<Instant> nextDueAt() {
		return this.db.sql("select look_at from doorbraak.lead_watch order by look_at limit 1")
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.optional();
	}

}
