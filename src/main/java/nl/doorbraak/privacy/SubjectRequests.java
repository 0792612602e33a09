package nl.doorbraak.privacy;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Resident;
import nl.doorbraak.casefile.Residents;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer.Post;
import nl.doorbraak.ladder.Term;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.privacy.SubjectRequest.Extension;
import nl.doorbraak.privacy.SubjectRequest.Ground;
import nl.doorbraak.privacy.SubjectRequest.Identity;
import nl.doorbraak.privacy.SubjectRequest.Kind;
import nl.doorbraak.privacy.SubjectRequest.Outcome;
import nl.doorbraak.privacy.SubjectRequestEvents.SubjectRequestAnswered;
import nl.doorbraak.privacy.SubjectRequestEvents.SubjectRequestDueSoon;
import nl.doorbraak.privacy.SubjectRequestEvents.SubjectRequestEntered;
import nl.doorbraak.privacy.SubjectRequestEvents.SubjectRequestExtended;
import nl.doorbraak.privacy.SubjectRequestEvents.SubjectRequestLate;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DueWork;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Typed;
import nl.doorbraak.support.watchdog.Watched;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Residents who ask for access to their data in a case or for a correction: entered by
 * the team or a manager, answered within a month, and watched until then.
 */
@Service
public class SubjectRequests implements DueWork, Watched {

	/** Who sees that there are requests, and enters one, without reading the case. */
	public static final Set<Function> MANAGERS = Set.of(Function.MANAGER, Function.DIRECTOR);

	private static final Duration SOON = Duration.ofDays(7);

	/** After the term, so that the schedule has had its turn. */
	private static final Duration ALLOWED = Duration.ofMinutes(5);

	private static final int LONGEST = 500;

	private static final int MOST = 200;

	private static final String SELECT = """
			select r.*, c.number, c.municipality_id
			from doorbraak.subject_request r join doorbraak.case_file c on c.id = r.case_id
			""";

	/** Due to be reminded of, or late, and not told. */
	private static final String TO_TELL = """
			r.outcome is null and (r.late_told_at is null and r.due_at <= :now
			  or r.soon_told_at is null and r.late_told_at is null and r.due_at <= :soon)
			""";

	private final JdbcClient db;

	private final CaseFiles files;

	private final Residents residents;

	private final Writing writing;

	private final Directory directory;

	private final Terms terms;

	private final TransactionOperations transactions;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	SubjectRequests(JdbcClient db, CaseFiles files, Residents residents, Writing writing, Directory directory,
			Terms terms, TransactionOperations transactions, Clock clock, ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.residents = residents;
		this.writing = writing;
		this.directory = directory;
		this.terms = terms;
		this.transactions = transactions;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Writes down that a resident asked: the team chooses who, a manager of the
	 * municipality types the name, because a manager does not read the case.
	 * @return the number of the case as it is written
	 * @throws Refused who is neither (404, 403), or what is missing or cannot be (400)
	 */
	@Transactional
	public String enter(String login, String typed, Asked asked) {
		String number = typed.strip().toUpperCase(Locale.ROOT);
		if (!asked.person().isEmpty()) {
			this.files.lockForTeam(login, number);
		}
		else if (!this.files.isOf(number, municipalities(login))) {
			throw Refused.notFound();
		}
		Kind kind = Coded.find(Kind.class, asked.kind())
			.orElseThrow(
					() -> Refused.invalid("request-kind", "Kies wat de inwoner vraagt: inzage of correctie.", "kind"));
		Identity identity = Coded.find(Identity.class, asked.identity())
			.orElseThrow(() -> Refused.invalid("request-identity", "Kies hoe u weet wie het vraagt.", "identity"));
		LocalDate receivedOn = notLater(asked.receivedOn(), "request-received",
				"Vul de dag in waarop het verzoek binnenkwam. Die ligt niet in de toekomst.", "receivedOn");
		Resident resident = this.residents.of(number)
			.stream()
			.filter((each) -> asked.person().isEmpty() ? each.isCalled(asked.name())
					: String.valueOf(each.id()).equals(asked.person()))
			.findFirst()
			.orElseThrow(() -> Refused.invalid("request-person",
					"In deze casus is niemand met deze naam. Controleer de naam en het nummer van de casus.",
					asked.person().isEmpty() ? "name" : "person"));
		CaseFile file = this.files.lock(number);
		Term term = this.terms.forSubjectRequest(receivedOn, file.termsVersion());
		long id = this.db
			.sql("""
					insert into doorbraak.subject_request (case_id, member_id, kind, identity, received_on, due_at, due_explanation,
					  entered_by, entered_at)
					values (:case, :member, :kind, :identity, :received, :due, :explanation, :login, :now) returning id""")
			.param("case", file.id())
			.param("member", resident.id())
			.param("kind", kind.code())
			.param("identity", identity.code())
			.param("received", Date.valueOf(receivedOn))
			.param("due", Timestamp.from(term.endsAt()))
			.param("explanation", term.explanation())
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.query(Long.class)
			.single();
		this.events.publishEvent(
				new SubjectRequestEntered(number, login, id, kind.code(), identity.code(), receivedOn, term.endsAt()));
		return number;
	}

	/**
	 * Two more months, because the request is complex or there are many; the resident
	 * heard it within the first month.
	 */
	@Transactional
	public SubjectRequest extend(String login, long id, String reason, @Nullable LocalDate toldOn) {
		SubjectRequest request = open(login, id);
		if (request.extended() != null) {
			throw Refused.conflict("request-extended", "De termijn is al verlengd. Een tweede keer kan niet.");
		}
		Extension because = Coded.find(Extension.class, reason)
			.orElseThrow(() -> Refused.invalid("request-reason", "Kies waarom het langer duurt.", "reason"));
		LocalDate told = notLater(toldOn, "request-told",
				"Vul in wanneer u de inwoner vertelde dat het langer duurt en waarom. Zonder dat kan verlengen niet.",
				"toldOn");
		if (told.isBefore(request.receivedOn()) || told.isAfter(request.lastDay())
				|| request.isLate(this.clock.instant())) {
			throw Refused.invalid("request-told",
					"Verlengen kan alleen als de inwoner het binnen de eerste termijn hoorde, en die termijn nog loopt.",
					"toldOn");
		}
		Term term = this.terms.forSubjectRequestExtended(request.receivedOn(),
				this.files.get(request.number()).termsVersion());
		this.db
			.sql("""
					update doorbraak.subject_request set due_at = :due, due_explanation = :explanation, extended_because = :because,
					  told_on = :told, extended_by = :login, soon_told_at = null where id = :id""")
			.param("due", Timestamp.from(term.endsAt()))
			.param("explanation", term.explanation())
			.param("because", because.code())
			.param("told", Date.valueOf(told))
			.param("login", login)
			.param("id", id)
			.update();
		this.events
			.publishEvent(new SubjectRequestExtended(request.number(), login, id, because.code(), told, term.endsAt()));
		return request;
	}

	/**
	 * Ends a request: what was asked is given, it is refused with a ground and a reason,
	 * or the resident withdrew it.
	 * @throws Refused (409) when nothing was made or decided that could be given
	 */
	@Transactional
	public SubjectRequest end(String login, long id, String outcome, String ground, String why) {
		SubjectRequest request = open(login, id);
		Outcome ended = Coded.find(Outcome.class, outcome)
			.orElseThrow(() -> Refused.invalid("request-outcome", "Kies hoe het verzoek is geëindigd.", "outcome"));
		Ground because = null;
		Long entry = null;
		if (ended == Outcome.REFUSED) {
			because = Coded.find(Ground.class, ground)
				.orElseThrow(() -> Refused.invalid("request-ground", "Kies op welke grond u weigert.", "ground"));
			entry = write(request.number(), CaseFiles.REFUSE_REQUEST, login,
					"Waarom krijgt de inwoner niet wat hij of zij vroeg?", why);
		}
		if (ended == Outcome.GIVEN && !isDone(request)) {
			throw Refused.conflict("request-not-done",
					(request.kind() == Kind.ACCESS) ? "Maak eerst het overzicht voor de inwoner."
							: "Leg eerst vast wat er over de correctie is besloten.");
		}
		this.db
			.sql("""
					update doorbraak.subject_request set outcome = :outcome, ground = :ground, entry_id = :entry, answered_by = :login,
					  answered_at = :now where id = :id""")
			.param("outcome", ended.code())
			.param("ground", (because != null) ? because.code() : null, Types.VARCHAR)
			.param("entry", entry, Types.BIGINT)
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.param("id", id)
			.update();
		this.events.publishEvent(new SubjectRequestAnswered(request.number(), login, id, ended.code(),
				(because != null) ? because.code() : null));
		return request;
	}

	/** Keeps a sentence in the case file, and tells where. */
	long write(String number, String form, String login, String label, String typed) {
		String said = Typed.text(typed, LONGEST, "why",
				"Schrijf in een zin waarom, in hoogstens " + LONGEST + " tekens.", "why");
		this.writing.record(number, form, login, List.of(new Answer("why", label, said, said)));
		return this.writing.latestOfCase(number, form).orElseThrow().id();
	}

	private boolean isDone(SubjectRequest request) {
		String kept = (request.kind() == Kind.ACCESS) ? "subject_export" : "correction";
		return this.db.sql("select 1 from doorbraak." + kept + " where request_id = :id limit 1")
			.param("id", request.id())
			.query(Integer.class)
			.optional()
			.isPresent();
	}

	/** The requests of a case, the last one first, for who is of its team. */
	@Transactional(readOnly = true)
	public List<SubjectRequest> of(String number) {
		return this.db.sql(SELECT + " where c.number = :number order by r.id desc")
			.param("number", number)
			.query((row, n) -> request(row))
			.list();
	}

	/**
	 * The requests in the municipalities that somebody manages, without who asked: first
	 * what is open, the nearest day first.
	 */
	@Transactional(readOnly = true)
	public List<SubjectRequest> list(String login) {
		return this.db
			.sql(SELECT + """
					where c.municipality_id = any (:municipalities)
					order by r.outcome is not null, case when r.outcome is null then r.due_at end, r.id desc limit\s"""
					+ MOST)
			.param("municipalities", municipalities(login).toArray(String[]::new))
			.query((row, n) -> request(row))
			.list();
	}

	/** A request of a case, or (404) when it has none with this id. */
	SubjectRequest get(String number, long id) {
		return find(id).filter((each) -> each.number().equals(number)).orElseThrow(Refused::notFound);
	}

	/** Whether somebody may enter and end requests of this case. */
	public boolean may(String login, String number) {
		return this.files.isOf(number, municipalities(login)) || this.files.isTeam(login, number);
	}

	private void refuseUnlessMay(String login, String number) {
		if (!may(login, number)) {
			throw Refused.notFound();
		}
	}

	private SubjectRequest open(String login, long id) {
		String number = find(id).map(SubjectRequest::number).orElseThrow(Refused::notFound);
		refuseUnlessMay(login, number);
		this.files.lock(number);
		return refuseUnlessOpen(get(number, id));
	}

	static SubjectRequest refuseUnlessOpen(SubjectRequest request) {
		if (!request.isOpen()) {
			throw Refused.conflict("request-ended", "Dit verzoek is al afgesloten. Ververs de pagina.");
		}
		return request;
	}

	private Optional<SubjectRequest> find(long id) {
		return this.db.sql(SELECT + " where r.id = :id").param("id", id).query((row, n) -> request(row)).optional();
	}

	private Set<String> municipalities(String login) {
		return this.directory.posts(login)
			.stream()
			.filter((post) -> MANAGERS.contains(post.function()))
			.map(Post::organisation)
			.collect(Collectors.toSet());
	}

	private LocalDate notLater(@Nullable LocalDate day, String code, String sentence, String field) {
		if (day == null || day.isAfter(DutchTime.day(this.clock.instant())) || day.getYear() < 2018) {
			throw Refused.invalid(code, sentence, field);
		}
		return day;
	}

	private static SubjectRequest request(ResultSet row) throws SQLException {
		Date told = row.getDate("told_on");
		Timestamp answered = row.getTimestamp("answered_at");
		return new SubjectRequest(row.getLong("id"), row.getString("number"), row.getString("municipality_id"),
				row.getLong("member_id"), Coded.of(Kind.class, row.getString("kind")),
				Coded.of(Identity.class, row.getString("identity")), row.getDate("received_on").toLocalDate(),
				row.getTimestamp("due_at").toInstant(), row.getString("due_explanation"), row.getString("entered_by"),
				row.getTimestamp("entered_at").toInstant(), coded(Extension.class, row.getString("extended_because")),
				(told != null) ? told.toLocalDate() : null, row.getTimestamp("late_told_at") != null,
				coded(Outcome.class, row.getString("outcome")), coded(Ground.class, row.getString("ground")),
				row.getString("answered_by"), (answered != null) ? answered.toInstant() : null);
	}

	private static <T extends Enum<T> & Coded> @Nullable T coded(Class<T> type, @Nullable String code) {
		return (code != null) ? Coded.of(type, code) : null;
	}

	@Scheduled(initialDelayString = "${doorbraak.privacy.watch-every:60s}",
			fixedDelayString = "${doorbraak.privacy.watch-every:60s}")
	void poll() {
		doDue();
	}

	/** Reminds of what ends in a week, and tells what nobody answered in time. */
	@Override
	public int doDue() {
		Instant now = this.clock.instant();
		List<Long> due = toTell(this.db, now, now.plus(SOON)).stream().map((each) -> Long.valueOf(each.key())).toList();
		return DueWork.eachForItself(due, (each) -> this.transactions.executeWithoutResult((tx) -> tell(each)));
	}

	private static List<Late> toTell(JdbcClient db, Instant now, Instant soon) {
		return db.sql(
				"select r.id, c.number from doorbraak.subject_request r join doorbraak.case_file c on c.id = r.case_id where "
						+ TO_TELL + " order by r.id limit 500")
			.param("now", Timestamp.from(now))
			.param("soon", Timestamp.from(soon))
			.query((row, n) -> new Late(row.getString("id"), row.getString("number")))
			.list();
	}

	@Override
	public String what() {
		return "subjectRequest";
	}

	@Override
	public List<Late> late(JdbcClient own, Instant before) {
		Instant allowed = before.minus(ALLOWED);
		return toTell(own, allowed, allowed.plus(SOON));
	}

	@Override
	public void repair(Late late) {
		this.transactions.executeWithoutResult((tx) -> tell(Long.parseLong(late.key())));
	}

	private void tell(long id) {
		SubjectRequest request = find(id).orElseThrow();
		this.files.lock(request.number());
		Instant now = this.clock.instant();
		boolean late = !now.isBefore(request.dueAt());
		int told = this.db
			.sql("update doorbraak.subject_request r set " + (late ? "late_told_at" : "soon_told_at")
					+ " = :now where r.id = :id and " + TO_TELL)
			.param("now", Timestamp.from(now))
			.param("soon", Timestamp.from(now.plus(SOON)))
			.param("id", id)
			.update();
		if (told == 1) {
			this.events.publishEvent(late ? new SubjectRequestLate(request.number(), Actor.TIMER, id, request.dueAt())
					: new SubjectRequestDueSoon(request.number(), Actor.TIMER, id, request.dueAt()));
		}
	}

	@Override
	public Optional<Instant> nextDueAt() {
		return this.db.sql("""
				select min(case when soon_told_at is null then due_at - interval '7 days' else due_at end)
				from doorbraak.subject_request where outcome is null and late_told_at is null""")
			.query((row, n) -> Optional.ofNullable(row.getTimestamp(1)).map(Timestamp::toInstant))
			.single();
	}

	/** Names of those who asked, by id of the resident. */
	@Transactional(readOnly = true)
	public String nameOf(SubjectRequest request) {
		return this.residents.get(request.number(), request.person()).member().name();
	}

	/** The functions that may enter requests without being of the team. */
	public static Set<String> managers() {
		return codes(MANAGERS);
	}

	private static Set<String> codes(Collection<Function> functions) {
		return functions.stream().map(Function::code).collect(Collectors.toSet());
	}

	/**
	 * What a resident asked, as somebody fills it in.
	 *
	 * @param person id of the resident; empty where a name is typed
	 */
	public record Asked(String kind, @Nullable LocalDate receivedOn, String person, String name, String identity) {
	}

}
