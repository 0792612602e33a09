package nl.doorbraak.audit;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

import nl.doorbraak.support.watchdog.Watched;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Lines of the record that could not be written when something was told: the watchdog has
 * them written as soon as that can be, and tells the administrators once.
 */
@Component
class OwedLines implements Watched {

	private final AuditTrail trail;

	OwedLines(AuditTrail trail) {
		this.trail = trail;
	}

	@Override
	public String what() {
		return "recordLine";
	}

	/** One for all of them: what is told of it may itself have lines that are owed. */
	@Override
	public List<Late> late(JdbcClient own, Instant before) {
		return own.sql(
				"select exists (select 1 from doorbraak.audit_owed where written_at is null and happened_at < :before)")
			.param("before", Timestamp.from(before))
			.query(Boolean.class)
			.single() ? List.of(new Late("owed", "")) : List.of();
	}

	@Override
	public void repair(Late late) {
		this.trail.writeOwed();
	}

}
