package nl.doorbraak.settings;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer.Post;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.ladder.Adoption;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.ladder.TermsVersion;
import nl.doorbraak.lead.WatchMoments;
import nl.doorbraak.mandate.MandateLevels;
import nl.doorbraak.settings.SettingsEvents.TermsAdopted;
import nl.doorbraak.settings.SettingsEvents.TermsDraftChanged;
import nl.doorbraak.settings.SettingsEvents.TermsDraftWithdrawn;
import nl.doorbraak.settings.SettingsEvents.TermsDrafted;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Typed;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The agreed settings of municipalities and regions. A functional administrator drafts a
 * version; who answers for that body adopts it from a day on; nobody changes it after
 * that.
 */
@Service
public class Settings {

	/** Who reads the settings of their municipality and region. */
	public static final Set<Function> READERS = Set.of(Function.ADMINISTRATOR, Function.MANAGER, Function.DIRECTOR,
			Function.PROCESS_DIRECTOR, Function.AUDITOR);

	/** Who writes a draft. */
	public static final Set<Function> DRAFTERS = Set.of(Function.ADMINISTRATOR);

	/**
	 * Who adopts it: the manager or the director of a municipality, the process director
	 * of a region.
	 */
	public static final Set<Function> ADOPTERS = Set.of(Function.MANAGER, Function.DIRECTOR, Function.PROCESS_DIRECTOR);

	/** How long a page waits before it shows how far the reckoning is. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private static final int LONGEST_REFERENCE = 200;

	private static final int MOST_MONTHS_AHEAD = 24;

	private static final TypeReference<TreeMap<String, String>> FIELDS = new TypeReference<>() {
	};

	private final JdbcClient db;

	private final Directory directory;

	private final Terms terms;

	private final WatchMoments moments;

	private final MandateLevels levels;

	private final WhatIfs whatIfs;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	private final ObjectMapper json = new ObjectMapper();

	Settings(JdbcClient db, Directory directory, Terms terms, WatchMoments moments, MandateLevels levels,
			WhatIfs whatIfs, Clock clock, ApplicationEventPublisher events) {
		this.db = db;
		this.directory = directory;
		this.terms = terms;
		this.moments = moments;
		this.levels = levels;
		this.whatIfs = whatIfs;
		this.clock = clock;
		this.events = events;
	}

	/** The bodies whose settings somebody reads, in the order of their names. */
	public List<Organisation> bodies(String login) {
		Set<String> bodies = reach(login, READERS);
		return this.directory.allOrganisations()
			.stream()
			.filter((each) -> bodies.contains(each.id()))
			.sorted(Comparator.comparing(Organisation::kind).thenComparing(Organisation::name))
			.toList();
	}

	/** Of a municipality also its region, of a region also its municipalities. */
	private Set<String> reach(String login, Collection<Function> functions) {
		Set<String> own = own(login, functions);
		return this.directory.allOrganisations()
			.stream()
			.filter((each) -> isGoverned(each) && (own.contains(each.id()) || own.contains(each.region())
					|| this.directory.allOrganisations()
						.stream()
						.anyMatch((other) -> own.contains(other.id()) && each.id().equals(other.region()))))
			.map(Organisation::id)
			.collect(Collectors.toSet());
	}

	private static boolean isGoverned(Organisation body) {
		return body.kind() == Organisation.Kind.MUNICIPALITY || body.kind() == Organisation.Kind.REGION;
	}

	private Set<String> own(String login, Collection<Function> functions) {
		return this.directory.posts(login)
			.stream()
			.filter((post) -> functions.contains(post.function()))
			.map(Post::organisation)
			.collect(Collectors.toSet());
	}

	/** The bodies for which somebody may begin a draft: none is open there yet. */
	public List<Organisation> draftable(String login) {
		Set<String> reach = reach(login, DRAFTERS);
		Set<String> open = drafts(login).stream().filter(Draft::isOpen).map(Draft::body).collect(Collectors.toSet());
		return bodies(login).stream().filter((each) -> reach.contains(each.id()) && !open.contains(each.id())).toList();
	}

	public boolean drafts(String login, Draft draft) {
		return draft.isOpen() && reach(login, DRAFTERS).contains(draft.body());
	}

	/** Whether somebody answers for the body and wrote nothing in the draft. */
	public boolean adopts(String login, Draft draft) {
		return draft.isOpen() && answersFor(login, draft.body()) && !draft.authors().contains(login);
	}

	private boolean answersFor(String login, String body) {
		Set<Function> functions = (this.directory.getOrganisation(body).kind() == Organisation.Kind.REGION)
				? Set.of(Function.PROCESS_DIRECTOR) : Set.of(Function.MANAGER, Function.DIRECTOR);
		return own(login, functions).contains(body);
	}

	/** The versions that somebody reads, the newest first. */
	@Transactional(readOnly = true)
	public List<Version> versions(String login) {
		Set<String> reach = reach(login, READERS);
		Instant now = this.clock.instant();
		Set<Integer> current = municipalities(reach).stream()
			.map((each) -> this.terms.currentVersion(now, each, this.directory.getOrganisation(each).region()))
			.collect(Collectors.toSet());
		return this.db.sql("""
				select v.version, v.body_id, v.valid_from, v.note, v.drafted_by, v.adopted_by, v.adopted_at,
				  (select count(*) from doorbraak.case_file c where c.terms_version = v.version and c.state <> 'closed'
				     and c.municipality_id = any (:municipalities)) as cases
				from doorbraak.terms_version v where v.body_id is null or v.body_id = any (:bodies)
				order by v.valid_from desc, v.version desc""")
			.param("municipalities", countable(login).toArray(String[]::new))
			.param("bodies", reach.toArray(String[]::new))
			.query((row, n) -> new Version(row.getInt(1), row.getString(2), row.getTimestamp(3).toInstant(),
					row.getString(4), row.getString(5), row.getString(6),
					(row.getTimestamp(7) != null) ? row.getTimestamp(7).toInstant() : null,
					current.contains(row.getInt(1)), row.getInt(8)))
			.list();
	}

	/**
	 * One of these versions.
	 * @throws Refused (404) when there is none that this reader reads
	 */
	public Version version(String login, int number) {
		return versions(login).stream()
			.filter((each) -> each.number() == number)
			.findFirst()
			.orElseThrow(Refused::notFound);
	}

	/** What a version says. */
	public Agreed agreed(int version) {
		return new Agreed(this.terms.get(version), this.moments.of(version), this.levels.of(version));
	}

	/** The version of the same body, or else of everybody, that was there before. */
	public Optional<Integer> before(Version version) {
		return this.terms.versions()
			.stream()
			.filter((each) -> each.version() < version.number()
					&& (each.body() == null || each.body().equals(version.body())))
			.max(Comparator.comparing((TermsVersion each) -> Objects.equals(each.body(), version.body()))
				.thenComparing(TermsVersion::validFrom))
			.map(TermsVersion::version);
	}

	/** The drafts of the bodies that somebody reads, the newest first. */
	@Transactional(readOnly = true)
	public List<Draft> drafts(String login) {
		return this.db.sql("select * from doorbraak.terms_draft where body_id = any (:bodies) order by id desc")
			.param("bodies", reach(login, READERS).toArray(String[]::new))
			.query((row, n) -> draft(row))
			.list();
	}

	/**
	 * A draft.
	 * @throws Refused (404) when there is none that this reader reads
	 */
	@Transactional(readOnly = true)
	public Draft draft(String login, long id) {
		return drafts(login).stream().filter((each) -> each.id() == id).findFirst().orElseThrow(Refused::notFound);
	}

	private Draft draft(ResultSet row) throws SQLException {
		int version = row.getInt("version");
		try {
			return new Draft(row.getLong("id"), row.getString("body_id"), row.getInt("based_on"),
					this.json.readValue(row.getString("content"), FIELDS),
					List.of((String[]) row.getArray("authors").getArray()), row.getInt("revision"),
					row.getTimestamp("changed_at").toInstant(), (version > 0) ? version : null,
					row.getTimestamp("withdrawn_at") != null);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("Draft " + row.getLong("id") + " holds no fields", ex);
		}
	}

	/** What a draft says. */
	public Agreed agreed(Draft draft) {
		return Fields.read(draft.fields(), agreed(draft.basedOn()), draft.body(), closed());
	}

	private Predicate<LocalDate> closed() {
		return (day) -> !this.terms.isWorkingDay(day);
	}

	/**
	 * Begins a version for a body, as the one that new cases there begin with now.
	 * @throws Refused who does not administer there (404), or when a draft is open there
	 * already (409)
	 */
	@Transactional
	public long begin(String login, String body) {
		if (!reach(login, DRAFTERS).contains(body)) {
			throw Refused.notFound();
		}
		int base = newest(body);
		try {
			long id = this.db.sql("""
					insert into doorbraak.terms_draft (body_id, based_on, content, authors, changed_at)
					values (:body, :base, cast(:content as jsonb), :authors, :now) returning id""")
				.param("body", body)
				.param("base", base)
				.param("content", json(Fields.of(agreed(base))))
				.param("authors", new String[] { login })
				.param("now", Timestamp.from(this.clock.instant()))
				.query(Long.class)
				.single();
			this.events.publishEvent(new TermsDrafted(login, body, id, base));
			return id;
		}
		catch (DuplicateKeyException ex) {
			throw Refused.conflict("draft-open",
					"Voor deze organisatie is al een concept open. Werk daarin verder, of trek het eerst in.");
		}
	}

	/** The newest that was adopted for a body, also when it is not in force yet. */
	private int newest(String body) {
		Organisation organisation = this.directory.getOrganisation(body);
		String region = organisation.region();
		for (String each : (region != null) ? List.of(body, region) : List.of(body)) {
			Optional<TermsVersion> own = this.terms.versions()
				.stream()
				.filter((version) -> each.equals(version.body()))
				.max(Comparator.comparing(TermsVersion::validFrom));
			if (own.isPresent()) {
				return own.get().version();
			}
		}
		return this.terms.currentVersion(this.clock.instant());
	}

	private String json(Map<String, String> fields) {
		try {
			return this.json.writeValueAsString(fields);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Writes in a draft.
	 * @param seen the revision that was on the screen
	 * @throws Refused who does not administer there (404), a field that cannot be (400),
	 * or when somebody else wrote in it meanwhile, or it is closed (409)
	 */
	@Transactional
	public void write(String login, long id, int seen, Map<String, String> typed) {
		Draft draft = lock(login, id);
		if (!reach(login, DRAFTERS).contains(draft.body())) {
			throw Refused.notFound();
		}
		refuseUnlessSeen(draft, seen);
		Agreed before = agreed(draft.basedOn());
		Agreed agreed = Fields.read(typed, before, draft.body(), closed());
		Map<String, String> fields = Fields.of(agreed);
		this.db
			.sql("""
					update doorbraak.terms_draft set content = cast(:content as jsonb), revision = revision + 1, changed_at = :now,
					  authors = array_append(array_remove(authors, cast(:login as text)), cast(:login as text)) where id = :id""")
			.param("content", json(fields))
			.param("now", Timestamp.from(this.clock.instant()))
			.param("login", login)
			.param("id", id)
			.update();
		this.events.publishEvent(new TermsDraftChanged(login, draft.body(), id, draft.revision() + 1,
				agreed.differences(before).size()));
	}

	private Draft lock(String login, long id) {
		draft(login, id);
		Draft draft = this.db.sql("select * from doorbraak.terms_draft where id = :id for update")
			.param("id", id)
			.query((row, n) -> draft(row))
			.single();
		if (!draft.isOpen()) {
			throw Refused.conflict("draft-closed",
					"Dit concept is al vastgesteld of ingetrokken. Maak een nieuw concept.");
		}
		return draft;
	}

	private static void refuseUnlessSeen(Draft draft, int seen) {
		if (draft.revision() != seen) {
			throw Refused.conflict("draft-changed",
					"Iemand heeft dit concept veranderd nadat u het opende. Ververs de pagina en kijk het opnieuw na.");
		}
	}

	/**
	 * Takes a draft back.
	 * @throws Refused who does not administer there (404), or when it is closed (409)
	 */
	@Transactional
	public void withdraw(String login, long id) {
		Draft draft = lock(login, id);
		if (!reach(login, DRAFTERS).contains(draft.body())) {
			throw Refused.notFound();
		}
		this.db.sql("update doorbraak.terms_draft set withdrawn_at = :now where id = :id")
			.param("now", Timestamp.from(this.clock.instant()))
			.param("id", id)
			.update();
		this.events.publishEvent(new TermsDraftWithdrawn(login, draft.body(), id));
	}

	/**
	 * Makes a draft the version with which new cases of its body begin, from the start of
	 * a day.
	 * @param seen the revision that was on the screen
	 * @return the number of the version
	 * @throws Refused who does not answer for the body (404) or wrote in the draft (403),
	 * a day or a reference that cannot be (400), or when another version of the body
	 * begins on that day or later, nothing is other than before, or the draft was changed
	 * (409)
	 */
	@Transactional
	public int adopt(String login, long id, int seen, @Nullable LocalDate from, String reference) {
		Draft draft = lock(login, id);
		if (!answersFor(login, draft.body())) {
			throw Refused.notFound();
		}
		if (draft.authors().contains(login)) {
			throw Refused.forbidden("own-draft",
					"U schreef zelf aan dit concept. Laat iemand anders het vaststellen: daar zijn twee mensen voor nodig.");
		}
		refuseUnlessSeen(draft, seen);
		Instant now = this.clock.instant();
		LocalDate today = DutchTime.day(now);
		if (from == null || from.isBefore(today) || from.isAfter(today.plusMonths(MOST_MONTHS_AHEAD))) {
			throw Refused.invalid("from", "Kies vanaf welke dag dit geldt: vandaag of later, binnen twee jaar.",
					"vanaf");
		}
		String rests = Typed.line(reference, LONGEST_REFERENCE, "reference",
				"Schrijf in een regel op welk besluit of document dit rust, in hoogstens " + LONGEST_REFERENCE
						+ " tekens.",
				"besluit");
		Instant validFrom = from.atStartOfDay(DutchTime.ZONE).toInstant();
		this.terms.versions()
			.stream()
			.filter((each) -> draft.body().equals(each.body()) && !each.validFrom().isBefore(validFrom))
			.findFirst()
			.ifPresent((each) -> {
				throw Refused.conflict("overlap", "Versie " + each.version() + " gaat al in op "
						+ DutchTime.date(DutchTime.day(each.validFrom())) + ". Kies een dag daarna.");
			});
		if (draft.basedOn() != newest(draft.body())) {
			throw Refused.conflict("base-changed",
					"Er is intussen een andere versie vastgesteld dan waarvan dit concept uitging. Trek het in en begin opnieuw.");
		}
		Agreed before = agreed(draft.basedOn());
		Agreed agreed = agreed(draft);
		int differences = agreed.differences(before).size();
		if (differences == 0) {
			throw Refused.conflict("no-difference", "In dit concept is niets anders dan in de versie die er al is.");
		}
		int version = written(agreed.terms().as(WhatIfs.DRAFT, validFrom),
				new Adoption(last(draft.authors()), login, now, rests));
		this.moments.adopt(version, agreed.moments());
		this.levels.adopt(version, agreed.levels());
		this.db.sql("update doorbraak.terms_draft set version = :version where id = :id")
			.param("version", version)
			.param("id", id)
			.update();
		this.events.publishEvent(new TermsAdopted(login, draft.body(), id, version, from, differences));
		return version;
	}

	private int written(TermsVersion terms, Adoption adoption) {
		try {
			return this.terms.adopt(terms, adoption);
		}
		catch (DuplicateKeyException ex) {
			throw Refused.conflict("just-adopted",
					"Op dit moment werd ook een andere versie vastgesteld. Probeer het opnieuw.");
		}
	}

	private static String last(List<String> authors) {
		return authors.get(authors.size() - 1);
	}

	/**
	 * What a draft would have done to the cases that somebody may count; or how far that
	 * is.
	 */
	public Progress whatIf(String login, Draft draft) {
		Set<String> municipalities = municipalities(Set.of(draft.body()));
		municipalities.retainAll(countable(login));
		return this.whatIfs.of("draft " + draft.id(), draft.revision(), agreed(draft), municipalities, PATIENCE);
	}

	/** The same of a version. */
	public Progress whatIf(String login, Version version) {
		Agreed agreed = agreed(version.number());
		Set<String> municipalities = countable(login);
		String body = version.body();
		if (body != null) {
			municipalities.retainAll(municipalities(Set.of(body)));
		}
		return this.whatIfs.of("version " + version.number(), 0,
				new Agreed(agreed.terms().as(WhatIfs.DRAFT, Instant.EPOCH), agreed.moments(), agreed.levels()),
				municipalities, PATIENCE);
	}

	/**
	 * The municipalities whose cases somebody may count, as numbers: their own, and who
	 * works for a region those of that region.
	 */
	private Set<String> countable(String login) {
		return municipalities(own(login, READERS));
	}

	/** The day, in the Netherlands. */
	public LocalDate today() {
		return DutchTime.day(this.clock.instant());
	}

	/** Of a region its municipalities. */
	private Set<String> municipalities(Collection<String> bodies) {
		return this.directory.allOrganisations()
			.stream()
			.filter((each) -> each.kind() == Organisation.Kind.MUNICIPALITY
					&& (bodies.contains(each.id()) || bodies.contains(each.region())))
			.map(Organisation::id)
			.collect(Collectors.toCollection(TreeSet::new));
	}

	/**
	 * What came out, or how far it is.
	 *
	 * @param done how many of all cases were gone through
	 * @param failed whether the reckoning broke off; it can be asked again
	 */
	public record Progress(@Nullable WhatIf found, int done, int all, boolean failed) {

		/** Of what is not reckoned any more. */
		public static final Progress NONE = new Progress(null, 0, 0, false);

	}

}
