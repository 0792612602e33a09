package nl.doorbraak.support.security;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a login must show, and how long it lasts.
 *
 * @param atMost how long a login lasts, also of who goes on working
 * @param secondFactor what the provider says of a login with a second factor; no values:
 * not asked
 * @param systems logins of systems: they may use the API, need no second factor and get
 * no page
 * @param offices addresses of one's own networks, which many people share: not slowed
 * @param sharedClaim claim that is true for an account of more than one person
 */
@ConfigurationProperties("doorbraak.login")
record LoginRules(@DefaultValue("10h") Duration atMost, @DefaultValue SecondFactor secondFactor,
		@DefaultValue Set<String> systems, @DefaultValue Set<String> offices,
		@DefaultValue("shared_account") String sharedClaim, @DefaultValue Names claims) {

	/** Refuses who may not come in at all, at whichever door. */
	void check(Map<String, Object> claims, boolean screen) {
		boolean system = claims.get(this.claims.login()) instanceof String login && this.systems.contains(login);
		if (system && screen) {
			throw Refused.forbidden("system-at-a-screen", "Dit is het account van een systeem. Log in als uzelf.");
		}
		if (system) {
			return;
		}
		if (isTrue(claims.get(this.sharedClaim)) || screen && !isText(claims.get(this.claims.name()))) {
			throw Refused.forbidden("account-of-nobody",
					"Dit account is van niemand persoonlijk. Log in met uw eigen account.");
		}
		if (!this.secondFactor.isShownBy(claims)) {
			throw Refused.forbidden("second-factor-missing",
					"Log in met een tweede stap, bijvoorbeeld een code op uw telefoon. Zet die aan bij uw organisatie.");
		}
	}

	private static boolean isTrue(@Nullable Object claim) {
		return claim != null && "true".equalsIgnoreCase(String.valueOf(claim));
	}

	private static boolean isText(@Nullable Object claim) {
		return claim instanceof String text && !text.isBlank();
	}

	/** One of the values must stand in the claim. */
	record SecondFactor(@DefaultValue("amr") String claim, @DefaultValue List<String> values) {

		boolean isShownBy(Map<String, Object> claims) {
			Object said = claims.get(this.claim);
			return this.values.isEmpty() || this.values.stream()
				.anyMatch((value) -> (said instanceof Collection<?> all) ? all.contains(value) : value.equals(said));
		}

	}

	/** The names of the claims that are looked at here; the directory reads the rest. */
	record Names(@DefaultValue("preferred_username") String login, @DefaultValue("name") String name) {
	}

}
