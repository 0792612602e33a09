package nl.doorbraak.support.web;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets so many searches in at once, of one person and of all: the rest of the work, the
 * timers first, keeps its connections to the database.
 */
class Crowd extends OncePerRequestFilter {

	static final String WAIT = "Er wordt op dit moment te veel tegelijk gezocht. Wacht een paar tellen en probeer het opnieuw.";

	/** Of one person: more than the tabs that somebody has open. */
	static final int OF_ONE = 6;

	/** Of all: of the twenty connections of a node some are left. */
	static final int OF_ALL = 12;

	private static final Pattern SEARCH = Pattern.compile(
			"/controle/zoeken|/voorbeelden|/mandaten|/camunda/api/engine/engine/default/(filter/[^/]+/(list|count)|task(/count)?)");

	private static final int SECONDS = 2;

	private final Semaphore all = new Semaphore(OF_ALL);

	private final Map<String, Integer> each = new ConcurrentHashMap<>();

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String who = request.getRemoteUser();
		if (who == null || !SEARCH.matcher(request.getRequestURI()).matches()) {
			chain.doFilter(request, response);
			return;
		}
		if (this.each.merge(who, 1, Integer::sum) > OF_ONE) {
			leave(who);
			refuse(response, HttpStatus.TOO_MANY_REQUESTS);
			return;
		}
		try {
			if (!enters()) {
				refuse(response, HttpStatus.SERVICE_UNAVAILABLE);
				return;
			}
			try {
				chain.doFilter(request, response);
			}
			finally {
				this.all.release();
			}
		}
		finally {
			leave(who);
		}
	}

	private void leave(String who) {
		this.each.computeIfPresent(who, (login, left) -> (left > 1) ? left - 1 : null);
	}

	private boolean enters() {
		try {
			return this.all.tryAcquire(SECONDS, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** Not recorded: a line for each would be the very load that is kept out. */
	private static void refuse(HttpServletResponse response, HttpStatus status) throws IOException {
		response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(SECONDS));
		response.sendError(status.value());
	}

	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		FilterRegistrationBean<Crowd> crowd() {
			FilterRegistrationBean<Crowd> filter = new FilterRegistrationBean<>(new Crowd());
			filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER + 1);
			return filter;
		}

	}

}
