package nl.doorbraak.support.security;

import java.io.IOException;
import java.util.List;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import nl.doorbraak.support.Refused;

import org.springframework.http.HttpMethod;
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
 */
class DoorKeeper implements AuthenticationEntryPoint, AccessDeniedHandler {

	private static final PathPatternRequestMatcher.Builder PATH = PathPatternRequestMatcher.withDefaults();

	private final List<Route> known;

	private final LoginUrlAuthenticationEntryPoint login = new LoginUrlAuthenticationEntryPoint("/login");

	DoorKeeper(List<Routes> rooms) {
		this.known = rooms.stream().flatMap((room) -> room.list().stream()).toList();
	}

	@Override
	public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException reason)
			throws IOException, ServletException {
		boolean page = HttpMethod.GET.matches(request.getMethod()) && !request.getRequestURI().contains("/api/")
				&& this.known.stream().anyMatch((route) -> !route.hidden() && matches(route, request));
		if (page) {
			this.login.commence(request, response, reason);
		}
		else {
			response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
		}
	}

	@Override
	public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException reason)
			throws IOException {
		boolean open = reason instanceof CsrfException
				|| this.known.stream().anyMatch((route) -> !route.hidden() && matches(route, request));
		if (request.getRequestURI().contains("/api/")) {
			Refused no = open
					? Refused.forbidden("no-right",
							"U mag dit niet. Denkt u van wel, vraag dan uw functioneel beheerder.")
					: Refused.notFound();
			response.setStatus(no.kind().status());
			response.setContentType("application/problem+json;charset=UTF-8");
			// Both sentences are ours: nothing here needs escaping.
			response.getWriter()
				.write("{\"type\":\"urn:doorbraak:problem:%1$s\",\"title\":\"%1$s\",\"status\":%2$d,\"detail\":\"%3$s\",\"message\":\"%3$s\"}"
					.formatted(no.code(), no.kind().status(), no.sentence()));
		}
		else {
			response.sendError(open ? HttpServletResponse.SC_FORBIDDEN : HttpServletResponse.SC_NOT_FOUND);
		}
	}

	private static boolean matches(Route route, HttpServletRequest request) {
		return PATH.matcher(route.method(), route.path()).matches(request);
	}

}
