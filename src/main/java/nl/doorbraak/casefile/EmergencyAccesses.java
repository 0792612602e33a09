package nl.doorbraak.casefile;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import nl.doorbraak.casefile.CaseEvents.EmergencyAccessGranted;
import nl.doorbraak.casefile.CaseEvents.EmergencyAccessReviewed;
import nl.doorbraak.casefile.CaseEvents.EmergencyReviewMissed;
import nl.doorbraak.casefile.EmergencyAccess.Reason;
import nl.doorbraak.casefile.EmergencyAccess.Verdict;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer.Post;
import nl.doorbraak.ladder.Term;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DueWork;
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
 * Emergency access (noodtoegang): who works in the same municipality and is not on a case
 * says why it cannot wait, and reads it for a day. The team and the managers hear it at
 * once, and somebody else says afterwards whether it was justified. It lets nobody act.
 */
@Service
public class EmergencyAccesses implements DueWork, Watched {

	/** Who may use it. */
	public static final Set<Function> USERS = Set.of(Function.CASE_DIRECTOR, Function.DISTRICT_TEAM_MEMBER,
			Function.MANAGER);

	/** Who says whether it was justified: never who used it. */
	public static final Set<Function> REVIEWERS = Set.of(Function.MANAGER, Function.DIRECTOR);

	static final String FORM = "use-emergency-access";

	static final String REVIEW = "review-emergency-access";

	static final String COMPARTMENTS = "open-compartments";

	private static final Duration LASTS = Duration.ofHours(24);

	/** After the term, so that the schedule has had its turn. */
	private static final Duration ALLOWED = Duration.ofMinutes(5);

	private static final int LONGEST = 500;

	private static final int MOST = 200;

	private final CaseStore store;

	private final CaseFiles files;

	private final Writing writing;

	private final Directory directory;

	private final Terms terms;

	private final TransactionOperations transactions;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	EmergencyAccesses(CaseStore store, CaseFiles files, Writing writing, Directory directory, Terms terms,
			TransactionOperations transactions, Clock clock, ApplicationEventPublisher events) {
		this.store = store;
		this.files = files;
		this.writing = writing;
		this.directory = directory;
		this.terms = terms;
		this.transactions = transactions;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Lets somebody read a case for a day. Who works on it needs no more than that, and
	 * who has access already keeps it as it is.
	 * @param typed the number of the case
	 * @return the number as it is written
	 * @throws Refused when something is missing (400), and (404) when there is no case
	 * with this number in a municipality of theirs, whether or not there is one elsewhere
	 */
	@Transactional
	public String use(String login, String typed, String reason, String why, boolean confirmed) {
		return use(login, typed, reason, why, confirmed, false, "");
	}

	/**
	 * The same, and into the compartments of the case too: not without a reason of its
	 * own.
	 */
	@Transactional
	public String use(String login, String typed, String reason, String why, boolean confirmed, boolean compartments,
			String whyCompartments) {
		Reason chosen = Coded.find(Reason.class, reason)
			.orElseThrow(() -> Refused.invalid("reason", "Kies waarom dit niet kan wachten.", "reason"));
		Set<Function> may = (chosen == Reason.MANAGER_EXCEPTION) ? Set.of(Function.MANAGER) : USERS;
		Set<String> municipalities = municipalities(login, may);
		if (municipalities.isEmpty()) {
			throw Refused.invalid("reason", "Deze reden is alleen voor een manager. Kies waarom dit niet kan wachten.",
					"reason");
		}
		String said = Typed.text(why, LONGEST, "why",
				"Schrijf in een zin waarom u deze casus nu moet lezen, in hoogstens " + LONGEST + " tekens.", "why");
		if (!confirmed) {
			throw Refused.invalid("not-confirmed",
					"Bevestig dat u weet dat het team en de manager dit meteen horen en dat het wordt beoordeeld.",
					"confirmed");
		}
		String apart = compartments ? Typed.text(whyCompartments, LONGEST, "why-compartments",
				"Schrijf in een zin waarom u ook wat is afgeschermd moet lezen, in hoogstens " + LONGEST + " tekens.",
				"whyCompartments") : null;
		String number = typed.strip().toUpperCase(Locale.ROOT);
		if (!this.files.isOf(number, municipalities)) {
			throw Refused.notFound();
		}
		CaseFile file = this.store.lock(number);
		EmergencyAccess current = current(file, login).orElse(null);
		boolean enough = (apart != null) ? current != null && current.compartments()
				: current != null || this.files.isAtWork(login, number);
		if (!enough) {
			grant(file, login, chosen, said, apart);
		}
		return number;
	}

	private Optional<EmergencyAccess> current(CaseFile file, String login) {
		Instant now = this.clock.instant();
		return this.store.accesses(file.id())
			.stream()
			.filter((each) -> each.reader().equals(login) && each.until().isAfter(now))
			.min(Comparator.comparing(EmergencyAccess::compartments).reversed());
	}

	private void grant(CaseFile file, String login, Reason reason, String why, @Nullable String apart) {
		Instant now = this.clock.instant();
		Term review = this.terms.forAccessReview(now, file.termsVersion());
		this.store.db()
			.sql("""
					insert into doorbraak.emergency_access (case_id, officer_login, reason, entry_id, granted_at, until,
					  review_due_at, review_explanation, compartments_entry_id)
					values (:case, :login, :reason, :entry, :now, :until, :due, :explanation, :apart)""")
			.param("case", file.id())
			.param("login", login)
			.param("reason", reason.code())
			.param("entry", write(file, FORM, login, "Waarom moet u deze casus nu lezen?", why))
			.param("now", Timestamp.from(now))
			.param("until", Timestamp.from(now.plus(LASTS)))
			.param("due", Timestamp.from(review.endsAt()))
			.param("explanation", review.explanation())
			.param("apart",
					(apart != null) ? write(file, COMPARTMENTS, login, "Waarom ook wat is afgeschermd?", apart) : null,
					Types.BIGINT)
			.update();
		if (apart != null) {
			this.events.publishEvent(
					new CompartmentEvents.CompartmentsOpenedInEmergency(file.number(), login, now.plus(LASTS)));
		}
		this.events.publishEvent(new EmergencyAccessGranted(file.number(), login, reason.code(), now.plus(LASTS),
				review.endsAt(), review.version()));
	}

	private long write(CaseFile file, String form, String login, String label, String said) {
		this.writing.record(file.number(), form, login, List.of(new Answer("why", label, said, said)));
		return this.writing.latestOfCase(file.number(), form).orElseThrow().id();
	}

	/**
	 * A manager or the director says whether it was justified. What was not, ends now.
	 * @throws Refused who is neither there (404), who used it (403), a second verdict
	 * (409), or what is missing (400)
	 */
	@Transactional
	public void review(String login, long id, String verdict, String why) {
		Set<String> municipalities = municipalities(login, REVIEWERS);
		CaseFile file = find(id).filter((each) -> municipalities.contains(each.municipality()))
			.map((each) -> this.store.lock(each.number()))
			.orElseThrow(Refused::notFound);
		EmergencyAccess access = find(id).orElseThrow();
		if (access.reader().equals(login)) {
			throw Refused.forbidden("own-access",
					"U gebruikte deze noodtoegang zelf. Een andere manager of de directeur beoordeelt haar.");
		}
		if (!access.isOpen()) {
			throw Refused.conflict("already-reviewed", "Deze noodtoegang is al beoordeeld. Ververs de pagina.");
		}
		Verdict said = Coded.find(Verdict.class, verdict)
			.orElseThrow(() -> Refused.invalid("verdict", "Kies: terecht of niet terecht.", "verdict"));
		String because = Typed.text(why, LONGEST, "why",
				"Schrijf in een zin waarom u dat vindt, in hoogstens " + LONGEST + " tekens.", "why");
		Instant now = this.clock.instant();
		boolean ends = said == Verdict.NOT_JUSTIFIED && access.until().isAfter(now) && access.grantedAt().isBefore(now);
		this.store.db()
			.sql("""
					update doorbraak.emergency_access set verdict = :verdict, reviewed_by = :login, reviewed_at = :now,
					  review_entry_id = :entry, until = :until where id = :id""")
			.param("verdict", said.code())
			.param("login", login)
			.param("now", Timestamp.from(now))
			.param("entry", write(file, REVIEW, login, "Was deze noodtoegang terecht, en waarom?", because))
			.param("until", Timestamp.from(ends ? now : access.until()))
			.param("id", id)
			.update();
		this.events.publishEvent(new EmergencyAccessReviewed(access.number(), login, access.reader(), said.code()));
	}

	private Optional<EmergencyAccess> find(long id) {
		return this.store.db()
			.sql(EmergencyAccess.SELECT + " where e.id = :id")
			.param("id", id)
			.query(EmergencyAccess.FROM_ROW)
			.optional();
	}

	/**
	 * What somebody must know of: as a reviewer everything of the municipality, as an
	 * auditor the same without names, and of others what they used themselves. First what
	 * nobody reviewed, the nearest day first.
	 */
	@Transactional(readOnly = true)
	public List<EmergencyAccess> list(String login) {
		Set<String> reviewed = municipalities(login, REVIEWERS);
		Set<String> audited = municipalities(login, Set.of(Function.AUDITOR));
		return this.store.db()
			.sql(EmergencyAccess.SELECT + """
					where c.municipality_id = any (:reviewed) or c.municipality_id = any (:audited)
					  or e.officer_login = :login and e.until > :now
					order by e.verdict is not null, case when e.verdict is null then e.review_due_at end, e.id desc
					limit\s""" + MOST)
			.param("reviewed", reviewed.toArray(String[]::new))
			.param("audited", audited.toArray(String[]::new))
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.query(EmergencyAccess.FROM_ROW)
			.list()
			.stream()
			.map((each) -> reviewed.contains(each.municipality()) || each.reader().equals(login) ? each
					: each.in((text) -> this.files.unnamed(each.number(), text)))
			.toList();
	}

	/** What waits for this person's verdict, the nearest day first. */
	@Transactional(readOnly = true)
	public List<EmergencyAccess> toReview(String login) {
		Set<String> reviewed = municipalities(login, REVIEWERS);
		return reviewed.isEmpty() ? List.of() : list(login).stream()
			.filter((each) -> each.isOpen() && reviewed.contains(each.municipality()) && !each.reader().equals(login))
			.toList();
	}

	/**
	 * The open cases of the municipalities that somebody manages: codes and dates, the
	 * nearest event first.
	 */
	@Transactional(readOnly = true)
	public List<CaseLine> cases(String login, int skipped, int limit) {
		return this.files.listOf(municipalities(login, REVIEWERS), skipped, limit);
	}

	/** The officers who have the lead of these cases. */
	@Transactional(readOnly = true)
	public Map<String, String> leads(Collection<CaseLine> cases) {
		return this.files.leads(cases.stream().map(CaseLine::number).toList());
	}

	private Set<String> municipalities(String login, Collection<Function> functions) {
		return this.directory.posts(login)
			.stream()
			.filter((post) -> functions.contains(post.function()))
			.map(Post::organisation)
			.collect(Collectors.toSet());
	}

	@Scheduled(initialDelayString = "${doorbraak.access-reviews-every:60s}",
			fixedDelayString = "${doorbraak.access-reviews-every:60s}")
	void poll() {
		doDue();
	}

	/** Nobody reviewed it in time: that is written down, and told. */
	@Override
	public int doDue() {
		List<EmergencyAccess> late = this.store.db()
			.sql(EmergencyAccess.SELECT
					+ " where e.verdict is null and e.overdue_told_at is null and e.review_due_at <= :now order by e.id")
			.param("now", Timestamp.from(this.clock.instant()))
			.query(EmergencyAccess.FROM_ROW)
			.list();
		return DueWork.eachForItself(late, (each) -> this.transactions.executeWithoutResult((tx) -> tell(each)));
	}

	@Override
	public String what() {
		return "accessReview";
	}

	@Override
	public List<Late> late(JdbcClient own, Instant before) {
		return own
			.sql("""
					select e.id, c.number from doorbraak.emergency_access e join doorbraak.case_file c on c.id = e.case_id
					where e.verdict is null and e.overdue_told_at is null and e.review_due_at <= :before order by e.id limit 500""")
			.param("before", Timestamp.from(before.minus(ALLOWED)))
			.query((row, n) -> new Late(row.getString("id"), row.getString("number")))
			.list();
	}

	@Override
	public void repair(Late late) {
		find(Long.parseLong(late.key()))
			.ifPresent((each) -> this.transactions.executeWithoutResult((tx) -> tell(each)));
	}

	private void tell(EmergencyAccess late) {
		this.store.lock(late.number());
		int told = this.store.db()
			.sql("""
					update doorbraak.emergency_access set overdue_told_at = :now
					where id = :id and verdict is null and overdue_told_at is null""")
			.param("now", Timestamp.from(this.clock.instant()))
			.param("id", late.id())
			.update();
		if (told == 1) {
			this.events
				.publishEvent(new EmergencyReviewMissed(late.number(), Actor.TIMER, late.reader(), late.reviewDueAt()));
		}
	}

	@Override
	public Optional<Instant> nextDueAt() {
		@Nullable Timestamp next = this.store.db()
			.sql("""
					select min(review_due_at) from doorbraak.emergency_access
					where verdict is null and overdue_told_at is null""")
			.query((row, n) -> Optional.ofNullable(row.getTimestamp(1)))
			.single()
			.orElse(null);
		return Optional.ofNullable(next).map(Timestamp::toInstant);
	}

}
