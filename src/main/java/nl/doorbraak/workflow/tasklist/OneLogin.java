package nl.doorbraak.workflow.tasklist;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationProvider;
import org.camunda.bpm.engine.rest.security.auth.AuthenticationResult;
import org.camunda.bpm.webapp.impl.security.auth.ContainerBasedAuthenticationFilter;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.util.WebUtils;

/** Who is logged in at our door is logged in at Tasklist. */
@Configuration(proxyBeanMethods = false)
class OneLogin {

	@Bean
	FilterRegistrationBean<Filter> tasklistLogin() {
		FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>(new LoginFilter());
		filter.setInitParameters(Map.of("authentication-provider", FromSpring.class.getName()));
		filter.addUrlPatterns("/camunda/app/*", "/camunda/api/*");
		filter.setOrder(201);
		return filter;
	}

	/**
	 * Takes the place of the web application's own filter against forged requests: ours
	 * guards every path already, and its token outlives the session, so that a form left
	 * open can still be sent after logging in again.
	 */
	@Bean
	@Order(Ordered.HIGHEST_PRECEDENCE)
	ServletContextInitializer oneCsrfGuard() {
		return (context) -> context.addFilter("CsrfPreventionFilter", new PassOn())
			.addMappingForUrlPatterns(java.util.EnumSet.of(DispatcherType.REQUEST), false, "/camunda/never");
	}

	/** Tells the web application who is logged in. */
	public static class FromSpring implements AuthenticationProvider {

		@Override
		public AuthenticationResult extractAuthenticatedUser(HttpServletRequest request, ProcessEngine engine) {
			Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
			return (authentication == null || authentication instanceof AnonymousAuthenticationToken)
					? AuthenticationResult.unsuccessful() : AuthenticationResult.successful(authentication.getName());
		}

		@Override
		public void augmentResponseByAuthenticationChallenge(HttpServletResponse response, ProcessEngine engine) {
		}

	}

	/**
	 * Tells it also where Tasklist asks who is logged in: after a time-out that is the
	 * first thing it asks of the new session. One request of a session at a time: of two
	 * first ones the web application would forget the login of one.
	 */
	private static final class LoginFilter extends ContainerBasedAuthenticationFilter {

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			AtomicBoolean mayPass = new AtomicBoolean();
			synchronized (WebUtils.getSessionMutex(((HttpServletRequest) request).getSession())) {
				super.doFilter(request, response, (same, answer) -> mayPass.set(true));
			}
			if (mayPass.get()) {
				chain.doFilter(request, response);
			}
		}

		@Override
		protected @Nullable String extractEngineName(HttpServletRequest request) {
			return request.getRequestURI().endsWith("/api/admin/auth/user/default") ? "default"
					: super.extractEngineName(request);
		}

	}

	private static final class PassOn implements Filter {

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			chain.doFilter(request, response);
		}

	}

}
