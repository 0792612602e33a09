package nl.doorbraak.support;

import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Who acts. What code does is recorded as code, never under a person's name. */
public final class Actor {

	/** A term or another moment passed. */
	public static final String TIMER = "#timer";

	/** The software itself, for example when it opens the next rung. */
	public static final String SOFTWARE = "#software";

	/** Somebody with a link from a mail, who did not log in. */
	public static final String LINK = "#link";

	private Actor() {
	}

	/**
	 * The login of the person in this request, or {@link #SOFTWARE} where nobody is
	 * logged in.
	 */
	public static String current() {
		Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
		if (authentication == null || authentication instanceof AnonymousAuthenticationToken) {
			return SOFTWARE;
		}
		return authentication.getName();
	}

}
