package nl.doorbraak.figures;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Locks;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sums over municipalities: they exist only as somebody released them, for a half-year
 * that is over, and stay as they were then.
 */
@Service
public class Releases {

	/** Who releases, each for the own region or the whole country. */
	public static final Set<Function> RELEASERS = Set.of(Function.PROCESS_DIRECTOR, Function.DESK_OFFICER);

	/** Who reads what was released. */
	public static final Set<Function> READERS = Stream
		.of(Statistics.OWN.stream(), RELEASERS.stream(), Stream.of(Function.AMBASSADOR))
		.flatMap((each) -> each)
		.collect(Collectors.toUnmodifiableSet());

	/** A sum of fewer municipalities says what one of them has. */
	public static final int MUNICIPALITIES = 3;

	/** How many half-years back something is still released. */
	private static final int BACK = 4;

	private final JdbcClient db;

	private final Statistics statistics;

	private final Directory directory;

	private final CaseFiles files;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Releases(JdbcClient db, Statistics statistics, Directory directory, CaseFiles files, Clock clock,
			ApplicationEventPublisher events) {
		this.db = db;
		this.statistics = statistics;
		this.directory = directory;
		this.files = files;
		this.clock = clock;
		this.events = events;
	}

	/** What somebody reads: of the own region and of the country, the newest first. */
	@Transactional(readOnly = true)
	public List<Release> readableBy(String login) {
		Set<String> scopes = scopes(login);
		return this.db.sql(
				"select * from doorbraak.statistics_release where organisation_id = any (:scopes) order by period desc, organisation_id")
			.param("scopes", scopes.toArray(String[]::new))
			.query((row, n) -> release(row))
			.list();
	}

	/**
	 * One of them, for who reads it.
	 * @throws Refused (404) for who does not
	 */
	@Transactional(readOnly = true)
	public Release get(String login, long id) {
		return readableBy(login).stream().filter((each) -> each.id() == id).findFirst().orElseThrow(Refused::notFound);
	}

	private Set<String> scopes(String login) {
		Set<String> scopes = new HashSet<>();
		for (Officer.Post post : this.directory.posts(login)) {
			Organisation body = this.directory.getOrganisation(post.organisation());
			if (READERS.contains(post.function())) {
				scopes.add(desk());
				switch (body.kind()) {
					case REGION -> scopes.add(body.id());
					case MUNICIPALITY -> scopes.add(String.valueOf(body.region()));
					case DESK,
							MINISTRY ->
						this.directory.allOrganisations()
							.stream()
							.filter((each) -> each.kind() == Organisation.Kind.REGION)
							.forEach((each) -> scopes.add(each.id()));
					case AGENCY -> scopes.remove(desk());
				}
			}
		}
		return scopes;
	}

	private String desk() {
		return this.directory.theOne(Organisation.Kind.DESK).id();
	}

	/** What somebody can release now: as which post, and which half-years. */
	@Transactional(readOnly = true)
	public List<Choice> choices(String login) {
		LocalDate today = DutchTime.day(this.clock.instant());
		return this.directory.posts(login).stream().filter(Releases::releases).map((post) -> {
			Set<String> done = Set.copyOf(
					this.db.sql("select period from doorbraak.statistics_release where organisation_id = :organisation")
						.param("organisation", post.organisation())
						.query(String.class)
						.list());
			return new Choice(this.directory.getOrganisation(post.organisation()),
					Stream.iterate(Half.of(today).before(), Half::before)
						.limit(BACK)
						.filter((half) -> !done.contains(half.code()))
						.toList());
		}).toList();
	}

	private static boolean releases(Officer.Post post) {
		return RELEASERS.contains(post.function());
	}

	/**
	 * Counts the half-year and releases it.
	 * @return its id
	 * @throws Refused for who does not release for this organisation (404), when it is no
	 * half-year that is over (400), or when it was released already or has no case (409)
	 */
	@Transactional
	public long release(String login, String organisation, String code) {
		Officer.Post post = this.directory.posts(login)
			.stream()
			.filter((each) -> releases(each) && each.organisation().equals(organisation))
			.findFirst()
			.orElseThrow(Refused::notFound);
		Instant now = this.clock.instant();
		Half half = Half.parse(code)
			.filter((each) -> each.isOver(DutchTime.day(now)))
			.orElseThrow(() -> Refused.invalid("statistics-period",
					"Kies een halfjaar dat voorbij is: pas dan verandert er niets meer aan wie meetelt.", "halfjaar"));
		Locks.alone(this.db, "statistics " + organisation + half.code());
		if (exists(organisation, half)) {
			throw Refused.conflict("statistics-released",
					"Deze cijfers zijn al vrijgegeven. Ze blijven zoals ze toen waren.");
		}
		Sums sums = sums(organisation, half);
		if (sums.municipalities() == 0) {
			throw Refused.conflict("statistics-empty", "In dit halfjaar is er niets te tellen.");
		}
		long id = this.db
			.sql("""
					insert into doorbraak.statistics_release (organisation_id, period, municipalities, least, released_by, function, released_at)
					values (:organisation, :period, :municipalities, :least, :login, :function, :now) returning id""")
			.param("organisation", organisation)
			.param("period", half.code())
			.param("municipalities", sums.municipalities())
			.param("least", this.statistics.least())
			.param("login", login)
			.param("function", post.function().code())
			.param("now", Timestamp.from(now))
			.query(Long.class)
			.single();
		sums.figures().forEach((figure) -> keep(id, figure));
		this.events.publishEvent(new StatisticsReleased(login, organisation, half.code(), post.function().code()));
		return id;
	}

	private boolean exists(String organisation, Half half) {
		return this.db.sql(
				"select 1 from doorbraak.statistics_release where organisation_id = :organisation and period = :period")
			.param("organisation", organisation)
			.param("period", half.code())
			.query(Integer.class)
			.optional()
			.isPresent();
	}

	private void keep(long release, Counted figure) {
		figure.groups()
			.forEach((group) -> keep(release, figure.figure(), group.category(), group.number(), group.halfWithin(),
					group.averageTenths()));
		if (figure.figure().addsUp()) {
			keep(release, figure.figure(), "", figure.whole(), figure.halfWithin(), null);
		}
	}

	private void keep(long release, Figure figure, String category, @Nullable Long number, @Nullable Integer halfWithin,
			@Nullable Integer averageTenths) {
		this.db
			.sql("""
					insert into doorbraak.statistics_line (release_id, figure, category, number, half_within, average_tenths)
					values (:release, :figure, :category, :number, :half, :average)""")
			.param("release", release)
			.param("figure", figure.code())
			.param("category", category)
			.param("number", number, Types.BIGINT)
			.param("half", halfWithin, Types.INTEGER)
			.param("average", averageTenths, Types.INTEGER)
			.update();
	}

	/**
	 * The regions are the columns and the country their sum, so that no region can be had
	 * from the country and the other regions.
	 */
	private Sums sums(String organisation, Half half) {
		Map<String, String> regionOf = regionOf();
		List<String> regions = regionOf.values().stream().distinct().sorted().toList();
		int column = organisation.equals(desk()) ? regions.size() : regions.indexOf(organisation);
		Tables tables = new Tables(regions.size());
		Map<String, Set<String>> had = new HashMap<>();
		if (column < 0) {
			return new Sums(0, List.of());
		}
		this.db.sql("""
				select figure, category, municipality_id, amount, sum(n) from doorbraak.figure_count
				where municipality_id = any (:municipalities) and quarter = any (:quarters)
				group by figure, category, municipality_id, amount having sum(n) > 0""")
			.param("municipalities", regionOf.keySet().toArray(String[]::new))
			.param("quarters", half.quarters().toArray(Integer[]::new))
			.query((row) -> {
				String figure = row.getString(1);
				String municipality = row.getString(3);
				int region = regions.indexOf(regionOf.get(municipality));
				tables.add(figure, row.getString(2), region, row.getObject(4, Integer.class), row.getLong(5));
				List.of(region, regions.size())
					.forEach((each) -> had.computeIfAbsent(figure + each, (key) -> new HashSet<>()).add(municipality));
			});
		tables.hide(this.statistics.least(), (figure, table) -> {
			for (int each = 0; each <= regions.size(); each++) {
				if (had.getOrDefault(figure.code() + each, Set.of()).size() < MUNICIPALITIES) {
					table.hideColumn(each);
				}
			}
		});
		int municipalities = Stream.of(Figure.values())
			.flatMap((figure) -> had.getOrDefault(figure.code() + column, Set.of()).stream())
			.collect(Collectors.toSet())
			.size();
		return new Sums(municipalities,
				Stream.of(Figure.values())
					.filter((figure) -> figure != Figure.AGEING)
					.map((figure) -> tables.shown(figure, column))
					.toList());
	}

	/** The region of each municipality. */
	private Map<String, String> regionOf() {
		return this.directory.allOrganisations()
			.stream()
			.filter((each) -> each.kind() == Organisation.Kind.MUNICIPALITY && each.region() != null)
			.collect(Collectors.toMap(Organisation::id, (each) -> Objects.requireNonNull(each.region())));
	}

	/** The numbers of a release, as they were kept. */
	@Transactional(readOnly = true)
	public List<Counted> figures(Release release) {
		Map<String, List<Line>> lines = this.db.sql("select * from doorbraak.statistics_line where release_id = :id")
			.param("id", release.id())
			.query((row, n) -> new Line(row.getString("figure"),
					new Counted.Group(row.getString("category"), row.getObject("number", Long.class),
							row.getObject("half_within", Integer.class),
							row.getObject("average_tenths", Integer.class))))
			.list()
			.stream()
			.collect(Collectors.groupingBy(Line::figure));
		return Stream.of(Figure.values())
			.filter((figure) -> lines.containsKey(figure.code()) || figure != Figure.AGEING)
			.map((figure) -> counted(figure, lines.getOrDefault(figure.code(), List.of())))
			.toList();
	}

	private static Counted counted(Figure figure, List<Line> lines) {
		List<Counted.Group> groups = new ArrayList<>();
		Optional<Counted.Group> whole = lines.stream()
			.map(Line::group)
			.filter((group) -> group.category().isEmpty())
			.findFirst();
		figure.categories()
			.forEach((category) -> lines.stream()
				.map(Line::group)
				.filter((group) -> group.category().equals(category))
				.forEach(groups::add));
		if (figure.categories().isEmpty()) {
			lines.stream()
				.map(Line::group)
				.filter((group) -> !group.category().isEmpty())
				.sorted((one, other) -> one.category().compareTo(other.category()))
				.forEach(groups::add);
		}
		return new Counted(figure, groups, whole.map(Counted.Group::number).orElse(null),
				whole.map(Counted.Group::halfWithin).orElse(null));
	}

	/**
	 * The cases behind a group of a release that the reader may see; how many others
	 * there are is told to nobody.
	 * @throws Refused (404) for who does not read it
	 */
	@Transactional(readOnly = true)
	public List<String> behind(String login, Figure figure, long id, @Nullable String category) {
		Release release = get(login, id);
		Set<String> seen = this.files.seen(login, figure.sight());
		boolean country = release.organisation().equals(desk());
		List<String> municipalities = regionOf().entrySet()
			.stream()
			.filter((each) -> country || each.getValue().equals(release.organisation()))
			.map(Map.Entry::getKey)
			.toList();
		return this.statistics
			.cases(figure, municipalities, Half.parse(release.period()).orElseThrow().quarters(), category, seen)
			.newest();
	}

	private static Release release(ResultSet row) throws SQLException {
		return new Release(row.getLong("id"), row.getString("organisation_id"), row.getString("period"),
				row.getInt("municipalities"), row.getInt("least"), row.getString("released_by"),
				Function.of(row.getString("function")), row.getTimestamp("released_at").toInstant());
	}

	/**
	 * A release.
	 *
	 * @param organisation the region, or the desk for the whole country
	 * @param period year and half
	 * @param municipalities how many had a case in it
	 * @param least below this number none is shown
	 */
	public record Release(long id, String organisation, String period, int municipalities, int least, String by,
			Function function, Instant at) {

		public int year() {
			return Integer.parseInt(this.period.substring(0, 4));
		}

		/** 1 or 2. */
		public int half() {
			return this.period.charAt(5) - '0';
		}

	}

	/** What somebody can release for an organisation. */
	public record Choice(Organisation organisation, List<Half> halves) {

		public Choice {
			halves = List.copyOf(halves);
		}

	}

	private record Sums(int municipalities, List<Counted> figures) {
	}

	private record Line(String figure, Counted.Group group) {
	}

}
