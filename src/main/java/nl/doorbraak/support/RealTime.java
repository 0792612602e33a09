package nl.doorbraak.support;

import java.util.Optional;

import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Outside the demo the clock is the real one, or the application does not start. */
@Component
@Profile("!demo")
class RealTime implements DatabaseCheck {

	@Override
	public Optional<StartRefused> refusal(JdbcClient db) {
		return db.sql("select ahead::text from doorbraak.clock_offset where ahead <> interval '0'")
			.query(String.class)
			.optional()
			.map((ahead) -> new StartRefused(
					"The clock of this database runs ahead by " + ahead
							+ ": terms and alerts would come at the wrong moment.",
					"This is a database of the demo or of a test. Use another, or set doorbraak.clock_offset to zero as its owner."));
	}

}
