package nl.doorbraak.retention;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.retention.Hold.Reason;
import nl.doorbraak.retention.RetentionEvents.HoldLifted;
import nl.doorbraak.retention.RetentionEvents.HoldSet;
import nl.doorbraak.retention.RetentionEvents.RetentionTermSet;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Storable;
import nl.doorbraak.support.Typed;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Until when closed cases are kept and what holds them longer. The database reckons the
 * days, so that what the pages say and what may be removed are the same.
 */
@Service
public class Retention {

	/** Who reads what is kept in their municipality. */
	public static final Set<Function> READERS = Set.of(Function.MANAGER, Function.DIRECTOR, Function.AUDITOR);

	private static final int LONGEST_REASON = 300;

	private static final int MOST = 100;

	private static final String CASES = """
			select c.number, c.closed_at, c.outcome, doorbraak.is_held(c.number) as held,
			  (select l.list_id from doorbraak.destruction_line l where l.case_number = c.number and l.taken_off_at is null) as list,
			  t.* from (select c.* from doorbraak.case_file c where c.state = 'closed' and %s) c
			cross join lateral doorbraak.retention_terms(c.number, :changed, :amount) t
			order by doorbraak.destruction_day(c.number), c.number, t.code""";

	private final JdbcClient db;

	private final CaseFiles files;

	private final Directory directory;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Retention(JdbcClient db, CaseFiles files, Directory directory, Clock clock, ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.directory = directory;
		this.clock = clock;
		this.events = events;
	}

	/** Where somebody holds one of these functions. */
	Set<String> municipalities(String login, Collection<Function> functions) {
		return this.directory.posts(login)
			.stream()
			.filter((post) -> functions.contains(post.function()))
			.map(Officer.Post::organisation)
			.collect(Collectors.toSet());
	}

	LocalDate today() {
		return DutchTime.day(this.clock.instant());
	}

	/**
	 * How many closed cases there are where this reader reads, and of how many the day
	 * came.
	 */
	@Transactional(readOnly = true)
	public Count count(String login) {
		return this.db
			.sql("""
					select count(*), count(*) filter (where d.day <= :today), count(*) filter (where doorbraak.is_held(c.number))
					from doorbraak.case_file c cross join lateral (select doorbraak.destruction_day(c.number) as day) d
					where c.state = 'closed' and c.municipality_id = any (:municipalities)""")
			.param("today", java.sql.Date.valueOf(today()))
			.param("municipalities", municipalities(login, READERS).toArray(String[]::new))
			.query((row, n) -> new Count(row.getInt(1), row.getInt(2), row.getInt(3)))
			.single();
	}

	/** Closed cases, the nearest day first, a hundred at a time. */
	@Transactional(readOnly = true)
	public List<KeptCase> closed(String login, int skipped) {
		return cases("""
				c.number in (select f.number from doorbraak.case_file f where f.state = 'closed'
				  and f.municipality_id = any (:municipalities)
				  order by doorbraak.destruction_day(f.number), f.number offset :skipped limit :limit)""",
				Map.of("municipalities", municipalities(login, READERS).toArray(String[]::new), "skipped", skipped,
						"limit", MOST + 1),
				null, null);
	}

	/** Of one municipality: the day has come, nothing holds it, and it is on no list. */
	List<KeptCase> ripe(String municipality, LocalDate until, int limit) {
		return cases(
				"""
						c.number in (select f.number from doorbraak.case_file f where f.state = 'closed' and f.municipality_id = :municipality
						  and doorbraak.destruction_day(f.number) <= :until and not doorbraak.is_held(f.number)
						  and not exists (select 1 from doorbraak.destruction_line l where l.case_number = f.number and l.taken_off_at is null)
						  order by doorbraak.destruction_day(f.number), f.number limit :limit)""",
				Map.of("municipality", municipality, "until", java.sql.Date.valueOf(until), "limit", limit), null,
				null);
	}

	private List<KeptCase> cases(String where, Map<String, ?> params, @Nullable String changed,
			@Nullable Integer amount) {
		Map<String, KeptCase> cases = new LinkedHashMap<>();
		this.db.sql(CASES.formatted(where))
			.params(params)
			.param("changed", changed, java.sql.Types.VARCHAR)
			.param("amount", amount, java.sql.Types.INTEGER)
			.query((row) -> {
				cases.merge(row.getString("number"), kept(row), (before, next) -> {
					List<KeptCase.Term> terms = new ArrayList<>(before.terms());
					terms.addAll(next.terms());
					return new KeptCase(before.number(), before.closedOn(), before.outcome(), terms, before.held(),
							before.list());
				});
			});
		return List.copyOf(cases.values());
	}

	private static KeptCase kept(ResultSet row) throws SQLException {
		KeptCase.Term term = new KeptCase.Term(row.getString("code"), row.getInt("version"), row.getInt("amount"),
				row.getString("unit"), row.getString("counts_from"), row.getString("source"),
				row.getDate("starts_on").toLocalDate(), row.getDate("day").toLocalDate());
		return new KeptCase(row.getString("number"), DutchTime.day(row.getTimestamp("closed_at").toInstant()),
				row.getString("outcome"), List.of(term), row.getBoolean("held"),
				(row.getObject("list") != null) ? row.getLong("list") : null);
	}

	/**
	 * One case of a municipality of the reader.
	 * @return nothing when it is still open
	 * @throws Refused (404) when there is no such case, or when it was destroyed
	 */
	@Transactional(readOnly = true)
	public Optional<KeptCase> of(String login, String number) {
		if (!this.files.isOf(number, municipalities(login, READERS))) {
			throw Refused.notFound();
		}
		return of(number);
	}

	Optional<KeptCase> of(String number) {
		return cases("c.number = :number", Map.of("number", number), null, null).stream().findFirst();
	}

	/**
	 * When a case was destroyed, and under which list; nothing when it was not, or
	 * elsewhere.
	 */
	@Transactional(readOnly = true)
	public Optional<Destroyed> destroyed(String login, String number) {
		return !Storable.isStorable(number) ? Optional.empty() : this.db
			.sql("""
					select l.list_id, l.destroyed_at, l.explanation from doorbraak.destruction_line l
					join doorbraak.destruction_list d on d.id = l.list_id
					where l.case_number = :number and l.destroyed_at is not null and d.municipality_id = any (:municipalities)""")
			.param("number", number)
			.param("municipalities", municipalities(login, READERS).toArray(String[]::new))
			.query((row, n) -> new Destroyed(number, row.getLong(1), row.getTimestamp(2).toInstant(), row.getString(3)))
			.optional();
	}

	/**
	 * What keeps a case from being destroyed now; without names for who is only auditor.
	 */
	@Transactional(readOnly = true)
	public List<Hold> holds(String login, String number) {
		boolean named = this.files.isOf(number, municipalities(login, DestructionLists.SIGNERS));
		return holds(number).stream()
			.map((hold) -> (named || hold.why() == null) ? hold
					: new Hold(hold.id(), hold.kind(), hold.until(), this.files.unnamed(number, hold.why()),
							hold.setBy(), hold.setAt()))
			.toList();
	}

	private List<Hold> holds(String number) {
		return this.db
			.sql("""
					select null::bigint as id, case when o.outcome is null then o.kind else 'appeal' end as kind, o.hold_until,
					  null as why, null as set_by, null::timestamptz as set_at
					from doorbraak.objection o where o.case_number = :number
					  and (o.outcome is null or o.hold_until >= :today)
					union all
					select h.id, h.reason, null, h.why, h.set_by, h.set_at from doorbraak.retention_hold h
					where h.case_number = :number and h.lifted_at is null order by 1 nulls first""")
			.param("number", number)
			.param("today", java.sql.Date.valueOf(today()))
			.query((row, n) -> new Hold((row.getObject("id") != null) ? row.getLong("id") : null, row.getString("kind"),
					(row.getDate("hold_until") != null) ? row.getDate("hold_until").toLocalDate() : null,
					row.getString("why"), row.getString("set_by"),
					(row.getTimestamp("set_at") != null) ? row.getTimestamp("set_at").toInstant() : null))
			.list();
	}

	/**
	 * A manager holds a case, open or closed.
	 * @throws Refused who does not manage there (404), or what is missing (400)
	 */
	@Transactional
	public void hold(String login, String number, String reason, String why) {
		lockAsManager(login, number);
		Reason chosen = Coded.find(Reason.class, reason)
			.orElseThrow(() -> Refused.invalid("reason", "Kies waarom deze casus bewaard moet blijven.", "reason"));
		String said = Typed.text(why, LONGEST_REASON, "why",
				"Schrijf in een zin waarom deze casus bewaard moet blijven, in hoogstens " + LONGEST_REASON
						+ " tekens.",
				"why");
		this.db.sql("""
				insert into doorbraak.retention_hold (case_number, reason, why, set_by, set_at)
				values (:number, :reason, :why, :login, :now)""")
			.param("number", number)
			.param("reason", chosen.code())
			.param("why", said)
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.update();
		this.events.publishEvent(new HoldSet(number, login, chosen.code()));
	}

	/**
	 * A manager lifts what a manager set.
	 * @throws Refused who does not manage there (404), or when it was lifted (409)
	 */
	@Transactional
	public void lift(String login, String number, long id) {
		lockAsManager(login, number);
		String reason = this.db.sql("""
				update doorbraak.retention_hold set lifted_by = :login, lifted_at = :now
				where id = :id and case_number = :number and lifted_at is null returning reason""")
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.param("id", id)
			.param("number", number)
			.query(String.class)
			.optional()
			.orElseThrow(
					() -> Refused.conflict("no-hold", "Deze casus wordt niet meer vastgehouden. Ververs de pagina."));
		this.events.publishEvent(new HoldLifted(number, login, reason));
	}

	void lockAsManager(String login, String number) {
		if (!this.files.isOf(number, municipalities(login, Set.of(Function.MANAGER)))) {
			throw Refused.notFound();
		}
		this.files.lock(number);
	}

	/** The terms that count now in the first municipality of this reader. */
	@Transactional(readOnly = true)
	public List<Rule> rules(String login) {
		return this.db
			.sql("""
					select r.code, r.life_domains, r.outcomes, r.amount, r.unit, r.counts_from, r.source, r.version from doorbraak.retention_rule r
					where r.version = doorbraak.retention_version_of(:municipality) order by r.amount desc, r.code""")
			.param("municipality", municipality(login))
			.query((row, n) -> new Rule(row.getString("code"), texts(row, "life_domains"), texts(row, "outcomes"),
					row.getInt("amount"), row.getString("unit"), row.getString("counts_from"), row.getString("source"),
					row.getInt("version")))
			.list();
	}

	private static List<String> texts(ResultSet row, String column) throws SQLException {
		return (row.getArray(column) != null) ? List.of((String[]) row.getArray(column).getArray()) : List.of();
	}

	private String municipality(String login) {
		return municipalities(login, READERS).stream().sorted().findFirst().orElseThrow(Refused::notFound);
	}

	/**
	 * What another length of one term would do: which cases get another day.
	 * @throws Refused (400) when there is no such term, or it cannot have this length
	 */
	@Transactional(readOnly = true)
	public List<Change> consequence(String login, String code, int amount) {
		check(login, code, amount);
		String where = "c.municipality_id = :municipality";
		Map<String, ?> params = Map.of("municipality", municipality(login));
		Map<String, LocalDate> now = cases(where, params, null, null).stream()
			.collect(Collectors.toMap(KeptCase::number, KeptCase::day));
		return cases(where, params, code, amount).stream()
			.map((each) -> new Change(each.number(), now.getOrDefault(each.number(), each.day()), each.day()))
			.filter((each) -> !each.before().equals(each.after()))
			.toList();
	}

	private void check(String login, String code, int amount) {
		if (amount < 1 || amount > 200 || rules(login).stream().noneMatch((each) -> each.code().equals(code))) {
			throw Refused.invalid("amount", "Kies een termijn en vul een getal in van 1 tot en met 200.");
		}
	}

	/**
	 * A director keeps the cases of the municipality longer than the law says, from now
	 * on.
	 * @throws Refused when it is shorter than the law says, or impossible (400)
	 */
	@Transactional
	public void setTerm(String login, String code, int amount) {
		String municipality = municipalities(login, Set.of(Function.DIRECTOR)).stream()
			.sorted()
			.findFirst()
			.orElseThrow(Refused::notFound);
		check(login, code, amount);
		int least = this.db.sql("""
				select r.amount from doorbraak.retention_rule r join doorbraak.retention_version v using (version)
				where v.municipality_id is null and r.code = :code order by r.version desc limit 1""")
			.param("code", code)
			.query(Integer.class)
			.single();
		if (amount < least) {
			throw Refused.invalid("amount",
					"Korter dan de wet of de selectielijst zegt mag niet: minstens " + least + ".");
		}
		int version = this.db.sql("select doorbraak.set_retention(:municipality, :code, :amount, :login)")
			.param("municipality", municipality)
			.param("code", code)
			.param("amount", amount)
			.param("login", login)
			.query(Integer.class)
			.single();
		this.events.publishEvent(new RetentionTermSet(login, municipality, code, amount, version));
	}

	/**
	 * How many closed cases there are.
	 *
	 * @param passed of how many the day has come
	 * @param held how many are held
	 */
	public record Count(int closed, int passed, int held) {
	}

	/** What is left of a case. */
	public record Destroyed(String number, long list, java.time.Instant at, String explanation) {
	}

	/** One term as it is set. */
	public record Rule(String code, List<String> lifeDomains, List<String> outcomes, int amount, String unit,
			String countsFrom, String source, int version) {
	}

	/** Another day for a case. */
	public record Change(String number, LocalDate before, LocalDate after) {
	}

}
