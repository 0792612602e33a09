package nl.doorbraak.support.security;

import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.AuthorityUtils;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.session.SessionAuthenticationStrategy;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends a session at the first request after the person's functions changed or ended,
 * after logging out everywhere, or when it lasted long enough.
 */
class StillWelcome extends OncePerRequestFilter implements SessionAuthenticationStrategy {

	private static final String ROUND = "doorbraak.login.round";

	private final Accounts accounts;

	private final LoginRounds rounds;

	private final LoginRules rules;

	StillWelcome(Accounts accounts, LoginRounds rounds, LoginRules rules) {
		this.accounts = accounts;
		this.rounds = rounds;
		this.rules = rules;
	}

	@Override
	public void onAuthentication(Authentication who, HttpServletRequest request, HttpServletResponse response) {
		request.getSession().setAttribute(ROUND, this.rounds.of(who.getName()));
		ProviderSessions.mark(request.getSession(), who);
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		HttpSession session = request.getSession(false);
		Authentication who = SecurityContextHolder.getContext().getAuthentication();
		if (session != null && who != null && !(who instanceof AnonymousAuthenticationToken)
				&& !isWelcome(who, session)) {
			session.invalidate();
			SecurityContextHolder.clearContext();
			SecurityContextHolder.getContext()
				.setAuthentication(new AnonymousAuthenticationToken("ended", "ended",
						AuthorityUtils.createAuthorityList("ROLE_ANONYMOUS")));
		}
		chain.doFilter(request, response);
	}

	private boolean isWelcome(Authentication who, HttpSession session) {
		return session.getLastAccessedTime() - session.getCreationTime() < this.rules.atMost().toMillis()
				&& Long.valueOf(this.rounds.of(who.getName())).equals(session.getAttribute(ROUND))
				&& this.accounts.find(who.getName())
					.filter((account) -> account.roles().equals(roles(who)))
					.isPresent();
	}

	private static Set<String> roles(Authentication who) {
		return who.getAuthorities()
			.stream()
			.map((each) -> each.getAuthority())
			.filter((each) -> each.startsWith("ROLE_"))
			.map((each) -> each.substring("ROLE_".length()))
			.collect(Collectors.toSet());
	}

}
