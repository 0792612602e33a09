package nl.doorbraak.alert;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

import nl.doorbraak.support.watchdog.Watched;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Alerts that should have been tried by now and that no worker has in hand, or that are
 * tried in vain for five minutes.
 */
@Component
class LateAlerts implements Watched {

	private final AlertWorker worker;

	LateAlerts(AlertWorker worker) {
		this.worker = worker;
	}

	@Override
	public String what() {
		return "alert";
	}

	@Override
	public List<Late> late(JdbcClient own, Instant before) {
		return own
			.sql("""
					select id, coalesce(case_number, '') as number from doorbraak.alert
					where state = 'waiting' and (next_attempt_at < :before and (locked_until is null or locked_until < :before)
					 or first_attempt_at < cast(:before as timestamptz) - interval '4 minutes')
					order by next_attempt_at limit 500""")
			.param("before", Timestamp.from(before))
			.query((row, n) -> new Late(row.getString("id"), row.getString("number")))
			.list();
	}

	/** All that is due: of what a worker has meanwhile this takes nothing. */
	@Override
	public void repair(Late late) {
		this.worker.doDue();
	}

}
