package nl.doorbraak.resident;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.CaseFiles.Dossier;
import nl.doorbraak.casefile.Decision;
import nl.doorbraak.casefile.OthersLeftOut;
import nl.doorbraak.casefile.Outcome;
import nl.doorbraak.casefile.Resident;
import nl.doorbraak.casefile.Residents;
import nl.doorbraak.casefile.RungStay;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.mandate.DecisionLetters;
import nl.doorbraak.mandate.DecisionLetters.Authority;
import nl.doorbraak.resident.ResidentEvents.ResidentLetterMade;
import nl.doorbraak.resident.ResidentLinks.Opened;
import nl.doorbraak.support.AccessiblePdf;
import nl.doorbraak.support.DutchMoney;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/**
 * The page of a resident on paper, to be handed over, with what was decided under whose
 * authority and what can be done against it: in Dutch, as a PDF that a screen reader can
 * read and an archive can keep. Nobody else of the household is named in it.
 */
@Service
public class ResidentLetters {

	private static final Locale DUTCH = Locale.forLanguageTag("nl-NL");

	private final CaseFiles files;

	private final Residents residents;

	private final ResidentLinks links;

	private final Situations situations;

	private final DecisionLetters decisions;

	private final Directory directory;

	private final ITemplateEngine templates;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	private final URI address;

	ResidentLetters(CaseFiles files, Residents residents, ResidentLinks links, Situations situations,
			DecisionLetters decisions, Directory directory, ITemplateEngine templates, Clock clock,
			ApplicationEventPublisher events, @Value("${doorbraak.address}") URI address) {
		this.files = files;
		this.residents = residents;
		this.links = links;
		this.situations = situations;
		this.decisions = decisions;
		this.directory = directory;
		this.templates = templates;
		this.clock = clock;
		this.events = events;
		this.address = address;
	}

	/**
	 * Makes the letter to a resident. It is not kept: what it says can be made again.
	 * @param secret of a link of this resident that still opens; empty: without a link
	 * @throws Refused for who is not of the team and has not the lead (403, 404), or when
	 * there is no such resident (400) or link (404)
	 */
	@Transactional
	public byte[] make(String login, String number, long resident, String secret) {
		this.files.lockForTeamOrLead(login, number);
		Dossier dossier = this.files.read(login, number, "resident-letter");
		Resident whose = this.links.resident(number, resident);
		Opened link = secret.isBlank() ? null : link(secret, number, whose);
		List<Decided> decided = whose.member().role().equals("adult") ? decided(dossier, whose) : List.of();
		List<Elsewhere> elsewhere = whose.member().role().equals("adult") ? elsewhere(dossier) : List.of();
		boolean noRoom = dossier.file().outcome() == Outcome.CLOSED_WITHOUT_ROOM;
		Situation situation = this.situations.of(number);
		Letter letter = new Letter(DutchTime.date(DutchTime.day(this.clock.instant())), whose.member().name(),
				whose.member().role().equals("adult"), situation, this.situations.text(situation.phase(), DUTCH),
				decided, elsewhere, noRoom, (link != null) ? this.address.resolve("/inwoner/").toString() : null,
				(link != null) ? secret : null,
				(link != null) ? DutchTime.date(DutchTime.lastDay(link.expiresAt())) : null);
		byte[] pdf = AccessiblePdf.of(this.templates.process("resident/letter",
				new Context(DUTCH, Map.of("letter", letter, "time", new Dates()))));
		this.events.publishEvent(new ResidentLetterMade(number, login, whose.id(), link != null, decided.size()));
		return pdf;
	}

	private Opened link(String secret, String number, Resident whose) {
		Opened link = this.links.find(secret);
		if (!link.number().equals(number)
				|| !whose.isCalled(this.residents.get(number, link.resident()).member().name())) {
			throw Refused.notFound();
		}
		return link;
	}

	private List<Decided> decided(Dossier dossier, Resident whose) {
		String number = dossier.file().number();
		OthersLeftOut others = this.residents.leavingOut(number, whose,
				this.files.people(number).stream().map(this.directory::nameOf).toList());
		return this.decisions.signed(number)
			.stream()
			.map((each) -> new Decided(
					others.in(each.draft().firstBreakthrough().isEmpty() ? each.draft().explanation()
							: each.draft().firstBreakthrough()),
					(each.amountCents() > 0) ? DutchMoney.euros(each.amountCents()) : "",
					DutchTime.date(DutchTime.day(each.at())), each.body().name(),
					each.by().stream().map(ResidentLetters::inWords).toList(),
					Against.of(each.announced(), each.body().name(), DutchTime.day(this.clock.instant()))))
			.toList();
	}

	/** The function and never the name: in whose name, and on what ground. */
	static String inWords(Authority by) {
		String behalf = by.onBehalfOf().replaceFirst("^N", "n").replaceFirst(",$", "");
		String basis = by.legalBasis().isEmpty() ? "" : " (" + by.legalBasis() + ")";
		return "De " + by.function().toLowerCase(DUTCH) + ", " + behalf + ". Dat mag volgens mandaat " + by.mandate()
				+ ", versie " + by.version() + basis + ".";
	}

	/** What a body outside Doorbraak decided: it tells the household itself. */
	private List<Elsewhere> elsewhere(Dossier dossier) {
		return dossier.stays()
			.stream()
			.filter((stay) -> stay.decidedOutside() && stay.decision() == Decision.BROKEN_THROUGH)
			.map(this::elsewhere)
			.toList();
	}

	private Elsewhere elsewhere(RungStay stay) {
		return new Elsewhere(this.directory.getOrganisation(stay.body()).name(),
				(stay.decidedAt() != null) ? DutchTime.date(DutchTime.day(stay.decidedAt())) : "");
	}

	/**
	 * What the letter says; null is left out.
	 *
	 * @param adult whether decisions are told: they are addressed to the adults
	 * @param noRoom whether the case ended without a breakthrough
	 * @param address where the secret is typed
	 */
	record Letter(String today, String name, boolean adult, Situation situation, String phase, List<Decided> decided,
			List<Elsewhere> elsewhere, boolean noRoom, @Nullable String address, @Nullable String secret,
			@Nullable String linkUntil) {
	}

	/** A decision of a body that works in Doorbraak. */
	record Decided(String what, String amount, String on, String body, List<String> by, Against against) {
	}

	/** A decision of a body that does not. */
	record Elsewhere(String body, String on) {
	}

	/** Dates in the letter. */
	static final class Dates {

		public String date(LocalDate day) {
			return DutchTime.date(day);
		}

		public String day(Instant moment) {
			return DutchTime.date(DutchTime.day(moment));
		}

		public String deadline(Instant end) {
			return DutchTime.deadline(end);
		}

	}

}
