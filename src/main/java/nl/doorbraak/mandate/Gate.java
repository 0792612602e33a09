package nl.doorbraak.mandate;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.casefile.CaseEvents.CaseResumed;
import nl.doorbraak.casefile.CaseEvents.RungDecided;
import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Climb;
import nl.doorbraak.casefile.Draft;
import nl.doorbraak.casefile.Entry;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.directory.AbsenceEvents.AbsenceEntered;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.RoleEvents.FunctionsEnded;
import nl.doorbraak.ladder.Term;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.mandate.MandateEvents.GateRefused;
import nl.doorbraak.mandate.MandateEvents.SignOffAsked;
import nl.doorbraak.mandate.MandateEvents.SignOffCutShort;
import nl.doorbraak.mandate.MandateEvents.SignOffPassedOn;
import nl.doorbraak.mandate.MandateEvents.SignOffPassedOver;
import nl.doorbraak.mandate.MandateEvents.SignOffTermMoved;
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
 * The steps of {@code mandate-gate}: who is asked to sign, what they answer, and who is
 * next. Each verb locks the case first; whether somebody may sign is asked again in the
 * transaction in which they do.
 */
@Service
public class Gate {

	static final String FORM = "sign-off";

	private final ProposalStore store;

	private final MandateLevels levels;

	private final Signatures signatures;

	private final Presence presence;

	private final FollowUps followUps;

	private final Consultations consultations;

	private final CaseFiles files;

	private final Directory directory;

	private final Climb climb;

	private final Writing writing;

	private final Terms terms;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Gate(ProposalStore store, MandateLevels levels, Signatures signatures, Presence presence, FollowUps followUps,
			Consultations consultations, CaseFiles files, Directory directory, Climb climb, Writing writing,
			Terms terms, Clock clock, ApplicationEventPublisher events) {
		this.store = store;
		this.levels = levels;
		this.signatures = signatures;
		this.presence = presence;
		this.followUps = followUps;
		this.consultations = consultations;
		this.files = files;
		this.directory = directory;
		this.climb = climb;
		this.writing = writing;
		this.terms = terms;
		this.clock = clock;
		this.events = events;
	}

	/** The levels by which the table is asked about the open proposal of a case. */
	@Transactional(readOnly = true)
	public Levels levels(String number) {
		return this.levels.of(getOpen(number).levelsVersion());
	}

	/**
	 * Finds the function that is asked to sign: the first one, or the next competent
	 * above it, that somebody holds who may sign this; in a crisis, who has a crisis
	 * mandate comes before. A function that is asked already, for a further approval or
	 * by its mandator, stays first. Nobody: the proposal goes back.
	 * @param approvals how many people of the first function must agree at least; of a
	 * function above it as many as its mandate asks
	 * @return until when they can answer; empty when there is nobody
	 */
	@Transactional
	public Optional<Instant> findHolder(String number, String firstFunction, int approvals) {
		CaseFile file = this.files.lock(number);
		Optional<ProposalRow> open = this.store.open(number);
		if (open.isEmpty()) {
			return Optional.empty();
		}
		ProposalRow proposal = open.get();
		this.store.name(proposal, firstFunction);
		Draft draft = this.climb.draft(number);
		List<Mandate> lines = this.signatures.lines(file, draft);
		Integer askedOrder = proposal.askedOrder();
		int from = (askedOrder != null) ? askedOrder : orderOf(lines, firstFunction);
		List<Mandate> candidates = lines.stream()
			.filter((line) -> line.order() >= from || askedOrder == null && line.crisisUse())
			.sorted(Comparator.comparing((line) -> !isAsked(proposal, line)))
			.toList();
		Judged found = findCompetent(file, draft, proposal, candidates);
		List<Officer.Post> passedOver = lines.stream()
			.filter((line) -> candidates.contains(line) || proposal.cutShort() && line.order() == from - 1)
			.takeWhile((line) -> !found.line().equals(Optional.of(line)))
			.flatMap((line) -> line.function().map((function) -> new Officer.Post(function, line.body())).stream())
			.distinct()
			.filter((post) -> this.presence.whyAway(post.function(), post.organisation()).isPresent())
			.toList();
		passedOver.forEach((post) -> this.events.publishEvent(new SignOffPassedOver(number, Actor.SOFTWARE,
				proposal.id(), post.function().code(), post.organisation())));
		if (found.line().isPresent()) {
			Mandate line = found.line().get();
			int least = line.functionCode().equals(firstFunction) ? approvals : 1;
			return Optional.of(ask(file, draft, proposal, line, line.function().orElseThrow(), least, passedOver));
		}
		String why = ((proposal.passedOn() > 0) ? Verdict.GEEN_ANTWOORD : found.verdict()).name();
		end(proposal, "nobody", why);
		this.events.publishEvent(new GateRefused(number, Actor.SOFTWARE, proposal.id(), why));
		return Optional.empty();
	}

	/**
	 * The first of these lines under which somebody may sign now; if there is none, the
	 * last no.
	 */
	private Judged findCompetent(CaseFile file, Draft draft, ProposalRow proposal, List<Mandate> lines) {
		boolean inCrisis = this.signatures.inCrisis(file);
		Verdict why = Verdict.GEEN_MANDAAT;
		for (Mandate line : lines) {
			Optional<Function> function = line.function();
			if (function.isEmpty() || line.crisisUse() && !inCrisis) {
				continue;
			}
			for (String person : this.presence.people(file, function.get(), line.body())) {
				why = this.signatures.check(file, draft, proposal, person, line);
				if (why.isYes()) {
					return new Judged(why, Optional.of(line));
				}
			}
		}
		return new Judged(why, Optional.empty());
	}

	/** The next competent function above the one that is asked now. */
	Optional<Mandate> findNext(CaseFile file, Draft draft, ProposalRow proposal) {
		Integer order = proposal.askedOrder();
		return findCompetent(file, draft, proposal,
				this.signatures.lines(file, draft)
					.stream()
					.filter((line) -> order != null && line.order() > order)
					.toList())
			.line();
	}

	/** The first function's place in the order; all are asked where it has none. */
	private static int orderOf(List<Mandate> lines, String function) {
		return lines.stream()
			.filter((line) -> line.functionCode().equals(function))
			.mapToInt(Mandate::order)
			.min()
			.orElse(Integer.MIN_VALUE);
	}

	private Instant ask(CaseFile file, Draft draft, ProposalRow proposal, Mandate line, Function function,
			int approvals, List<Officer.Post> passedOver) {
		String number = file.number();
		Term term = this.terms.forQuestion(draft.rung(), this.clock.instant(), file.eventDate(), file.termsVersion());
		Optional<LocalDate> away = this.presence.unreachableFrom(file, function, line.body(), term.endsAt());
		Instant due = away.map((day) -> day.atStartOfDay(DutchTime.ZONE).toInstant()).orElse(term.endsAt());
		String explanation = Stream
			.concat(Stream.of(away.map((day) -> cutShort(function, day)).orElse(term.explanation())),
					passedOver.stream()
						.flatMap((post) -> this.presence.whyAway(post.function(), post.organisation()).stream()))
			.collect(Collectors.joining(" "));
		this.store.changing()
			.sql("""
					update doorbraak.proposal set asked_function = :function, asked_organisation = :body, asked_order = :order,
					  approvals = :approvals, answer_due_at = :due, answer_explanation = :explanation, cut_short = :cutShort
					where id = :id""")
			.param("function", function.code())
			.param("body", line.body())
			.param("order", line.order())
			.param("approvals", approvals)
			.param("due", Timestamp.from(due))
			.param("explanation", explanation)
			.param("cutShort", away.isPresent())
			.param("id", proposal.id())
			.update();
		this.files.endSigners(number);
		this.presence.inviteSigners(number, function, line.body());
		this.events.publishEvent(new SignOffAsked(number, Actor.SOFTWARE, proposal.id(), function.code(), line.body(),
				line.number(), line.version(), due));
		return due;
	}

	private static String cutShort(Function function, LocalDate day) {
		return "Vanaf " + DutchTime.date(day) + " is niemand er met de functie " + function.label()
				+ "; daarna vragen wij wie dan mag tekenen.";
	}

	/**
	 * Somebody will be away: where that leaves nobody of who was asked, the question goes
	 * on when they go.
	 */
	@EventListener
	@Transactional
	void cutShort(AbsenceEntered event) {
		List<Officer.Post> posts = this.directory.getOfficer(event.actor()).posts();
		this.store.waiting()
			.stream()
			.filter((each) -> posts.contains(new Officer.Post(Function.of(String.valueOf(each.askedFunction())),
					String.valueOf(each.askedOrganisation()))))
			.map(ProposalRow::number)
			.sorted()
			.forEach((number) -> {
				CaseFile file = this.files.lock(number);
				this.store.open(number).ifPresent((proposal) -> cutShort(file, proposal, event));
			});
	}

	private void cutShort(CaseFile file, ProposalRow proposal, AbsenceEntered event) {
		Instant due = proposal.answerDueAt();
		if (due == null) {
			return;
		}
		Function function = Function.of(String.valueOf(proposal.askedFunction()));
		String body = String.valueOf(proposal.askedOrganisation());
		Instant now = this.clock.instant();
		LocalDate today = DutchTime.day(now);
		Optional<LocalDate> day = event.firstDay().equals(today) && this.presence.isAway(file, function, body)
				? Optional.of(today) : this.presence.unreachableFrom(file, function, body, due);
		Instant earlier = day.map((each) -> each.atStartOfDay(DutchTime.ZONE).toInstant())
			.map((start) -> start.isBefore(now) ? now : start)
			.orElse(due);
		if (earlier.isBefore(due)) {
			this.store.changing()
				.sql("""
						update doorbraak.proposal set answer_due_at = :due, answer_explanation = :explanation, cut_short = true
						where id = :id""")
				.param("due", Timestamp.from(earlier))
				.param("explanation", cutShort(function, day.orElse(today)))
				.param("id", proposal.id())
				.update();
			this.events.publishEvent(
					new SignOffCutShort(file.number(), Actor.SOFTWARE, proposal.id(), function.code(), body, earlier));
		}
	}

	/**
	 * Somebody lost functions: where that leaves nobody of who was asked, the question
	 * goes on at once.
	 */
	@EventListener
	@Transactional
	void cutShort(FunctionsEnded event) {
		this.store.waiting()
			.stream()
			.filter((each) -> event.posts()
				.contains(new Officer.Post(Function.of(String.valueOf(each.askedFunction())),
						String.valueOf(each.askedOrganisation()))))
			.map(ProposalRow::number)
			.sorted()
			.forEach((number) -> {
				CaseFile file = this.files.lock(number);
				this.store.open(number).ifPresent((proposal) -> cutShortAtOnce(file, proposal));
			});
	}

	private void cutShortAtOnce(CaseFile file, ProposalRow proposal) {
		Function function = Function.of(String.valueOf(proposal.askedFunction()));
		String body = String.valueOf(proposal.askedOrganisation());
		Instant due = proposal.answerDueAt();
		Instant now = this.clock.instant();
		if (due == null || !due.isAfter(now) || !this.presence.people(file, function, body).isEmpty()) {
			return;
		}
		this.store.changing()
			.sql("""
					update doorbraak.proposal set answer_due_at = :due, answer_explanation = :explanation, cut_short = true
					where id = :id""")
			.param("due", Timestamp.from(now))
			.param("explanation", "Wie gevraagd is, heeft deze functie niet meer. Daarom gaat de vraag nu verder.")
			.param("id", proposal.id())
			.update();
		this.events.publishEvent(
				new SignOffCutShort(file.number(), Actor.SOFTWARE, proposal.id(), function.code(), body, now));
	}

	/**
	 * Who may pick the question up. Who answered it already may not, so for a further
	 * approval it is offered to the others by name.
	 */
	@Transactional
	public Signers signers(String number) {
		ProposalRow proposal = getOpen(number);
		CaseFile file = this.files.lock(number);
		Function function = Function.of(String.valueOf(proposal.askedFunction()));
		String body = String.valueOf(proposal.askedOrganisation());
		Set<String> answered = this.signatures.answered(proposal, this.climb.draft(number));
		if (answered.isEmpty()) {
			return this.presence.signers(file, function, body);
		}
		List<String> others = new ArrayList<>(this.presence.people(file, function, body));
		others.removeAll(answered);
		return new Signers(Optional.empty(), others);
	}

	/**
	 * Takes the answer that somebody just gave, if that person may give it at this
	 * moment.
	 * @throws Refused when not (403, with the check that said no)
	 */
	@Transactional
	public Answered recordSignOff(String number) {
		CaseFile file = this.files.lock(number);
		ProposalRow proposal = getOpen(number);
		refuseIfOver(number);
		Draft draft = this.climb.draft(number);
		Entry entry = this.writing.latest(number, FORM)
			.orElseThrow(() -> new IllegalStateException("Case " + number + " has no answer to a proposal"));
		if (draft.entry() != proposal.entry()) {
			throw new IllegalStateException("Case " + number + " has another proposal than was asked about");
		}
		String person = entry.writtenBy();
		Judged judged = judge(file, draft, proposal, person);
		Mandate line = judged.line()
			.orElseThrow(() -> Refused.forbidden(judged.verdict().kebab(), judged.verdict().sentence()));
		Answered answered = switch (String.valueOf(new Answers(entry.answers()).text("decision"))) {
			case "agree" -> agree(file, draft, proposal, line, entry, false);
			case "agreeOnConditions" -> agree(file, draft, proposal, line, entry, true);
			case "sendBack" -> {
				this.signatures.sendBack(proposal, draft, person, line, entry.id());
				end(proposal, "sentBack", null);
				yield Answered.SENT_BACK;
			}
			case "passOn" -> {
				if (findNext(file, draft, proposal).isEmpty()) {
					throw Refused.invalid("nobody-above", "Boven u mag niemand dit tekenen. Kies een ander antwoord.",
							"decision");
				}
				this.signatures.handUp(proposal, draft, person, line, entry.id());
				search(proposal, 1, 0);
				yield Answered.PASSED_ON;
			}
			default -> {
				this.signatures.refuse(proposal, draft, person, line, entry.id(),
						String.valueOf(new Answers(entry.answers()).text("ground")));
				end(proposal, "refused", null);
				yield Answered.REFUSED;
			}
		};
		// The moment that stands beside the signature was before the end, too.
		refuseIfOver(number);
		return answered;
	}

	private void refuseIfOver(String number) {
		if (this.climb.isOver(number)) {
			throw Refused.conflict("term-over",
					"De termijn van dit niveau is voorbij: de casus gaat omhoog, en dit voorstel vervalt. Er is niets getekend.");
		}
	}

	/** Whether the person may answer now, for the function that is asked. */
	Judged judge(CaseFile file, Draft draft, ProposalRow proposal, String person) {
		List<Mandate> lines = new ArrayList<>(this.signatures.lines(file, draft));
		lines.removeIf((line) -> !isAsked(proposal, line));
		return this.signatures.judge(file, draft, proposal, person, lines);
	}

	private static boolean isAsked(ProposalRow proposal, Mandate line) {
		return line.functionCode().equals(proposal.askedFunction()) && line.body().equals(proposal.askedOrganisation());
	}

	private Answered agree(CaseFile file, Draft draft, ProposalRow proposal, Mandate line, Entry entry,
			boolean onConditions) {
		boolean reasonsFollow = Boolean.TRUE.equals(new Answers(entry.answers()).find("reasonsFollow"));
		if (!this.signatures.agree(proposal, draft, entry.writtenBy(), line, onConditions, reasonsFollow, entry.id())) {
			return Answered.AGREED;
		}
		end(proposal, "signed", null);
		this.followUps.owe(file, draft, proposal);
		return Answered.SIGNED;
	}

	private void end(ProposalRow proposal, String state, @Nullable String failure) {
		this.store.end(proposal.id(), state, failure, this.clock.instant());
		this.files.endSigners(proposal.number());
		this.consultations.end(proposal);
	}

	/** The next search begins above who was asked, or at the same place again. */
	private void search(ProposalRow proposal, int above, int silent) {
		this.store.changing()
			.sql("""
					update doorbraak.proposal set asked_order = asked_order + :above, passed_on = passed_on + :silent,
					  asked_function = null, asked_organisation = null, answer_due_at = null where id = :id""")
			.param("above", above)
			.param("silent", silent)
			.param("id", proposal.id())
			.update();
		this.files.endSigners(proposal.number());
	}

	/**
	 * No answer in time: the next search begins above who was asked. A timer that was set
	 * while the case stood still comes early: then the same function is asked again.
	 */
	@Transactional
	public void passOn(String number) {
		this.files.lock(number);
		this.store.open(number).filter(this::isOverdue).ifPresent((proposal) -> {
			Function function = Function.of(String.valueOf(proposal.askedFunction()));
			String body = String.valueOf(proposal.askedOrganisation());
			boolean deputyIsThere = proposal.cutShort()
					&& !this.presence.people(this.files.get(number), function, body).isEmpty();
			search(proposal, deputyIsThere ? 0 : 1, proposal.cutShort() ? 0 : 1);
			this.events.publishEvent(new SignOffPassedOn(number, Actor.TIMER, proposal.id(),
					String.valueOf(proposal.askedFunction()), String.valueOf(proposal.askedOrganisation())));
		});
	}

	private boolean isOverdue(ProposalRow proposal) {
		Instant due = proposal.answerDueAt();
		return due == null || !due.isAfter(this.clock.instant());
	}

	/** The rung was decided in another way: its term, a crisis, a withdrawal. */
	@EventListener
	@Transactional
	void lapse(RungDecided event) {
		this.store.open(event.number()).ifPresent((proposal) -> end(proposal, "lapsed", null));
	}

	/** The question waits as long as the case stood still; its timer does the same. */
	@EventListener
	@Transactional
	void moveAnswer(CaseResumed event) {
		this.store.open(event.number()).ifPresent((proposal) -> {
			Instant due = proposal.answerDueAt();
			if (due != null && !due.isBefore(event.pausedAt())) {
				Instant later = this.terms.resumed(due, event.pausedAt(), event.resumedAt(), event.termsVersion())
					.endsAt();
				this.store.changing()
					.sql("update doorbraak.proposal set answer_due_at = :due where id = :id")
					.param("due", Timestamp.from(later))
					.param("id", proposal.id())
					.update();
				this.events.publishEvent(new SignOffTermMoved(event.number(), event.actor(), proposal.id(),
						String.valueOf(proposal.askedFunction()), String.valueOf(proposal.askedOrganisation()), later));
			}
		});
	}

	private ProposalRow getOpen(String number) {
		return this.store.open(number)
			.orElseThrow(() -> Refused.conflict("no-proposal",
					"Er is geen voorstel meer om te tekenen. Ververs de pagina."));
	}

	/** What an answer comes to; {@link #SIGNED} has every approval it needs. */
	public enum Answered {

		AGREED, SIGNED, SENT_BACK, PASSED_ON, REFUSED

	}

}
