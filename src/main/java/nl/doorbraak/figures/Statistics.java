package nl.doorbraak.figures;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Viewer;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The figures of one municipality, for who answers for it and who audits it, and the
 * cases behind each that the reader may see.
 */
@Service
public class Statistics {

	/** Who reads the figures of the own municipality as they are now. */
	public static final Set<Function> OWN = Set.of(Function.MANAGER, Function.DIRECTOR, Function.ALDERMAN,
			Function.AUDITOR);

	/** How many cases a list shows. */
	public static final int MOST = 500;

	private static final String BUCKET = """
			case when due_at is null then 'paused' when due_at <= cast(:now as timestamptz) - interval '14 days' then 'late14'
			     when due_at <= :now then 'late' when due_at <= cast(:now as timestamptz) + interval '7 days' then 'week' else 'later' end""";

	private final JdbcClient db;

	private final Directory directory;

	private final CaseFiles files;

	private final Clock clock;

	private final int least;

	Statistics(JdbcClient db, Directory directory, CaseFiles files, Clock clock,
			@Value("${doorbraak.figures.least:5}") int least) {
		if (least < 2) {
			throw new IllegalArgumentException("doorbraak.figures.least must be 2 or more");
		}
		this.db = db;
		this.directory = directory;
		this.files = files;
		this.clock = clock;
		this.least = least;
	}

	/** Below this number none is shown. */
	public int least() {
		return this.least;
	}

	/** The municipalities whose figures somebody reads. */
	public List<Organisation> municipalities(String login) {
		return this.directory.posts(login)
			.stream()
			.filter((post) -> OWN.contains(post.function()))
			.map(Officer.Post::organisation)
			.distinct()
			.map(this.directory::getOrganisation)
			.filter((each) -> each.kind() == Organisation.Kind.MUNICIPALITY)
			.toList();
	}

	/**
	 * All figures of a municipality in a period.
	 * @throws Refused (404) for who does not read its figures
	 */
	@Transactional(readOnly = true)
	public List<Counted> of(String login, String municipality, Period period) {
		refuseUnlessOwn(login, municipality);
		return of(municipality, period);
	}

	private List<Counted> of(String municipality, Period period) {
		Tables tables = new Tables(4);
		List<Integer> quarters = period.quartersOfYear();
		this.db.sql("""
				select figure, category, quarter, amount, sum(n) from doorbraak.figure_count
				where municipality_id = :municipality and quarter between :first and :last
				group by figure, category, quarter, amount having sum(n) > 0""")
			.param("municipality", municipality)
			.param("first", quarters.get(0))
			.param("last", quarters.get(3))
			.query((row) -> {
				tables.add(row.getString(1), row.getString(2), row.getInt(3) % 10 - 1, row.getObject(4, Integer.class),
						row.getLong(5));
			});
		tables.hide(this.least, (figure, table) -> {
		});
		int column = (period.quarter() == 0) ? 4 : period.quarter() - 1;
		Counted ageing = ageing(municipality);
		return Stream.of(Figure.values())
			.map((figure) -> (figure == Figure.AGEING) ? ageing : tables.shown(figure, column))
			.toList();
	}

	private Counted ageing(String municipality) {
		Tally tally = new Tally(Figure.AGEING, 1);
		this.db.sql("select " + BUCKET
				+ ", count(*) from doorbraak.figure_fact where municipality_id = :municipality and figure = 'ageing' group by 1")
			.param("now", now())
			.param("municipality", municipality)
			.query((row) -> {
				tally.add(row.getString(1), 0, null, row.getLong(2));
			});
		SmallNumbers table = tally.table(this.least);
		table.settle();
		return tally.shown(table, 0);
	}

	/**
	 * The cases behind a group of a figure.
	 * @param category null for all groups
	 * @throws Refused (404) for who does not read the figures of this municipality, or
	 * when there is no such group
	 */
	@Transactional(readOnly = true)
	public Behind behind(String login, Figure figure, String municipality, Period period, @Nullable String category) {
		refuseUnlessOwn(login, municipality);
		Counted counted = of(municipality, period).stream()
			.filter((each) -> each.figure() == figure)
			.findFirst()
			.orElseThrow();
		Long number = number(counted, category);
		Set<String> mine = seen(login, figure, municipality);
		Cases all = cases(figure, List.of(municipality), period.quarters(), category, null);
		Cases seen = (mine == null) ? all : cases(figure, List.of(municipality), period.quarters(), category, mine);
		long others = all.count() - seen.count();
		return new Behind(seen.newest(), seen.count(), others > 0,
				(number != null && others >= this.least) ? others : null);
	}

	private static @Nullable Long number(Counted counted, @Nullable String category) {
		if (category == null) {
			return counted.hides() ? null : Long.valueOf(0);
		}
		return counted.groups()
			.stream()
			.filter((group) -> group.category().equals(category))
			.findFirst()
			.map((group) -> new Shown(group.number()))
			.orElseThrow(Refused::notFound)
			.number();
	}

	/**
	 * An auditor sees every case of the own municipality, but not every part of it: null
	 * for all.
	 */
	private @Nullable Set<String> seen(String login, Figure figure, String municipality) {
		boolean audits = this.directory.posts(login)
			.stream()
			.anyMatch((post) -> post.function() == Function.AUDITOR && post.organisation().equals(municipality));
		return (audits && figure.sight().isFor(Viewer.AUDITOR)) ? null : this.files.seen(login, figure.sight());
	}

	/** The cases of a group, of all or of these only. */
	Cases cases(Figure figure, Collection<String> municipalities, List<Integer> quarters, @Nullable String category,
			@Nullable Collection<String> among) {
		boolean ageing = figure == Figure.AGEING;
		Map<String, Object> values = new HashMap<>(
				Map.of("municipalities", municipalities.toArray(String[]::new), "figure", figure.code()));
		StringBuilder from = new StringBuilder(
				" from doorbraak.figure_fact where municipality_id = any (:municipalities) and figure = :figure");
		if (!ageing) {
			from.append(" and quarter = any (:quarters)");
			values.put("quarters", quarters.toArray(Integer[]::new));
		}
		if (category != null) {
			from.append(" and ").append(ageing ? BUCKET : "category").append(" = :category");
			values.put("category", category);
			if (ageing) {
				values.put("now", now());
			}
		}
		if (among != null) {
			from.append(" and case_number = any (:among)");
			values.put("among", among.toArray(String[]::new));
		}
		long count = this.db.sql("select count(distinct case_number)" + from).params(values).query(Long.class).single();
		values.put("most", MOST);
		return new Cases(count,
				this.db.sql("select distinct case_number" + from + " order by case_number desc limit :most")
					.params(values)
					.query(String.class)
					.list());
	}

	private Timestamp now() {
		return Timestamp.from(this.clock.instant());
	}

	private void refuseUnlessOwn(String login, String municipality) {
		if (municipalities(login).stream().noneMatch((each) -> each.id().equals(municipality))) {
			throw Refused.notFound();
		}
	}

	/**
	 * The cases behind a number.
	 *
	 * @param numbers those the reader may see, the newest first
	 * @param seen how many those are
	 * @param more whether there are others
	 * @param others how many; null where that is too few to tell
	 */
	public record Behind(List<String> numbers, long seen, boolean more, @Nullable Long others) {

		public Behind {
			numbers = List.copyOf(numbers);
		}

	}

	/** How many cases, and the newest of them. */
	record Cases(long count, List<String> newest) {
	}

	private record Shown(@Nullable Long number) {
	}

}
