package nl.doorbraak.support.security;

import java.util.Map;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;

/**
 * What every answer tells a browser: no guessing of types, no frames, no address of ours
 * to others, nothing that is not ours. The engine's web applications need a policy of
 * their own and send it.
 */
public final class SafeHeaders {

	private static final String NOT_KEPT = "no-cache, no-store, max-age=0, must-revalidate";

	private static final Map<String, String> HEADERS = Map.of("X-Content-Type-Options", "nosniff", "X-Frame-Options",
			"DENY", "Referrer-Policy", "no-referrer", "Cache-Control", NOT_KEPT, "Content-Security-Policy", policy(""));

	private SafeHeaders() {
	}

	static void everywhere(HeadersConfigurer<HttpSecurity> headers) {
		everywhere(headers, "");
	}

	/**
	 * The same where a form of ours may lead to another origin: a browser holds the form
	 * to where its answer leads.
	 */
	static void everywhere(HeadersConfigurer<HttpSecurity> headers, String formsLeadTo) {
		headers.defaultsDisabled().addHeaderWriter((request, response) -> {
			set(response, "Content-Security-Policy", policy(formsLeadTo));
			write(request, response);
		});
	}

	private static String policy(String formsLeadTo) {
		return "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'"
				+ (formsLeadTo.isEmpty() ? "" : " " + formsLeadTo) + "; object-src 'none'; frame-ancestors 'none'";
	}

	/**
	 * Leaves what the answer says already, for example how long a picture is kept. What
	 * the server could not read has no address.
	 */
	public static void write(HttpServletRequest request, HttpServletResponse response) {
		if (String.valueOf(request.getRequestURI()).startsWith("/camunda/api/")) {
			// The engine lets a browser keep its answers; they are about cases.
			response.setHeader("Cache-Control", NOT_KEPT);
		}
		if (request.isSecure()) {
			set(response, "Strict-Transport-Security", "max-age=31536000 ; includeSubDomains");
		}
		HEADERS.forEach((name, value) -> set(response, name, value));
	}

	private static void set(HttpServletResponse response, String name, String value) {
		if (!response.containsHeader(name)) {
			response.setHeader(name, value);
		}
	}

}
