package nl.doorbraak.directory;

import nl.doorbraak.support.StartRefused;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Outside the demo there are no demo people, or the application does not start. */
@Component
@Profile("!demo")
class RealPeople implements InitializingBean {

	private final JdbcClient db;

	RealPeople(JdbcClient db) {
		this.db = db;
	}

	@Override
	public void afterPropertiesSet() {
		long demo = this.db.sql("select count(*) from doorbraak.officer where source = 'demo'")
			.query(Long.class)
			.single();
		if (demo > 0) {
			throw new StartRefused("This database holds " + demo + " demo users.",
					"Use a database of its own for production; a demo database never becomes one.");
		}
	}

}
