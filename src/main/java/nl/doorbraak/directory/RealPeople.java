package nl.doorbraak.directory;

import java.util.Optional;

import nl.doorbraak.support.DatabaseCheck;
import nl.doorbraak.support.StartRefused;

import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Outside the demo there are no demo people, or the application does not start. */
@Component
@Profile("!demo")
class RealPeople implements DatabaseCheck {

	@Override
	public Optional<StartRefused> refusal(JdbcClient db) {
		return db.sql("select count(*) from doorbraak.officer where source = 'demo' having count(*) > 0")
			.query(Long.class)
			.optional()
			.map((demo) -> new StartRefused("This database holds " + demo + " demo users.",
					"Use a database of its own for production; a demo database never becomes one."));
	}

}
