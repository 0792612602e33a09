package nl.doorbraak.agency;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import nl.doorbraak.agency.AgencyEvents.SchemeChanged;
import nl.doorbraak.agency.Scheme.Condition;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.support.Locks;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Typed;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The lists of conditions per scheme. A new version counts for what is asked from then
 * on; what was asked before keeps its own.
 */
@Service
public class Schemes {

	private static final String SELECT = """
			select s.id, s.name, s.law, s.decision_weeks, v.version, v.agreed_with, v.made_by, v.made_at
			from doorbraak.scheme s join doorbraak.scheme_version v on v.scheme_id = s.id
			""";

	private final JdbcClient db;

	private final Directory directory;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Schemes(JdbcClient db, Directory directory, Clock clock, ApplicationEventPublisher events) {
		this.db = db;
		this.directory = directory;
		this.clock = clock;
		this.events = events;
	}

	/** Every scheme with its newest list, by name. */
	@Transactional(readOnly = true)
	public List<Scheme> current() {
		return list(this.db.sql(SELECT + """
				where v.version = (select max(version) from doorbraak.scheme_version where scheme_id = s.id)
				order by s.name"""));
	}

	/** Every scheme with the list that was its newest at a moment, by name. */
	@Transactional(readOnly = true)
	public List<Scheme> at(Instant at) {
		return list(this.db.sql(SELECT + """
				where v.version = (select max(version) from doorbraak.scheme_version
				                   where scheme_id = s.id and made_at <= :at)
				order by s.name""").param("at", Timestamp.from(at)));
	}

	/** The newest list of a scheme. */
	@Transactional(readOnly = true)
	public Optional<Scheme> find(String id) {
		return current().stream().filter((each) -> each.id().equals(id)).findFirst();
	}

	/** A list as it was. */
	@Transactional(readOnly = true)
	public Scheme get(String id, int version) {
		return list(this.db.sql(SELECT + "where s.id = :id and v.version = :version")
			.param("id", id)
			.param("version", version)).get(0);
	}

	/**
	 * Keeps a new version of a list. A line in the words of the version before is the
	 * same condition; so is one that is only worded anew in its place.
	 * @param lines wording and article of each condition, in order
	 * @param from version that was on the screen
	 * @throws Refused who is no functional administrator (403), when somebody else was
	 * first (409), or the list cannot be (400)
	 */
	@Transactional
	public void change(String login, String id, int from, String agreedWith, List<Line> lines) {
		if (!this.directory.getOfficer(login).holds(Function.ADMINISTRATOR)) {
			throw Refused.forbidden("not-the-administrator", "Alleen de functioneel beheerder wijzigt voorwaarden.");
		}
		Locks.alone(this.db, SchemeChanged.CHAIN);
		Scheme before = find(id).orElseThrow(Refused::notFound);
		if (before.version() != from) {
			throw Refused.conflict("list-changed",
					"Iemand heeft deze lijst intussen gewijzigd. Open de pagina opnieuw, en kijk of uw wijziging nog nodig is.");
		}
		String with = Typed.line(agreedWith, 200, "conditions",
				"Schrijf met wie van de instantie dit is afgesproken: een functie, geen naam.", "agreedWith");
		List<Condition> conditions = numbered(before, lines);
		int version = from + 1;
		this.db.sql(
				"insert into doorbraak.scheme_version (scheme_id, version, agreed_with, made_by, made_at) values (:id, :version, :with, :login, :now)")
			.param("id", id)
			.param("version", version)
			.param("with", with)
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.update();
		for (int i = 0; i < conditions.size(); i++) {
			Condition each = conditions.get(i);
			this.db.sql("""
					insert into doorbraak.scheme_condition (scheme_id, version, position, code, wording, article)
					values (:id, :version, :position, :code, :wording, :article)""")
				.param("id", id)
				.param("version", version)
				.param("position", i + 1)
				.param("code", each.code())
				.param("wording", each.wording())
				.param("article", each.article())
				.update();
		}
		this.events.publishEvent(new SchemeChanged(login, id, version, conditions.size()));
	}

	private List<Condition> numbered(Scheme before, List<Line> lines) {
		if (lines.isEmpty() || lines.size() > Scheme.MOST) {
			throw Refused.invalid("conditions",
					"Een lijst heeft ten minste 1 en hoogstens " + Scheme.MOST + " voorwaarden.", "wording1");
		}
		int unused = highestCode(before.id());
		Set<Integer> taken = new LinkedHashSet<>();
		List<Condition> conditions = new ArrayList<>();
		for (Line line : lines) {
			String wording = Typed.line(line.wording(), 200, "conditions",
					"Schrijf elke voorwaarde op, in hoogstens 200 tekens.", "wording" + line.row());
			String article = Typed.line(line.article(), 100, "conditions",
					"Schrijf bij elke voorwaarde het wetsartikel of het beleid, in hoogstens 100 tekens.",
					"article" + line.row());
			boolean kept = before.conditions().stream().anyMatch((each) -> each.code() == line.code());
			int code = kept ? line.code() : ++unused;
			if (!taken.add(code)) {
				throw Refused.invalid("conditions", "Dezelfde voorwaarde staat er twee keer. Haal er een weg.",
						"wording" + line.row());
			}
			conditions.add(new Condition(code, wording, article));
		}
		return conditions;
	}

	private int highestCode(String id) {
		return this.db.sql("select coalesce(max(code), 0) from doorbraak.scheme_condition where scheme_id = :id")
			.param("id", id)
			.query(Integer.class)
			.single();
	}

	private List<Scheme> list(JdbcClient.StatementSpec query) {
		return query
			.query((row, n) -> new Scheme(row.getString("id"), row.getString("name"), row.getString("law"),
					row.getInt("decision_weeks"), row.getInt("version"), row.getString("agreed_with"),
					row.getString("made_by"), row.getTimestamp("made_at").toInstant(),
					conditions(row.getString("id"), row.getInt("version"))))
			.list();
	}

	private List<Condition> conditions(String id, int version) {
		return this.db.sql("""
				select code, wording, article from doorbraak.scheme_condition
				where scheme_id = :id and version = :version order by position""")
			.param("id", id)
			.param("version", version, Types.INTEGER)
			.query((row, n) -> new Condition(row.getInt("code"), row.getString("wording"), row.getString("article")))
			.list();
	}

	/**
	 * A line of a new list.
	 *
	 * @param row in which it was typed, from 1
	 * @param code of the condition it words anew; 0 for a new one
	 */
	public record Line(int row, int code, String wording, String article) {
	}

}
