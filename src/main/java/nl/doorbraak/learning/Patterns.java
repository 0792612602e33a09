package nl.doorbraak.learning;

import java.sql.Array;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.learning.LearningEvents.PatternOwned;
import nl.doorbraak.support.Locks;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The obstacles that several cases share, and who answers for them. Everybody reads them;
 * the cases behind them only who is on those.
 */
@Service
public class Patterns {

	private final JdbcClient db;

	private final Obstacles obstacles;

	private final CaseFiles files;

	private final Directory directory;

	private final ApplicationEventPublisher events;

	Patterns(JdbcClient db, Obstacles obstacles, CaseFiles files, Directory directory,
			ApplicationEventPublisher events) {
		this.db = db;
		this.obstacles = obstacles;
		this.files = files;
		this.directory = directory;
		this.events = events;
	}

	/**
	 * All patterns, those without an owner first; after them the obstacles of the
	 * reader's own municipalities that are none yet, with only their own cases counted.
	 * Of each the cases that the reader is on.
	 */
	@Transactional(readOnly = true)
	public List<Line> list(String login) {
		return this.db
			.sql("""
					select o.*, count(s.case_id) as cases,
					  count(s.case_id) filter (where c.municipality_id = any (:own)) as own,
					  array_agg(c.number order by c.number) filter (where exists (select 1 from doorbraak.case_participant p
					    where p.case_id = c.id and (p.officer_login = :login or exists (select 1 from doorbraak.post t
					      where t.officer_login = :login and t.organisation_id = p.body_id and t.function = p.function)))) as numbers,
					  case when o.owner_login is null then 'unowned'
					    when not exists (select 1 from doorbraak.learning_point p where p.obstacle_id = o.id) then 'owned'
					    when exists (select 1 from doorbraak.learning_point p where p.obstacle_id = o.id and p.answer is null) then 'sent'
					    when exists (select 1 from doorbraak.learning_point p where p.obstacle_id = o.id and p.effect is null) then 'answered'
					    else 'done' end as state
					from doorbraak.obstacle o left join doorbraak.case_obstacle s on s.obstacle_id = o.id and s.taken_back_at is null
					left join doorbraak.case_file c on c.id = s.case_id
					group by o.id
					having o.pattern_at is not null or count(s.case_id) filter (where c.municipality_id = any (:own)) > 0
					order by o.pattern_at is null, o.owner_login is not null, count(s.case_id) desc, o.id limit 200""")
			.param("own", organisations(login))
			.param("login", login)
			.query((row, n) -> {
				Obstacle obstacle = Obstacles.obstacle(row);
				return new Line(obstacle, row.getString("state"),
						obstacle.isPattern() ? row.getInt("cases") : row.getInt("own"), texts(row.getArray("numbers")));
			})
			.list()
			.stream()
			.map((line) -> new Line(line.obstacle(), line.state(), line.cases(),
					line.numbers().stream().filter((number) -> this.files.isOn(login, number)).toList()))
			.toList();
	}

	/**
	 * One pattern.
	 * @throws Refused (404) when it is none
	 */
	@Transactional(readOnly = true)
	public Obstacle get(long id) {
		return this.obstacles.find(id).filter(Obstacle::isPattern).orElseThrow(Refused::notFound);
	}

	/** How many cases share it. */
	@Transactional(readOnly = true)
	public int count(long id) {
		return this.obstacles.cases(id).size();
	}

	/** Those of its cases that the reader is on. */
	@Transactional(readOnly = true)
	public List<String> casesOf(String login, long id) {
		return this.obstacles.cases(id).stream().filter((number) -> this.files.isOn(login, number)).toList();
	}

	/** Whether somebody may say who answers for a pattern. */
	@Transactional(readOnly = true)
	public boolean mayAppoint(String login, long id) {
		List<String> concerned = this.obstacles.municipalities(id);
		return this.directory.posts(login)
			.stream()
			.anyMatch((post) -> post.function() == Function.ADMINISTRATOR
					|| post.function() == Function.MANAGER && concerned.contains(post.organisation()));
	}

	/** Who can own a pattern: everybody whose organisation works in Doorbraak. */
	@Transactional(readOnly = true)
	public List<Officer> people() {
		return this.directory.allOfficers()
			.stream()
			.filter((officer) -> officer.posts()
				.stream()
				.anyMatch((post) -> this.directory.getOrganisation(post.organisation()).connected()))
			.sorted(Comparator.comparing(Officer::name))
			.toList();
	}

	/**
	 * Says who answers for a pattern, and where it must be changed.
	 * @throws Refused when it is none (404), who is not a functional administrator or a
	 * manager of a municipality that has it (403), or the owner cannot be (400)
	 */
	@Transactional
	public void own(String login, long id, String owner, int order) {
		Locks.alone(this.db, LearningEvents.CHAIN);
		Obstacle pattern = get(id);
		if (!mayAppoint(login, id)) {
			throw Refused.forbidden("not-to-appoint",
					"Alleen de functioneel beheerder, of een manager van een gemeente met dit patroon, kiest de eigenaar.");
		}
		Officer person = people().stream()
			.filter((officer) -> officer.login().equals(owner))
			.findFirst()
			.orElseThrow(() -> Refused.invalid("pattern-owner",
					"Deze persoon is hier niet bekend. Kies iemand met een account in Doorbraak.", "owner"));
		if (order != 2 && order != 3) {
			throw Refused.invalid("pattern-order",
					"Kies: oplossen in de eigen organisatie, of veranderen in het stelsel.", "order");
		}
		String organisation = person.posts().get(0).organisation();
		this.db
			.sql("""
					update doorbraak.obstacle set owner_organisation = :organisation, owner_login = :owner, learning_order = :order
					where id = :id""")
			.param("organisation", organisation)
			.param("owner", person.login())
			.param("order", order)
			.param("id", pattern.id())
			.update();
		this.events.publishEvent(new PatternOwned(login, id, organisation, person.login(), order));
	}

	/**
	 * Gives a pattern to the next owner at the same organisation, because its owner left.
	 * For the room that hands over.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void passOn(long id, String next) {
		this.db.sql("update doorbraak.obstacle set owner_login = :next where id = :id")
			.param("next", next)
			.param("id", id)
			.update();
	}

	private static List<String> texts(@Nullable Array array) throws SQLException {
		return (array != null) ? List.of((String[]) array.getArray()) : List.of();
	}

	private String[] organisations(String login) {
		return this.directory.posts(login).stream().map(Officer.Post::organisation).toArray(String[]::new);
	}

	/**
	 * A pattern, or an obstacle that is none yet.
	 *
	 * @param state {@code unowned}, {@code owned}, {@code sent}, {@code answered} or
	 * {@code done}
	 * @param cases of a pattern all, else those of the reader's own municipalities
	 * @param numbers those of them that the reader is on
	 */
	public record Line(Obstacle obstacle, String state, int cases, List<String> numbers) {

		/** Its states, in their order. */
		public static final List<String> STATES = List.of("unowned", "owned", "sent", "answered", "done");

		/** Too few to tell the number: cases were taken back. */
		public boolean isFew() {
			return this.obstacle.isPattern() && this.cases < Obstacle.PATTERN;
		}

	}

}
