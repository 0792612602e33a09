package nl.doorbraak.support.security;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import nl.doorbraak.support.CitizenNumber;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.security.web.firewall.FirewalledRequest;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.firewall.StrictHttpFirewall;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The firewall before all else. By itself it comes after code that parses the path, which
 * fails on the very paths that it refuses. Lets in only who asks for us by a name of
 * ours: the host of {@code doorbraak.address}, those of {@code doorbraak.other-hosts},
 * and this machine itself.
 */
@Configuration(proxyBeanMethods = false)
class OuterWall {

	private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]", "0:0:0:0:0:0:0:1");

	/** In which a proxy, or somebody who plays one, names the host that was asked for. */
	private static final List<String> FORWARDED = List.of("X-Forwarded-Host", "Forwarded");

	@Bean
	HttpFirewall firewall(@Value("${doorbraak.address}") URI address,
			@Value("${doorbraak.other-hosts:}") Set<String> others) {
		Set<String> hosts = new HashSet<>(THIS_MACHINE);
		hosts.add(address.getHost().toLowerCase(Locale.ROOT));
		others.forEach((each) -> hosts.add(each.toLowerCase(Locale.ROOT)));
		StrictHttpFirewall firewall = new StrictHttpFirewall();
		firewall.setAllowedHostnames((host) -> hosts.contains(host.toLowerCase(Locale.ROOT)));
		return new OurHosts(firewall, hosts);
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

	/** The same of the headers of a proxy. */
	private record OurHosts(HttpFirewall firewall, Set<String> hosts) implements HttpFirewall {

		private static final Pattern NAMED = Pattern.compile("host=\"?([^;,\"]*)");

		@Override
		public FirewalledRequest getFirewalledRequest(HttpServletRequest request) {
			if (request.getHeader(HttpHeaders.HOST) == null) {
				throw new RequestRejectedException("No host");
			}
			for (String header : FORWARDED) {
				Collections.list(request.getHeaders(header)).forEach((value) -> check(header, value));
			}
			return this.firewall.getFirewalledRequest(request);
		}

		private void check(String header, String value) {
			Stream<String> named = header.equals("Forwarded")
					? NAMED.matcher(value.toLowerCase(Locale.ROOT)).results().map((match) -> match.group(1))
					: Stream.of(value.split(","));
			if (!named.map((host) -> host.strip().toLowerCase(Locale.ROOT).replaceFirst(":[0-9]+$", ""))
				.allMatch(this.hosts::contains)) {
				throw new RequestRejectedException("Another host in " + header);
			}
		}

		@Override
		public HttpServletResponse getFirewalledResponse(HttpServletResponse response) {
			return this.firewall.getFirewalledResponse(response);
		}

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
