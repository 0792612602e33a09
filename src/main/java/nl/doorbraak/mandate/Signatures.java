package nl.doorbraak.mandate;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Draft;
import nl.doorbraak.casefile.Threat;
import nl.doorbraak.directory.Absence;
import nl.doorbraak.directory.Absences;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.mandate.MandateEvents.SignOffHandedUp;
import nl.doorbraak.mandate.MandateEvents.SignOffRefused;
import nl.doorbraak.mandate.MandateEvents.SignOffSentBack;
import nl.doorbraak.mandate.MandateEvents.SignedAsDeputy;
import nl.doorbraak.mandate.MandateEvents.SignedOff;
import nl.doorbraak.mandate.SignOff.Outcome;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Remembered;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Puts the register's lines and real people before the checks, and writes what they sign.
 */
@Component
class Signatures {

	private final ProposalStore store;

	private final Register register;

	private final Presence presence;

	private final CaseFiles files;

	private final Terms terms;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Signatures(ProposalStore store, Register register, Presence presence, CaseFiles files, Terms terms, Clock clock,
			ApplicationEventPublisher events) {
		this.store = store;
		this.register = register;
		this.presence = presence;
		this.files = files;
		this.terms = terms;
		this.clock = clock;
		this.events = events;
	}

	/** The lines that can be used on the rung of the draft, in the order of asking. */
	List<Mandate> lines(CaseFile file, Draft draft) {
		return MandateCheck.inOrder(this.register.lines(bodies(file, draft))
			.stream()
			.filter((line) -> line.rungs().contains(draft.rung().code()))
			.toList(), inCrisis(file));
	}

	/**
	 * The region decides in its own name or the municipality's; the national desk has no
	 * power to decide, so the municipality does.
	 */
	private static Set<String> bodies(CaseFile file, Draft draft) {
		return switch (draft.rung()) {
			case LOCAL, NATIONAL -> Set.of(file.municipality());
			case REGIONAL -> Set.of(draft.body(), file.municipality());
			case MINISTRY -> Set.of(draft.body());
		};
	}

	Verdict check(CaseFile file, Draft draft, ProposalRow proposal, String person, Mandate line) {
		return check(file, draft, proposal, person, line, answered(proposal, draft), Set.of());
	}

	/**
	 * Who answered the proposal. Who agreed to it before the plan changed has not
	 * answered what it is now.
	 */
	Set<String> answered(ProposalRow proposal, Draft draft) {
		return this.store.signOffs(proposal)
			.stream()
			.filter((each) -> !each.agreed() || each.proposalHash().equals(draft.hash()))
			.map(SignOff::person)
			.collect(Collectors.toSet());
	}

	/**
	 * Whether the person may decide on what is objected to: only who took the contested
	 * decision may not, whatever anybody answered before it was taken.
	 */
	Verdict checkObjection(CaseFile file, Draft draft, ProposalRow proposal, String person, Mandate line,
			Set<String> tookIt) {
		return check(file, draft, proposal, person, line, Set.of(), tookIt);
	}

	private Verdict check(CaseFile file, Draft draft, ProposalRow proposal, String person, Mandate line,
			Set<String> answered, Set<String> excluded) {
		Instant now = moment();
		List<Mandate> lines = this.register.lines(Set.of(line.body()));
		this.store.lockHousehold(proposal);
		lockBudget(MandateCheck.links(lines, line, now));
		return MandateCheck.check(lines, line, signing(file, draft, proposal, person, answered, excluded, now))
			.verdict();
	}

	/**
	 * The line under which the person may sign for the body what the body itself decided.
	 */
	Optional<Mandate> signingLine(CaseFile file, Draft draft, ProposalRow proposal, String person) {
		Signing signing = signing(file, draft, proposal, person, Set.of(), Set.of(), this.clock.instant());
		List<Mandate> lines = this.register.lines(bodies(file, draft));
		return lines.stream()
			.filter((line) -> line.function().isPresent()
					&& MandateCheck.checkSigning(lines, line, signing).verdict().isYes())
			.findFirst();
	}

	private Signing signing(CaseFile file, Draft draft, ProposalRow proposal, String person, Set<String> answered,
			Set<String> excluded, Instant now) {
		Threat threat = file.threat();
		Set<String> others = this.presence.otherLogins(person);
		return new Signing(person, this.presence.posts(person), this.presence.standsInFor(person), draft.power(),
				draft.rung().code(), bodies(file, draft), file.municipality(), (threat != null) ? threat.code() : null,
				now, inCrisis(file), draft.amountCents(), (mandate) -> this.store.spent(proposal, mandate, now),
				draft.deviates(), draft.reservation(),
				!draft.explanation().isBlank() && (!proposal.weighed() || draft.weighed()),
				others.contains(draft.drafter()) ? person : draft.drafter(), asOne(person, others, answered),
				asOne(person, others, excluded));
	}

	/** What somebody did with another login they did themselves. */
	private static Set<String> asOne(String person, Set<String> others, Set<String> logins) {
		Set<String> all = new HashSet<>(logins);
		if (all.removeAll(others)) {
			all.add(person);
		}
		return all;
	}

	/**
	 * At which it is looked at who may sign, and so the moment of what is signed: a
	 * mandate that ends between the two would have ended before it.
	 */
	Instant moment() {
		return Remembered.once(new Moment(), () -> {
			this.register.keepStill();
			return this.clock.instant();
		});
	}

	/** By the mandate that the body itself gave: all that is held under it is one. */
	private void lockBudget(List<Mandate> links) {
		if (links.stream().anyMatch((link) -> link.budgetCents() != null)) {
			this.register.lockBudget(links.get(links.size() - 1).number());
		}
	}

	/** Whether the event is so near, at this moment, that a decision may be hurried. */
	boolean inCrisis(CaseFile file) {
		return this.terms.inCrisis(file.eventDate(), this.clock.instant(), file.termsVersion());
	}

	/**
	 * Whether the person may sign under one of these lines; if not, the no of the line
	 * that came furthest.
	 */
	Judged judge(CaseFile file, Draft draft, ProposalRow proposal, String person, List<Mandate> lines) {
		return judge(lines, (line) -> check(file, draft, proposal, person, line));
	}

	/** The same for another question about each line. */
	static Judged judge(List<Mandate> lines, java.util.function.Function<Mandate, Verdict> check) {
		Verdict furthest = Verdict.GEEN_MANDAAT;
		for (Mandate line : lines) {
			Verdict verdict = check.apply(line);
			if (verdict.isYes()) {
				return new Judged(verdict, Optional.of(line));
			}
			furthest = (verdict.compareTo(furthest) > 0 || verdict == Verdict.REGISTER_ONLEESBAAR) ? verdict : furthest;
		}
		return new Judged(furthest, Optional.empty());
	}

	/**
	 * Writes a yes down; says whether the proposal has all the approvals it needs.
	 */
	boolean agree(ProposalRow proposal, Draft draft, String person, Mandate line, boolean onConditions,
			boolean reasonsFollow, @Nullable Long entry) {
		write(proposal, draft, person, line, Outcome.AGREED, onConditions, reasonsFollow, entry);
		this.events.publishEvent(
				new SignedOff(proposal.number(), person, proposal.id(), line.functionCode(), line.body(), line.number(),
						line.version(), draft.hash(), person.equals(draft.drafter()), onConditions, reasonsFollow));
		List<SignOff> agreedTo = new ArrayList<>(this.store.signOffs(proposal));
		agreedTo.removeIf((each) -> !each.agreed() || !each.proposalHash().equals(draft.hash()));
		return agreedTo.size() >= Math.max(line.approvals(), proposal.approvals());
	}

	/** Writes a no down, with the code of what it rests on. */
	void refuse(ProposalRow proposal, Draft draft, String person, Mandate line, long entry, String ground) {
		write(proposal, draft, person, line, Outcome.REFUSED, false, false, entry);
		this.events.publishEvent(new SignOffRefused(proposal.number(), person, proposal.id(), line.functionCode(),
				line.body(), line.number(), line.version(), draft.hash(), ground));
	}

	/** Writes down that the proposal goes back to be completed. */
	void sendBack(ProposalRow proposal, Draft draft, String person, Mandate line, long entry) {
		write(proposal, draft, person, line, Outcome.SENT_BACK, false, false, entry);
		this.events.publishEvent(new SignOffSentBack(proposal.number(), person, proposal.id(), line.functionCode(),
				line.body(), line.number(), line.version(), draft.hash()));
	}

	/** Writes down that somebody leaves the answer to the next competent function. */
	void handUp(ProposalRow proposal, Draft draft, String person, Mandate line, long entry) {
		write(proposal, draft, person, line, Outcome.PASSED_ON, false, false, entry);
		this.events.publishEvent(new SignOffHandedUp(proposal.number(), person, proposal.id(), line.functionCode(),
				line.body(), line.number(), line.version(), draft.hash()));
	}

	private void write(ProposalRow proposal, Draft draft, String person, Mandate line, Outcome outcome,
			boolean onConditions, boolean reasonsFollow, @Nullable Long entry) {
		String deputyFor = this.presence.deputyFor(person, line);
		this.store.sign(proposal, person, line, deputyFor, draft.hash(), outcome, onConditions, reasonsFollow, entry,
				moment());
		if (deputyFor != null) {
			this.events.publishEvent(new SignedAsDeputy(proposal.number(), person, proposal.id(), deputyFor));
		}
	}

	/** Under which conditions these people agreed, in their words. */
	List<String> conditions(String number, Collection<SignOff> signOffs) {
		return signOffs.stream()
			.filter(SignOff::onConditions)
			.flatMap((each) -> Optional.ofNullable(each.entry()).stream())
			.map((entry) -> this.files.written(number, entry, "conditions"))
			.toList();
	}

	/** The answer of the checks, with the line under which it is yes. */
	record Judged(Verdict verdict, Optional<Mandate> line) {
	}

	private record Moment() {
	}

}
