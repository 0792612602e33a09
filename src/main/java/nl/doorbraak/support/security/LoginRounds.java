package nl.doorbraak.support.security;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** How often somebody logged out everywhere; a session of an earlier round has ended. */
@Component
class LoginRounds {

	private final JdbcClient db;

	LoginRounds(JdbcClient db) {
		this.db = db;
	}

	long of(String login) {
		return this.db.sql("select round from doorbraak.login_round where login = ?")
			.param(login)
			.query(Long.class)
			.optional()
			.orElse(0L);
	}

	void next(String login) {
		this.db.sql("""
				insert into doorbraak.login_round as r values (?, 1)
				on conflict (login) do update set round = r.round + 1""").param(login).update();
	}

}
