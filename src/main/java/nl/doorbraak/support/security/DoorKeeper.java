package nl.doorbraak.support.security;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.web.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * What somebody gets who may not pass: the login page where a page of ours is behind it,
 * 401 elsewhere; 403 where the door is known, 404 where it is hidden or does not exist.
 * Who is logged in and is refused gets a line in the audit; strangers do not, or they
 * could fill it.
 */
public class DoorKeeper implements AuthenticationEntryPoint, AccessDeniedHandler {

	/** Attributes of the request that the last word reads. */
	public static final String NO = DoorKeeper.class.getName() + ".no";

	/** Codes of the roles that may pass where somebody may not. */
	public static final String ROLES = DoorKeeper.class.getName() + ".roles";

	private static final PathPatternRequestMatcher.Builder PATH = PathPatternRequestMatcher.withDefaults();

	private static final Refused NO_RIGHT = Refused.forbidden("no-right",
			"U mag dit niet. Denkt u van wel, vraag dan uw functioneel beheerder.");

	private static final Refused STALE_PAGE = Refused.forbidden("stale-page",
			"Deze pagina is verlopen. Er is niets opgeslagen. Ververs de pagina en probeer het opnieuw.");

	private static final Refused NOT_LOGGED_IN = Refused.forbidden("not-logged-in",
			"U bent niet meer ingelogd. Wat u invulde, is niet opgeslagen. Log in en probeer het opnieuw.");

	private final Map<PathPatternRequestMatcher, Route> known = new LinkedHashMap<>();

	private final Problems problems;

	private final LoginUrlAuthenticationEntryPoint login = new LoginUrlAuthenticationEntryPoint("/login");

	DoorKeeper(List<Routes> rooms, Problems problems) {
		rooms.stream()
			.flatMap((room) -> room.list().stream())
			.filter((route) -> !route.hidden())
			.forEach((route) -> this.known.put(PATH.matcher(route.method(), route.path()), route));
		this.problems = problems;
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
			throws IOException, ServletException {
		if (isApi(request)) {
			// With the database away nobody knows yet whether a password is wrong.
			this.problems.answer(
					Problems.isAway(reason) ? Problems.away(reason)
							: Problems.problem(HttpStatus.UNAUTHORIZED, NOT_LOGGED_IN.code(), "Log eerst in."),
					response);
		}
		else if (HttpMethod.GET.matches(request.getMethod()) && doorOf(request) != null) {
			this.login.commence(request, response, reason);
		}
		else {
			if (!HttpMethod.GET.matches(request.getMethod())) {
				request.setAttribute(NO, NOT_LOGGED_IN);
			}
			response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
		}
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason)
			throws IOException {
		// Who was let go for saying nothing hears nothing.
		if (response.isCommitted()) {
			return;
		}
		Route door = doorOf(request);
		boolean stranger = Actor.current().equals(Actor.SOFTWARE);
		Refused no = (reason instanceof CsrfException) ? forged(stranger, door)
				: (door != null) ? NO_RIGHT : Refused.notFound();
		HttpStatus status = HttpStatus.valueOf(no.kind().status());
		ProblemDetail problem = stranger ? Problems.problem(status, no.code(), no.sentence())
				: this.problems.of(no, request.getMethod() + " " + ((door != null) ? door.path() : "?"));
		if (isApi(request)) {
			this.problems.answer(problem, response);
		}
		else {
			request.setAttribute(NO, no);
			if (no == NO_RIGHT && door != null) {
				request.setAttribute(ROLES, door.roles());
			}
			response.sendError(status.value());
		}
	}

	/** Logging out takes the token away; at a public door nobody was logged in. */
	private static Refused forged(boolean stranger, @Nullable Route door) {
		return (stranger && (door == null || !door.isPublic())) ? NOT_LOGGED_IN : STALE_PAGE;
	}

	private static boolean isApi(HttpServletRequest request) {
		return request.getRequestURI().contains("/api/");
	}

	private @Nullable Route doorOf(HttpServletRequest request) {
		return this.known.entrySet()
			.stream()
			.filter((door) -> door.getKey().matches(request))
			.findFirst()
			.map(Map.Entry::getValue)
			.orElse(null);
	}

}
