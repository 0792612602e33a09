package nl.doorbraak.casefile;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import nl.doorbraak.casefile.CaseEvents.CaseClosed;
import nl.doorbraak.casefile.CaseEvents.CaseOpened;
import nl.doorbraak.casefile.CaseEvents.CaseResumed;
import nl.doorbraak.casefile.CaseEvents.NextStepDetermined;
import nl.doorbraak.casefile.CaseEvents.RungDecided;
import nl.doorbraak.casefile.CaseEvents.RungOpened;
import nl.doorbraak.casefile.CaseEvents.TermMoved;
import nl.doorbraak.casefile.CaseEvents.TermQuestionAsked;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.ladder.Term;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answers;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The case on the ladder: what the steps of {@code escalation-ladder} do to the case
 * file. Each verb locks the case first; the truth about the rung is here, the model only
 * asks for it.
 */
@Service
public class Climb {

	/** The forms in which somebody decides on a rung. */
	public static final List<String> FORMS_WITH_DECISION = List.of("decide-locally", "decide-regionally",
			"decide-nationally", "decide-breakthrough", "enter-outside-answer");

	private final CaseStore store;

	private final Writing writing;

	private final Directory directory;

	private final Terms terms;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Climb(CaseStore store, Writing writing, Directory directory, Terms terms, Clock clock,
			ApplicationEventPublisher events) {
		this.store = store;
		this.writing = writing;
		this.directory = directory;
		this.terms = terms;
		this.clock = clock;
		this.events = events;
	}

	/** The rung on which a reported case begins; it is open once it is there. */
	@Transactional(readOnly = true)
	public Rung firstRung(String number) {
		this.store.get(number);
		return Rung.LOCAL;
	}

	/**
	 * Closes the decided stay and opens the next in one step, so that the case is on
	 * exactly one rung. The first rung opens the case.
	 */
	@Transactional
	public OpenedRung openRung(String number, Rung rung) {
		CaseFile file = this.store.lock(number);
		Instant now = this.clock.instant();
		if (file.state() == CaseFile.State.REPORTED) {
			this.store.changing()
				.sql("update doorbraak.case_file set state = 'open' where id = :id")
				.param("id", file.id())
				.update();
			this.events.publishEvent(new CaseOpened(number, Actor.SOFTWARE));
		}
		Optional<RungStay> before = this.store.openStay(file.id());
		before.ifPresent((stay) -> closeStay(file, stay, now));
		Organisation body = body(file, rung);
		LocalDate lookAgainOn = before.map(RungStay::lookAgainOn).orElse(null);
		Term term = (lookAgainOn != null) ? this.terms.lookAgain(lookAgainOn, file.termsVersion())
				: this.terms.forRung(rung, now, file.eventDate(), file.termsVersion());
		this.store.changing()
			.sql("""
					insert into doorbraak.case_rung (case_id, rung, body_id, body_connected, opened_at, term_ends_at,
					  term_last_day, term_explanation)
					values (:caseId, :rung, :body, :connected, :now, :endsAt, :lastDay, :explanation)""")
			.param("caseId", file.id())
			.param("rung", rung.code())
			.param("body", body.id())
			.param("connected", body.connected())
			.param("now", Timestamp.from(now))
			.param("endsAt", Timestamp.from(term.endsAt()))
			.param("lastDay", term.lastDay())
			.param("explanation", term.explanation())
			.update();
		Function function = function(rung);
		if (rung != Rung.LOCAL && body.connected()) {
			this.store.addGuests(file.id(), "guest", function.code(), body.id(), now);
		}
		this.events.publishEvent(new RungOpened(number, Actor.SOFTWARE, rung.code(), body.id(), body.connected(),
				term.endsAt(), term.version()));
		return new OpenedRung(rung, term.endsAt(), new Officer.Post(function, body.id()).group(), body.connected());
	}

	/**
	 * When the casusregisseur next speaks with the body outside Doorbraak: the end of
	 * that day.
	 */
	@Transactional(readOnly = true)
	public Instant nextContactAt(String number) {
		CaseFile file = this.store.get(number);
		RungStay stay = this.store.getOpenStay(file);
		return this.writing.nextContact(file, stay)
			.map((date) -> date.plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant())
			.orElse(stay.termEndsAt());
	}

	/** Whether the body outside Doorbraak has answered. */
	@Transactional(readOnly = true)
	public boolean isAnsweredOutside(String number) {
		CaseFile file = this.store.get(number);
		return this.store.lastEntry(file.id(), this.store.getOpenStay(file).id(), List.of("enter-outside-answer"))
			.map((entry) -> "yes".equals(new Answers(entry.answers()).text("answered")))
			.orElse(false);
	}

	/** What somebody wrote as decision on the open rung. */
	@Transactional(readOnly = true)
	public Draft draft(String number) {
		CaseFile file = this.store.get(number);
		RungStay stay = this.store.getOpenStay(file);
		Entry entry = this.store.lastEntry(file.id(), stay.id(), FORMS_WITH_DECISION)
			.orElseThrow(() -> new IllegalStateException("Case " + number + " has no decision to record"));
		return draft(file, stay, entry);
	}

	/** The same for what was decided before, also when the case has left that rung. */
	@Transactional(readOnly = true)
	public Draft draft(String number, long stayId, long entryId) {
		CaseFile file = this.store.get(number);
		RungStay stay = this.store.stays(file.id())
			.stream()
			.filter((each) -> each.id() == stayId)
			.findFirst()
			.orElseThrow();
		Entry entry = this.store.entries(file.id())
			.stream()
			.filter((each) -> each.id() == entryId)
			.findFirst()
			.orElseThrow();
		return draft(file, stay, entry);
	}

	private Draft draft(CaseFile file, RungStay stay, Entry entry) {
		Answers answers = new Answers(entry.answers());
		Optional<Entry> plan = this.store.lastEntry(file.id(), null, List.of("make-plan"));
		Answers planned = new Answers(plan.map(Entry::answers).orElse(List.of()));
		Stakes stakes = Stakes.of(answers, planned, file.amountCents());
		String whole = entry.id() + CaseStore.toJson(entry.answers()) + CaseStore.toJson(planned.list())
				+ stakes.amountCents();
		Answers values = new Answers(
				Boolean.TRUE.equals(stakes.deviates()) ? Plans.values(this.store, file.id()) : List.of());
		boolean weighed = !Boolean.TRUE.equals(stakes.deviates()) || PlanPart.weighed().stream().allMatch(values::has);
		return new Draft(stay.id(), stay.rung(), stay.body(), entry.id(), entry.writtenBy(), entry.outside(),
				Decision.of(String.valueOf(answers.text("decision"))),
				Objects.requireNonNullElse(answers.text("explanation"), ""),
				Objects.requireNonNullElse(planned.text("firstBreakthrough"), ""), stakes.amountCents(),
				stakes.deviates(), stakes.power(), stakes.reservation(), weighed,
				Writing.keyedHash(this.store.hashKey(file.id()),
						whole + (values.list().isEmpty() ? "" : CaseStore.toJson(values.list()))));
	}

	/**
	 * Takes the decision that somebody wrote on this rung. A breakthrough comes here
	 * through the room of the mandates only.
	 * @throws Refused when this rung cannot decide that (400), or it is decided already
	 * (409)
	 */
	@Transactional
	public void recordDecision(String number) {
		CaseFile file = this.store.lock(number);
		RungStay stay = this.store.getOpenStay(file);
		Entry entry = this.store.lastEntry(file.id(), stay.id(), FORMS_WITH_DECISION)
			.orElseThrow(() -> new IllegalStateException("Case " + number + " has no decision to record"));
		Answers answers = new Answers(entry.answers());
		Decision decision = Decision.of(String.valueOf(answers.text("decision")));
		if (decision == Decision.UP && stay.rung() == Rung.MINISTRY) {
			throw Refused.invalid("top-rung",
					"Omhoog kan hier niet: dit is het hoogste niveau. Kies doorbraak, terug of sluiten.", "decision");
		}
		LocalDate lookAgainOn = Optional.ofNullable(answers.text("lookAgainOn")).map(LocalDate::parse).orElse(null);
		LocalDate today = DutchTime.day(this.clock.instant());
		if (lookAgainOn != null && (!lookAgainOn.isAfter(today) || lookAgainOn.isAfter(today.plusYears(2)))) {
			throw Refused.invalid("look-again-on",
					"Kies een datum om opnieuw te kijken die na vandaag ligt, en binnen twee jaar.", "lookAgainOn");
		}
		decide(file, stay, decision, entry.writtenBy(), entry.outside(), lookAgainOn);
	}

	/**
	 * What was decided on the rung that is being left, for the table that says what
	 * follows.
	 */
	@Transactional(readOnly = true)
	public RungDecision decision(String number) {
		CaseFile file = this.store.get(number);
		RungStay stay = this.store.getOpenStay(file);
		Decision decision = stay.decision();
		if (decision == null) {
			throw new IllegalStateException("Case " + number + " leaves rung " + stay.rung().code() + " undecided");
		}
		return new RungDecision(stay.rung(), decision);
	}

	/** Writes down what follows and says whether the case is finished. */
	@Transactional
	public boolean recordNextStep(String number, String nextStep) {
		CaseFile file = this.store.lock(number);
		RungStay stay = this.store.getOpenStay(file);
		this.store.changing()
			.sql("update doorbraak.case_rung set next_step = :next where id = :id")
			.param("next", nextStep)
			.param("id", stay.id())
			.update();
		this.events.publishEvent(new NextStepDetermined(number, Actor.SOFTWARE, stay.rung().code(), nextStep));
		return Outcome.find(nextStep).isPresent();
	}

	/** Closes the case with the outcome that the last rung came to. */
	@Transactional
	public Outcome close(String number) {
		CaseFile file = this.store.lock(number);
		RungStay stay = this.store.getOpenStay(file);
		Outcome outcome = Outcome.find(String.valueOf(stay.nextStep()))
			.orElseThrow(() -> new IllegalStateException("Case " + number + " has no outcome"));
		Instant now = this.clock.instant();
		closeStay(file, stay, now);
		this.store.changing()
			.sql("update doorbraak.case_file set state = 'closed', outcome = :outcome, closed_at = :now where id = :id")
			.param("outcome", outcome.code())
			.param("now", Timestamp.from(now))
			.param("id", file.id())
			.update();
		this.events.publishEvent(new CaseClosed(number, Actor.SOFTWARE, outcome.code()));
		return outcome;
	}

	/**
	 * The term of the rung has ended: finds who is asked <i>omhoog, verlengen of
	 * afsluiten</i> and until when. The casusregisseur the first time, the manager of the
	 * municipality after that.
	 */
	@Transactional
	public TermQuestion askAboutTerm(String number) {
		CaseFile file = this.store.lock(number);
		RungStay stay = this.store.getOpenStay(file);
		Instant now = this.clock.instant();
		boolean manager = stay.extensions() > 0
				&& !this.directory.officersOf(file.municipality(), Function.MANAGER).isEmpty();
		Function asked = manager ? Function.MANAGER : Function.CASE_DIRECTOR;
		Term answer = this.terms.forQuestion(stay.rung(), now, file.eventDate(), file.termsVersion());
		this.store.changing()
			.sql("""
					update doorbraak.case_rung set question_ends_at = :endsAt, question_for = :asked where id = :id""")
			.param("endsAt", Timestamp.from(answer.endsAt()))
			.param("asked", asked.code())
			.param("id", stay.id())
			.update();
		if (manager) {
			this.store.addGuests(file.id(), "guest", asked.code(), file.municipality(), now);
		}
		this.events.publishEvent(
				new TermQuestionAsked(number, Actor.TIMER, stay.rung().code(), asked.code(), answer.endsAt()));
		return new TermQuestion(answer.endsAt(), manager,
				new Officer.Post(Function.MANAGER, file.municipality()).group());
	}

	/**
	 * Takes the answer to that question; returns the new end of the term when it was
	 * extended.
	 * @throws Refused (409) an extension while the case is paused
	 */
	@Transactional
	public Optional<Instant> recordTermDecision(String number) {
		CaseFile file = this.store.lock(number);
		RungStay stay = this.store.getOpenStay(file);
		Entry entry = this.store.lastEntry(file.id(), stay.id(), List.of("decide-on-term"))
			.orElseThrow(() -> new IllegalStateException("Case " + number + " has no answer about its term"));
		this.store.endGuests(file.id(), Function.MANAGER.code(), this.clock.instant());
		String choice = String.valueOf(new Answers(entry.answers()).text("choice"));
		if (!choice.equals("extend")) {
			decide(file, stay, choice.equals("close") ? Decision.NO_ROOM : Decision.UP, entry.writtenBy(), false, null);
			return Optional.empty();
		}
		if (this.store.pausedSince(file.id()).isPresent()) {
			throw Refused.conflict("paused",
					"De casus staat stil, dus de termijn loopt niet. Laat de casus eerst hervatten, of kies omhoog of afsluiten.");
		}
		Term term = this.terms.extended(stay.rung(), this.clock.instant(), file.eventDate(), file.termsVersion());
		this.store.changing()
			.sql("""
					update doorbraak.case_rung set term_ends_at = :endsAt, term_last_day = :lastDay,
					  term_explanation = :explanation, extensions = extensions + 1, question_ends_at = null, question_for = null
					where id = :id""")
			.param("endsAt", Timestamp.from(term.endsAt()))
			.param("lastDay", term.lastDay())
			.param("explanation", term.explanation())
			.param("id", stay.id())
			.update();
		this.events
			.publishEvent(new TermMoved(number, entry.writtenBy(), stay.rung().code(), "extended", term.endsAt()));
		return Optional.of(term.endsAt());
	}

	/**
	 * Whether silence has taken the case up by the time of the database, whether or not
	 * the timer has come to it; for who holds the case.
	 */
	@Transactional(readOnly = true)
	public boolean isOver(String number) {
		CaseFile file = this.store.get(number);
		Instant answerDueAt = this.store.getOpenStay(file).questionEndsAt();
		return answerDueAt != null && !answerDueAt.isAfter(this.clock.instant())
				&& this.store.pausedSince(file.id()).isEmpty();
	}

	/** Nobody answered: silence means up. */
	@Transactional
	public void recordTermSilence(String number) {
		CaseFile file = this.store.lock(number);
		decide(file, this.store.getOpenStay(file), Decision.TERM_ENDED, Actor.TIMER, false, null);
	}

	void decide(CaseFile file, RungStay stay, Decision decision, String by, boolean outside,
			@Nullable LocalDate lookAgainOn) {
		this.store.decide(stay.id(), decision, by, this.clock.instant(), outside, lookAgainOn);
		this.events.publishEvent(
				new RungDecided(file.number(), by, stay.rung().code(), decision.code(), outside, lookAgainOn));
	}

	private void closeStay(CaseFile file, RungStay stay, Instant now) {
		if (!stay.isDecided()) {
			throw new IllegalStateException(
					"Case " + file.number() + " cannot leave rung " + stay.rung().code() + " undecided");
		}
		this.store.changing()
			.sql("update doorbraak.case_rung set closed_at = :now where id = :id")
			.param("now", Timestamp.from(now))
			.param("id", stay.id())
			.update();
		this.store.endGuests(file.id(), null, now);
		this.store.db()
			.sql("""
					update doorbraak.case_pause set resumed_at = :now where case_id = :id and resumed_at is null returning paused_at""")
			.param("now", Timestamp.from(now))
			.param("id", file.id())
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.optional()
			.ifPresent((pausedAt) -> this.events
				.publishEvent(new CaseResumed(file.number(), Actor.SOFTWARE, pausedAt, now, file.termsVersion())));
	}

	private Organisation body(CaseFile file, Rung rung) {
		Organisation municipality = this.directory.getOrganisation(file.municipality());
		return switch (rung) {
			case LOCAL -> municipality;
			case REGIONAL -> this.directory.getOrganisation(String.valueOf(municipality.region()));
			case NATIONAL -> this.directory.theOne(Organisation.Kind.DESK);
			case MINISTRY -> this.directory.theOne(Organisation.Kind.MINISTRY);
		};
	}

	/** Who works on a rung: the function that its body has it done by. */
	public static Function function(Rung rung) {
		return switch (rung) {
			case LOCAL -> Function.CASE_DIRECTOR;
			case REGIONAL -> Function.PROCESS_DIRECTOR;
			case NATIONAL -> Function.DESK_OFFICER;
			case MINISTRY -> Function.AMBASSADOR;
		};
	}

	/**
	 * A rung just opened.
	 *
	 * @param termEndsAt exclusive end of the term
	 * @param group who may work on it there
	 * @param bodyConnected whether the body works in Doorbraak
	 */
	public record OpenedRung(Rung rung, Instant termEndsAt, String group, boolean bodyConnected) {
	}

	/** What was decided on a rung. */
	public record RungDecision(Rung rung, Decision decision) {
	}

	/**
	 * Who is asked about the term.
	 *
	 * @param answerDueAt silence after this moment means up
	 * @param ofManager the manager of the municipality is asked, no longer the case's
	 * team
	 * @param managers the group of those managers
	 */
	public record TermQuestion(Instant answerDueAt, boolean ofManager, String managers) {
	}

}
