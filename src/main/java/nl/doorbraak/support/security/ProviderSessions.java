package nl.doorbraak.support.security;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.oidc.authentication.logout.OidcLogoutToken;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionInformation;
import org.springframework.security.oauth2.client.oidc.session.OidcSessionRegistry;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.stereotype.Component;

/**
 * Which session of ours belongs to which of the identity provider: the session itself
 * says so, in the names of its attributes, so that the provider's word ends it on every
 * node at once.
 */
@Component
@Profile("!demo")
class ProviderSessions implements OidcSessionRegistry {

	private final JdbcClient db;

	ProviderSessions(JdbcClient db) {
		this.db = db;
	}

	/** Marks the session of somebody who just logged in through the provider. */
	static void mark(HttpSession session, Authentication who) {
		if (who.getPrincipal() instanceof OidcUser user) {
			session.setAttribute(subject(user.getSubject()), true);
			String theirs = user.getIdToken().getClaimAsString("sid");
			if (theirs != null) {
				session.setAttribute(session(theirs), true);
			}
		}
	}

	private static String subject(String sub) {
		return "doorbraak.provider.subject." + hash(sub);
	}

	private static String session(String sid) {
		return "doorbraak.provider.session." + hash(sid);
	}

	/** Of a length that a name may have, whatever the provider calls it. */
	private static String hash(String id) {
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void saveSessionInformation(OidcSessionInformation info) {
		// The session knows it already.
	}

	@Override
	public @Nullable OidcSessionInformation removeSessionInformation(String ourSession) {
		return null;
	}

	/**
	 * Ends the session that the provider names, or all of the person when it names none.
	 * @return nothing that is left to end
	 */
	@Override
	public Iterable<OidcSessionInformation> removeSessionInformation(OidcLogoutToken token) {
		String sid = token.getSessionId();
		this.db.sql("""
				delete from doorbraak.web_session where primary_id in
				  (select session_primary_id from doorbraak.web_session_attributes where attribute_name = ?)""")
			.param((sid != null) ? session(sid) : subject(token.getSubject()))
			.update();
		return List.of();
	}

}
