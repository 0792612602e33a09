package nl.doorbraak.support.security;

import java.util.Set;

import nl.doorbraak.support.Refused;

import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** Turns a bearer token of the API into the same account as a login in the browser. */
class OfficerJwtConverter implements Converter<Jwt, AbstractAuthenticationToken> {

	/** Claims that stand in an ID token or a logout token, and in no access token. */
	private static final Set<String> OF_OTHER_TOKENS = Set.of("nonce", "at_hash", "c_hash", "events");

	private final Accounts accounts;

	private final LoginRules rules;

	OfficerJwtConverter(Accounts accounts, LoginRules rules) {
		this.accounts = accounts;
		this.rules = rules;
	}

	@Override
	public AbstractAuthenticationToken convert(Jwt jwt) {
		if ("ID".equals(jwt.getClaims().get("typ")) || OF_OTHER_TOKENS.stream().anyMatch(jwt::hasClaim)) {
			throw new InvalidBearerTokenException("not-an-access-token");
		}
		try {
			this.rules.check(jwt.getClaims(), false);
			Account account = this.accounts.accept(jwt.getClaims());
			return new JwtAuthenticationToken(jwt, OfficerOidcUserService.authorities(account), account.login());
		}
		catch (Refused refused) {
			throw new InvalidBearerTokenException(refused.code(), refused);
		}
	}

}
