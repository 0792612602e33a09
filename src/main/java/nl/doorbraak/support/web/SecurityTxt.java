package nl.doorbraak.support.web;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.List;

import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.security.Route;
import nl.doorbraak.support.security.Routes;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/**
 * Whom to tell of a weakness (RFC 9116). Without a day set, the contact is promised for
 * some months from whenever it is asked; a day that comes near is warned of at each
 * start.
 */
@Controller
class SecurityTxt {

	private static final Logger log = LoggerFactory.getLogger(SecurityTxt.class);

	private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

	private static final int PROMISED_DAYS = 90;

	private static final Period WARNED_BEFORE = Period.ofDays(30);

	private final @Nullable URI contact;

	private final @Nullable LocalDate until;

	private final URI address;

	private final Clock clock;

	SecurityTxt(@Value("${doorbraak.security-txt.contact:#{null}}") @Nullable URI contact,
			@Value("${doorbraak.security-txt.until:#{null}}") @Nullable LocalDate until,
			@Value("${doorbraak.address}") URI address, Clock clock) {
		this.contact = contact;
		this.until = until;
		this.address = address;
		this.clock = clock;
	}

	@GetMapping("/.well-known/security.txt")
	ResponseEntity<String> securityTxt() {
		if (this.contact == null) {
			throw Refused.notFound();
		}
		return ResponseEntity.ok()
			.contentType(TEXT)
			.body("Contact: %s%nExpires: %s%nPreferred-Languages: nl, en%nCanonical: %s%n".replace("%n", "\n")
				.formatted(this.contact, expires(), this.address.resolve("/.well-known/security.txt")));
	}

	private Instant expires() {
		return ((this.until != null) ? this.until.plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant()
				: this.clock.instant().plus(PROMISED_DAYS, ChronoUnit.DAYS))
			.truncatedTo(ChronoUnit.SECONDS);
	}

	/** Whether somebody must look at it. */
	boolean endsSoon() {
		return this.until != null
				&& !this.until.minus(WARNED_BEFORE).isAfter(LocalDate.ofInstant(this.clock.instant(), DutchTime.ZONE));
	}

	@EventListener(ApplicationReadyEvent.class)
	void warn() {
		if (this.contact == null) {
			log.warn("Nobody can report a weakness: set doorbraak.security-txt.contact (mailto: or https:)");
		}
		else if (endsSoon()) {
			log.warn(
					"security.txt expires on {}: look whether its contact still holds, and set doorbraak.security-txt.until",
					this.until);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Registration {

		@Bean
		Routes securityTxtRoutes() {
			return () -> List.of(Route.get("/.well-known/security.txt", Route.ANYBODY));
		}

	}

}
