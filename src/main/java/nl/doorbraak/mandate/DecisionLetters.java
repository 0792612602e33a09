package nl.doorbraak.mandate;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.CaseFiles.Dossier;
import nl.doorbraak.casefile.Climb;
import nl.doorbraak.casefile.Document;
import nl.doorbraak.casefile.Documents;
import nl.doorbraak.casefile.Draft;
import nl.doorbraak.casefile.HouseholdMember;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.mandate.Announcements.Announcement;
import nl.doorbraak.mandate.MandateEvents.LetterSignedForBody;
import nl.doorbraak.support.AccessiblePdf;
import nl.doorbraak.support.DutchMoney;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.thymeleaf.ITemplateEngine;
import org.thymeleaf.context.Context;

/**
 * The letter that makes a breakthrough known to the household, in Dutch, as a PDF that a
 * screen reader can read (PDF/UA-1).
 */
@Service
public class DecisionLetters {

	private static final Set<String> REMEDIES = Set.of("objection", "complaint", "none");

	private final Announcements announcements;

	private final ProposalStore proposals;

	private final FollowUpStore followUps;

	private final Register register;

	private final Signatures signatures;

	private final CaseFiles files;

	private final Documents documents;

	private final Climb climb;

	private final Terms terms;

	private final Directory directory;

	private final ITemplateEngine templates;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	DecisionLetters(Announcements announcements, ProposalStore proposals, FollowUpStore followUps, Register register,
			Signatures signatures, CaseFiles files, Documents documents, Climb climb, Terms terms, Directory directory,
			ITemplateEngine templates, Clock clock, ApplicationEventPublisher events) {
		this.announcements = announcements;
		this.proposals = proposals;
		this.followUps = followUps;
		this.register = register;
		this.signatures = signatures;
		this.files = files;
		this.documents = documents;
		this.climb = climb;
		this.terms = terms;
		this.directory = directory;
		this.templates = templates;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Makes the letter to one adult with the date of today, and keeps it.
	 * @param addressee the place of that adult in {@link #adults}; without adults the
	 * name is left open, and a secret address always is
	 * @param remedy what the resident can do against it: {@code objection},
	 * {@code complaint} or {@code none}
	 * @param own what the body itself decided, which whoever makes the letter signs for
	 * it (Awb 10:11); null where who signed the proposal decided
	 * @throws Refused for who is not of the team (403, 404) or may not sign for the body
	 * (403), when nothing was signed in Doorbraak (404), or there is no such remedy, day
	 * or reference (400)
	 */
	@Transactional
	public Document make(String login, String number, int addressee, String remedy, @Nullable OwnDecision own) {
		CaseFile file = this.files.lockForTeam(login, number);
		Dossier dossier = this.files.read(login, number, "decision-letter");
		if (own == null) {
			return keep(login, number, pdf(dossier, addressee, remedy, List.of()));
		}
		boolean later = own.takenOn().isAfter(DutchTime.day(this.clock.instant()));
		if (later || !Objections.REFERENCE.matcher(own.reference()).matches()) {
			throw Refused.invalid("own-decision",
					"Vul de dag en het kenmerk in van het besluit van het orgaan zelf: niet na vandaag, en in hoogstens 40 letters, cijfers, punten en streepjes.",
					later ? "takenOn" : "takenUnder");
		}
		this.register.keepStill();
		Mandate line = signingLine(login, file).orElseThrow(() -> Refused.forbidden("no-signing-mandate",
				"U hebt geen mandaat om te ondertekenen wat het orgaan zelf besloot, of de wethouder tekende hier niet als laatste. Laat de brief ondertekenen door wie het mandaat wel heeft."));
		Signature signature = new Signature(
				councilOf(this.directory.getOrganisation(line.body())) + " hebben dit besluit genomen op "
						+ DutchTime.date(own.takenOn()) + ", kenmerk " + own.reference()
						+ ". Namens dezen ondertekend door",
				line.function().orElseThrow().label(), this.directory.nameOf(login));
		Document kept = keep(login, number, pdf(dossier, addressee, remedy, List.of(signature)));
		this.events.publishEvent(new LetterSignedForBody(number, login, kept.id(), line.functionCode(), line.body(),
				line.number(), line.version(), own.takenOn()));
		return kept;
	}

	private Document keep(String login, String number, byte[] pdf) {
		return this.documents.keep(login, number, Document.Kind.DECISION_LETTER, pdf);
	}

	/**
	 * Whether the person can sign a letter about what the municipality itself decided.
	 */
	@Transactional(readOnly = true)
	public boolean maySignForBody(String login, String number) {
		return signingLine(login, this.files.get(number)).isPresent();
	}

	/**
	 * Only where the alderman, who is of the body, signed last. That the whole body
	 * decided is what the maker of the letter tells, with day and reference.
	 */
	private Optional<Mandate> signingLine(String login, CaseFile file) {
		return this.announcements.signed(file.number()).flatMap((proposal) -> {
			List<SignOff> agreed = this.proposals.signOffs(proposal).stream().filter(SignOff::agreed).toList();
			SignOff last = agreed.get(agreed.size() - 1);
			return (last.function() == Function.ALDERMAN) ? this.signatures
				.signingLine(file, this.climb.draft(file.number(), proposal.stay(), proposal.entry()), proposal, login)
				.filter((line) -> line.body().equals(last.organisation())) : Optional.empty();
		});
	}

	private static String councilOf(Organisation municipality) {
		return "Burgemeester en wethouders van " + municipality.name().replaceFirst("^Gemeente ", "");
	}

	private byte[] pdf(Dossier dossier, int addressee, String remedy, List<Signature> own) {
		if (!REMEDIES.contains(remedy)) {
			throw Refused.invalid("remedy", "Kies wat de inwoner tegen het besluit kan doen.", "remedy");
		}
		List<HouseholdMember> adults = adults(dossier);
		if (addressee < 0 || addressee > Math.max(0, adults.size() - 1)) {
			throw Refused.invalid("addressee", "Kies aan wie u de brief stuurt.", "aan");
		}
		Optional<HouseholdMember> person = adults.stream().skip(addressee).findFirst();
		String address = person.filter((each) -> !each.addressSecret()).map(HouseholdMember::address).orElse("");
		CaseFile file = dossier.file();
		ProposalRow proposal = this.announcements.signed(file.number()).orElseThrow(Refused::notFound);
		Draft draft = this.climb.draft(file.number(), proposal.stay(), proposal.entry());
		List<SignOff> signOffs = this.proposals.signOffs(proposal).stream().filter(SignOff::agreed).toList();
		LocalDate today = DutchTime.day(this.clock.instant());
		LocalDate remedyUntil = this.terms.forObjection(today, file.termsVersion()).lastDay();
		LetterText text = new LetterText(file.number(), DutchTime.date(today),
				this.directory.getOrganisation(signOffs.get(0).organisation()).name(),
				person.map(HouseholdMember::name).orElse(""), address, draft,
				(proposal.amountCents() > 0) ? DutchMoney.euros(proposal.amountCents()) : "",
				reasonsBy(file, proposal, today), this.signatures.conditions(file.number(), signOffs),
				this.directory.getOrganisation(file.municipality()), remedy, DutchTime.date(remedyUntil),
				own.isEmpty() ? signOffs.stream().map(this::signature).toList() : own);
		return AccessiblePdf.of(this.templates.process("mandate/letter",
				new Context(Locale.forLanguageTag("nl-NL"), Map.of("letter", text))));
	}

	/**
	 * What was signed in a case, the first one first, for a paper to one of its
	 * household.
	 */
	@Transactional(readOnly = true)
	public List<Signed> signed(String number) {
		Optional<Announcement> announced = this.announcements.of(number);
		return this.proposals.all(number)
			.stream()
			.filter((each) -> each.state().equals("signed"))
			.map((each) -> signed(each, announced.filter((told) -> told.proposal() == each.id()).orElse(null)))
			.toList();
	}

	private Signed signed(ProposalRow proposal, @Nullable Announcement announced) {
		List<SignOff> agreed = this.proposals.signOffs(proposal).stream().filter(SignOff::agreed).toList();
		SignOff last = agreed.get(agreed.size() - 1);
		return new Signed(this.climb.draft(proposal.number(), proposal.stay(), proposal.entry()),
				proposal.amountCents(), last.at(), this.directory.getOrganisation(last.organisation()),
				agreed.stream().map(this::authority).toList(), announced);
	}

	private Authority authority(SignOff signOff) {
		return new Authority(function(signOff), signature(signOff).onBehalfOf(), signOff.mandate(),
				signOff.mandateVersion(), line(signOff).map(Mandate::legalBasis).orElse(""));
	}

	/** The adults of the household, in the order in which a letter asks for one. */
	public static List<HouseholdMember> adults(Dossier dossier) {
		return dossier.members().stream().filter((each) -> each.role().equals("adult")).toList();
	}

	/**
	 * By when the reasons follow, where the decision was hurried and they did not yet: a
	 * week after a letter of today, or after what was announced before.
	 */
	private String reasonsBy(CaseFile file, ProposalRow proposal, LocalDate today) {
		boolean announced = this.announcements.of(file.number()).filter((each) -> each.sentOn() != null).isPresent();
		return this.followUps.open(file.number())
			.stream()
			.filter((owed) -> owed.proposal() == proposal.id() && owed.kind() == FollowUp.Kind.REASONS)
			.map((owed) -> announced ? DutchTime.lastDay(owed.dueAt())
					: this.terms.forReasonsAnnounced(today, file.termsVersion()).lastDay())
			.map(DutchTime::date)
			.findFirst()
			.orElse("");
	}

	/** The body in whose name it was decided, then who signed (Awb 10:10). */
	private Signature signature(SignOff signOff) {
		Organisation body = this.directory.getOrganisation(signOff.organisation());
		String name = body.name();
		String mandator = switch (body.kind()) {
			case MUNICIPALITY -> "burgemeester en wethouders van " + name.replaceFirst("^Gemeente ", "");
			case REGION -> "het dagelijks bestuur van " + name;
			case MINISTRY -> "de minister, " + name;
			case AGENCY, DESK -> name;
		};
		if (isPowerOfAttorney(signOff)) {
			return new Signature("Namens " + name + ", met volmacht,", function(signOff),
					this.directory.nameOf(signOff.person()));
		}
		return new Signature("Namens " + mandator + ",", function(signOff), this.directory.nameOf(signOff.person()));
	}

	private static String function(SignOff signOff) {
		return (signOff.deputyFor() != null)
				? "plaatsvervanger van de " + signOff.function().label().toLowerCase(Locale.ROOT)
				: signOff.function().label();
	}

	private boolean isPowerOfAttorney(SignOff signOff) {
		return line(signOff).filter((line) -> line.type() == Mandate.Type.POWER_OF_ATTORNEY).isPresent();
	}

	private Optional<Mandate> line(SignOff signOff) {
		return this.register.lines(Set.of(signOff.organisation()))
			.stream()
			.filter((line) -> line.number().equals(signOff.mandate()) && line.version() == signOff.mandateVersion())
			.findFirst();
	}

	/**
	 * What the letter says; empty is left out.
	 *
	 * @param reasonsBy by when the reasons of a hurried decision follow
	 * @param remedyUntil the last day to object to a letter of today
	 */
	record LetterText(String number, String today, String body, String name, String address, Draft draft, String amount,
			String reasonsBy, List<String> conditions, Organisation municipality, String remedy, String remedyUntil,
			List<Signature> signatures) {
	}

	/**
	 * A decision that was signed.
	 *
	 * @param at when the last one agreed
	 * @param body of who agreed last: an objection goes there
	 * @param announced how it was made known, and what can be done against it; null where
	 * that was not recorded for this one
	 */
	public record Signed(Draft draft, long amountCents, Instant at, Organisation body, List<Authority> by,
			@Nullable Announcement announced) {

		public Signed {
			by = List.copyOf(by);
		}

	}

	/**
	 * In which function somebody agreed, in whose name and on what ground.
	 *
	 * @param legalBasis empty where the register has no such line
	 */
	public record Authority(String function, String onBehalfOf, String mandate, int version, String legalBasis) {
	}

	/** What the body itself decided: on which day, and under which number. */
	public record OwnDecision(LocalDate takenOn, String reference) {
	}

	/** A block at the foot of the letter. */
	record Signature(String onBehalfOf, String function, String name) {
	}

}
