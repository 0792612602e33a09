package nl.doorbraak.support;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Outside the demo the clock is the real one, or the application does not start. */
@Component
@Profile("!demo")
class RealTime implements SmartInitializingSingleton {

	private final JdbcClient db;

	RealTime(JdbcClient db) {
		this.db = db;
	}

	@Override
	public void afterSingletonsInstantiated() {
		String ahead = this.db.sql("select ahead::text from doorbraak.clock_offset where ahead <> interval '0'")
			.query(String.class)
			.optional()
			.orElse("");
		if (!ahead.isEmpty()) {
			throw new StartRefused(
					"The clock of this database runs ahead by " + ahead
							+ ": terms and alerts would come at the wrong moment.",
					"This is a database of the demo or of a test. Use another, or set doorbraak.clock_offset to zero as its owner.");
		}
	}

}
