package nl.doorbraak.support.security;

import java.util.Set;
import java.util.stream.Collectors;

import nl.doorbraak.support.Refused;

import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/** Logs an officer in with what the identity provider says of him or her. */
class OfficerOidcUserService extends OidcUserService {

	private final Accounts accounts;

	private final LoginRules rules;

	OfficerOidcUserService(Accounts accounts, LoginRules rules) {
		this.accounts = accounts;
		this.rules = rules;
	}

	@Override
	public OidcUser loadUser(OidcUserRequest request) {
		OidcUser user = super.loadUser(request);
		try {
			this.rules.check(user.getClaims(), true);
			Account account = this.accounts.accept(user.getClaims());
			return new OfficerOidcUser(account, user);
		}
		catch (Refused refused) {
			throw new OAuth2AuthenticationException(new OAuth2Error(refused.code()), refused);
		}
	}

	static Set<GrantedAuthority> authorities(Account account) {
		return account.roles()
			.stream()
			.map((role) -> new SimpleGrantedAuthority("ROLE_" + role))
			.collect(Collectors.toSet());
	}

	/** Named by the login that the directory knows, whichever claim that came from. */
	private static final class OfficerOidcUser extends DefaultOidcUser {

		private static final long serialVersionUID = 1L;

		private final String login;

		OfficerOidcUser(Account account, OidcUser user) {
			super(authorities(account), user.getIdToken(), user.getUserInfo());
			this.login = account.login();
		}

		@Override
		public String getName() {
			return this.login;
		}

	}

}
