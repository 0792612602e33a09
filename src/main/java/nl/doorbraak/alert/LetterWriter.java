package nl.doorbraak.alert;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.RungStay;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;
import org.thymeleaf.context.Context;
import org.thymeleaf.spring6.SpringTemplateEngine;
import org.thymeleaf.templatemode.TemplateMode;
import org.thymeleaf.templateresolver.ClassLoaderTemplateResolver;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Writes the letter of an alert: case number, level and date, and nothing that anybody
 * typed.
 */
@Component
class LetterWriter {

	private static final Locale DUTCH = Locale.forLanguageTag("nl-NL");

	private final SpringTemplateEngine templates = new SpringTemplateEngine();

	private final Outbox outbox;

	private final CaseFiles files;

	private final Directory directory;

	private final Clock clock;

	private final URI address;

	LetterWriter(Outbox outbox, CaseFiles files, Directory directory, Clock clock,
			@Value("${doorbraak.address}") URI address) {
		this.outbox = outbox;
		this.files = files;
		this.directory = directory;
		this.clock = clock;
		this.address = address;
		this.templates.addTemplateResolver(resolver(TemplateMode.HTML, ".html"));
		this.templates.addTemplateResolver(resolver(TemplateMode.TEXT, ".txt"));
	}

	Letter write(Alert alert, String to) {
		Rung rung = rung(alert);
		String subject = "[" + alert.number() + "] " + subject(alert.kind());
		Context words = new Context(DUTCH,
				Map.of("subject", subject, "number", alert.number(), "why", why(alert), "what", what(alert, rung),
						"deadline", deadline(alert.deadlineAt()), "others", others(alert), "handOver", handOver(alert),
						"link", this.address.resolve("/casus/" + alert.number()).toString()));
		return new Letter(to, subject, this.templates.process("alert.txt", words),
				this.templates.process("alert.html", words), alert.messageId());
	}

	private static String subject(AlertKind kind) {
		return switch (kind) {
			case RUNG_OPENED -> "Er ligt een casus bij u";
			case TOP_RUNG_AGAIN -> "Nog geen besluit op het hoogste niveau";
			case TERM_QUESTION -> "Omhoog, verlengen of afsluiten?";
			case TERM_REMINDER -> "Herinnering: omhoog, verlengen of afsluiten?";
			case TERM_SILENCE -> "Geen antwoord over de termijn";
			case CASE_CLOSED -> "De casus is gesloten";
			case UNDELIVERABLE -> "Een bericht is niet bezorgd";
		};
	}

	private String what(Alert alert, Rung rung) {
		boolean top = rung == Rung.MINISTRY;
		String silence = top ? "begint op dit niveau een nieuwe termijn" : "gaat de casus omhoog";
		return switch (alert.kind()) {
			case RUNG_OPENED -> "Er ligt een casus bij u op niveau " + rung.label() + ".";
			case TOP_RUNG_AGAIN -> "Op niveau " + rung.label()
					+ " is de termijn voorbijgegaan zonder besluit. Er loopt nu een nieuwe termijn.";
			case TERM_QUESTION -> "De termijn op niveau " + rung.label()
					+ " is voorbij: omhoog, verlengen of afsluiten? Zonder antwoord " + silence + ".";
			case TERM_REMINDER -> "Er is nog geen antwoord. De termijn op niveau " + rung.label()
					+ " is voorbij: omhoog, verlengen of afsluiten? Zonder antwoord " + silence + ".";
			case TERM_SILENCE -> "Niemand gaf antwoord op de vraag wat er na de termijn op niveau " + rung.label()
					+ " moet gebeuren. Daarom " + silence + ".";
			case CASE_CLOSED -> "De casus is gesloten op niveau " + rung.label() + ".";
			case UNDELIVERABLE -> undelivered(alert);
		};
	}

	private String undelivered(Alert alert) {
		Long about = alert.aboutId();
		if (about == null) {
			throw new IllegalStateException("Alert " + alert.id() + " does not say what was not delivered");
		}
		Alert other = this.outbox.get(about);
		return "Een bericht kon niet worden bezorgd bij: " + post(other.function(), other.body()) + ". Onderwerp: "
				+ subject(other.kind()) + " Bel zelf, en laat het e-mailadres verbeteren.";
	}

	private String why(Alert alert) {
		return "U krijgt dit bericht als " + post(alert.function(), alert.body()) + ".";
	}

	private static String handOver(Alert alert) {
		return switch (alert.kind()) {
			case CASE_CLOSED -> "U hoeft niets te doen.";
			case TERM_SILENCE, UNDELIVERABLE -> "Kunt u nu niets doen? Vraag een collega met dezelfde functie.";
			default ->
				"Kunt u dit niet oppakken? Kies in Mijn werk Terugleggen; dan kan een collega of uw vervanger de taak oppakken.";
		};
	}

	/** The last day with the days left; for a deadline within a day its hour. */
	private String deadline(@Nullable Instant deadline) {
		if (deadline == null) {
			return "";
		}
		boolean wholeDays = deadline.atZone(DutchTime.ZONE).toLocalTime().equals(LocalTime.MIDNIGHT);
		LocalDate last = DutchTime.day(deadline.minusNanos(1000));
		return (wholeDays ? "Tot en met " + DutchTime.date(last) : "Uiterlijk " + DutchTime.moment(deadline)) + " ("
				+ left(last) + ")";
	}

	private String left(LocalDate last) {
		long days = ChronoUnit.DAYS.between(DutchTime.day(this.clock.instant()), last);
		return (days > 1) ? "nog " + days + " dagen" : (days == 1) ? "morgen" : (days == 0) ? "vandaag" : "al voorbij";
	}

	private List<String> others(Alert alert) {
		Map<String, Long> posts = this.outbox.siblings(alert)
			.stream()
			.collect(Collectors.groupingBy((other) -> post(other.function(), other.body()), LinkedHashMap::new,
					Collectors.counting()));
		return posts.entrySet()
			.stream()
			.map((post) -> (post.getValue() > 1) ? post.getKey() + " (" + post.getValue() + " personen)"
					: post.getKey())
			.toList();
	}

	private String post(Function function, String body) {
		return function.label().toLowerCase(DUTCH) + ", " + this.directory.getOrganisation(body).name();
	}

	private Rung rung(Alert alert) {
		return this.files.standing(alert.number())
			.stays()
			.stream()
			.filter((stay) -> stay.id() == alert.rungId())
			.map(RungStay::rung)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("Alert " + alert.id() + " is about no rung"));
	}

	private static ClassLoaderTemplateResolver resolver(TemplateMode mode, String suffix) {
		ClassLoaderTemplateResolver resolver = new ClassLoaderTemplateResolver();
		resolver.setPrefix("mail/");
		resolver.setTemplateMode(mode);
		resolver.setForceTemplateMode(true);
		resolver.setCharacterEncoding(StandardCharsets.UTF_8.name());
		resolver.setResolvablePatterns(java.util.Set.of("*" + suffix));
		return resolver;
	}

}
