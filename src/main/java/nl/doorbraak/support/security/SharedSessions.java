package nl.doorbraak.support.security;

import java.time.Duration;

import jakarta.servlet.DispatcherType;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.session.config.SessionRepositoryCustomizer;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.config.annotation.web.http.EnableJdbcHttpSession;
import org.springframework.session.web.http.SessionRepositoryFilter;

/**
 * Outside the demo, sessions live in the database: any node answers anybody, and nobody
 * has to log in again when a node stops. A session says who is logged in and holds
 * nothing of a case.
 */
@Configuration(proxyBeanMethods = false)
@Profile("!demo")
@EnableJdbcHttpSession(tableName = "doorbraak.web_session")
class SharedSessions {

	@Bean
	SessionRepositoryCustomizer<JdbcIndexedSessionRepository> timeOut(
			@Value("${server.servlet.session.timeout}") Duration timeout) {
		return (sessions) -> sessions.setDefaultMaxInactiveInterval(timeout);
	}

	/** The page that says what went wrong knows who is logged in, too. */
	@Bean
	FilterRegistrationBean<SessionRepositoryFilter<?>> sessionFilter(SessionRepositoryFilter<?> filter) {
		FilterRegistrationBean<SessionRepositoryFilter<?>> registration = new FilterRegistrationBean<>(filter);
		registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
		registration.setOrder(SessionRepositoryFilter.DEFAULT_ORDER);
		return registration;
	}

}
