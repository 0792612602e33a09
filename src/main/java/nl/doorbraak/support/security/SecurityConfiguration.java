package nl.doorbraak.support.security;

import java.io.IOException;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import nl.doorbraak.support.web.Problems;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.security.servlet.EndpointRequest;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.authorization.AuthenticatedAuthorizationManager;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManagers;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.config.observation.SecurityObservationSettings;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.client.oidc.web.logout.OidcClientInitiatedLogoutSuccessHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.authentication.logout.LogoutSuccessHandler;
import org.springframework.security.web.authentication.logout.SimpleUrlLogoutSuccessHandler;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/**
 * The fence in front of every path, the engine's web applications included: what no
 * {@link Route} names is denied. Officers log in through the organisation's identity
 * provider (OIDC); with a form only where a {@link UserDetailsService} exists, which is
 * the demo.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LoginRules.class)
class SecurityConfiguration {

	private static final PathPatternRequestMatcher.Builder PATH = PathPatternRequestMatcher.withDefaults();

	private static final String LOGGED_OUT = "/login?uitgelogd";

	private static final String EVERYWHERE = "/logout/overal";

	@Bean
	Routes supportRoutes() {
		return () -> List.of(Route.get("/login", Route.ANYBODY), Route.get("/css/**", Route.ANYBODY),
				Route.get("/vendor/**", Route.ANYBODY), Route.get("/js/**", Route.ANYBODY),
				Route.get("/favicon.ico", Route.ANYBODY), Route.post(EVERYWHERE, Route.LOGGED_IN));
	}

	/**
	 * For machines inside: whether a node is well, and figures. On the port of its own
	 * only, which says where it listens; on ours the fence below knows no such path.
	 */
	@Bean
	@Order(0)
	SecurityFilterChain managementFence(HttpSecurity http) throws Exception {
		return http.securityMatcher(EndpointRequest.toAnyEndpoint())
			.authorizeHttpRequests((a) -> a.requestMatchers(HttpMethod.GET).permitAll().anyRequest().denyAll())
			.sessionManagement((s) -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.csrf((csrf) -> csrf.disable())
			.headers(SafeHeaders::everywhere)
			.build();
	}

	/** Each step of the fence would be measured. */
	@Bean
	SecurityObservationSettings unobserved() {
		return SecurityObservationSettings.noObservations();
	}

	@Bean
	@Order(1)
	SecurityFilterChain apiFence(HttpSecurity http, List<Routes> rooms, Accounts accounts, Problems problems,
			ObjectProvider<UserDetailsService> localLogins, ObjectProvider<JwtDecoder> tokens, LoginRules rules)
			throws Exception {
		http.securityMatcher("/api/**")
			.sessionManagement((s) -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
			.csrf((csrf) -> csrf.disable())
			.headers(SafeHeaders::everywhere)
			.authorizeHttpRequests((a) -> allow(a, rooms));
		DoorKeeper doorKeeper = new DoorKeeper(rooms, problems);
		localLogins.ifAvailable((logins) -> basic(http, doorKeeper));
		tokens.ifAvailable((decoder) -> bearer(http, accounts, rules, doorKeeper));
		http.exceptionHandling((e) -> e.authenticationEntryPoint(doorKeeper).accessDeniedHandler(doorKeeper));
		return http.build();
	}

	@Bean
	@Order(2)
	SecurityFilterChain webFence(HttpSecurity http, List<Routes> rooms, Accounts accounts, Problems problems,
			ObjectProvider<UserDetailsService> localLogins, ObjectProvider<ClientRegistrationRepository> providers,
			List<LogoutPath> logouts, LoginRules rules, LoginRounds rounds) throws Exception {
		http.authorizeHttpRequests((a) -> allow(a, rooms));
		// The token is a cookie of its own, not part of the session: a form that stayed
		// open over a time-out is still
		// accepted after logging in again in another tab. Name and header are those of
		// Tasklist.
		http.csrf((csrf) -> csrf.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse())
			.csrfTokenRequestHandler(new EagerCsrfTokenHandler()));
		http.headers((headers) -> SafeHeaders.everywhere(headers, endsAt(providers.getIfAvailable())));
		if (localLogins.getIfAvailable() != null) {
			http.formLogin((form) -> form.loginPage("/login"));
		}
		if (providers.getIfAvailable() != null) {
			http.oauth2Login((login) -> login.loginPage("/login")
				.userInfoEndpoint((info) -> info.oidcUserService(new OfficerOidcUserService(accounts, rules)))
				.failureHandler(SecurityConfiguration::sayWhy));
			http.oidcLogout((logout) -> logout.backChannel(Customizer.withDefaults()));
		}
		StillWelcome stillWelcome = new StillWelcome(accounts, rounds, rules);
		http.sessionManagement((sessions) -> sessions.addSessionAuthenticationStrategy(stillWelcome));
		http.addFilterBefore(stillWelcome, AuthorizationFilter.class);
		PathPatternRequestMatcher everywhere = PATH.matcher(HttpMethod.POST, EVERYWHERE);
		http.logout((logout) -> logout.addLogoutHandler((request, response, who) -> {
			if (who != null && everywhere.matches(request)) {
				rounds.next(who.getName());
			}
		})
			.logoutRequestMatcher((request) -> PATH.matcher(HttpMethod.POST, "/logout").matches(request)
					|| everywhere.matches(request)
					|| logouts.stream().anyMatch((l) -> PATH.matcher(HttpMethod.POST, l.path()).matches(request)))
			.logoutSuccessHandler(afterLogout(providers.getIfAvailable(), logouts)));
		DoorKeeper doorKeeper = new DoorKeeper(rooms, problems);
		http.exceptionHandling((e) -> e.authenticationEntryPoint(doorKeeper).accessDeniedHandler(doorKeeper));
		return http.build();
	}

	/** Where somebody who logs out also logs out of the provider, if it lets them. */
	private static String endsAt(@Nullable ClientRegistrationRepository providers) {
		ClientRegistration ours = (providers != null) ? providers.findByRegistrationId("doorbraak") : null;
		Object address = (ours != null)
				? ours.getProviderDetails().getConfigurationMetadata().get("end_session_endpoint") : null;
		if (address == null) {
			return "";
		}
		URI uri = URI.create(address.toString());
		return uri.getScheme() + "://" + uri.getAuthority();
	}

	/**
	 * To the provider, which sends back to our page. An application that logs out without
	 * leaving its page goes to that page itself.
	 */
	private static LogoutSuccessHandler afterLogout(@Nullable ClientRegistrationRepository providers,
			List<LogoutPath> inThePage) {
		SimpleUrlLogoutSuccessHandler here = new SimpleUrlLogoutSuccessHandler();
		here.setDefaultTargetUrl(LOGGED_OUT);
		if (providers == null) {
			return here;
		}
		OidcClientInitiatedLogoutSuccessHandler there = new OidcClientInitiatedLogoutSuccessHandler(providers);
		there.setDefaultTargetUrl(LOGGED_OUT);
		there.setPostLogoutRedirectUri("{baseUrl}" + LOGGED_OUT);
		return (request, response,
				who) -> (inThePage.stream()
					.anyMatch((path) -> PATH.matcher(HttpMethod.POST, path.path()).matches(request)) ? here : there)
					.onLogoutSuccess(request, response, who);
	}

	private static void sayWhy(HttpServletRequest request, HttpServletResponse response, AuthenticationException no)
			throws IOException {
		String code = (no instanceof OAuth2AuthenticationException refused) ? refused.getError().getErrorCode() : "";
		String reason = switch (code) {
			case "second-factor-missing" -> "?tweede-stap";
			case "account-of-nobody", "system-at-a-screen" -> "?niet-persoonlijk";
			default -> "?geweigerd";
		};
		response.sendRedirect(request.getContextPath() + "/login" + reason);
	}

	private static void basic(HttpSecurity http, DoorKeeper doorKeeper) {
		try {
			http.httpBasic((basic) -> basic.authenticationEntryPoint(doorKeeper));
		}
		catch (Exception ex) {
			throw new IllegalStateException("Basic login could not be set up", ex);
		}
	}

	private static void bearer(HttpSecurity http, Accounts accounts, LoginRules rules, DoorKeeper doorKeeper) {
		try {
			http.oauth2ResourceServer((server) -> server.authenticationEntryPoint(doorKeeper)
				.jwt((jwt) -> jwt.jwtAuthenticationConverter(new OfficerJwtConverter(accounts, rules))));
		}
		catch (Exception ex) {
			throw new IllegalStateException("Login by bearer token could not be set up", ex);
		}
	}

	private static void allow(
			AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry rules,
			List<Routes> rooms) {
		// The page that says what went wrong is shown to whoever was at the door.
		rules.dispatcherTypeMatchers(DispatcherType.ERROR, DispatcherType.FORWARD).permitAll();
		rooms.stream()
			.flatMap((room) -> room.list().stream())
			.sorted(Comparator.comparing((Route route) -> route.path().contains("**")))
			.forEach((route) -> {
				var rule = rules.requestMatchers(PATH.matcher(route.method(), route.path()));
				if (route.isPublic()) {
					rule.permitAll();
				}
				else if (route.isForAllOfficers()) {
					rule.access(AuthorizationManagers.allOf(AuthenticatedAuthorizationManager.authenticated(),
							(who, what) -> new AuthorizationDecision(hasFunction(who.get()))));
				}
				else {
					rule.hasAnyRole(route.roles().toArray(String[]::new));
				}
			});
		rules.anyRequest().denyAll();
	}

	private static boolean hasFunction(Authentication who) {
		return who.getAuthorities().stream().anyMatch((a) -> a.getAuthority().startsWith("ROLE_"));
	}

	/**
	 * Writes the token's cookie with every answer, as a page that is only script cannot
	 * ask for it.
	 */
	private static final class EagerCsrfTokenHandler extends CsrfTokenRequestAttributeHandler {

		@Override
		public void handle(HttpServletRequest request, HttpServletResponse response, Supplier<CsrfToken> token) {
			super.handle(request, response, token);
			token.get().getToken();
		}

	}

}
