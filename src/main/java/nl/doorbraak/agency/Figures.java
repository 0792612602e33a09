package nl.doorbraak.agency;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import nl.doorbraak.agency.AgencyEvents.FiguresAnswered;
import nl.doorbraak.agency.AgencyEvents.FiguresReleased;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DueWork;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Locks;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Typed;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Figures per agency: of half-years that are over, counted once. The agency reads them
 * first and may reply; the desk, the ministry and auditors read them after that, or after
 * a number of working days, with the reply beside them.
 */
@Service
public class Figures implements DueWork {

	/** Who reads what is open. */
	public static final Set<Function> READERS = Set.of(Function.DESK_OFFICER, Function.AMBASSADOR, Function.AUDITOR);

	/** Who reads and replies for the own body. */
	public static final Set<Function> OWN = Set.of(Function.AGENCY_OFFICER, Function.MANAGER, Function.DIRECTOR);

	private static final int LONGEST_REPLY = 2000;

	private static final int LONGEST_NAME = 100;

	/** Questions of half-years before this one that were not counted. */
	private static final String UNCOUNTED = """
			from (select r.agency_id, extract(year from r.asked_at at time zone 'Europe/Amsterdam')::int || '-'
			        || case when extract(month from r.asked_at at time zone 'Europe/Amsterdam') < 7 then 1 else 2 end as period
			      from doorbraak.agency_request r where r.asked_at < :until) q
			where not exists (select 1 from doorbraak.agency_figures f
			                  where f.agency_id = q.agency_id and f.period = q.period)""";

	private final RequestStore store;

	private final Directory directory;

	private final Terms terms;

	private final TransactionOperations transactions;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	private final int replyWorkingDays;

	Figures(RequestStore store, Directory directory, Terms terms, TransactionOperations transactions, Clock clock,
			ApplicationEventPublisher events,
			@Value("${doorbraak.agency.figures-reply-working-days:20}") int replyWorkingDays) {
		this.store = store;
		this.directory = directory;
		this.terms = terms;
		this.transactions = transactions;
		this.clock = clock;
		this.events = events;
		this.replyWorkingDays = replyWorkingDays;
	}

	@Scheduled(initialDelayString = "${doorbraak.agency.figures-every:1h}",
			fixedDelayString = "${doorbraak.agency.figures-every:1h}")
	void poll() {
		doDue();
	}

	/** Counts each half-year that is over, once for each agency that was asked in it. */
	@Override
	public int doDue() {
		List<Due> due = this.store.db()
			.sql("select distinct q.agency_id, q.period " + UNCOUNTED + " order by 2, 1")
			.param("until", Timestamp.from(halfBegan()))
			.query((row, n) -> new Due(row.getString(1), row.getString(2)))
			.list();
		due.forEach((each) -> this.transactions.executeWithoutResult((tx) -> release(each)));
		return due.size();
	}

	private void release(Due due) {
		Locks.alone(this.store.db(), "figures " + due.agency() + due.period());
		Instant now = this.clock.instant();
		LocalDate opensOn = this.terms.workingDays().away(DutchTime.day(now), this.replyWorkingDays);
		this.store.db()
			.sql("""
					insert into doorbraak.agency_figures (agency_id, period, asked, answered_in_term, silent, refused,
					  not_assessed, serial, taken_back, released_at, opens_on)
					select :agency, :period, count(*), count(*) filter (where r.answer is not null and r.silent_at is null),
					  count(r.silent_at), count(*) filter (where r.answer = 'refused'),
					  count(*) filter (where r.assessed_all = false), :serial, count(r.withdrawn_at), :now, :opens
					from doorbraak.agency_request r
					where r.agency_id = :agency and r.asked_at >= :from and r.asked_at < :until
					on conflict do nothing returning id""")
			.param("agency", due.agency())
			.param("period", due.period())
			.param("serial", serial(due))
			.param("now", Timestamp.from(now))
			.param("opens", Date.valueOf(opensOn))
			.param("from", Timestamp.from(due.begins()))
			.param("until", Timestamp.from(due.ends()))
			.query(Long.class)
			.optional()
			.ifPresent((id) -> this.events
				.publishEvent(new FiguresReleased(Actor.TIMER, id, due.agency(), due.period(), opensOn)));
	}

	/** A flag is stored nowhere: it is read off the case as it stands. */
	private long serial(Due due) {
		return this.store.db()
			.sql("""
					select distinct case_number from doorbraak.agency_request
					where agency_id = :agency and asked_at >= :from and asked_at < :until""")
			.param("agency", due.agency())
			.param("from", Timestamp.from(due.begins()))
			.param("until", Timestamp.from(due.ends()))
			.query(String.class)
			.list()
			.stream()
			.flatMap((number) -> new RefusalChain(this.store.ofCase(number)).flagged().stream())
			.filter((flagged) -> flagged.agency().equals(due.agency()) && !flagged.askedAt().isBefore(due.begins())
					&& flagged.askedAt().isBefore(due.ends()))
			.count();
	}

	@Override
	public Optional<Instant> nextDueAt() {
		Instant until = halfBegan();
		boolean waiting = this.store.db()
			.sql("select 1 " + UNCOUNTED + " limit 1")
			.param("until", Timestamp.from(until))
			.query(Integer.class)
			.optional()
			.isPresent();
		if (waiting) {
			return Optional.of(until);
		}
		return this.store.db()
			.sql("select 1 from doorbraak.agency_request where asked_at >= :from limit 1")
			.param("from", Timestamp.from(until))
			.query(Integer.class)
			.optional()
			.map((any) -> start(half(DutchTime.day(until)).plusMonths(6)));
	}

	private Instant halfBegan() {
		return start(half(DutchTime.day(this.clock.instant())));
	}

	private static LocalDate half(LocalDate day) {
		return LocalDate.of(day.getYear(), (day.getMonthValue() < 7) ? Month.JANUARY : Month.JULY, 1);
	}

	private static Instant start(LocalDate day) {
		return day.atStartOfDay(DutchTime.ZONE).toInstant();
	}

	/** What the officer may read: of the own bodies, and what is open to all readers. */
	@Transactional(readOnly = true)
	public List<AgencyFigures> readableBy(String login) {
		Officer officer = this.directory.getOfficer(login);
		LocalDate today = DutchTime.day(this.clock.instant());
		boolean reader = READERS.stream().anyMatch(officer::holds);
		return this.store.db()
			.sql("select * from doorbraak.agency_figures order by agency_id, period desc")
			.query((row, n) -> figures(row))
			.list()
			.stream()
			.filter((each) -> isOwn(officer, each.agency()) || reader && each.isOpen(today))
			.toList();
	}

	/** Whether the officer reads and replies for this body. */
	public boolean isOwn(String login, String agency) {
		return isOwn(this.directory.getOfficer(login), agency);
	}

	private static boolean isOwn(Officer officer, String agency) {
		return officer.posts()
			.stream()
			.anyMatch((post) -> post.organisation().equals(agency) && OWN.contains(post.function()));
	}

	/**
	 * The figures behind a link.
	 * @throws Refused for a link that does not exist (404)
	 */
	@Transactional(readOnly = true)
	public AgencyFigures get(UUID key) {
		return this.store.db()
			.sql("select * from doorbraak.agency_figures where key = :key")
			.param("key", key)
			.query((row, n) -> figures(row))
			.optional()
			.orElseThrow(Refused::notFound);
	}

	/** The secret of the link to figures. */
	@Transactional(readOnly = true)
	public UUID key(long id) {
		return this.store.db()
			.sql("select key from doorbraak.agency_figures where id = :id")
			.param("id", id)
			.query(UUID.class)
			.single();
	}

	/**
	 * What the agency says about its figures; the last that it says counts.
	 * @param login null: somebody with the link of the mail, who gives a name
	 * @throws Refused for a link that does not exist (404), or without a text or a name
	 * (400)
	 */
	@Transactional
	public void reply(UUID key, @Nullable String login, String name, String text) {
		AgencyFigures figures = get(key);
		Locks.alone(this.store.db(), "figures " + figures.agency() + figures.period());
		String said = Typed.text(text, LONGEST_REPLY, "reply",
				"Schrijf uw reactie op, in hoogstens " + LONGEST_REPLY + " tekens. Noem geen personen.", "reply");
		String who = (login != null) ? null : Typed.line(name, LONGEST_NAME, "name",
				"Schrijf uw naam en functie op, in hoogstens " + LONGEST_NAME + " tekens.", "name");
		String by = (login != null) ? login : Actor.LINK;
		this.store.db()
			.sql("""
					update doorbraak.agency_figures set reply = :reply, replied_by = :by, reply_name = :name,
					  replied_at = :now where id = :id""")
			.param("reply", said)
			.param("by", by)
			.param("name", who, Types.VARCHAR)
			.param("now", Timestamp.from(this.clock.instant()))
			.param("id", figures.id())
			.update();
		this.events.publishEvent(new FiguresAnswered(by, figures.id(), figures.agency(), figures.period()));
	}

	/** Who of a body is told first: its officers, or the managers of a municipality. */
	public static Function told(Organisation body) {
		return (body.kind() == Organisation.Kind.AGENCY) ? Function.AGENCY_OFFICER : Function.MANAGER;
	}

	private static AgencyFigures figures(ResultSet row) throws SQLException {
		Timestamp repliedAt = row.getTimestamp("replied_at");
		return new AgencyFigures(row.getLong("id"), row.getString("agency_id"), row.getString("period"),
				row.getInt("asked"), row.getInt("answered_in_term"), row.getInt("silent"), row.getInt("refused"),
				row.getInt("not_assessed"), row.getInt("serial"), row.getInt("taken_back"),
				row.getTimestamp("released_at").toInstant(), row.getObject("opens_on", LocalDate.class),
				row.getObject("key", UUID.class), row.getString("reply"), row.getString("replied_by"),
				row.getString("reply_name"), (repliedAt != null) ? repliedAt.toInstant() : null);
	}

	/** A half-year of an agency that was not counted yet. */
	private record Due(String agency, String period) {

		Instant begins() {
			return start(LocalDate.of(Integer.parseInt(this.period.substring(0, 4)),
					this.period.endsWith("1") ? Month.JANUARY : Month.JULY, 1));
		}

		Instant ends() {
			return start(DutchTime.day(begins()).plusMonths(6));
		}

	}

}
