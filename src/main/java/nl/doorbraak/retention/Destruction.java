package nl.doorbraak.retention;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.retention.RetentionEvents.CaseDestroyed;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.CaseTraces;
import nl.doorbraak.support.DueWork;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Destroys the cases of lists that two people signed, each in a transaction of its own:
 * engine, mailbox and case file together or not at all. Killed in the middle, it goes on
 * with the next case. What is held meanwhile waits.
 */
@Component
class Destruction implements DueWork {

	private static final int BATCH = 50;

	private static final String WAITING = """
			from doorbraak.destruction_line l where l.taken_off_at is null and l.destroyed_at is null
			  and doorbraak.is_signed(l.list_id) and not doorbraak.is_held(l.case_number)
			  and doorbraak.destruction_day(l.case_number) <= (doorbraak.current_instant() at time zone 'Europe/Amsterdam')::date
			""";

	private final JdbcClient db;

	private final CaseFiles files;

	private final List<CaseTraces> traces;

	private final TransactionOperations transactions;

	private final ObjectMapper json;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Destruction(JdbcClient db, CaseFiles files, List<CaseTraces> traces, TransactionOperations transactions,
			ObjectMapper json, Clock clock, ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.traces = traces;
		this.transactions = transactions;
		this.json = json;
		this.clock = clock;
		this.events = events;
	}

	@Scheduled(initialDelayString = "${doorbraak.destroy-every:60s}",
			fixedDelayString = "${doorbraak.destroy-every:60s}")
	void poll() {
		doDue();
	}

	@Override
	public int doDue() {
		List<Waiting> waiting = waiting();
		int done = DueWork.eachForItself(waiting,
				(each) -> this.transactions.executeWithoutResult((tx) -> destroy(each)));
		return (waiting.size() < BATCH) ? done : done + doDue();
	}

	private List<Waiting> waiting() {
		return this.db
			.sql("select l.list_id, l.case_number, l.rules_version " + WAITING
					+ " order by l.list_id, l.case_number limit " + BATCH)
			.query((row, n) -> new Waiting(row.getLong(1), row.getString(2), row.getInt(3)))
			.list();
	}

	private void destroy(Waiting each) {
		this.files.lock(each.number());
		boolean isDone = this.db.sql(
				"select destroyed_at is not null from doorbraak.destruction_line where list_id = :list and case_number = :number")
			.param("list", each.list())
			.param("number", each.number())
			.query(Boolean.class)
			.single();
		if (isDone) {
			return;
		}
		Map<String, Integer> rows = new HashMap<>();
		this.traces.forEach((trace) -> rows.putAll(trace.remove(each.number())));
		int removed = this.db
			.sql("""
					select sum(value::bigint) from jsonb_each_text(doorbraak.destroy_case(:list, :number, cast(:elsewhere as jsonb)))""")
			.param("list", each.list())
			.param("number", each.number())
			.param("elsewhere", json(rows))
			.query(Integer.class)
			.single();
		this.events
			.publishEvent(new CaseDestroyed(each.number(), Actor.SOFTWARE, each.list(), each.rulesVersion(), removed));
	}

	private String json(Map<String, Integer> rows) {
		try {
			return this.json.writeValueAsString(rows);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public Optional<Instant> nextDueAt() {
		return this.db.sql("select 1 " + WAITING + " limit 1").query((row, n) -> this.clock.instant()).optional();
	}

	private record Waiting(long list, String number, int rulesVersion) {
	}

}
