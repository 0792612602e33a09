package nl.doorbraak.agency;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import nl.doorbraak.agency.AgencyEvents.AgencyAnswered;
import nl.doorbraak.agency.AgencyEvents.AgencyAsked;
import nl.doorbraak.agency.AgencyEvents.AgencyContradictsItself;
import nl.doorbraak.agency.AgencyEvents.AgencyFactsDelivered;
import nl.doorbraak.agency.AgencyEvents.AgencyNeedsFacts;
import nl.doorbraak.agency.AgencyEvents.AgencyRequestLapsed;
import nl.doorbraak.agency.AgencyEvents.AgencySilent;
import nl.doorbraak.agency.AgencyEvents.SerialRefusalFound;
import nl.doorbraak.agency.Scheme.Condition;
import nl.doorbraak.casefile.CaseEvents.CaseClosed;
import nl.doorbraak.casefile.CaseEvents.CaseResumed;
import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Competence;
import nl.doorbraak.casefile.Entry;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.ladder.Term;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.FormRules.Answers;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Typed;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Questions to agencies, several side by side. A question outlives the rung on which it
 * was asked, and ends with the case. Each verb locks the case first.
 */
@Service
public class AgencyRequests {

	static final String FORM = "answer-request";

	static final String DELIVERY_FORM = "deliver-facts";

	/** What an agency says that knows nobody who goes about this. */
	static final String NOBODY = "unknown";

	/** Kinds of organisations that decide about households. */
	private static final Set<Organisation.Kind> BODIES = Set.of(Organisation.Kind.AGENCY,
			Organisation.Kind.MUNICIPALITY);

	private static final int LONGEST_TEXT = 4000;

	/** So long the same question once more is a button that was pressed twice. */
	private static final Duration ONE_PRESS = Duration.ofMinutes(1);

	private final RequestStore store;

	private final CaseFiles files;

	private final Writing writing;

	private final Directory directory;

	private final Schemes schemes;

	private final Competence competence;

	private final AgencyOfficers officers;

	private final Terms terms;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	AgencyRequests(RequestStore store, CaseFiles files, Writing writing, Directory directory, Schemes schemes,
			Competence competence, AgencyOfficers officers, Terms terms, Clock clock,
			ApplicationEventPublisher events) {
		this.store = store;
		this.files = files;
		this.writing = writing;
		this.directory = directory;
		this.schemes = schemes;
		this.competence = competence;
		this.officers = officers;
		this.terms = terms;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Asks each of these agencies the same question, each for itself. The same once more
	 * within a moment changes nothing.
	 * @throws Refused when the asker does not work on the case (403, 404), the case is
	 * closed or an agency has an open question already (409), or nothing is asked or of
	 * nobody (400)
	 */
	@Transactional
	public void ask(String login, String number, Question question) {
		CaseFile file = this.files.lockForWorker(login, number);
		if (file.state() != CaseFile.State.OPEN) {
			throw Refused.conflict("case-closed", "Deze casus is gesloten. U kunt geen instantie meer vragen.");
		}
		String text = Typed.text(question.text(), LONGEST_TEXT, "question",
				"Schrijf wat u vraagt, in hoogstens 4000 tekens.", "question");
		String workaround = question.workaround().isBlank() ? "" : Typed.text(question.workaround(), LONGEST_TEXT,
				"workaround", "Schrijf de omweg op in hoogstens 4000 tekens.", "workaround");
		String department = question.department().isBlank() ? "" : Typed.line(question.department(), 80, "department",
				"Schrijf de afdeling op in hoogstens 80 tekens.", "department");
		Set<String> asked = new LinkedHashSet<>(question.agencies());
		if (asked.isEmpty()) {
			throw Refused.invalid("agencies", "Kies een of meer instanties.", "agency");
		}
		List<Organisation> bodies = asked.stream().map(this::agency).toList();
		Scheme scheme = (question.scheme() == null) ? null : this.schemes.find(question.scheme())
			.orElseThrow(() -> Refused.invalid("scheme", "Kies een regeling uit de lijst.", "scheme"));
		List<AgencyRequest> before = all(number);
		List<AgencyRequest> open = before.stream()
			.filter((each) -> each.isOpen() && asked.contains(each.agency())
					&& each.department().equalsIgnoreCase(department))
			.toList();
		if (open.size() == bodies.size()
				&& open.stream().allMatch((each) -> isOnePress(each, login, question.kind(), scheme, text))) {
			return;
		}
		open.stream().findFirst().ifPresent((each) -> {
			throw Refused.conflict("already-asked", this.directory.getOrganisation(each.agency()).name()
					+ " is al gevraagd en heeft nog niet geantwoord. Trek die vraag eerst in.");
		});
		List<Answer> written = new ArrayList<>();
		written.add(new Answer("question", "Wat vraagt u aan de instanties?", text, text));
		if (!workaround.isEmpty()) {
			written.add(new Answer("workaround", "Welke omweg is daarnaast geprobeerd?", workaround, workaround));
		}
		this.writing.record(number, "ask-agencies", login, written);
		long entry = this.writing.latestOfCase(number, "ask-agencies").orElseThrow().id();
		bodies.forEach((body) -> add(file, login, new Asked(body.id(), department, question.kind(), scheme,
				previous(before, body.id(), scheme, question.previous()), login, entry)));
	}

	private boolean isOnePress(AgencyRequest open, String login, RequestKind kind, @Nullable Scheme scheme,
			String text) {
		return open.askedBy().equals(login) && open.kind() == kind
				&& Objects.equals(open.scheme(), (scheme != null) ? scheme.id() : null)
				&& open.askedAt().isAfter(this.clock.instant().minus(ONE_PRESS))
				&& this.files.written(open.number(), open.question(), "question").equals(text);
	}

	/** The refusal that this question follows: as chosen, else the last of the same. */
	private static @Nullable Long previous(List<AgencyRequest> before, String body, @Nullable Scheme scheme,
			@Nullable Long chosen) {
		if (chosen != null) {
			return before.stream()
				.filter((each) -> each.id() == chosen && each.answer() == AgencyAnswer.REFUSED)
				.map(AgencyRequest::id)
				.findFirst()
				.orElseThrow(() -> Refused.invalid("previous", "Kies een eerdere afwijzing uit de lijst.", "previous"));
		}
		return before.stream()
			.filter((each) -> scheme != null && scheme.id().equals(each.scheme()) && each.agency().equals(body)
					&& each.isStandingRefusal())
			.map(AgencyRequest::id)
			.reduce((one, other) -> other)
			.orElse(null);
	}

	/** Asks what was refused, and taken back, anew; in the name of who asked it first. */
	void askAgain(AgencyRequest refused, String actor) {
		Scheme scheme = (refused.scheme() != null) ? this.schemes.find(refused.scheme()).orElseThrow() : null;
		add(this.files.get(refused.number()), actor, new Asked(refused.agency(), refused.department(), refused.kind(),
				scheme, refused.id(), refused.askedBy(), refused.question()));
	}

	private void add(CaseFile file, String actor, Asked asked) {
		Instant now = this.clock.instant();
		Scheme scheme = asked.scheme();
		AskedOf of = this.officers.askedOf(asked.agency()).orElse(null);
		Term term = (asked.kind() == RequestKind.APPLICATION)
				? this.terms.forApplication(now, (scheme != null) ? scheme.decisionWeeks() : Terms.USUAL_WEEKS,
						(scheme != null) ? scheme.law() : "", file.termsVersion())
				: this.terms.forAgency(now, file.eventDate(), file.termsVersion());
		long id = this.store.db()
			.sql("""
					insert into doorbraak.agency_request (case_number, agency_id, department, kind, scheme_id, scheme_version,
					  previous_id, asked_by, asked_at, question_entry_id, due_at, explanation, asked_of, asked_function,
					  asked_deputy, away_until)
					values (:number, :agency, :department, :kind, :scheme, :version, :previous, :by, :now, :entry, :due, :explanation, :of, :function,
					  :deputy, :until)
					returning id""")
			.param("number", file.number())
			.param("agency", asked.agency())
			.param("department", asked.department())
			.param("kind", asked.kind().code())
			.param("scheme", (scheme != null) ? scheme.id() : null, Types.VARCHAR)
			.param("version", (scheme != null) ? scheme.version() : null, Types.INTEGER)
			.param("previous", asked.previous(), Types.BIGINT)
			.param("by", asked.by())
			.param("now", Timestamp.from(now))
			.param("entry", asked.question())
			.param("due", Timestamp.from(term.endsAt()))
			.param("explanation", term.explanation())
			.param("of", (of != null) ? of.officer() : null, Types.VARCHAR)
			.param("function", (of != null) ? of.function().code() : null, Types.VARCHAR)
			.param("deputy", (of != null) ? of.deputy() : null, Types.VARCHAR)
			.param("until", (of != null) ? RequestStore.date(of.awayUntil()) : null, Types.DATE)
			.query(Long.class)
			.single();
		this.events.publishEvent(new AgencyAsked(file.number(), actor, id, asked.agency(), term.endsAt(),
				asked.kind().code(), (scheme != null) ? scheme.name() : ""));
	}

	private Organisation agency(String id) {
		return bodies().stream()
			.filter((each) -> each.id().equals(id))
			.findFirst()
			.orElseThrow(() -> Refused.invalid("agencies", "Kies instanties uit de lijst.", "agency"));
	}

	/** Who can be asked: agencies and municipalities. */
	public List<Organisation> bodies() {
		return this.directory.allOrganisations().stream().filter((each) -> BODIES.contains(each.kind())).toList();
	}

	/**
	 * Who may pick a question up: the officers of an agency that works in Doorbraak; else
	 * the case's own team, which asks and enters what it hears, and the officers whom it
	 * names, by their own door.
	 */
	@Transactional(readOnly = true)
	public Answering answering(long request) {
		AgencyRequest asked = get(request);
		Optional<String> group = group(asked.agency());
		return new Answering(group,
				group.isPresent() ? this.officers.standIns(asked.agency()).distinct().toList()
						: Stream.concat(this.files.team(asked.number()).stream(), officers(asked.agency()))
							.distinct()
							.toList());
	}

	/** Whom of the agency it was put to, in one or two Dutch sentences; else nothing. */
	public Optional<String> askedOf(AgencyRequest asked) {
		return Optional.ofNullable(asked.askedOf()).map(this.officers::words);
	}

	/** Whether it is answered by the agency's own people, in Doorbraak. */
	boolean isAnsweredThere(AgencyRequest asked) {
		return group(asked.agency()).isPresent();
	}

	private Stream<String> officers(String agency) {
		return this.directory.officersOf(agency, Function.AGENCY_OFFICER).stream().map(Officer::login);
	}

	/** Whether somebody answers by the door of the question, and not in Tasklist. */
	@Transactional(readOnly = true)
	public boolean hasDoor(AgencyRequest asked) {
		return !this.directory.getOrganisation(asked.agency()).connected() && officers(asked.agency()).count() > 0;
	}

	private Optional<String> group(String agency) {
		boolean works = this.directory.getOrganisation(agency).connected()
				&& !this.directory.officersOf(agency, Function.AGENCY_OFFICER).isEmpty();
		return works ? Optional.of(new Officer.Post(Function.AGENCY_OFFICER, agency).group()) : Optional.empty();
	}

	/**
	 * Takes the answer that somebody just wrote.
	 * @throws Refused when the question is not open (409), or the last day of a remedy
	 * has passed (400)
	 */
	@Transactional
	public Answered recordAnswer(long request) {
		AgencyRequest asked = lockOpen(request);
		Entry entry = entry(asked, FORM);
		Answers answers = new Answers(entry.answers());
		String said = String.valueOf(answers.text("answer"));
		if (said.equals(AgencyAnswer.NEEDS_FACTS)) {
			this.store.db()
				.sql("update doorbraak.agency_request set waiting_since = :now, waiting_entry_id = :entry where id = :id")
				.param("now", now())
				.param("entry", entry.id())
				.param("id", request)
				.update();
			this.events.publishEvent(new AgencyNeedsFacts(asked.number(), entry.writtenBy(), request, asked.agency()));
			return new Answered(true, true);
		}
		AgencyAnswer answer = Coded.of(AgencyAnswer.class, said);
		if (answer == AgencyAnswer.REFUSED && asked.kind() == RequestKind.CONSULTATION) {
			throw Refused.invalid("nothing-to-refuse",
					"Dit is een eerste overleg: er is niets aangevraagd, dus er is niets af te wijzen. Kies 'Wij doen mee' en zeg wat wel kan, of 'Wij gaan hier niet over'.",
					"answer");
		}
		keep(asked, entry, answer, answers);
		this.events.publishEvent(new AgencyAnswered(asked.number(), entry.writtenBy(), request, asked.agency(),
				answer.code(), isTeam(asked, entry)));
		compare(asked, answer);
		if (answer == AgencyAnswer.NOT_COMPETENT) {
			String named = answers.text("referredTo");
			this.competence.refer(asked.number(), asked.agency(), NOBODY.equals(named) ? null : named,
					scheme(asked).map(Scheme::name).orElse(""));
		}
		return new Answered(false, answer != AgencyAnswer.NOT_COMPETENT);
	}

	private void keep(AgencyRequest asked, Entry entry, AgencyAnswer answer, Answers answers) {
		boolean refused = answer == AgencyAnswer.REFUSED;
		LocalDate today = DutchTime.day(this.clock.instant());
		Map<Integer, Assessment> findings = refused ? findings(asked, answers) : Map.of();
		String last = answers.text("remedyUntil");
		if (last != null && LocalDate.parse(last).isBefore(today)) {
			throw Refused.invalid("remedy-until",
					"De laatste dag om bezwaar te maken of in beroep te gaan is al voorbij. Controleer de datum.",
					"remedyUntil");
		}
		String told = refused ? answers.text("toldBy") : null;
		this.store.db()
			.sql("""
					update doorbraak.agency_request set answer = :answer, assessed_all = :all, known_before = :known,
					  told = :told, told_on = :toldOn, referred_to = :referred, outside = :outside, answered_by = :login,
					  answered_at = :now, answer_entry_id = :entry where id = :id""")
			.param("answer", answer.code())
			.param("all", refused ? assessedAll(findings, answers) : null, Types.BOOLEAN)
			.param("known", refused && answers.has("knownBefore") ? "yes".equals(answers.text("knownBefore")) : null,
					Types.BOOLEAN)
			.param("told", told, Types.VARCHAR)
			.param("toldOn", RequestStore.date((told == null || told.equals(Refusals.LETTER)) ? null : today),
					Types.DATE)
			.param("referred", answers.text("referredTo"), Types.VARCHAR)
			.param("outside", isTeam(asked, entry))
			.param("login", entry.writtenBy())
			.param("now", now())
			.param("entry", entry.id())
			.param("id", asked.id())
			.update();
		this.store.addFindings(asked.id(), findings);
	}

	private Map<Integer, Assessment> findings(AgencyRequest asked, Answers answers) {
		Map<Integer, Assessment> findings = new LinkedHashMap<>();
		List<Condition> conditions = conditions(asked);
		for (int i = 0; i < conditions.size(); i++) {
			findings.put(conditions.get(i).code(), Coded.of(Assessment.class,
					String.valueOf(answers.text("condition" + AgencyRequestFacts.letter(i)))));
		}
		if (!findings.isEmpty() && !findings.containsValue(Assessment.NOT_MET)) {
			throw Refused.invalid("no-ground",
					"U wijst af, maar alle voorwaarden die u beoordeelde zijn voldaan. Zeg waaraan niet is voldaan, of kies een ander antwoord.",
					"conditionA");
		}
		return findings;
	}

	private static boolean assessedAll(Map<Integer, Assessment> findings, Answers answers) {
		return findings.isEmpty() ? "yes".equals(answers.text("assessedAll"))
				: !findings.containsValue(Assessment.NOT_ASSESSED);
	}

	/** The conditions that this question must be held against; none without a list. */
	@Transactional(readOnly = true)
	public List<Condition> conditions(AgencyRequest asked) {
		return scheme(asked).map(Scheme::conditions).orElse(List.of());
	}

	/** The scheme with its list as it was when this was asked. */
	@Transactional(readOnly = true)
	public Optional<Scheme> scheme(AgencyRequest asked) {
		return (asked.scheme() != null)
				? Optional.of(this.schemes.get(asked.scheme(), Objects.requireNonNull(asked.schemeVersion())))
				: Optional.empty();
	}

	/** Sees what one answer cannot show: a chain of refusals, a yes beside a no. */
	private void compare(AgencyRequest asked, AgencyAnswer answer) {
		List<AgencyRequest> history = all(asked.number());
		AgencyRequest answered = history.stream().filter((each) -> each.id() == asked.id()).findFirst().orElseThrow();
		RefusalChain chain = new RefusalChain(history);
		if (answer == AgencyAnswer.REFUSED && chain.isFlagged(answered)) {
			this.events.publishEvent(new SerialRefusalFound(asked.number(), Actor.SOFTWARE, asked.id(), asked.agency(),
					chain.flagged().size()));
		}
		contradictions(history).stream()
			.filter((pair) -> pair.contains(answered))
			.flatMap(List::stream)
			.filter((each) -> each.id() != asked.id())
			.findFirst()
			.ifPresent((other) -> this.events.publishEvent(new AgencyContradictsItself(asked.number(), Actor.SOFTWARE,
					asked.id(), asked.agency(), other.id())));
	}

	/**
	 * Answers of two parts of one agency to the same, one yes and one no. Over once the
	 * agency as a whole has answered after them, or took the no back.
	 */
	@Transactional(readOnly = true)
	public List<List<AgencyRequest>> contradictions(String number) {
		return contradictions(history(number));
	}

	private static List<List<AgencyRequest>> contradictions(List<AgencyRequest> history) {
		return history.stream()
			.filter(AgencyRequest::isStandingRefusal)
			.flatMap((no) -> history.stream()
				.filter((yes) -> yes.answer() == AgencyAnswer.GRANTED && isSameOfOneAgency(yes, no)
						&& !yes.department().equalsIgnoreCase(no.department()))
				.filter((yes) -> history.stream()
					.noneMatch((whole) -> whole.department().isEmpty() && isSameOfOneAgency(whole, no)
							&& (whole == yes || isAnsweredAfter(whole, yes))
							&& (whole == no || isAnsweredAfter(whole, no))))
				.map((yes) -> List.of(yes, no)))
			.toList();
	}

	private static boolean isSameOfOneAgency(AgencyRequest one, AgencyRequest other) {
		return one.agency().equals(other.agency()) && ((one.scheme() != null) ? one.scheme().equals(other.scheme())
				: other.scheme() == null && (one.question() == other.question()
						|| Objects.equals(one.previous(), other.id()) || Objects.equals(other.previous(), one.id())));
	}

	private static boolean isAnsweredAfter(AgencyRequest one, AgencyRequest other) {
		Instant at = one.answeredAt();
		return at != null && one.id() != other.id() && at.isAfter(Objects.requireNonNull(other.answeredAt()));
	}

	/**
	 * The agency has what it needed, as somebody just wrote: its clock runs again, and
	 * its term ends as much later as it waited.
	 */
	@Transactional
	public void recordDelivery(long request) {
		AgencyRequest asked = lockOpen(request);
		Entry entry = entry(asked, DELIVERY_FORM);
		Term later = this.terms.resumed(asked.dueAt(), Objects.requireNonNull(asked.waitingSince()),
				this.clock.instant(), this.files.get(asked.number()).termsVersion());
		this.store.db()
			.sql("""
					update doorbraak.agency_request set waiting_since = null, due_at = :due, explanation = :why
					where id = :id""")
			.param("due", Timestamp.from(later.endsAt()))
			.param("why", later.explanation())
			.param("id", request)
			.update();
		this.files.keepWith(entry.id(), asked.question());
		this.events.publishEvent(
				new AgencyFactsDelivered(asked.number(), entry.writtenBy(), request, asked.agency(), later.endsAt()));
	}

	private AgencyRequest lockOpen(long request) {
		this.files.lock(get(request).number());
		AgencyRequest asked = get(request);
		if (!asked.isOpen()) {
			throw Refused.conflict("no-question", "Deze vraag is niet meer open. Ververs de pagina.");
		}
		return asked;
	}

	private Entry entry(AgencyRequest asked, String form) {
		return this.writing.latestOfCase(asked.number(), form)
			.orElseThrow(() -> new IllegalStateException("Request " + asked.id() + " has no answer in " + form));
	}

	private boolean isTeam(AgencyRequest asked, Entry entry) {
		return this.files.team(asked.number()).contains(entry.writtenBy());
	}

	/**
	 * The term passed without an answer. The question stays open; a timer that comes
	 * early after a pause says nothing.
	 */
	@Transactional
	public void recordSilence(long request) {
		AgencyRequest asked = get(request);
		this.files.lock(asked.number());
		AgencyRequest now = get(request);
		if (now.isOpen() && now.silentAt() == null && now.waitingSince() == null
				&& !now.dueAt().isAfter(this.clock.instant())) {
			this.store.db()
				.sql("update doorbraak.agency_request set silent_at = :now where id = :id")
				.param("now", now())
				.param("id", request)
				.update();
			this.events.publishEvent(new AgencySilent(asked.number(), Actor.TIMER, request, asked.agency()));
		}
	}

	/**
	 * Takes a question back.
	 * @throws Refused when it is not open any more (409)
	 */
	@Transactional
	public void withdraw(String login, String number, long request) {
		this.files.lockForWorker(login, number);
		AgencyRequest asked = find(number, request);
		if (!asked.isOpen()) {
			throw Refused.conflict("no-question", "Deze vraag is niet meer open. Ververs de pagina.");
		}
		lapse(asked, login);
	}

	@EventListener
	@Transactional
	void lapse(CaseClosed event) {
		all(event.number()).stream().filter(AgencyRequest::isOpen).forEach((each) -> lapse(each, Actor.SOFTWARE));
	}

	private void lapse(AgencyRequest request, String actor) {
		this.store.db()
			.sql("update doorbraak.agency_request set lapsed_at = :now, waiting_since = null where id = :id")
			.param("now", now())
			.param("id", request.id())
			.update();
		this.events.publishEvent(new AgencyRequestLapsed(request.number(), actor, request.id(), request.agency()));
	}

	/** The answer waits as long as the case stood still; its timer does the same. */
	@EventListener
	@Transactional
	void moveAnswer(CaseResumed event) {
		all(event.number()).stream()
			.filter((each) -> each.isOpen() && each.waitingSince() == null && !each.dueAt().isBefore(event.pausedAt()))
			.forEach((each) -> {
				Term later = this.terms.resumed(each.dueAt(), event.pausedAt(), event.resumedAt(),
						event.termsVersion());
				this.store.db()
					.sql("update doorbraak.agency_request set due_at = :due, explanation = :why where id = :id")
					.param("due", Timestamp.from(later.endsAt()))
					.param("why", later.explanation())
					.param("id", each.id())
					.update();
			});
	}

	/** The question. */
	@Transactional(readOnly = true)
	public AgencyRequest get(long request) {
		return this.store.get(request);
	}

	/**
	 * The questions of a case, oldest first, but those in a compartment: who may read
	 * that, reads them there.
	 */
	@Transactional(readOnly = true)
	public List<AgencyRequest> history(String number) {
		return this.store.shown(number);
	}

	/** Ids of those in a compartment. */
	@Transactional(readOnly = true)
	public Set<Long> apart(String number) {
		return this.store.apart(number);
	}

	private List<AgencyRequest> all(String number) {
		return this.store.ofCase(number);
	}

	/**
	 * What of these cases waits for an answer, the nearest date first, but what is in a
	 * compartment.
	 */
	@Transactional(readOnly = true)
	public List<AgencyRequest> waiting(Collection<String> numbers) {
		return this.store.waiting(numbers);
	}

	/** The refusals among those that are shown. */
	@Transactional(readOnly = true)
	public RefusalChain refusals(String number) {
		return new RefusalChain(history(number));
	}

	/** All refusals: for what the software does with them. */
	RefusalChain allRefusals(String number) {
		return new RefusalChain(all(number));
	}

	AgencyRequest find(String number, long request) {
		return history(number).stream()
			.filter((each) -> each.id() == request)
			.findFirst()
			.orElseThrow(Refused::notFound);
	}

	private Timestamp now() {
		return Timestamp.from(this.clock.instant());
	}

	/**
	 * What somebody asks.
	 *
	 * @param department which part of the agency; empty for the agency as a whole
	 * @param scheme whose conditions it must be held against; null for none
	 * @param previous id of a refusal that this follows; null: the last of the same
	 * scheme, if any
	 * @param workaround what was tried beside it; may be empty
	 */
	public record Question(List<String> agencies, String department, RequestKind kind, @Nullable String scheme,
			@Nullable Long previous, String text, String workaround) {

		public Question {
			agencies = List.copyOf(agencies);
		}

		/** The agencies as a whole, without a list of conditions. */
		public static Question of(List<String> agencies, String text) {
			return new Question(agencies, "", RequestKind.DECISION, null, null, text, "");
		}

	}

	/** A question as it goes to one agency. */
	private record Asked(String agency, String department, RequestKind kind, @Nullable Scheme scheme,
			@Nullable Long previous, String by, long question) {
	}

	/**
	 * What the answer means for the question.
	 *
	 * @param factsNeeded it cannot answer yet
	 * @param competent whether it goes about this
	 */
	public record Answered(boolean factsNeeded, boolean competent) {
	}

	/**
	 * Who may pick a question up.
	 *
	 * @param group the officers of the agency; empty when it does not work in Doorbraak
	 * @param people who stands in for one of those; without a group the case's team and
	 * the agency's officers, by login
	 */
	public record Answering(Optional<String> group, List<String> people) {

		public Answering {
			people = List.copyOf(people);
		}

	}

}
