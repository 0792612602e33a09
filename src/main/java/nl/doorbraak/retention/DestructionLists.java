package nl.doorbraak.retention;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.retention.DestructionList.Because;
import nl.doorbraak.retention.DestructionList.Line;
import nl.doorbraak.retention.DestructionList.Signature;
import nl.doorbraak.retention.RetentionEvents.CaseTakenOffList;
import nl.doorbraak.retention.RetentionEvents.DestructionListMade;
import nl.doorbraak.retention.RetentionEvents.DestructionListSigned;
import nl.doorbraak.retention.RetentionEvents.DestructionListWithdrawn;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Lists of cases to destroy: a manager makes one and signs it, then the director signs.
 * Whether both signed, and whether they may, the database judges for itself too.
 */
@Service
public class DestructionLists {

	/** Who signs, in this order. */
	public static final List<Function> SIGNERS = List.of(Function.MANAGER, Function.DIRECTOR);

	private static final int LONGEST = 500;

	private static final int MOST = 50;

	private final JdbcClient db;

	private final Retention retention;

	private final Directory directory;

	private final ObjectMapper json;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	DestructionLists(JdbcClient db, Retention retention, Directory directory, ObjectMapper json, Clock clock,
			ApplicationEventPublisher events) {
		this.db = db;
		this.retention = retention;
		this.directory = directory;
		this.json = json;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Makes a list of the cases whose day has come, that nothing holds and that are on no
	 * other list; at most five hundred.
	 * @param until only those whose day came at the latest then
	 * @throws Refused when there are none (409), or on a day to come (400)
	 */
	@Transactional
	public long make(String login, @Nullable LocalDate until) {
		String municipality = first(login, Function.MANAGER);
		if (until == null || until.isAfter(this.retention.today())) {
			throw Refused.invalid("until", "Vul een dag in: vandaag of eerder.", "tot");
		}
		List<KeptCase> cases = this.retention.ripe(municipality, until, LONGEST);
		if (cases.isEmpty()) {
			throw Refused.conflict("nothing-to-destroy",
					"Er is geen casus die nu vernietigd mag worden en nog niet op een lijst staat.");
		}
		long id = this.db.sql("""
				insert into doorbraak.destruction_list (municipality_id, made_by, made_at)
				values (:municipality, :login, :now) returning id""")
			.param("municipality", municipality)
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.query(Long.class)
			.single();
		for (KeptCase each : cases) {
			this.db
				.sql("""
						insert into doorbraak.destruction_line (list_id, case_number, day, rules, rules_version, explanation)
						values (:list, :number, :day, :rules, :version, :explanation)""")
				.param("list", id)
				.param("number", each.number())
				.param("day", java.sql.Date.valueOf(each.day()))
				.param("rules", each.rules().toArray(String[]::new))
				.param("version", each.version())
				.param("explanation", each.explanation())
				.update();
		}
		this.events.publishEvent(new DestructionListMade(login, municipality, id, cases.size()));
		return id;
	}

	private String first(String login, Function function) {
		return this.retention.municipalities(login, Set.of(function))
			.stream()
			.sorted()
			.findFirst()
			.orElseThrow(Refused::notFound);
	}

	/**
	 * A manager or the director takes a case off, as long as not both have signed.
	 * @throws Refused when they have, or it is not on it (409), or without a reason (400)
	 */
	@Transactional
	public void takeOff(String login, long id, String number, String because) {
		DestructionList list = lock(login, id);
		Because why = Coded.find(Because.class, because)
			.orElseThrow(() -> Refused.invalid("because", "Kies waarom deze casus van de lijst gaat.", "because"));
		refuseWhenOver(list);
		int taken = strike(login, id, number, why.code());
		if (taken == 0) {
			throw Refused.conflict("not-on-list", "Deze casus staat niet meer op de lijst. Ververs de pagina.");
		}
		this.events.publishEvent(new CaseTakenOffList(number, login, id, why.code()));
	}

	private int strike(String login, long id, @Nullable String number, String because) {
		return this.db
			.sql("""
					update doorbraak.destruction_line set taken_off_because = :because, taken_off_by = :login, taken_off_at = :now
					where list_id = :list and taken_off_at is null and (cast(:number as text) is null or case_number = :number)""")
			.param("because", because)
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.param("list", id)
			.param("number", number)
			.update();
	}

	private static void refuseWhenOver(DestructionList list) {
		if (list.isSigned() || list.withdrawnBy() != null) {
			throw Refused.conflict("list-is-final",
					"Aan deze lijst verandert niets meer: zij is door twee mensen ondertekend, of ingetrokken.");
		}
	}

	/**
	 * Signs: a manager first, then the director. From the second signature on its cases
	 * are destroyed.
	 * @throws Refused whose turn it is not, or who is the deputy of who signed before
	 * (403); when it is over (409)
	 */
	@Transactional
	public void sign(String login, long id) {
		DestructionList list = lock(login, id);
		refuseWhenOver(list);
		if (list.cases().isEmpty()) {
			throw Refused.conflict("list-is-empty", "Er staat geen casus meer op deze lijst.");
		}
		int place = list.signatures().size() + 1;
		Function function = SIGNERS.get(place - 1);
		if (!this.retention.municipalities(login, Set.of(function)).contains(list.municipality())) {
			throw Refused.forbidden("not-your-turn", (place == 1) ? "Eerst tekent een manager, daarna de directeur."
					: "Een manager heeft getekend. Nu tekent de directeur.");
		}
		if (place == 2) {
			refuseWhenNotTwo(login, list.signatures().get(0).person());
		}
		this.db
			.sql("insert into doorbraak.destruction_signature (list_id, place, person) values (:list, :place, :login)")
			.param("list", id)
			.param("place", place)
			.param("login", login)
			.update();
		this.events.publishEvent(new DestructionListSigned(login, id, place, list.cases().size()));
	}

	private void refuseWhenNotTwo(String login, String first) {
		if (login.equals(first)) {
			throw Refused.forbidden("signed-already", "U tekende al. Iemand anders tekent als tweede.");
		}
		boolean standsIn = this.db.sql("""
				select doorbraak.stands_in(:one, :other, :now) or doorbraak.stands_in(:other, :one, :now)""")
			.param("one", login)
			.param("other", first)
			.param("now", Timestamp.from(this.clock.instant()))
			.query(Boolean.class)
			.single();
		Officer one = this.directory.getOfficer(login);
		Officer other = this.directory.getOfficer(first);
		if (standsIn || Objects.equals(one.deputy(), first) || Objects.equals(other.deputy(), login)) {
			throw Refused.forbidden("deputy",
					"Een van u beiden vervangt de ander. Dan tekenen twee mensen die elkaar niet vervangen.");
		}
	}

	/**
	 * Withdraws a list that not both have signed: its cases can be put on another.
	 * @throws Refused when both have, or it was withdrawn (409)
	 */
	@Transactional
	public void withdraw(String login, long id) {
		refuseWhenOver(lock(login, id));
		strike(login, id, null, "listWithdrawn");
		this.db.sql("update doorbraak.destruction_list set withdrawn_by = :login, withdrawn_at = :now where id = :id")
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.param("id", id)
			.update();
		this.events.publishEvent(new DestructionListWithdrawn(login, id));
	}

	private DestructionList lock(String login, long id) {
		this.db.sql("select pg_advisory_xact_lock(hashtextextended(:name, 0))")
			.param("name", "destruction-list-" + id)
			.query((row, n) -> n)
			.list();
		return find("l.id = :id and l.municipality_id = any (:municipalities)",
				Map.of("id", id, "municipalities",
						this.retention.municipalities(login, SIGNERS).toArray(String[]::new)))
			.stream()
			.findFirst()
			.orElseThrow(Refused::notFound);
	}

	/**
	 * A list of a municipality of the reader.
	 * @throws Refused (404) when there is none with this number
	 */
	@Transactional(readOnly = true)
	public DestructionList get(String login, long id) {
		return find("l.id = :id and l.municipality_id = any (:municipalities)",
				Map.of("id", id, "municipalities",
						this.retention.municipalities(login, Retention.READERS).toArray(String[]::new)))
			.stream()
			.findFirst()
			.orElseThrow(Refused::notFound);
	}

	/** The lists of the reader's municipalities, the newest first. */
	@Transactional(readOnly = true)
	public List<DestructionList> all(String login) {
		return find("l.municipality_id = any (:municipalities)", Map.of("municipalities",
				this.retention.municipalities(login, Retention.READERS).toArray(String[]::new)));
	}

	private List<DestructionList> find(String where, Map<String, ?> params) {
		return this.db
			.sql("select l.* from doorbraak.destruction_list l where " + where + " order by l.id desc limit " + MOST)
			.params(params)
			.query((row, n) -> new DestructionList(row.getLong("id"), row.getString("municipality_id"),
					row.getString("made_by"), row.getTimestamp("made_at").toInstant(), row.getString("withdrawn_by"),
					lines(row.getLong("id")), signatures(row.getLong("id"))))
			.list();
	}

	private List<Signature> signatures(long id) {
		return this.db.sql("select * from doorbraak.destruction_signature where list_id = :id order by place")
			.param("id", id)
			.query((row, n) -> new Signature(row.getInt("place"), row.getString("person"),
					row.getTimestamp("signed_at").toInstant()))
			.list();
	}

	private List<Line> lines(long id) {
		return this.db.sql("""
				select l.*, doorbraak.is_held(l.case_number) as held from doorbraak.destruction_line l
				where l.list_id = :id order by l.day, l.case_number""")
			.param("id", id)
			.query((row, n) -> line(row))
			.list();
	}

	private Line line(ResultSet row) throws SQLException {
		@Nullable Timestamp at = row.getTimestamp("destroyed_at");
		Instant destroyed = (at != null) ? at.toInstant() : null;
		return new Line(row.getString("case_number"), row.getDate("day").toLocalDate(), row.getString("explanation"),
				row.getInt("rules_version"), row.getString("taken_off_because"), row.getString("taken_off_by"),
				destroyed, rows(row.getString("rows")), row.getBoolean("held"));
	}

	private Map<String, Long> rows(@Nullable String rows) {
		try {
			return (rows != null) ? this.json.readValue(rows, new TypeReference<Map<String, Long>>() {
			}) : Map.of();
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("A line of a destruction list holds no counts", ex);
		}
	}

}
