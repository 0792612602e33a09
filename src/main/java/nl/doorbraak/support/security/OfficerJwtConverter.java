package nl.doorbraak.support.security;

import nl.doorbraak.support.Refused;

import org.springframework.core.convert.converter.Converter;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;

/** Turns a bearer token of the API into the same account as a login in the browser. */
class OfficerJwtConverter implements Converter<Jwt, AbstractAuthenticationToken> {

	private final Accounts accounts;

	OfficerJwtConverter(Accounts accounts) {
		this.accounts = accounts;
	}

	@Override
	public AbstractAuthenticationToken convert(Jwt jwt) {
		try {
			Account account = this.accounts.accept(jwt.getClaims());
			return new JwtAuthenticationToken(jwt, OfficerOidcUserService.authorities(account), account.login());
		}
		catch (Refused refused) {
			throw new InvalidBearerTokenException(refused.code(), refused);
		}
	}

}
