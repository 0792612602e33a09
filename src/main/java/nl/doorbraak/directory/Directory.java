package nl.doorbraak.directory;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import nl.doorbraak.directory.RoleEvents.FunctionsEnded;
import nl.doorbraak.directory.RoleEvents.RoleEnded;
import nl.doorbraak.directory.RoleEvents.RoleGranted;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Remembered;
import nl.doorbraak.support.Storable;
import nl.doorbraak.support.security.Account;
import nl.doorbraak.support.security.Accounts;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Organisations and officers. Read anew in each transaction, so that a right that ended
 * has ended.
 */
@Repository
@EnableConfigurationProperties(LoginClaims.class)
public class Directory implements Accounts {

	private static final String OFFICER = """
			select o.login, o.name, o.deputy_login, o.email, o.phone, p.function, p.organisation_id
			from doorbraak.officer o left join doorbraak.post p on p.officer_login = o.login
			""";

	private static final Pattern EMAIL = Pattern.compile("[^\\s\\p{Cntrl}<>,;:\"@]+@[^\\s\\p{Cntrl}<>,;:\"@]+");

	/** As the table of officers wants it. */
	static final Pattern LOGIN = Pattern.compile("[A-Za-z0-9._@-]{1,100}");

	private final JdbcClient db;

	private final LoginClaims claims;

	private final ApplicationEventPublisher events;

	Directory(JdbcClient db, LoginClaims claims, ApplicationEventPublisher events) {
		this.db = db;
		this.claims = claims;
		this.events = events;
	}

	public Optional<Officer> findOfficer(String login) {
		if (!Storable.isStorable(login)) {
			return Optional.empty();
		}
		return officers("where o.login = :login", Map.of("login", login)).stream().findFirst();
	}

	/**
	 * The officer with this login.
	 * @throws Refused when there is none
	 */
	public Officer getOfficer(String login) {
		return findOfficer(login).orElseThrow(() -> Refused.forbidden("officer-unknown",
				"Uw account is hier niet bekend. Vraag uw functioneel beheerder om u toe te voegen."));
	}

	/** The other logins of this person: those with the same address for mail. */
	public Set<String> otherLogins(String login) {
		return Remembered.once(new Question("other logins", "", Map.of("login", login)),
				() -> this.db.sql("""
						select other.login from doorbraak.officer o join doorbraak.officer other
						  on lower(other.email) = lower(o.email) and other.login <> o.login where o.login = :login""")
					.param("login", login)
					.query(String.class)
					.set());
	}

	public List<Officer> allOfficers() {
		return officers("order by o.login", Map.of());
	}

	public List<Officer> officersOf(String organisation, Function function) {
		return officers("""
				where o.login in (select officer_login from doorbraak.post
				                  where organisation_id = :organisation and function = :function)
				order by o.login""", Map.of("organisation", organisation, "function", function.code()));
	}

	/** The same for many functions at once; nobody's list where nobody holds it. */
	public Map<Officer.Post, List<Officer>> officersOf(Collection<Officer.Post> posts) {
		List<Officer> holders = officers("""
				where o.login in (select held.officer_login from doorbraak.post held
				                  join unnest(:functions, :organisations) as asked (function, organisation)
				                    on held.function = asked.function and held.organisation_id = asked.organisation)
				order by o.login""",
				Map.of("functions", posts.stream().map((post) -> post.function().code()).toArray(String[]::new),
						"organisations", posts.stream().map(Officer.Post::organisation).toArray(String[]::new)));
		return posts.stream()
			.distinct()
			.collect(Collectors.toMap(java.util.function.Function.identity(),
					(post) -> holders.stream().filter((officer) -> officer.posts().contains(post)).toList()));
	}

	/** Those of these logins that are known. */
	public List<Officer> officers(Collection<String> logins) {
		return officers("where o.login = any (:logins) order by o.login",
				Map.of("logins", logins.toArray(String[]::new)));
	}

	/**
	 * Who has had which function at a body, who has it now first, then the last one
	 * first.
	 */
	public List<Occupant> occupants(String organisation) {
		return occupants("where p.organisation_id = :organisation", Map.of("organisation", organisation));
	}

	/** Who has had which function at any body, in the same order. */
	public List<Occupant> allOccupants() {
		return occupants("", Map.of());
	}

	private List<Occupant> occupants(String where, Map<String, ?> params) {
		return this.db.sql("""
				select p.*, coalesce(o.name, p.officer_login) as name from doorbraak.post_period p
				left join doorbraak.officer o on o.login = p.officer_login
				%s order by p.function, p.until desc nulls first, p.since desc, name""".formatted(where))
			.params(params)
			.query((row, n) -> {
				Timestamp until = row.getTimestamp("until");
				return new Occupant(row.getString("officer_login"), row.getString("name"),
						Function.of(row.getString("function")), row.getString("organisation_id"),
						row.getTimestamp("since").toInstant(), (until != null) ? until.toInstant() : null);
			})
			.list();
	}

	/**
	 * How the officer is called on screen; the login where nobody of that name is known
	 * any more.
	 */
	public String nameOf(String login) {
		return findOfficer(login).map(Officer::name).orElse(login);
	}

	/** What an officer is, and where; empty for somebody unknown. */
	public List<Officer.Post> posts(String login) {
		return findOfficer(login).map((officer) -> List.copyOf(officer.posts())).orElse(List.of());
	}

	/**
	 * Ids of the organisations for which an officer answers when they are asked
	 * something.
	 */
	public List<String> answersFor(String login) {
		return posts(login).stream()
			.filter((post) -> post.function() == getOrganisation(post.organisation()).kind().answering())
			.map(Officer.Post::organisation)
			.toList();
	}

	/** Whether an officer works for an organisation. */
	public boolean worksFor(String login, String organisation) {
		return posts(login).stream().anyMatch((post) -> post.organisation().equals(organisation));
	}

	/**
	 * The organisation with this id.
	 * @throws IllegalArgumentException when there is none
	 */
	public Organisation getOrganisation(String id) {
		return organisations("where id = :id", Map.of("id", id)).stream()
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("No organisation has id '" + id + "'"));
	}

	public List<Organisation> allOrganisations() {
		return organisations("order by id", Map.of());
	}

	/** Ids of the municipalities whose people work in Doorbraak. */
	public List<String> connectedMunicipalities() {
		return allOrganisations().stream()
			.filter((each) -> each.kind() == Organisation.Kind.MUNICIPALITY && each.connected())
			.map(Organisation::id)
			.toList();
	}

	/** The organisations with these ids. */
	public Map<String, Organisation> organisations(Collection<String> ids) {
		return organisations("where id = any (:ids)",
				Map.of("ids", ids.stream().filter(Storable::isStorable).toArray(String[]::new)))
			.stream()
			.collect(Collectors.toMap(Organisation::id, java.util.function.Function.identity()));
	}

	/**
	 * The first organisation of a kind of which the country has one (the national desk,
	 * the escalation team).
	 * @throws IllegalStateException when the directory has none
	 */
	public Organisation theOne(Organisation.Kind kind) {
		return organisations("where kind = :kind order by id", Map.of("kind", kind.name().toLowerCase(Locale.ROOT)))
			.stream()
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("The directory has no organisation of kind " + kind));
	}

	/** Who takes part, or did, and since when. */
	@Transactional(readOnly = true)
	public List<Joining> joined() {
		return this.db.sql("select kind, joined_on from doorbraak.organisation where joined_on is not null order by id")
			.query((row, n) -> new Joining(Organisation.Kind.valueOf(row.getString(1).toUpperCase(Locale.ROOT)),
					row.getObject(2, LocalDate.class)))
			.list();
	}

	@Override
	public Optional<Account> find(String login) {
		return findOfficer(login).map(Directory::account);
	}

	@Override
	public Optional<Function> role(String code) {
		return Coded.find(Function.class, code);
	}

	/**
	 * {@inheritDoc}
	 * <p>
	 * Who has no function any more loses the posts held here, although the login itself
	 * is refused.
	 */
	@Override
	@Transactional(noRollbackFor = Refused.class)
	public Account accept(Map<String, Object> claims) {
		String login = text(claims.get(this.claims.login()));
		if (login == null || !LOGIN.matcher(login).matches()) {
			throw withoutFunction();
		}
		Set<Officer.Post> posts = posts(login, claims);
		String name = text(claims.get(this.claims.name()));
		Officer known = findOfficer(login).orElse(null);
		if (known == null && posts.isEmpty()) {
			throw withoutFunction();
		}
		String called = (name != null) ? name : login;
		// A token of the API need not carry it: that says nothing about the address.
		String email = (known != null && !claims.containsKey(this.claims.email())) ? known.email()
				: email(claims.get(this.claims.email()));
		String phone = (known != null && !claims.containsKey(this.claims.phone())) ? known.phone()
				: Phone.of(claims.get(this.claims.phone()));
		if (known == null || !known.name().equals(called) || !Objects.equals(known.email(), email)
				|| !Objects.equals(known.phone(), phone) || !Set.copyOf(known.posts()).equals(posts)) {
			takeOver(Actor.SOFTWARE, "oidc", login, called, email, phone, posts);
			if (posts.isEmpty() && known != null && !known.posts().isEmpty()) {
				endStandingIn(login);
				this.events.publishEvent(new FunctionsEnded(login, known.posts(), true));
			}
		}
		if (posts.isEmpty()) {
			throw withoutFunction();
		}
		return account(getOfficer(login));
	}

	/**
	 * Ends every function of somebody at these bodies, and that they stand in for who is
	 * no colleague any more; who keeps something of theirs hears of it in this
	 * transaction.
	 */
	@Transactional
	public void endFunctions(String actor, String login, Collection<String> bodies) {
		Officer officer = getOfficer(login);
		List<Officer.Post> ends = officer.posts()
			.stream()
			.filter((post) -> bodies.contains(post.organisation()))
			.toList();
		Set<Officer.Post> stays = new HashSet<>(officer.posts());
		stays.removeAll(ends);
		takeOver(actor, "oidc", login, officer.name(), officer.email(), officer.phone(), stays);
		this.db.sql("""
				update doorbraak.post_term set begun = true, ended = true
				where officer_login = :login and organisation_id = any (:bodies) and not ended""")
			.param("login", login)
			.param("bodies", bodies.toArray(String[]::new))
			.update();
		endStandingIn(login);
		this.events.publishEvent(new FunctionsEnded(login, ends, false));
	}

	/** Nobody stands in for who is no colleague any more; nor do others for them. */
	private void endStandingIn(String login) {
		this.db.sql("""
				update doorbraak.officer o set deputy_login = null
				where :login in (o.login, o.deputy_login) and not exists (
				  select from doorbraak.post mine join doorbraak.post theirs using (organisation_id)
				  where mine.officer_login = o.login and theirs.officer_login = o.deputy_login)""")
			.param("login", login)
			.update();
		this.db.sql("""
				update doorbraak.absence a set deputy_login = null
				where :login in (a.officer_login, a.deputy_login) and a.ended_at is null
				  and a.last_day >= (doorbraak.current_instant() at time zone 'Europe/Amsterdam')::date and not exists (
				  select from doorbraak.post mine join doorbraak.post theirs using (organisation_id)
				  where mine.officer_login = a.officer_login and theirs.officer_login = a.deputy_login)""")
			.param("login", login)
			.update();
		Remembered.forget(Question.class);
		Remembered.forget(Absences.Ahead.class);
	}

	private Set<Officer.Post> posts(String login, Map<String, Object> claims) {
		String organisation = text(claims.get(this.claims.organisation()));
		if (organisation == null || organisations("where id = :id", Map.of("id", organisation)).isEmpty()
				|| isOutsideTerm(login, organisation)) {
			return Set.of();
		}
		return strings(claims.get(this.claims.functions())).stream()
			.flatMap((code) -> Arrays.stream(Function.values()).filter((function) -> function.code().equals(code)))
			.map((function) -> new Officer.Post(function, organisation))
			.collect(Collectors.toSet());
	}

	/** The period that a list of the body names narrows what the provider says. */
	private boolean isOutsideTerm(String login, String organisation) {
		return this.db.sql("""
				select exists (select from doorbraak.post_term t where t.officer_login = :login
				  and t.organisation_id = :organisation
				  and not (doorbraak.current_instant() at time zone 'Europe/Amsterdam')::date
				    between coalesce(t.first_day, '-infinity') and coalesce(t.last_day, 'infinity'))""")
			.param("login", login)
			.param("organisation", organisation)
			.query(Boolean.class)
			.single();
	}

	/**
	 * Makes somebody known, or what they are called and what they are what is said here.
	 * @param source of who was not known
	 */
	void takeOver(String actor, String source, String login, String name, @Nullable String email,
			@Nullable String phone, Set<Officer.Post> posts) {
		Remembered.forget(Question.class);
		this.db
			.sql("""
					insert into doorbraak.officer (login, name, email, phone, source) values (:login, :name, :email, :phone, :source)
					on conflict (login) do update set name = excluded.name, email = excluded.email, phone = excluded.phone""")
			.param("login", login)
			.param("name", Storable.isName(name) ? name : login)
			.param("email", email)
			.param("phone", phone)
			.param("source", source)
			.update();
		// Only what changed: the register tells since when somebody has a post.
		for (Officer.Post gone : getOfficer(login).posts()) {
			if (!posts.contains(gone)) {
				this.db.sql("""
						delete from doorbraak.post where officer_login = :login and function = :function
						  and organisation_id = :organisation""")
					.param("login", login)
					.param("function", gone.function().code())
					.param("organisation", gone.organisation())
					.update();
				this.events.publishEvent(new RoleEnded(actor, login, gone.function().code(), gone.organisation()));
			}
		}
		for (Officer.Post post : posts) {
			int granted = this.db.sql("""
					insert into doorbraak.post values (:login, :function, :organisation) on conflict do nothing""")
				.param("login", login)
				.param("function", post.function().code())
				.param("organisation", post.organisation())
				.update();
			if (granted > 0) {
				this.events.publishEvent(new RoleGranted(actor, login, post.function().code(), post.organisation()));
			}
		}
		Remembered.forget(Question.class);
	}

	/** What was read of people and organisations in this transaction has changed. */
	void forget() {
		Remembered.forget(Question.class);
	}

	private static Refused withoutFunction() {
		return Refused.forbidden("login-without-function",
				"U bent ingelogd, maar uw account heeft geen functie in Doorbraak. Vraag uw functioneel beheerder om een functie en een organisatie.");
	}

	private static Account account(Officer officer) {
		return new Account(officer.login(), officer.name(),
				officer.posts().stream().map((post) -> post.function().code()).collect(Collectors.toSet()));
	}

	private static @Nullable String text(@Nullable Object claim) {
		return (claim instanceof String text && !text.isBlank()) ? text : null;
	}

	/**
	 * An address that cannot be one is none: alerts to this officer then fail aloud, the
	 * login does not.
	 */
	static @Nullable String email(@Nullable Object claim) {
		String text = text(claim);
		return (text != null && text.length() <= 254 && EMAIL.matcher(text).matches()) ? text : null;
	}

	private static Collection<String> strings(@Nullable Object claim) {
		if (claim instanceof Collection<?> many) {
			return many.stream().map(String::valueOf).toList();
		}
		return (claim instanceof String one) ? List.of(one) : List.of();
	}

	private List<Organisation> organisations(String where, Map<String, ?> params) {
		return Remembered.once(new Question("organisation", where, params), () -> this.db
			.sql("select id, kind, name, phone, region_id, connected, email, duty_phone from doorbraak.organisation "
					+ where)
			.params(params)
			.query((row, number) -> organisation(row))
			.list());
	}

	private static Organisation organisation(ResultSet row) throws SQLException {
		return new Organisation(row.getString("id"),
				Organisation.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)), row.getString("name"),
				row.getString("phone"), row.getString("region_id"), row.getBoolean("connected"), row.getString("email"),
				row.getString("duty_phone"));
	}

	private List<Officer> officers(String where, Map<String, ?> params) {
		return Remembered.once(new Question("officer", where, params), () -> readOfficers(where, params));
	}

	private List<Officer> readOfficers(String where, Map<String, ?> params) {
		record Row(String login, String name, @Nullable String deputy, @Nullable String email, @Nullable String phone,
				@Nullable String function, @Nullable String organisation) {
		}
		return this.db.sql(OFFICER + where)
			.params(params)
			.query((row, number) -> new Row(row.getString(1), row.getString(2), row.getString(3), row.getString(4),
					row.getString(5), row.getString(6), row.getString(7)))
			.list()
			.stream()
			.collect(Collectors.groupingBy(Row::login, java.util.LinkedHashMap::new, Collectors.toList()))
			.values()
			.stream()
			.map((rows) -> new Officer(rows.get(0).login(), rows.get(0).name(), rows.get(0).deputy(),
					rows.get(0).email(), rows.get(0).phone(),
					rows.stream()
						.filter((row) -> row.function() != null && row.organisation() != null)
						.map((row) -> new Officer.Post(Function.of(String.valueOf(row.function())),
								String.valueOf(row.organisation())))
						.toList()))
			.toList();
	}

	/** That an organisation of this kind joined on a day. */
	public record Joining(Organisation.Kind kind, LocalDate on) {
	}

	private record Question(String about, String where, Map<String, ?> params) {
	}

}
