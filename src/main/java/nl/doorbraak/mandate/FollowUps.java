package nl.doorbraak.mandate;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Climb;
import nl.doorbraak.casefile.Draft;
import nl.doorbraak.casefile.Entry;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.ladder.Term;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.mandate.FollowUp.Kind;
import nl.doorbraak.mandate.MandateEvents.DecisionAnnounced;
import nl.doorbraak.mandate.MandateEvents.DecisionNotRatified;
import nl.doorbraak.mandate.MandateEvents.DecisionRatified;
import nl.doorbraak.mandate.MandateEvents.FollowUpOwed;
import nl.doorbraak.mandate.MandateEvents.FollowUpTermMoved;
import nl.doorbraak.mandate.MandateEvents.FollowUpTermPassed;
import nl.doorbraak.mandate.MandateEvents.ReasonsGiven;
import nl.doorbraak.mandate.Signatures.Judged;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answers;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The steps of {@code hurried-decision}: what a hurried decision still owes, who is asked
 * for it and until when. Whether somebody may ratify is asked in the transaction in which
 * they do, as for a signature.
 */
@Service
public class FollowUps {

	static final String REASONS_FORM = "give-reasons";

	static final String RATIFICATION_FORM = "ratify-decision";

	private final FollowUpStore store;

	private final ObjectionStore objections;

	private final ProposalStore proposals;

	private final Signatures signatures;

	private final Presence presence;

	private final CaseFiles files;

	private final Climb climb;

	private final Writing writing;

	private final Terms terms;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	FollowUps(FollowUpStore store, ObjectionStore objections, ProposalStore proposals, Signatures signatures,
			Presence presence, CaseFiles files, Climb climb, Writing writing, Terms terms, Clock clock,
			ApplicationEventPublisher events) {
		this.store = store;
		this.objections = objections;
		this.proposals = proposals;
		this.signatures = signatures;
		this.presence = presence;
		this.files = files;
		this.climb = climb;
		this.writing = writing;
		this.terms = terms;
		this.clock = clock;
		this.events = events;
	}

	/** Writes down what a proposal owes that just got its last signature. */
	void owe(CaseFile file, Draft draft, ProposalRow proposal) {
		List<Mandate> lines = this.signatures.lines(file, draft);
		for (SignOff signOff : this.proposals.signOffs(proposal).stream().filter(SignOff::agreed).toList()) {
			Mandate signed = line(lines, signOff.mandate(), signOff.mandateVersion());
			if (signOff.reasonsFollow()) {
				owe(proposal, Kind.REASONS, signOff, this.terms.forReasons(signOff.at(), file.termsVersion()), signed,
						signed.order());
			}
			if (signed.crisisUse()) {
				Mandate above = competentAbove(file, draft, proposal, lines, signed.order()).orElse(null);
				owe(proposal, Kind.RATIFICATION, signOff, this.terms.forRatification(signOff.at(), file.termsVersion()),
						above, (above != null) ? above.order() : signed.order());
			}
		}
	}

	private void owe(ProposalRow proposal, Kind kind, SignOff signOff, Term term, @Nullable Mandate asked, int order) {
		if (this.store.add(proposal, kind, signOff, term, asked, order)) {
			this.events.publishEvent(new FollowUpOwed(proposal.number(), signOff.person(), proposal.id(), kind.code(),
					signOff.mandate(), signOff.mandateVersion(), (asked != null) ? asked.functionCode() : "",
					(asked != null) ? asked.body() : "", term.endsAt()));
		}
	}

	private static Mandate line(List<Mandate> lines, String mandate, int version) {
		return lines.stream()
			.filter((line) -> line.number().equals(mandate) && line.version() == version)
			.findFirst()
			.orElseThrow();
	}

	/** The ordinary line next above this order under which somebody could sign now. */
	private Optional<Mandate> competentAbove(CaseFile file, Draft draft, ProposalRow proposal, List<Mandate> lines,
			int order) {
		return lines.stream()
			.filter((line) -> !line.crisisUse() && line.order() > order)
			.filter((line) -> line.function()
				.map((function) -> this.presence.people(file, function, line.body())
					.stream()
					.anyMatch((person) -> this.signatures.check(file, draft, proposal, person, line).isYes()))
				.orElse(false))
			.findFirst();
	}

	/** Lets who is asked see the closed case, and says until when they have. */
	@Transactional
	public Owed begin(String number) {
		this.files.lock(number);
		inviteWhoIsAsked(number);
		return new Owed(find(number, Kind.REASONS).map(FollowUp::dueAt),
				find(number, Kind.RATIFICATION).map(FollowUp::dueAt));
	}

	@Transactional(readOnly = true)
	public Signers whoGivesReasons(String number) {
		FollowUp owed = get(number, Kind.REASONS);
		Signers asked = signers(owed, owed.asked());
		List<String> people = new ArrayList<>(asked.people());
		people.remove(owed.signer());
		people.add(owed.signer());
		return new Signers(asked.group(), people);
	}

	@Transactional(readOnly = true)
	public Signers whoRatifies(String number) {
		FollowUp owed = get(number, Kind.RATIFICATION);
		return signers(owed, owed.asked());
	}

	/** Nobody competent: the case's team sees the task, so that it cannot be missed. */
	private Signers signers(FollowUp owed, Optional<Officer.Post> asked) {
		return asked
			.map((post) -> this.presence.signers(this.files.lock(owed.number()), post.function(), post.organisation()))
			.orElseGet(() -> new Signers(Optional.empty(), this.files.team(owed.number())));
	}

	/**
	 * Takes the reasons that somebody just wrote.
	 * @throws Refused (403) who neither signed nor has the function that did
	 */
	@Transactional
	public void recordReasons(String number) {
		this.files.lock(number);
		FollowUp owed = get(number, Kind.REASONS);
		Entry entry = entry(number, REASONS_FORM);
		String person = entry.writtenBy();
		if (!person.equals(owed.signer()) && !this.presence.holdsAny(person, owed.posts())) {
			throw Refused.forbidden("not-who-signed",
					"De motivering schrijft wie het spoedbesluit tekende, of iemand met de functie die daarom is gevraagd.");
		}
		this.store.done(owed, "given", person, null, entry.id(), this.clock.instant());
		inviteWhoIsAsked(number);
		this.events.publishEvent(new ReasonsGiven(number, person, owed.proposal()));
	}

	/**
	 * Takes the answer to the question to ratify, if that person may give it at this
	 * moment; says whether the decision is ratified.
	 * @throws Refused when not (403, with the check that said no)
	 */
	@Transactional
	public boolean recordRatification(String number) {
		CaseFile file = this.files.lock(number);
		FollowUp owed = get(number, Kind.RATIFICATION);
		ProposalRow proposal = this.proposals.get(number, owed.proposal());
		Draft draft = this.climb.draft(number, proposal.stay(), proposal.entry());
		Entry entry = entry(number, RATIFICATION_FORM);
		String person = entry.writtenBy();
		List<Mandate> lines = new ArrayList<>(this.signatures.lines(file, draft));
		int signedOrder = line(lines, owed.mandate(), owed.mandateVersion()).order();
		lines.removeIf((line) -> line.crisisUse() || line.order() <= signedOrder);
		Judged judged = this.signatures.judge(file, draft, proposal, person, lines);
		Mandate line = judged.line()
			.orElseThrow(() -> Refused.forbidden(judged.verdict().kebab(), judged.verdict().sentence()));
		boolean ratified = "ratify".equals(new Answers(entry.answers()).text("decision"));
		this.store.done(owed, ratified ? "ratified" : "notRatified", person, line, entry.id(),
				this.signatures.moment());
		inviteWhoIsAsked(number);
		this.events.publishEvent(ratified
				? new DecisionRatified(number, person, proposal.id(), line.functionCode(), line.body(), line.number(),
						line.version(), draft.hash())
				: new DecisionNotRatified(number, person, proposal.id(), line.functionCode(), line.body(),
						line.number(), line.version(), draft.hash()));
		return ratified;
	}

	@Transactional
	public Optional<Signers> tellReasonsOverdue(String number) {
		return tellOverdue(number, Kind.REASONS);
	}

	@Transactional
	public Optional<Signers> tellRatificationOverdue(String number) {
		return tellOverdue(number, Kind.RATIFICATION);
	}

	/**
	 * The term has passed: that is written down, and the next higher competent function
	 * is asked too.
	 * @return who that is; nobody when there is none, or when it was done meanwhile
	 */
	private Optional<Signers> tellOverdue(String number, Kind kind) {
		CaseFile file = this.files.lock(number);
		Optional<FollowUp> open = find(number, kind).filter((each) -> each.overdueToldAt() == null);
		if (open.isEmpty()) {
			return Optional.empty();
		}
		FollowUp owed = open.get();
		ProposalRow proposal = this.proposals.get(number, owed.proposal());
		Draft draft = this.climb.draft(number, proposal.stay(), proposal.entry());
		Optional<Mandate> also = competentAbove(file, draft, proposal, this.signatures.lines(file, draft),
				owed.askedOrder());
		this.store.tellOverdue(owed, also.orElse(null), this.clock.instant());
		inviteWhoIsAsked(number);
		this.events.publishEvent(new FollowUpTermPassed(number, Actor.TIMER, owed.proposal(), kind.code(),
				also.map(Mandate::functionCode).orElse(""), also.map(Mandate::body).orElse("")));
		return find(number, kind).flatMap(FollowUp::also).map((post) -> signers(owed, Optional.of(post)));
	}

	/**
	 * The law counts the week for reasons from the announcement. What was asked too
	 * because an earlier date had passed stays asked.
	 */
	@EventListener
	@Transactional
	void moveReasons(DecisionAnnounced event) {
		LocalDate sentOn = event.sentOn();
		find(event.number(), Kind.REASONS).filter((owed) -> sentOn != null && owed.proposal() == event.proposal())
			.ifPresent((owed) -> {
				Term term = this.terms.forReasonsAnnounced(Objects.requireNonNull(sentOn),
						this.files.get(event.number()).termsVersion());
				this.store.move(owed, term);
				this.events.publishEvent(new FollowUpTermMoved(event.number(), event.actor(), owed.proposal(),
						Kind.REASONS.code(), term.endsAt()));
			});
	}

	/** Who is asked for something still open sees the case; nobody else any more. */
	void inviteWhoIsAsked(String number) {
		this.files.endSigners(number);
		this.objections.open(number)
			.stream()
			.flatMap((each) -> each.asked().stream())
			.forEach((post) -> this.presence.inviteSigners(number, post.function(), post.organisation()));
		for (FollowUp owed : this.store.open(number)) {
			owed.posts().forEach((post) -> this.presence.inviteSigners(number, post.function(), post.organisation()));
			if (owed.kind() == Kind.REASONS) {
				this.files.inviteSigner(number, owed.signer());
			}
		}
	}

	/** Everything that was owed in a case, for the case page. */
	@Transactional(readOnly = true)
	public List<Line> history(String number) {
		return this.store.all(number)
			.stream()
			.map((each) -> new Line(each.kind().code(), each.asked().map(Officer.Post::function).orElse(null),
					each.asked().map(Officer.Post::organisation).orElse(null),
					each.also().map(Officer.Post::function).orElse(null), each.signer(),
					DutchTime.lastDay(each.dueAt()), each.explanation(), each.overdueToldAt() != null, each.outcome(),
					each.doneBy(), each.doneAt(), each.entry()))
			.toList();
	}

	private Optional<FollowUp> find(String number, Kind kind) {
		return this.store.open(number).stream().filter((each) -> each.kind() == kind).findFirst();
	}

	private FollowUp get(String number, Kind kind) {
		return find(number, kind).orElseThrow(
				() -> Refused.conflict("nothing-owed", "Dit is al gedaan. Ververs de pagina en kijk wat er staat."));
	}

	private Entry entry(String number, String form) {
		Supplier<IllegalStateException> missing = () -> new IllegalStateException(
				"Case " + number + " has no answer in " + form);
		return this.writing.latestOfCase(number, form).orElseThrow(missing);
	}

	/** Until when what is owed; empty where nothing is. */
	public record Owed(Optional<Instant> reasonsDueAt, Optional<Instant> ratificationDueAt) {
	}

	/**
	 * One thing that was owed, on the case page.
	 *
	 * @param kind {@code reasons} or {@code ratification}
	 * @param asked the function that is asked; null when nobody competent was found
	 * @param also the function that is asked too, since the term passed
	 * @param outcome {@code given}, {@code ratified}, {@code notRatified}; null while
	 * open
	 * @param entry id of what was written
	 */
	public record Line(String kind, @Nullable Function asked, @Nullable String askedOf, @Nullable Function also,
			String signer, LocalDate lastDay, String explanation, boolean overdue, @Nullable String outcome,
			@Nullable String doneBy, @Nullable Instant doneAt, @Nullable Long entry) {
	}

}
