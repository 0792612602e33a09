package nl.doorbraak.casefile;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

import nl.doorbraak.casefile.CaseEvents.CasePaused;
import nl.doorbraak.casefile.CaseEvents.CaseRedirected;
import nl.doorbraak.casefile.CaseEvents.CaseResumed;
import nl.doorbraak.casefile.CaseEvents.CaseWithdrawn;
import nl.doorbraak.casefile.CaseEvents.MemberAdded;
import nl.doorbraak.casefile.CaseEvents.TermMoved;
import nl.doorbraak.casefile.CaseEvents.ThreatChanged;
import nl.doorbraak.casefile.CaseEvents.ThreatEnded;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.ladder.Term;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Storable;
import nl.doorbraak.support.Typed;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the team of a case does on the case page. Who is not on the case gets 404, who is
 * on it as a guest 403, a case that is not on a rung just now 409.
 */
@Service
public class CaseActions {

	private static final Set<String> PAUSE_REASONS = Set.of("awaitingResident", "awaitingDecision", "residentAway",
			"other");

	private static final Set<String> MEMBER_ROLES = Set.of("adult", "child", "other");

	private static final int LONGEST_TEXT = 4000;

	private static final int LONGEST_LINE = 300;

	private static final int LONGEST_WISH = 1000;

	private final CaseStore store;

	private final CaseFiles files;

	private final Climb climb;

	private final Writing writing;

	private final Terms terms;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	CaseActions(CaseStore store, CaseFiles files, Climb climb, Writing writing, Terms terms, Clock clock,
			ApplicationEventPublisher events) {
		this.store = store;
		this.files = files;
		this.climb = climb;
		this.writing = writing;
		this.terms = terms;
		this.clock = clock;
		this.events = events;
	}

	/** Ends the case because the household or its helpers no longer want it. */
	@Transactional
	public void withdraw(String login, String number, String reason) {
		CaseFile file = this.files.lockForTeam(login, number);
		RungStay stay = undecidedStay(file);
		note(login, number, "withdraw", "Waarom trekt u de casus in?", reason);
		this.climb.decide(file, stay, Decision.WITHDRAWN, login, false, null);
		this.events.publishEvent(new CaseWithdrawn(number, login, stay.rung().code()));
	}

	/**
	 * In a crisis the case skips a rung: from local to the national desk, from regional
	 * or higher to the ministry.
	 */
	@Transactional
	public void redirectInCrisis(String login, String number, String reason) {
		CaseFile file = this.files.lockForTeam(login, number);
		RungStay stay = undecidedStay(file);
		refuseOnTop(stay);
		if (!this.terms.inCrisis(file.eventDate(), this.clock.instant(), file.termsVersion())) {
			throw Refused.conflict("no-crisis",
					"Doorzetten kan alleen in een crisis: als de gebeurtenis binnen enkele dagen is of al geweest is. Pas eerst de datum van de gebeurtenis aan, of kies omhoog.");
		}
		note(login, number, "redirect", "Waarom zet u de casus nu door?", reason);
		this.climb.decide(file, stay, Decision.CRISIS, login, false, null);
		this.events.publishEvent(new CaseRedirected(number, login, stay.rung().code()));
	}

	/**
	 * Takes the case up one level from whatever level it is on, without a decision of who
	 * works there: for a reason that another room found.
	 * @param reason as it is kept in the case file
	 */
	@Transactional
	public void goUp(String login, String number, String reason) {
		CaseFile file = this.files.lockForTeam(login, number);
		RungStay stay = undecidedStay(file);
		refuseOnTop(stay);
		note(login, number, "go-up", "Waarom gaat de casus nu omhoog?", reason);
		this.climb.decide(file, stay, Decision.UP, login, false, null);
		this.events.publishEvent(new CaseRedirected(number, login, stay.rung().code()));
	}

	private static void refuseOnTop(RungStay stay) {
		if (stay.rung() == Rung.MINISTRY) {
			throw Refused.conflict("top-rung", "De casus ligt al op het hoogste niveau.");
		}
	}

	/**
	 * Sets what threatens and when; the term becomes shorter where the event comes before
	 * its end.
	 */
	@Transactional
	public void changeThreat(String login, String number, String threatCode, @Nullable LocalDate eventDate) {
		CaseFile file = this.files.lockForTeam(login, number);
		Instant now = this.clock.instant();
		checkEventDate(eventDate, DutchTime.day(now));
		Threat threat = threat(threatCode);
		setThreat(file, threat, eventDate);
		this.events.publishEvent(new ThreatChanged(number, login, threat.code(), eventDate));
		if (!isPaused(file)) {
			shorten(login, file, eventDate, now);
		}
	}

	/**
	 * Nothing threatens any more. A term that became shorter stays so.
	 * @throws Refused where nothing does, or its day has come, because the clock of the
	 * crisis runs from then until the case is closed (409); without a reason (400)
	 */
	@Transactional
	public void endThreat(String login, String number, String reason) {
		CaseFile file = this.files.lockForTeam(login, number);
		if (file.threat() == null) {
			throw Refused.conflict("no-threat", "In het dossier staat niet dat er iets dreigt. Ververs de pagina.");
		}
		LocalDate event = file.eventDate();
		if (event != null && !event.isAfter(DutchTime.day(this.clock.instant()))) {
			throw Refused.conflict("threat-came",
					"De dag waarop het zou gebeuren, is al gekomen. Daarom blijft staan wat er dreigde. Is het uitgesteld? Pas dan de datum aan.");
		}
		note(login, number, "end-threat", "Waarom dreigt er niets meer?", reason);
		setThreat(file, null, null);
		this.events.publishEvent(new ThreatEnded(number, login));
	}

	private void setThreat(CaseFile file, @Nullable Threat threat, @Nullable LocalDate eventDate) {
		this.store.changing()
			.sql("update doorbraak.case_file set threat = :threat, event_date = :event where id = :id")
			.param("threat", (threat != null) ? threat.code() : null)
			.param("event", eventDate)
			.param("id", file.id())
			.update();
	}

	/** No term ends later than one that begins now, with this event ahead. */
	private void shorten(String login, CaseFile file, @Nullable LocalDate eventDate, Instant now) {
		this.store.openStay(file.id()).filter((stay) -> !stay.isDecided()).ifPresent((stay) -> {
			Term term = this.terms.forRung(stay.rung(), now, eventDate, file.termsVersion());
			if (term.endsAt().isBefore(stay.termEndsAt())) {
				moveTerm(stay, term);
				this.events.publishEvent(
						new TermMoved(file.number(), login, stay.rung().code(), "threatChanged", term.endsAt()));
			}
		});
	}

	/** The timers of the case stand still until it is resumed or leaves its rung. */
	@Transactional
	public void pause(String login, String number, String reason) {
		CaseFile file = this.files.lockForTeam(login, number);
		undecidedStay(file);
		if (!PAUSE_REASONS.contains(reason)) {
			throw Refused.invalid("pause-reason", "Kies een reden uit de lijst.", "reason");
		}
		if (isPaused(file)) {
			throw Refused.conflict("already-paused", "De casus staat al stil. Hervat de casus eerst.");
		}
		this.store.db()
			.sql("""
					insert into doorbraak.case_pause (case_id, reason, paused_by, paused_at)
					values (:id, :reason, :login, :now)""")
			.param("id", file.id())
			.param("reason", reason)
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.update();
		this.events.publishEvent(new CasePaused(number, login, reason));
	}

	/**
	 * Lets the timers run again; every date moves by as long as the pause lasted, but no
	 * term past what the event allows.
	 */
	@Transactional
	public void resume(String login, String number) {
		CaseFile file = this.files.lockForTeam(login, number);
		RungStay stay = undecidedStay(file);
		Instant now = this.clock.instant();
		Instant pausedAt = this.store.db()
			.sql("""
					update doorbraak.case_pause set resumed_at = :now where case_id = :id and resumed_at is null
					returning paused_at""")
			.param("now", Timestamp.from(now))
			.param("id", file.id())
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.optional()
			.orElseThrow(() -> Refused.conflict("not-paused", "De casus staat niet stil."));
		if (stay.termEndsAt().isAfter(pausedAt)) {
			Term term = this.terms.resumed(stay.termEndsAt(), pausedAt, now, file.termsVersion());
			moveTerm(stay, term);
		}
		Instant questionEndsAt = stay.questionEndsAt();
		if (questionEndsAt != null) {
			this.store.changing()
				.sql("update doorbraak.case_rung set question_ends_at = :endsAt where id = :id")
				.param("endsAt",
						Timestamp.from(this.terms.resumed(questionEndsAt, pausedAt, now, file.termsVersion()).endsAt()))
				.param("id", stay.id())
				.update();
		}
		this.events.publishEvent(new CaseResumed(number, login, pausedAt, now, file.termsVersion()));
		LocalDate event = file.eventDate();
		if (event != null && DutchTime.lastDay(this.store.getOpenStay(file).termEndsAt()).isAfter(event)) {
			shorten(login, file, event, now);
		}
	}

	/**
	 * Writes down in one line what somebody did in the case, on the day itself or later.
	 * @param kind code of a {@link StepKind}
	 * @throws Refused who does not work on the case (403, 404), or when the kind, the day
	 * or the line cannot be (400)
	 */
	@Transactional
	public void recordStep(String login, String number, String kind, @Nullable LocalDate day, String line) {
		CaseFile file = this.files.lockForWorker(login, number);
		StepKind what = Coded.find(StepKind.class, kind)
			.orElseThrow(
					() -> Refused.invalid("step-kind", "Kies wat u deed: gebeld, bezoek, brief of overleg.", "kind"));
		if (day == null || day.isAfter(DutchTime.day(this.clock.instant()))
				|| day.isBefore(DutchTime.day(file.reportedAt()))) {
			throw Refused.invalid("step-day",
					"Vul de dag in waarop u dit deed: niet vóór de melding, en niet na vandaag.", "day");
		}
		String said = Typed.line(line, LONGEST_LINE, "step-line",
				"Schrijf in een regel wat u deed, in hoogstens " + LONGEST_LINE + " tekens.", "line");
		this.writing.record(number, "record-step", login,
				List.of(new Answer("kind", "Wat deed u?", what.code(), what.label()),
						new Answer("day", "Wanneer?", day.toString(), DutchTime.date(day)),
						new Answer("line", "In een regel", said, said)));
	}

	/**
	 * Writes down what the resident says that is needed; the newest stands on top.
	 * @throws Refused who does not work on the case (403, 404), or when nothing is said
	 * (400)
	 */
	@Transactional
	public void recordWish(String login, String number, String said) {
		this.files.lockForWorker(login, number);
		String words = Typed.text(said, LONGEST_WISH, "resident-says",
				"Schrijf op wat de inwoner zegt dat nodig is, in hoogstens " + LONGEST_WISH + " tekens.", "woorden");
		this.writing.record(number, Wish.FORM, login,
				List.of(new Answer(Wish.KEY, "Wat is er nodig, in de woorden van de inwoner?", words, words)));
	}

	/** Adds a resident to the household of the case. */
	@Transactional
	public void addMember(String login, String number, HouseholdMember member) {
		CaseFile file = this.files.lockForTeam(login, number);
		if (member.name().isBlank() || !MEMBER_ROLES.contains(member.role())) {
			throw Refused.invalid("member", "Vul de naam in en kies: volwassene, kind of anders.",
					member.name().isBlank() ? "name" : "role");
		}
		checkName(member.name(), "name");
		checkPart(member.name(), "name");
		checkPart(member.contact(), "contact");
		checkPart(member.address(), "address");
		LocalDate birth = member.birthDate();
		checkBirthDate(birth, DutchTime.day(this.clock.instant()), "birthDate");
		this.store.addMember(file, member);
		this.events.publishEvent(new MemberAdded(number, login, member.addressSecret()));
	}

	/** Names are compared and read aloud: what looks like another one is refused. */
	static void checkName(@Nullable String name, String field) {
		if (!Storable.isName(name)) {
			throw Refused.invalid("member-name",
					"In de naam staat een teken dat u niet ziet, of letters van verschillende alfabetten. Typ de naam over, in een regel.",
					field);
		}
	}

	private static void checkPart(@Nullable String part, String field) {
		if (!Storable.isStorable(part)) {
			throw Refused.invalid("member", "Contact of adres bevat een teken dat niet kan worden opgeslagen.", field);
		}
		if (part != null && part.length() > 200) {
			throw Refused.invalid("member", "Naam, contact en adres zijn elk hoogstens 200 tekens.", field);
		}
	}

	static void checkBirthDate(@Nullable LocalDate birth, LocalDate today, String field) {
		if (birth != null && (birth.isAfter(today) || birth.isBefore(today.minusYears(130)))) {
			throw Refused.invalid("birth-date", "De geboortedatum kan niet kloppen: die ligt "
					+ (birth.isAfter(today) ? "in de toekomst." : "meer dan 130 jaar terug.") + " Controleer het jaar.",
					field);
		}
	}

	static void checkEventDate(@Nullable LocalDate event, LocalDate today) {
		if (event != null && (event.isBefore(today.minusYears(1)) || event.isAfter(today.plusYears(5)))) {
			throw Refused.invalid("event-date",
					"De datum van de gebeurtenis ligt te ver weg. Kies een datum tussen een jaar geleden en over vijf jaar.",
					"eventDate");
		}
	}

	private static Threat threat(String code) {
		try {
			return Threat.of(code);
		}
		catch (IllegalArgumentException ex) {
			throw Refused.invalid("threat", "Kies uit de lijst wat er dreigt.", "threat");
		}
	}

	private void note(String login, String number, String form, String question, String text) {
		if (text.isBlank() || text.length() > LONGEST_TEXT || !Storable.isStorable(text)) {
			throw Refused.invalid("reason", "Schrijf waarom, in hoogstens " + LONGEST_TEXT + " tekens.", "reason");
		}
		this.writing.record(number, form, login, List.of(new Answer("reason", question, text, text)));
	}

	private void moveTerm(RungStay stay, Term term) {
		this.store.changing()
			.sql("""
					update doorbraak.case_rung set term_ends_at = :endsAt, term_last_day = :lastDay,
					  term_explanation = :explanation where id = :id""")
			.param("endsAt", Timestamp.from(term.endsAt()))
			.param("lastDay", term.lastDay())
			.param("explanation", term.explanation())
			.param("id", stay.id())
			.update();
	}

	private boolean isPaused(CaseFile file) {
		return this.store.pausedSince(file.id()).isPresent();
	}

	private RungStay undecidedStay(CaseFile file) {
		return this.store.openStay(file.id())
			.filter((stay) -> !stay.isDecided())
			.orElseThrow(() -> Refused.conflict("between-rungs",
					(file.state() == CaseFile.State.CLOSED) ? "De casus is gesloten."
							: "De casus gaat net naar een ander niveau. Probeer het over een minuut opnieuw."));
	}

}
