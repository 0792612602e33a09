package nl.doorbraak.support.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import nl.doorbraak.support.KeyedHash;
import nl.doorbraak.support.web.Problems;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.security.SecurityProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.event.AbstractAuthenticationFailureEvent;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Slows down who guesses passwords or tokens, by address and never by name: nobody can
 * lock somebody else out. In the database, so that every node knows it; addresses and
 * names only as keyed hashes, for an hour.
 */
@Component
class LoginThrottle {

	private static final Duration LOOKED_AT = Duration.ofMinutes(5);

	/** More than somebody mistypes. */
	private static final int MOST_TRIES = 10;

	/** More people than share a desk. */
	private static final int MOST_NAMES = 5;

	/** So many failures, from wherever, are told. */
	private static final int TOLD = 50;

	private static final String SENTENCE = "Er is vanaf dit adres te vaak verkeerd ingelogd. Wacht vijf minuten, of log in vanaf een ander netwerk.";

	private final JdbcClient db;

	private final LoginRules rules;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	private final byte[] key;

	LoginThrottle(JdbcClient db, LoginRules rules, Clock clock, ApplicationEventPublisher events,
			@Value("${doorbraak.privacy.key}") String key) {
		this.db = db;
		this.rules = rules;
		this.clock = clock;
		this.events = events;
		this.key = key.getBytes(StandardCharsets.UTF_8);
	}

	/** Whether this address must wait. */
	boolean isSlowed(String address) {
		return !this.rules.offices().contains(address) && this.db.sql("""
				select count(*) >= :tries or count(distinct name) >= :names from doorbraak.login_failure
				where source = :source and at > :since""")
			.param("tries", MOST_TRIES)
			.param("names", MOST_NAMES)
			.param("source", hash(address))
			.param("since", Timestamp.from(this.clock.instant().minus(LOOKED_AT)))
			.query(Boolean.class)
			.single();
	}

	@EventListener
	@Transactional
	public void failed(AbstractAuthenticationFailureEvent event) {
		String address = (event.getAuthentication().getDetails() instanceof WebAuthenticationDetails web)
				? web.getRemoteAddress() : "";
		if (this.rules.offices().contains(address)) {
			return;
		}
		Instant now = this.clock.instant();
		this.db.sql("delete from doorbraak.login_failure where at < :old")
			.param("old", Timestamp.from(now.minus(Duration.ofHours(1))))
			.update();
		this.db.sql("insert into doorbraak.login_failure (source, name, at) values (:source, :name, :now)")
			.param("source", hash(address))
			.param("name", hash(String.valueOf(event.getAuthentication().getName()).toLowerCase(Locale.ROOT)))
			.param("now", Timestamp.from(now))
			.update();
		this.db.sql("""
				select count(*) as failures, count(distinct source) as sources from doorbraak.login_failure
				where at > :since""")
			.param("since", Timestamp.from(now.minus(LOOKED_AT)))
			.query((row, n) -> new LoginsTried(row.getLong("failures"), row.getLong("sources")))
			.optional()
			.filter((tried) -> tried.failures() % TOLD == 0)
			.ifPresent(this.events::publishEvent);
	}

	private byte[] hash(String text) {
		return KeyedHash.of(this.key, text.getBytes(StandardCharsets.UTF_8));
	}

	/** Before the fence looks at a password or a token. */
	static final class Door extends OncePerRequestFilter {

		private final LoginThrottle throttle;

		private final Problems problems;

		Door(LoginThrottle throttle, Problems problems) {
			this.throttle = throttle;
			this.problems = problems;
		}

		@Override
		protected boolean shouldNotFilter(HttpServletRequest request) {
			String path = request.getRequestURI();
			boolean login = path.equals("/login") && request.getMethod().equals("POST")
					|| path.startsWith("/login/oauth2/");
			return !login && request.getHeader(HttpHeaders.AUTHORIZATION) == null;
		}

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws ServletException, IOException {
			if (!this.throttle.isSlowed(request.getRemoteAddr())) {
				chain.doFilter(request, response);
				return;
			}
			SafeHeaders.write(request, response);
			response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(LOOKED_AT.toSeconds()));
			this.problems.answer(Problems.problem(HttpStatus.TOO_MANY_REQUESTS, "too-many-tries", SENTENCE), response);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		FilterRegistrationBean<Door> loginThrottleDoor(LoginThrottle throttle, Problems problems) {
			FilterRegistrationBean<Door> filter = new FilterRegistrationBean<>(new Door(throttle, problems));
			filter.setOrder(SecurityProperties.DEFAULT_FILTER_ORDER - 2);
			return filter;
		}

	}

}
