package nl.doorbraak.learning;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.learning.LearningEvents.ObstacleShared;
import nl.doorbraak.learning.LearningEvents.ObstacleTakenBack;
import nl.doorbraak.learning.LearningEvents.PatternFound;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.Locks;
import nl.doorbraak.support.Refused;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What gets in the way of cases. A case shares an obstacle that stands already, or a new
 * one; with the third case it becomes a pattern.
 */
@Service
public class Obstacles {

	static final int LONGEST = 300;

	private static final int SUGGESTED = 5;

	private final JdbcClient db;

	private final CaseFiles files;

	private final NoPersons noPersons;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Obstacles(JdbcClient db, CaseFiles files, NoPersons noPersons, Clock clock, ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.noPersons = noPersons;
		this.clock = clock;
		this.events = events;
	}

	/** The obstacles of a case, for who may read the case. */
	@Transactional(readOnly = true)
	public List<Obstacle> of(CaseFile file) {
		return this.db.sql("""
				select o.* from doorbraak.obstacle o join doorbraak.case_obstacle s on s.obstacle_id = o.id
				where s.case_id = :case and s.taken_back_at is null order by s.shared_at, o.id""")
			.param("case", file.id())
			.query((row, n) -> obstacle(row))
			.list();
	}

	/** Those that stand already and are like this text, without those of the case. */
	@Transactional(readOnly = true)
	public List<Obstacle> like(CaseFile file, String text) {
		return this.db
			.sql("""
					select o.* from doorbraak.obstacle o,
					  (select cast(replace(cast(plainto_tsquery('dutch', :text) as text), '&', '|') as tsquery) as asked) q
					where o.search @@ q.asked
					  and not exists (select 1 from doorbraak.case_obstacle s where s.obstacle_id = o.id and s.case_id = :case
					    and s.taken_back_at is null)
					order by ts_rank(o.search, q.asked) desc, o.id limit :most""")
			.param("text", text.replace('\0', ' '))
			.param("case", file.id())
			.param("most", SUGGESTED)
			.query((row, n) -> obstacle(row))
			.list();
	}

	Optional<Obstacle> find(long id) {
		return this.db.sql("select * from doorbraak.obstacle where id = :id")
			.param("id", id)
			.query((row, n) -> obstacle(row))
			.optional();
	}

	/** Numbers of all cases that share an obstacle. */
	List<String> cases(long obstacle) {
		return this.db.sql("""
				select c.number from doorbraak.case_obstacle s join doorbraak.case_file c on c.id = s.case_id
				where s.obstacle_id = :id and s.taken_back_at is null order by c.number""")
			.param("id", obstacle)
			.query(String.class)
			.list();
	}

	/**
	 * The case shares an obstacle that stands already.
	 * @throws Refused who does not work on the case (403, 404), when there is none (404),
	 * or the case shares it already (409)
	 */
	@Transactional
	public void share(String login, String number, long obstacle) {
		CaseFile file = this.files.lockForWorker(login, number);
		Locks.alone(this.db, LearningEvents.CHAIN);
		share(login, file, find(obstacle).orElseThrow(Refused::notFound));
	}

	/**
	 * The case shares an obstacle that nobody wrote down yet.
	 * @throws Refused who does not work on the case (403, 404), when something is missing
	 * or the text names somebody (400), or it stands already in these words (409)
	 */
	@Transactional
	public void shareNew(String login, String number, String kind, String wording, int order) {
		CaseFile file = this.files.lockForWorker(login, number);
		ObstacleKind of = Coded.find(ObstacleKind.class, kind)
			.orElseThrow(() -> Refused.invalid("obstacle-kind", "Kies wat voor knelpunt het is.", "kind"));
		if (order < 1 || order > 3) {
			throw Refused.invalid("obstacle-order", "Kies waar hiervan geleerd moet worden.", "order");
		}
		String said = this.noPersons.line(List.of(number), wording, LONGEST, "obstacle-wording",
				"Schrijf het knelpunt in een regel, in hoogstens " + LONGEST + " tekens.", "wording");
		Locks.alone(this.db, LearningEvents.CHAIN);
		long id = this.db.sql("""
				insert into doorbraak.obstacle (kind, wording, learning_order, made_by, made_at)
				values (:kind, :wording, :order, :login, :now) on conflict (wording) do nothing returning id""")
			.param("kind", of.code())
			.param("wording", said)
			.param("order", order)
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.query(Long.class)
			.optional()
			.orElseThrow(() -> Refused.conflict("obstacle-stands",
					"Dit knelpunt staat er al, in precies deze woorden. Kies het uit wat erop lijkt."));
		share(login, file, find(id).orElseThrow());
	}

	private void share(String login, CaseFile file, Obstacle obstacle) {
		int shared = this.db.sql("""
				insert into doorbraak.case_obstacle (obstacle_id, case_id, shared_by, shared_at)
				values (:id, :case, :login, :now)
				on conflict (obstacle_id, case_id) do update
				  set shared_by = excluded.shared_by, shared_at = excluded.shared_at, taken_back_at = null
				  where case_obstacle.taken_back_at is not null""")
			.param("id", obstacle.id())
			.param("case", file.id())
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.update();
		if (shared == 0) {
			throw Refused.conflict("obstacle-shared", "Dit knelpunt staat al bij deze casus.");
		}
		this.events.publishEvent(
				new ObstacleShared(file.number(), login, obstacle.id(), obstacle.kind().code(), obstacle.order()));
		int cases = cases(obstacle.id()).size();
		if (!obstacle.isPattern() && cases >= Obstacle.PATTERN) {
			this.db.sql("update doorbraak.obstacle set pattern_at = :now where id = :id")
				.param("now", Timestamp.from(this.clock.instant()))
				.param("id", obstacle.id())
				.update();
			this.events.publishEvent(
					new PatternFound(obstacle.id(), obstacle.kind().code(), cases, municipalities(obstacle.id())));
		}
	}

	/** Ids of the municipalities whose cases share it. */
	List<String> municipalities(long obstacle) {
		return this.db
			.sql("""
					select distinct c.municipality_id from doorbraak.case_obstacle s join doorbraak.case_file c on c.id = s.case_id
					where s.obstacle_id = :id and s.taken_back_at is null order by 1""")
			.param("id", obstacle)
			.query(String.class)
			.list();
	}

	/**
	 * The case does not share it after all. What is a pattern stays one.
	 * @throws Refused who does not work on the case (403, 404), or when the case does not
	 * share it (404)
	 */
	@Transactional
	public void takeBack(String login, String number, long obstacle) {
		CaseFile file = this.files.lockForWorker(login, number);
		Obstacle shared = of(file).stream()
			.filter((each) -> each.id() == obstacle)
			.findFirst()
			.orElseThrow(Refused::notFound);
		this.db
			.sql("update doorbraak.case_obstacle set taken_back_at = :now where obstacle_id = :id and case_id = :case")
			.param("now", Timestamp.from(this.clock.instant()))
			.param("id", obstacle)
			.param("case", file.id())
			.update();
		this.events.publishEvent(new ObstacleTakenBack(number, login, obstacle, shared.kind().code()));
	}

	static Obstacle obstacle(ResultSet row) throws SQLException {
		Timestamp pattern = row.getTimestamp("pattern_at");
		return new Obstacle(row.getLong("id"), Coded.of(ObstacleKind.class, row.getString("kind")),
				row.getString("wording"), row.getInt("learning_order"), (pattern != null) ? pattern.toInstant() : null,
				row.getString("owner_organisation"), row.getString("owner_login"));
	}

}
