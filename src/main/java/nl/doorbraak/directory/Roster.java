package nl.doorbraak.directory;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.directory.RosterEvents.OfficerListed;
import nl.doorbraak.directory.RosterEvents.OrganisationListed;
import nl.doorbraak.directory.RosterEvents.PostTermSet;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Locks;
import nl.doorbraak.support.Storable;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.SqlParameterValue;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The organisations and officers as a list of one body names them. Who may say what, is
 * for the room that reads the list.
 */
@Service
public class Roster {

	private final JdbcClient db;

	private final Directory directory;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Roster(JdbcClient db, Directory directory, Clock clock, ApplicationEventPublisher events) {
		this.db = db;
		this.directory = directory;
		this.clock = clock;
		this.events = events;
	}

	/** Whether a text can be a login. */
	public static boolean isLogin(String text) {
		return Directory.LOGIN.matcher(text).matches();
	}

	/** Whether a text can be an address for mail. */
	public static boolean isEmail(String text) {
		return Storable.isName(text) && Directory.email(text) != null;
	}

	/** Whether a text can be a telephone number. */
	public static boolean isPhone(String text) {
		return text.equals(Phone.of(text));
	}

	/** Whether a text can be the id of an organisation. */
	public static boolean isId(String text) {
		return DirectorySetUp.ID.matcher(text).matches();
	}

	/** Nobody else takes a list over until the end of the transaction. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void lock() {
		Locks.alone(this.db, "roster");
	}

	/**
	 * Who has a function at a body, or gets one later: as its list would name them.
	 */
	@Transactional(readOnly = true)
	public List<Listed> of(String organisation) {
		Map<String, Term> terms = this.db
			.sql("select * from doorbraak.post_term where organisation_id = :organisation and not ended")
			.param("organisation", organisation)
			.query((row, n) -> term(row))
			.list()
			.stream()
			.collect(Collectors.toMap(Term::login, (term) -> term));
		return this.directory.allOfficers().stream().flatMap((officer) -> {
			Term term = terms.get(officer.login());
			Set<Function> functions = held(officer, organisation);
			if (term != null && !term.begun()) {
				functions = term.functions();
			}
			return functions.isEmpty() ? Stream.empty()
					: Stream.of(new Listed(officer.login(), officer.name(), officer.email(), officer.phone(),
							organisation, functions, (term != null) ? term.firstDay() : null,
							(term != null) ? term.lastDay() : null, officer.deputy()));
		}).toList();
	}

	private static Term term(ResultSet row) throws SQLException {
		return new Term(row.getString("officer_login"), row.getString("organisation_id"),
				Arrays.stream((String[]) row.getArray("functions").getArray())
					.map(Function::of)
					.collect(Collectors.toSet()),
				row.getObject("first_day", LocalDate.class), row.getObject("last_day", LocalDate.class),
				row.getBoolean("begun"));
	}

	/** Who gets functions at a body later. */
	@Transactional(readOnly = true)
	public List<Term> upcoming() {
		return this.db.sql(
				"select * from doorbraak.post_term where not begun and not ended order by organisation_id, officer_login")
			.query((row, n) -> term(row))
			.list();
	}

	private static Set<Function> held(Officer officer, String organisation) {
		return officer.posts()
			.stream()
			.filter((post) -> post.organisation().equals(organisation))
			.map(Officer.Post::function)
			.collect(Collectors.toSet());
	}

	/**
	 * Makes somebody what the list says they are at its body. Functions elsewhere stay.
	 * The deputy comes afterwards: they may stand further down the list.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void enter(String actor, Listed listed) {
		Officer known = this.directory.findOfficer(listed.login()).orElse(null);
		LocalDate today = DutchTime.day(this.clock.instant());
		LocalDate first = listed.firstDay();
		boolean begun = first == null || !first.isAfter(today);
		Set<Officer.Post> posts = new HashSet<>();
		if (known != null) {
			known.posts()
				.stream()
				.filter((post) -> !post.organisation().equals(listed.organisation()))
				.forEach(posts::add);
		}
		if (begun) {
			listed.functions().forEach((function) -> posts.add(new Officer.Post(function, listed.organisation())));
		}
		List<String> items = new ArrayList<>();
		if (known == null) {
			items.add("known");
		}
		else {
			add(items, "name", known.name(), listed.name());
			add(items, "email", known.email(), listed.email());
			add(items, "phone", known.phone(), listed.phone());
		}
		this.directory.takeOver(actor, "list", listed.login(), listed.name(), listed.email(), listed.phone(), posts);
		if (!items.isEmpty()) {
			this.events.publishEvent(new OfficerListed(actor, listed.login(), listed.organisation(), items));
		}
		setTerm(actor, listed, begun);
	}

	private static void add(List<String> items, String code, @Nullable Object before, @Nullable Object now) {
		if (!Objects.equals(before, now)) {
			items.add(code);
		}
	}

	private void setTerm(String actor, Listed listed, boolean begun) {
		Listed before = this.db.sql("""
				select * from doorbraak.post_term where officer_login = :login and organisation_id = :organisation""")
			.param("login", listed.login())
			.param("organisation", listed.organisation())
			.query((row, n) -> {
				Term term = term(row);
				return new Listed(term.login(), listed.name(), listed.email(), listed.phone(), term.organisation(),
						row.getBoolean("ended") ? Set.of() : term.functions(), term.firstDay(), term.lastDay(),
						listed.deputy());
			})
			.optional()
			.orElse(null);
		boolean without = listed.firstDay() == null && listed.lastDay() == null;
		if (without && before == null || listed.equals(before)) {
			return;
		}
		this.db
			.sql("""
					insert into doorbraak.post_term (officer_login, organisation_id, functions, first_day, last_day, begun, set_by, set_at)
					values (:login, :organisation, :functions, :first, :last, :begun, :actor, :now)
					on conflict (officer_login, organisation_id) do update set functions = excluded.functions,
					  first_day = excluded.first_day, last_day = excluded.last_day, begun = excluded.begun, ended = false,
					  set_by = excluded.set_by, set_at = excluded.set_at""")
			.param("login", listed.login())
			.param("organisation", listed.organisation())
			.param("functions",
					new SqlParameterValue(Types.ARRAY,
							listed.functions().stream().map(Function::code).toArray(String[]::new)))
			.param("first", date(listed.firstDay()), Types.DATE)
			.param("last", date(listed.lastDay()), Types.DATE)
			.param("begun", begun)
			.param("actor", actor)
			.param("now", Timestamp.from(this.clock.instant()))
			.update();
		if (before == null || before.functions().isEmpty() || !Objects.equals(before.firstDay(), listed.firstDay())
				|| !Objects.equals(before.lastDay(), listed.lastDay())) {
			this.events.publishEvent(new PostTermSet(actor, listed.login(), listed.organisation(),
					text(listed.firstDay()), text(listed.lastDay())));
		}
	}

	private static @Nullable Date date(@Nullable LocalDate day) {
		return (day != null) ? Date.valueOf(day) : null;
	}

	private static @Nullable String text(@Nullable LocalDate day) {
		return (day != null) ? day.toString() : null;
	}

	/** Who stands in for somebody of the list. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void setDeputy(String actor, Listed listed) {
		int changed = this.db.sql(
				"update doorbraak.officer set deputy_login = :deputy where login = :login and deputy_login is distinct from :deputy")
			.param("deputy", listed.deputy(), Types.VARCHAR)
			.param("login", listed.login())
			.update();
		if (changed > 0) {
			this.directory.forget();
			this.events
				.publishEvent(new OfficerListed(actor, listed.login(), listed.organisation(), List.of("deputy")));
		}
	}

	/** Ids of the organisations that the settings of the installation list. */
	@Transactional(readOnly = true)
	public Set<String> inSettings() {
		return this.db.sql("select id from doorbraak.organisation where in_settings").query(String.class).set();
	}

	/** Makes a body known, or what the list says of it. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void enter(String actor, Organisation listed) {
		Organisation known = this.directory.organisations(Set.of(listed.id())).get(listed.id());
		List<String> items = new ArrayList<>();
		if (known == null) {
			items.add("known");
		}
		else {
			add(items, "name", known.name(), listed.name());
			add(items, "phone", known.phone(), listed.phone());
			add(items, "email", known.email(), listed.email());
			add(items, "dutyPhone", known.dutyPhone(), listed.dutyPhone());
			add(items, "connected", known.connected(), listed.connected());
		}
		DirectorySetUp.takeOver(this.db, listed, false);
		this.directory.forget();
		this.events.publishEvent(new OrganisationListed(actor, listed.id(), items));
	}

	/** The terms whose first day came or whose last day passed, nothing done yet. */
	@Transactional(readOnly = true)
	public List<Term> due() {
		return this.db
			.sql("""
					select * from doorbraak.post_term where (not begun and first_day <= :today) or (not ended and last_day < :today)
					order by organisation_id, officer_login limit 500""")
			.param("today", Date.valueOf(DutchTime.day(this.clock.instant())))
			.query((row, n) -> term(row))
			.list();
	}

	/** The first day came: they get the functions that the list named. */
	@Transactional(propagation = Propagation.MANDATORY)
	public boolean begin(Term term) {
		boolean mine = this.db.sql("""
				update doorbraak.post_term set begun = true
				where officer_login = :login and organisation_id = :organisation and not begun""")
			.param("login", term.login())
			.param("organisation", term.organisation())
			.update() > 0;
		if (mine) {
			Officer officer = this.directory.getOfficer(term.login());
			Set<Officer.Post> posts = new HashSet<>(officer.posts());
			term.functions().forEach((function) -> posts.add(new Officer.Post(function, term.organisation())));
			this.directory.takeOver(Actor.TIMER, "list", officer.login(), officer.name(), officer.email(),
					officer.phone(), posts);
		}
		return mine;
	}

	/** The last day passed; whether nobody else saw it before. */
	@Transactional(propagation = Propagation.MANDATORY)
	public boolean end(Term term) {
		return this.db.sql("""
				update doorbraak.post_term set ended = true, begun = true
				where officer_login = :login and organisation_id = :organisation and not ended and last_day = :last""")
			.param("login", term.login())
			.param("organisation", term.organisation())
			.param("last", date(term.lastDay()), Types.DATE)
			.update() > 0;
	}

	/**
	 * Somebody as a list names them.
	 *
	 * @param organisation body of the list
	 * @param deputy login of who stands in
	 */
	public record Listed(String login, String name, @Nullable String email, @Nullable String phone, String organisation,
			Set<Function> functions, @Nullable LocalDate firstDay, @Nullable LocalDate lastDay,
			@Nullable String deputy) {

		public Listed {
			functions = functions.isEmpty() ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(functions));
		}

	}

	/** The days between which a list gives somebody functions at a body. */
	public record Term(String login, String organisation, Set<Function> functions, @Nullable LocalDate firstDay,
			@Nullable LocalDate lastDay, boolean begun) {

		public Term {
			functions = Set.copyOf(functions);
		}

		/** Whether the last day has passed. */
		public boolean isOver(LocalDate today) {
			return this.lastDay != null && this.lastDay.isBefore(today);
		}

	}

}
