package nl.doorbraak.mandate;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Climb;
import nl.doorbraak.casefile.Decision;
import nl.doorbraak.casefile.Draft;
import nl.doorbraak.casefile.Plans;
import nl.doorbraak.casefile.Power;
import nl.doorbraak.directory.Function;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.mandate.MandateEvents.ProposalMade;
import nl.doorbraak.mandate.Signatures.Judged;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * A breakthrough is a proposal until it is signed. Every other decision, and every answer
 * of a body outside Doorbraak, is taken as it was written.
 */
@Service
public class Proposals {

	/** What these may sign is the standard mandate. */
	private static final Set<Function> STANDARD = Set.of(Function.DISTRICT_TEAM_MEMBER, Function.CASE_DIRECTOR);

	private final ProposalStore store;

	private final Signatures signatures;

	private final FollowUps followUps;

	private final CaseFiles files;

	private final Plans plans;

	private final Climb climb;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Proposals(ProposalStore store, Signatures signatures, FollowUps followUps, CaseFiles files, Plans plans,
			Climb climb, Clock clock, ApplicationEventPublisher events) {
		this.store = store;
		this.signatures = signatures;
		this.followUps = followUps;
		this.files = files;
		this.plans = plans;
		this.climb = climb;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Takes what was just decided on the rung as a proposal, where it needs a signature.
	 * Who decides within his own mandate has signed by it.
	 * @throws Refused (400) when it is not known what decides who may sign, or when it is
	 * an exception above the standard mandate and the plan lacks one of the three values
	 */
	@Transactional
	public Proposal propose(String number) {
		CaseFile file = this.files.lock(number);
		Draft draft = this.climb.draft(number);
		if (!needsMandate(draft)) {
			return new Proposal(draft.rung(), draft.power(), draft.deviates(), draft.amountCents(), false);
		}
		Draft.Known known = draft.known();
		Instant now = this.clock.instant();
		long id = this.store.add(file, draft, known, now);
		this.events.publishEvent(new ProposalMade(number, draft.drafter(), id, draft.rung().code(), known.amountCents(),
				known.deviates(), draft.power().code(), known.reservation().code(), draft.hash(), file.termsVersion()));
		ProposalRow proposal = this.store.open(number).orElseThrow();
		Judged judged = this.signatures.judge(file, draft, proposal, draft.drafter(),
				this.signatures.lines(file, draft));
		if (known.deviates() && !this.signatures.inCrisis(file)
				&& judged.line().flatMap(Mandate::function).filter(STANDARD::contains).isEmpty()) {
			this.plans.refuseUnlessWeighed(number);
			this.store.needValues(id);
		}
		boolean signed = judged.line()
			.map((line) -> this.signatures.agree(proposal, draft, draft.drafter(), line, false, false, null))
			.orElse(false);
		if (signed) {
			this.store.end(id, "signed", null, now);
			this.followUps.owe(file, draft, proposal);
		}
		return new Proposal(draft.rung(), draft.power(), draft.deviates(), draft.amountCents(), !signed);
	}

	/** Whether the last proposal on the open rung was signed. */
	@Transactional(readOnly = true)
	public boolean isSigned(String number) {
		Draft draft = this.climb.draft(number);
		return this.store.all(number)
			.stream()
			.filter((each) -> each.entry() == draft.entry() && each.state().equals("signed"))
			.flatMap((each) -> this.store.signOffs(each).stream())
			.anyMatch((signOff) -> signOff.agreed() && signOff.proposalHash().equals(draft.hash()));
	}

	/**
	 * Takes the decision that was written on the open rung.
	 * @throws IllegalStateException when it is a breakthrough that nobody signed: a fault
	 * in a model
	 */
	@Transactional
	public void decide(String number) {
		this.files.lock(number);
		if (needsMandate(this.climb.draft(number)) && !isSigned(number)) {
			throw new IllegalStateException("Case " + number + " has a breakthrough that nobody signed");
		}
		this.climb.recordDecision(number);
	}

	/** What was signed for on a case, all together. */
	@Transactional(readOnly = true)
	public long signedCents(String number) {
		return this.store.all(number)
			.stream()
			.filter((each) -> each.state().equals("signed"))
			.mapToLong(ProposalRow::amountCents)
			.sum();
	}

	/** Every proposal of a case with who was asked and who answered, oldest first. */
	@Transactional(readOnly = true)
	public List<Line> history(String number) {
		List<SignOff> all = this.store.signOffs(number);
		return this.store.all(number)
			.stream()
			.map((row) -> new Line(row.drafter(), row.amountCents(), row.deviates(), row.madeAt(), row.state(),
					Optional.ofNullable(row.askedFunction()).map(Function::of).orElse(null), row.askedOrganisation(),
					row.answerDueAt(), row.answerExplanation(), row.failure(),
					Optional.ofNullable(row.taken())
						.map((by) -> new Taken(by.person(), by.function(), by.at()))
						.orElse(null),
					all.stream().filter((each) -> each.proposal() == row.id()).toList()))
			.toList();
	}

	/** What of these cases waits for a signature, the nearest date first. */
	@Transactional(readOnly = true)
	public List<Waiting> waiting(Collection<String> numbers) {
		Set<String> asked = Set.copyOf(numbers);
		return this.store.waiting()
			.stream()
			.filter((row) -> asked.contains(row.number()))
			.map((row) -> new Waiting(row.number(), Function.of(String.valueOf(row.askedFunction())),
					String.valueOf(row.askedOrganisation()), row.madeAt(), row.answerDueAt(), row.answerExplanation(),
					row.passedOn()))
			.toList();
	}

	private static boolean needsMandate(Draft draft) {
		return draft.decision() == Decision.BROKEN_THROUGH && !draft.outside();
	}

	/**
	 * What was decided on the rung, for the table that says who is asked.
	 *
	 * @param deviates null where nobody said so; never of what must be signed
	 * @param amountCents likewise
	 * @param signOffNeeded whether somebody else must sign it
	 */
	public record Proposal(Rung rung, Power power, @Nullable Boolean deviates, @Nullable Long amountCents,
			boolean signOffNeeded) {
	}

	/**
	 * A proposal that waits for a signature.
	 *
	 * @param asked the function that is asked now
	 * @param body the organisation of that function
	 * @param explanation why that date, and why that function
	 * @param passedOn how often it went to the next function
	 */
	public record Waiting(String number, Function asked, String body, Instant madeAt, @Nullable Instant dueAt,
			@Nullable String explanation, int passedOn) {
	}

	/**
	 * A proposal on the case page.
	 *
	 * @param state {@code open}, {@code signed}, {@code refused}, {@code sentBack},
	 * {@code nobody} or {@code lapsed}
	 * @param asked the function that is asked now
	 * @param askedOf the organisation of that function
	 * @param answerExplanation why that date, and why that function
	 * @param failure code of why nobody could sign
	 * @param taken by the mandator; null when nobody did that
	 */
	public record Line(String drafter, long amountCents, boolean deviates, Instant madeAt, String state,
			@Nullable Function asked, @Nullable String askedOf, @Nullable Instant answerDueAt,
			@Nullable String answerExplanation, @Nullable String failure, @Nullable Taken taken,
			List<SignOff> signOffs) {

		public Line {
			signOffs = List.copyOf(signOffs);
		}

	}

	/**
	 * The mandator who decides in person, by login, in which function, and since when.
	 */
	public record Taken(String person, Function function, Instant at) {
	}

}
