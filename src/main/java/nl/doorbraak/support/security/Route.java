package nl.doorbraak.support.security;

import java.util.Set;

import org.springframework.http.HttpMethod;

/**
 * One door: a method and path that may be passed, and by whom. What no route names is
 * denied.
 *
 * @param roles role codes; {@link #ANYBODY} for the world, {@link #LOGGED_IN} for every
 * officer
 * @param hidden whether others get 404, as if it did not exist, instead of 403
 */
public record Route(HttpMethod method, String path, Set<String> roles, boolean hidden) {

	public static final Set<String> ANYBODY = Set.of("*");

	public static final Set<String> LOGGED_IN = Set.of("+");

	public Route {
		roles = Set.copyOf(roles);
	}

	public static Route get(String path, Set<String> roles) {
		return new Route(HttpMethod.GET, path, roles, false);
	}

	public static Route post(String path, Set<String> roles) {
		return new Route(HttpMethod.POST, path, roles, false);
	}

	/** A door that only these roles may know of. */
	public static Route hidden(HttpMethod method, String path, Set<String> roles) {
		return new Route(method, path, roles, true);
	}

	public boolean isPublic() {
		return this.roles.equals(ANYBODY);
	}

	public boolean isForAllOfficers() {
		return this.roles.equals(LOGGED_IN);
	}

	/** Whether somebody who is logged in and has these roles may pass. */
	public boolean admits(Set<String> theirs) {
		return isPublic() || (isForAllOfficers() ? !theirs.isEmpty() : this.roles.stream().anyMatch(theirs::contains));
	}

}
