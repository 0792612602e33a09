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
import nl.doorbraak.mandate.Signing.Spent;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * Puts real people and the register's lines before the checks, and writes what they sign.
 */
@Component
class Signatures {

	private final ProposalStore store;

	private final Register register;

	private final Directory directory;

	private final Absences absences;

	private final CaseFiles files;

	private final Terms terms;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Signatures(ProposalStore store, Register register, Directory directory, Absences absences, CaseFiles files,
			Terms terms, Clock clock, ApplicationEventPublisher events) {
		this.store = store;
		this.register = register;
		this.directory = directory;
		this.absences = absences;
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
		return check(file, draft, proposal, person, line,
				this.store.signOffs(proposal).stream().map(SignOff::person).collect(Collectors.toSet()), Set.of());
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
		this.register.keepStill();
		Instant now = this.clock.instant();
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
		return new Signing(person, posts(person), standsInFor(person), draft.power(), draft.rung().code(),
				bodies(file, draft), file.municipality(), (threat != null) ? threat.code() : null, now, inCrisis(file),
				draft.amountCents(),
				(mandate) -> new Spent(this.store.spentCents(proposal, mandate, now),
						this.store.spentCents(mandate, now, proposal.id())),
				draft.deviates(), draft.reservation(), !draft.explanation().isBlank(), draft.drafter(), answered,
				excluded);
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

	Set<Officer.Post> posts(String person) {
		return this.directory.findOfficer(person).map((officer) -> Set.copyOf(officer.posts())).orElse(Set.of());
	}

	/** What those are who are away today and named the person as deputy. */
	private Set<Officer.Post> standsInFor(String person) {
		Set<Officer.Post> posts = new HashSet<>();
		away(today()).stream()
			.filter((absence) -> person.equals(absence.deputy()))
			.forEach((absence) -> posts.addAll(posts(absence.login())));
		return posts;
	}

	private List<Absence> away(LocalDate day) {
		return this.absences.ahead().stream().filter((absence) -> absence.covers(day)).toList();
	}

	private LocalDate today() {
		return DutchTime.day(this.clock.instant());
	}

	/**
	 * Who can be asked today: who holds the function and is not away, and the deputies of
	 * who is. Of the casusregisseurs only the team of the case, because nobody else may
	 * see it.
	 */
	Set<String> people(CaseFile file, Function function, String body) {
		return people(file, function, body, today());
	}

	private Set<String> people(CaseFile file, Function function, String body, LocalDate day) {
		Set<String> people = new LinkedHashSet<>(holders(function, body));
		away(day).forEach((absence) -> people.remove(absence.login()));
		people.addAll(deputies(function, body, day));
		if (function == Function.CASE_DIRECTOR) {
			people.retainAll(this.files.team(file.number()));
		}
		return people;
	}

	private List<String> holders(Function function, String body) {
		return this.directory.officersOf(body, function).stream().map(Officer::login).toList();
	}

	/** Who holds the function and is not away today. */
	List<String> present(Function function, String body) {
		List<String> gone = away(today()).stream().map(Absence::login).toList();
		return holders(function, body).stream().filter((login) -> !gone.contains(login)).toList();
	}

	/** The deputies of who is away today, as far as a mandate asks their function. */
	List<String> deputies(Function function, String body) {
		return deputies(function, body, today());
	}

	private List<String> deputies(Function function, String body, LocalDate day) {
		return this.register.lines(Set.of(body))
			.stream()
			.filter((line) -> line.functionCode().equals(function.code()))
			.flatMap((line) -> deputies(line, day).stream())
			.distinct()
			.toList();
	}

	/** Who may sign under this line because its holder is away today. */
	List<String> deputies(Mandate line) {
		return deputies(line, today());
	}

	private List<String> deputies(Mandate line, LocalDate day) {
		Optional<Function> asked = Coded.find(Function.class, String.valueOf(line.deputyCode()));
		if (asked.isEmpty() || line.function().isEmpty()) {
			return List.of();
		}
		List<Absence> away = away(day);
		List<String> gone = away.stream().map(Absence::login).toList();
		List<String> holders = holders(line.function().get(), line.body());
		return away.stream()
			.filter((absence) -> holders.contains(absence.login()))
			.flatMap((absence) -> Optional.ofNullable(absence.deputy()).stream())
			.filter((deputy) -> !gone.contains(deputy)
					&& posts(deputy).contains(new Officer.Post(asked.get(), line.body())))
			.distinct()
			.toList();
	}

	/** Whether nobody of who is asked by this function is there today but deputies. */
	boolean isAway(CaseFile file, Function function, String body) {
		Set<String> there = people(file, function, body);
		there.retainAll(holders(function, body));
		return there.isEmpty();
	}

	/**
	 * The day before the term ends from which none of those who are asked today can
	 * answer any more, because they are away.
	 */
	Optional<LocalDate> unreachableFrom(CaseFile file, Function function, String body, Instant due) {
		Set<String> asked = people(file, function, body);
		if (this.absences.ahead().stream().noneMatch((absence) -> asked.contains(absence.login()))) {
			return Optional.empty();
		}
		LocalDate last = DutchTime.lastDay(due);
		return today().plusDays(1)
			.datesUntil(last.isAfter(today()) ? last.plusDays(1) : today().plusDays(1))
			.filter((day) -> {
				Set<String> left = people(file, function, body, day);
				left.retainAll(asked);
				return left.isEmpty();
			})
			.findFirst();
	}

	/**
	 * Why a function is passed over whose holders are all away today; nothing where
	 * somebody is there.
	 */
	Optional<String> whyAway(Function function, String body) {
		List<String> holders = holders(function, body);
		List<Absence> away = away(today()).stream().filter((each) -> holders.contains(each.login())).toList();
		if (holders.isEmpty() || !away.stream().map(Absence::login).toList().containsAll(holders)) {
			return Optional.empty();
		}
		LocalDate until = away.stream().map(Absence::lastDay).min(LocalDate::compareTo).orElseThrow();
		String deputy = away.stream().anyMatch((each) -> each.deputy() != null)
				? ", en het mandaat laat de plaatsvervanger niet tekenen" : "";
		return Optional
			.of(function.label() + ": afwezig tot en met " + DutchTime.date(until) + deputy + ". Daarom vragen wij u.");
	}

	/** For whom the person stands in under a line; nobody for who holds it. */
	private @Nullable String deputyFor(String person, Mandate line) {
		List<String> holders = line.function().map((function) -> holders(function, line.body())).orElse(List.of());
		return holders.contains(person) ? null
				: away(today()).stream()
					.filter((absence) -> person.equals(absence.deputy()) && holders.contains(absence.login()))
					.map(Absence::login)
					.findFirst()
					.orElse(null);
	}

	/** Who may pick up a question to a function: of the casusregisseurs only the team. */
	Signers signers(CaseFile file, Function function, String body) {
		if (function == Function.CASE_DIRECTOR) {
			return new Signers(Optional.empty(), List.copyOf(people(file, function, body)));
		}
		return new Signers(Optional.of(new Officer.Post(function, body).group()), deputies(function, body));
	}

	/** Lets them see the case; the team sees it anyway. */
	void invite(String number, Function function, String body) {
		if (function != Function.CASE_DIRECTOR) {
			this.files.inviteSigners(number, function.code(), body);
			deputies(function, body).forEach((login) -> this.files.inviteSigner(number, login));
		}
	}

	/** Whether the person is one of these, or stands in today for who is. */
	boolean holdsAny(String person, List<Officer.Post> asked) {
		return Stream.concat(posts(person).stream(), standsInFor(person).stream()).anyMatch(asked::contains);
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
		String deputyFor = deputyFor(person, line);
		this.store.sign(proposal, person, line, deputyFor, draft.hash(), outcome, onConditions, reasonsFollow, entry,
				this.clock.instant());
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

}
