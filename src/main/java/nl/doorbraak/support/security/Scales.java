package nl.doorbraak.support.security;

import java.io.IOException;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Weighs a form with a file before the fence reads its parts to find the token: what is
 * too much would look like a form without one. Nobody sends in more than a door takes,
 * also who is not logged in.
 */
public final class Scales extends OncePerRequestFilter {

	/** The most that a door takes. */
	public static final int MOST = 256 * 1024;

	/** A file of 10 MB and what a form says around it. */
	private static final int MOST_WITH_A_FILE = 10 * 1024 * 1024 + 64 * 1024;

	private Scales() {
	}

	/** The most that the door at this path takes, in bytes. */
	public static int most(String path) {
		return takesAFile(path) ? MOST_WITH_A_FILE : MOST;
	}

	/** Whether the door at this path takes a file of a case. */
	public static boolean takesAFile(String path) {
		return path.matches("/casus/[^/]+/(stukken|besluit/bestand|instanties/[^/]+/brief)|/instantie/[^/]+/antwoord");
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String type = request.getContentType();
		long length = request.getContentLengthLong();
		boolean unknown = length < 0;
		if (type != null && type.startsWith("multipart/") && (unknown || length > most(request.getRequestURI()))) {
			SafeHeaders.write(request, response);
			response.sendError(
					unknown ? HttpServletResponse.SC_LENGTH_REQUIRED : HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
			return;
		}
		chain.doFilter(request, response);
	}

	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		FilterRegistrationBean<Scales> scales() {
			FilterRegistrationBean<Scales> filter = new FilterRegistrationBean<>(new Scales());
			filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER - 1);
			return filter;
		}

	}

}
