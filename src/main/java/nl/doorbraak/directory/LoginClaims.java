package nl.doorbraak.directory;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Which claims of the identity provider say who somebody is.
 *
 * @param functions claim with the codes of {@link Function}, one or a list
 * @param email claim with the address that alerts go to
 * @param phone claim with the number at work
 */
@ConfigurationProperties("doorbraak.login.claims")
record LoginClaims(@DefaultValue("preferred_username") String login, @DefaultValue("name") String name,
		@DefaultValue("organisation") String organisation, @DefaultValue("functions") String functions,
		@DefaultValue("email") String email, @DefaultValue("phone_number") String phone) {
}
