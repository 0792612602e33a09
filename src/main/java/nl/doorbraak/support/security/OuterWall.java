package nl.doorbraak.support.security;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import nl.doorbraak.support.CitizenNumber;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The firewall before all else. By itself it comes after code that parses the path, which
 * fails on the very paths that it refuses.
 */
@Configuration(proxyBeanMethods = false)
class OuterWall {

	@Bean
	HttpFirewall firewall() {
		return new StrictHttpFirewall();
	}

	@Bean
	RequestRejectedHandler firewallAnswer() {
		return (request, response, reason) -> {
			SafeHeaders.write(request, response);
			response.sendError(HttpServletResponse.SC_BAD_REQUEST);
		};
	}

	@Bean
	FilterRegistrationBean<Wall> firewallFirst(HttpFirewall firewall, RequestRejectedHandler answer) {
		FilterRegistrationBean<Wall> filter = new FilterRegistrationBean<>(new Wall(firewall, answer));
		filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return filter;
	}

	static final class Wall extends OncePerRequestFilter {

		private final HttpFirewall firewall;

		private final RequestRejectedHandler answer;

		Wall(HttpFirewall firewall, RequestRejectedHandler answer) {
			this.firewall = firewall;
			this.answer = answer;
		}

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws ServletException, IOException {
			try {
				this.firewall.getFirewalledRequest(request);
				refuseNumbersOfPeople(request);
			}
			catch (RequestRejectedException ex) {
				this.answer.handle(request, response, ex);
				return;
			}
			chain.doFilter(request, response);
		}

		/** Addresses are kept in logs and histories, here and elsewhere. */
		private static void refuseNumbersOfPeople(HttpServletRequest request) {
			Stream.of(request.getRequestURI(), request.getQueryString(), request.getHeader(HttpHeaders.REFERER))
				.filter(Objects::nonNull)
				.filter((part) -> CitizenNumber.isIn(decoded(part)))
				.findFirst()
				.ifPresent((part) -> {
					throw new RequestRejectedException("A number of a person in an address");
				});
		}

		private static String decoded(String part) {
			try {
				return URLDecoder.decode(part, StandardCharsets.UTF_8);
			}
			catch (IllegalArgumentException ex) {
				return part;
			}
		}

	}

}
