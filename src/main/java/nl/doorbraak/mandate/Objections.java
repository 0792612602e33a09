package nl.doorbraak.mandate;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Climb;
import nl.doorbraak.casefile.Draft;
import nl.doorbraak.casefile.Entry;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.ladder.Term;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.mandate.Announcements.Announcement;
import nl.doorbraak.mandate.MandateEvents.ObjectionDecided;
import nl.doorbraak.mandate.MandateEvents.ObjectionReceived;
import nl.doorbraak.mandate.MandateEvents.ObjectionTermPassed;
import nl.doorbraak.mandate.MandateEvents.ObjectionWithdrawn;
import nl.doorbraak.mandate.Objection.Kind;
import nl.doorbraak.mandate.Objection.Outcome;
import nl.doorbraak.mandate.Signatures.Judged;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.FormRules.Answers;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Objections and complaints against an announced decision, each for itself, and the steps
 * of {@code objection}. Whether somebody may decide is asked in the transaction in which
 * they do; who took the contested decision never may (Awb 10:3, third paragraph).
 */
@Service
public class Objections {

	static final String FORM = "decide-objection";

	private static final String RECEIPT = "receive-objection";

	/** Long enough for a number of a mail system, too short for a story. */
	static final Pattern REFERENCE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ./_-]{0,39}");

	private final ObjectionStore store;

	private final ProposalStore proposals;

	private final Announcements announcements;

	private final FollowUpStore followUps;

	private final FollowUps invitations;

	private final Signatures signatures;

	private final Presence presence;

	private final CaseFiles files;

	private final Climb climb;

	private final Writing writing;

	private final Terms terms;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Objections(ObjectionStore store, ProposalStore proposals, Announcements announcements, FollowUpStore followUps,
			FollowUps invitations, Signatures signatures, Presence presence, CaseFiles files, Climb climb,
			Writing writing, Terms terms, Clock clock, ApplicationEventPublisher events) {
		this.store = store;
		this.proposals = proposals;
		this.announcements = announcements;
		this.followUps = followUps;
		this.invitations = invitations;
		this.signatures = signatures;
		this.presence = presence;
		this.files = files;
		this.climb = climb;
		this.writing = writing;
		this.terms = terms;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Takes what came in, and asks who may decide on it.
	 * @param kind {@code objection} or {@code complaint}
	 * @param reference the number under which it is known elsewhere
	 * @throws Refused who is not of the team (403, 404), when nothing was announced or it
	 * was recorded already (409), or a day or reference cannot be (400)
	 */
	@Transactional
	public void receive(String login, String number, String kind, @Nullable LocalDate receivedOn, String reference) {
		CaseFile file = this.files.lockForTeam(login, number);
		Announcement told = this.announcements.of(number)
			.filter((each) -> each.sentOn() != null)
			.orElseThrow(() -> Refused.conflict("not-announced",
					"Er is in deze casus geen besluit bekendgemaakt. Vertel eerst in Mijn werk hoe en wanneer dat gebeurde."));
		Kind what = Coded.find(Kind.class, kind)
			.orElseThrow(() -> Refused.invalid("kind", "Kies of het een bezwaar of een klacht is.", "kind"));
		LocalDate sentOn = Objects.requireNonNull(told.sentOn());
		if (receivedOn == null || receivedOn.isBefore(sentOn)
				|| receivedOn.isAfter(DutchTime.day(this.clock.instant()))) {
			throw Refused.invalid("received-on",
					"Vul de dag van ontvangst in: niet vóór de bekendmaking, en niet na vandaag.", "receivedOn");
		}
		String known = reference.strip();
		if (!REFERENCE.matcher(known).matches()) {
			throw Refused.invalid("reference",
					"Vul uw eigen kenmerk in, in hoogstens 40 letters, cijfers, punten en streepjes. Schrijf hier niets over de inwoner.",
					"reference");
		}
		if (this.store.open(number)
			.stream()
			.anyMatch((each) -> each.kind() == what && each.receivedOn().equals(receivedOn)
					&& this.files.written(number, each.receipt(), "reference").equals(known))) {
			throw Refused.conflict("recorded-already", "Dit is al vastgelegd. Ververs de pagina en kijk wat er staat.");
		}
		this.writing.record(number, RECEIPT, login,
				List.of(new Answer("kind", "Wat kwam er binnen?", what.code(), what.label()), new Answer("receivedOn",
						"Wanneer ontvangen?", receivedOn.toString(), DutchTime.date(receivedOn)),
						new Answer("reference", "Uw kenmerk", known, known)));
		long receipt = this.writing.latestOfCase(number, RECEIPT).orElseThrow().id();
		ProposalRow proposal = this.proposals.get(number, told.proposal());
		Term term = term(what, told, sentOn, receivedOn, file.termsVersion());
		Mandate asked = findDecider(file, proposal).orElse(null);
		long id = this.store.add(proposal, what, receivedOn, receipt, login, term, asked, this.clock.instant());
		this.invitations.inviteWhoIsAsked(number);
		this.events.publishEvent(new ObjectionReceived(number, login, id, what.code(), receivedOn,
				(asked != null) ? asked.functionCode() : "", (asked != null) ? asked.body() : "", term.endsAt()));
	}

	private Term term(Kind kind, Announcement told, LocalDate sentOn, LocalDate receivedOn, int version) {
		if (kind == Kind.COMPLAINT) {
			return this.terms.forComplaint(receivedOn, version);
		}
		LocalDate until = told.remedyUntil();
		return this.terms.forObjectionDecision(
				(until != null) ? until : this.terms.forObjection(sentOn, version).lastDay(), receivedOn, version);
	}

	/** The first line, in the order of asking, under which somebody could decide now. */
	private Optional<Mandate> findDecider(CaseFile file, ProposalRow proposal) {
		Draft draft = draft(proposal);
		return lines(file, draft).stream()
			.filter((line) -> line.function()
				.map((function) -> this.presence.people(file, function, line.body())
					.stream()
					.anyMatch((person) -> judge(file, draft, proposal, person, List.of(line)).line().isPresent()))
				.orElse(false))
			.findFirst();
	}

	/** One person decides, and there is time: no line that asks for more, or a crisis. */
	private List<Mandate> lines(CaseFile file, Draft draft) {
		return MandateCheck.inOrder(this.signatures.lines(file, draft)
			.stream()
			.filter((line) -> !line.crisisUse() && line.approvals() == 1)
			.toList(), false);
	}

	private Judged judge(CaseFile file, Draft draft, ProposalRow proposal, String person, List<Mandate> lines) {
		Set<String> took = whoTookIt(proposal);
		return Signatures.judge(lines,
				(line) -> this.signatures.checkObjection(file, draft, proposal, person, line, took));
	}

	/** Who agreed to the contested decision, or took it for his account. */
	private Set<String> whoTookIt(ProposalRow proposal) {
		return Stream
			.concat(this.proposals.signOffs(proposal).stream().filter(SignOff::agreed).map(SignOff::person),
					this.followUps.all(proposal.number())
						.stream()
						.filter((owed) -> owed.proposal() == proposal.id() && "ratified".equals(owed.outcome()))
						.flatMap((owed) -> Stream.ofNullable(owed.doneBy())))
			.collect(Collectors.toSet());
	}

	private Draft draft(ProposalRow proposal) {
		return this.climb.draft(proposal.number(), proposal.stay(), proposal.entry());
	}

	/**
	 * Who may pick it up; nobody competent: the case's team, so that it is not missed.
	 */
	@Transactional(readOnly = true)
	public Signers whoDecides(long id) {
		Objection open = this.store.get(id);
		return open.asked()
			.map((post) -> signers(open, post))
			.orElseGet(() -> new Signers(Optional.empty(), this.files.team(open.number())));
	}

	private Signers signers(Objection open, Officer.Post post) {
		CaseFile file = this.files.get(open.number());
		List<String> others = new ArrayList<>(this.presence.people(file, post.function(), post.organisation()));
		Set<String> took = whoTookIt(this.proposals.get(open.number(), open.proposal()));
		return others.removeAll(took) ? new Signers(Optional.empty(), others)
				: this.presence.signers(file, post.function(), post.organisation());
	}

	/**
	 * Takes what somebody decided, if that person may decide it at this moment. That it
	 * was withdrawn anybody may tell who has the task.
	 * @throws Refused when not (403, with the check that said no)
	 */
	@Transactional
	public void recordDecision(long id) {
		CaseFile file = this.files.lock(this.store.get(id).number());
		Objection open = this.store.get(id);
		if (!open.isOpen()) {
			throw gone();
		}
		Entry entry = this.writing.latestOfCase(open.number(), FORM)
			.orElseThrow(() -> new IllegalStateException("Objection " + id + " has no decision"));
		Outcome outcome = Coded.of(Outcome.class, String.valueOf(new Answers(entry.answers()).text("outcome")));
		String person = entry.writtenBy();
		Instant now = this.clock.instant();
		if (outcome == Outcome.WITHDRAWN) {
			this.store.decide(open, outcome, person, now, null, entry.id(), null);
			this.events
				.publishEvent(new ObjectionDecided(open.number(), person, id, outcome.code(), "", "", "", null, null));
		}
		else {
			ProposalRow proposal = this.proposals.get(open.number(), open.proposal());
			Draft draft = draft(proposal);
			Judged judged = judge(file, draft, proposal, person, lines(file, draft));
			Mandate line = judged.line()
				.orElseThrow(() -> Refused.forbidden(judged.verdict().kebab(), judged.verdict().sentence()));
			LocalDate hold = this.terms.forAppeal(DutchTime.day(now), file.termsVersion()).lastDay();
			this.store.decide(open, outcome, person, now, line, entry.id(), hold);
			this.events.publishEvent(new ObjectionDecided(open.number(), person, id, outcome.code(),
					line.functionCode(), line.body(), line.number(), line.version(), hold));
		}
		this.invitations.inviteWhoIsAsked(open.number());
	}

	/**
	 * The team tells that it was withdrawn; nobody has to decide any more.
	 * @throws Refused when it is not open any more (409)
	 */
	@Transactional
	public void withdraw(String login, String number, long id) {
		this.files.lockForTeam(login, number);
		Objection open = this.store.all(number)
			.stream()
			.filter((each) -> each.id() == id)
			.findFirst()
			.orElseThrow(Refused::notFound);
		if (!open.isOpen()) {
			throw gone();
		}
		this.store.decide(open, Outcome.WITHDRAWN, login, this.clock.instant(), null, null, null);
		this.invitations.inviteWhoIsAsked(number);
		this.events.publishEvent(new ObjectionWithdrawn(number, login, id));
	}

	private static Refused gone() {
		return Refused.conflict("no-objection", "Hierop is al beslist. Ververs de pagina en kijk wat er staat.");
	}

	/**
	 * The term passed: that is told once. Was nobody competent, then we look again.
	 * @return whom we found now
	 */
	@Transactional
	public Optional<Signers> tellOverdue(long id) {
		CaseFile file = this.files.lock(this.store.get(id).number());
		Objection open = this.store.get(id);
		Instant now = this.clock.instant();
		if (!open.isOpen() || open.overdue() || now.isBefore(open.dueAt())) {
			return Optional.empty();
		}
		this.store.tellOverdue(open, now);
		Optional<Mandate> found = open.asked().isPresent() ? Optional.empty()
				: findDecider(file, this.proposals.get(open.number(), open.proposal()));
		found.ifPresent((line) -> this.store.ask(open, line));
		this.invitations.inviteWhoIsAsked(open.number());
		Optional<Officer.Post> asked = this.store.get(id).asked();
		this.events.publishEvent(new ObjectionTermPassed(open.number(), Actor.TIMER, id, open.kind().code(),
				asked.map((post) -> post.function().code()).orElse(""),
				asked.map(Officer.Post::organisation).orElse(""), open.dueAt()));
		return found.map((line) -> whoDecides(id));
	}

	Objection get(long id) {
		return this.store.get(id);
	}

	/**
	 * Numbers of the finished cases of somebody's team against which an objection or
	 * complaint is open, or can still come: nothing else leads there any more.
	 */
	@Transactional(readOnly = true)
	public List<String> finishedWith(String login) {
		return this.store.ofTeam(login, DutchTime.day(this.clock.instant()));
	}

	/** Everything that came in about a case, oldest first. */
	@Transactional(readOnly = true)
	public List<Objection> history(String number) {
		return this.store.all(number);
	}

	/**
	 * Why the case may not be destroyed now, as the database keeps it; nothing when it
	 * may.
	 */
	@Transactional(readOnly = true)
	public Optional<Hold> hold(String number) {
		List<Objection> all = this.store.all(number);
		Optional<Hold> open = all.stream()
			.filter(Objection::isOpen)
			.findFirst()
			.map((each) -> new Hold(each.kind(), null));
		LocalDate today = DutchTime.day(this.clock.instant());
		return open.or(() -> all.stream()
			.filter((each) -> each.holdUntil() != null && !each.holdUntil().isBefore(today))
			.max(Comparator.comparing((each) -> Objects.requireNonNull(each.holdUntil())))
			.map((each) -> new Hold(each.kind(), each.holdUntil())));
	}

	/**
	 * Why a case may not be destroyed.
	 *
	 * @param until the last day; null while it is open
	 */
	public record Hold(Kind kind, @Nullable LocalDate until) {
	}

}
