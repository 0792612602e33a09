package nl.doorbraak.directory;

import nl.doorbraak.support.Installation;
import nl.doorbraak.support.StartRefused;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * A database belongs to one kind of installation for ever: acceptance does not start on a
 * copy of production, nor production on what was tried out.
 */
@Component
@Profile("!demo")
class InstallationMark implements InitializingBean {

	private static final String DO = "Give each environment a database of its own. Acceptance starts with an empty one and invented cases; a copy of production never becomes acceptance.";

	private final JdbcClient db;

	private final Installation installation;

	InstallationMark(JdbcClient db, Installation installation) {
		this.db = db;
		this.installation = installation;
	}

	@Override
	public void afterPropertiesSet() {
		String mine = this.installation.environment().code();
		boolean marked = this.db.sql("select exists (select from doorbraak.installation)")
			.query(Boolean.class)
			.single();
		if (!marked && this.installation.isAcceptance()
				&& this.db.sql("select exists (select from doorbraak.case_file)").query(Boolean.class).single()) {
			throw new StartRefused("This database holds cases and no mark of acceptance: they may be of real people.",
					DO);
		}
		this.db.sql("insert into doorbraak.installation (environment) values (:mine) on conflict do nothing")
			.param("mine", mine)
			.update();
		String mark = this.db.sql("select environment from doorbraak.installation").query(String.class).single();
		if (!mark.equals(mine)) {
			throw new StartRefused("This is a database of " + mark + ", and doorbraak.environment says " + mine + ".",
					DO);
		}
	}

}
