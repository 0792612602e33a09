package nl.doorbraak.support.watchdog;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Nodes whose machine has another time than that of the database: told once for as long
 * as that lasts. What such a node does is right, because it follows the database; one of
 * the two clocks is not.
 */
@Component
class ClocksOff implements Watched {

	@Override
	public String what() {
		return CLOCK;
	}

	/** A node that is gone says nothing about its clock any more. */
	@Override
	public List<Late> late(JdbcClient own, Instant before) {
		return own
			.sql("""
					select name from doorbraak.node
					where clock_off_since < :before and seen_at > cast(:before as timestamptz) - interval '1 minute' order by name""")
			.param("before", Timestamp.from(before))
			.query((row, n) -> new Late(row.getString(1), ""))
			.list();
	}

	/** Only who looks after the machines can. */
	@Override
	public void repair(Late late) {
	}

}
