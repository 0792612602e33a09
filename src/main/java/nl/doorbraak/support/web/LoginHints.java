package nl.doorbraak.support.web;

import java.util.List;

/**
 * Logins that the login page offers to who only wants to look round. Only the demo has
 * such a bean.
 */
@FunctionalInterface
public interface LoginHints {

	List<LoginHint> list();

	/** One login: who it is, and one thing to try, in both languages of our pages. */
	record LoginHint(String login, String password, Words dutch, Words english) {

		public Words in(String language) {
			return language.equals("en") ? this.english : this.dutch;
		}

	}

	/** What stands beside a login. */
	record Words(String who, String toTry) {
	}

}
