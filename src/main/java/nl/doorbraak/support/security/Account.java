package nl.doorbraak.support.security;

import java.util.Set;

/**
 * Who is logged in.
 *
 * @param roles codes without prefix, for example {@code caseDirector}
 */
public record Account(String login, String name, Set<String> roles) {

	public Account {
		roles = Set.copyOf(roles);
	}

}
