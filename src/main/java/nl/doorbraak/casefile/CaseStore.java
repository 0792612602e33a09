package nl.doorbraak.casefile;

import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Remembered;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The rows of a case. Who changes a case locks its row first, so that a deadline and a
 * decision come one after the other.
 */
@Repository
class CaseStore {

	private static final ObjectMapper JSON = JsonMapper.builder().build();

	/** Everybody once, of what the column says. */
	private static final String AS_LAST_ENTERED = """
			select distinct on (normalised_name, birth_date) * from doorbraak.household_member
			where %s = :id order by normalised_name, birth_date, id desc""";

	private final JdbcClient db;

	CaseStore(JdbcClient db) {
		this.db = db;
	}

	JdbcClient db() {
		return this.db;
	}

	/** For whoever changes a case: what this transaction read of cases is read again. */
	JdbcClient changing() {
		Remembered.forget(AskedOfCase.class);
		return this.db;
	}

	Optional<CaseFile> find(String number) {
		return Remembered.once(new Question("file", number),
				() -> this.db.sql("select * from doorbraak.case_file where number = :number")
					.param("number", number)
					.query((row, n) -> withKey(row))
					.optional());
	}

	CaseFile get(String number) {
		return find(number).orElseThrow(Refused::notFound);
	}

	/** The case, locked until the end of the transaction. */
	CaseFile lock(String number) {
		Remembered.once(new Lock(number), () -> {
			Optional<CaseFile> locked = changing()
				.sql("select * from doorbraak.case_file where number = :number for update")
				.param("number", number)
				.query((row, n) -> withKey(row))
				.optional();
			return Remembered.once(new Question("file", number), () -> locked);
		});
		return get(number);
	}

	/** The same for many cases, always in the same order. */
	List<CaseFile> lock(Collection<String> numbers) {
		return changing().sql("select * from doorbraak.case_file where number = any (:numbers) order by id for update")
			.param("numbers", numbers.toArray(String[]::new))
			.query((row, n) -> caseFile(row))
			.list();
	}

	byte[] hashKey(long caseId) {
		return Remembered.once(new Key(caseId),
				() -> this.db.sql("select hash_key from doorbraak.case_file where id = :id")
					.param("id", caseId)
					.query((row, n) -> row.getBytes(1))
					.single());
	}

	List<RungStay> stays(long caseId) {
		return Remembered.once(new Question("stays", caseId),
				() -> this.db.sql("select * from doorbraak.case_rung where case_id = :id order by id")
					.param("id", caseId)
					.query((row, n) -> stay(row))
					.list());
	}

	Optional<RungStay> openStay(long caseId) {
		return stays(caseId).stream().filter((stay) -> stay.closedAt() == null).findFirst();
	}

	RungStay getOpenStay(CaseFile file) {
		return openStay(file.id())
			.orElseThrow(() -> new IllegalStateException("Case " + file.number() + " is on no rung"));
	}

	/** Since when the case stands still; nothing when it does not. */
	Optional<Instant> pausedSince(long caseId) {
		return this.db.sql("select paused_at from doorbraak.case_pause where case_id = :id and resumed_at is null")
			.param("id", caseId)
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.optional();
	}

	void decide(long stayId, Decision decision, String by, Instant at, boolean outside,
			@Nullable LocalDate lookAgainOn) {
		int changed = changing().sql("""
				update doorbraak.case_rung set decision = :decision, decided_by = :by, decided_at = :at,
				  decided_outside = :outside, look_again_on = :lookAgainOn
				where id = :id and decision is null and closed_at is null""")
			.param("decision", decision.code())
			.param("by", by)
			.param("at", Timestamp.from(at))
			.param("outside", outside)
			.param("lookAgainOn", lookAgainOn)
			.param("id", stayId)
			.update();
		if (changed != 1) {
			throw Refused.conflict("already-decided", "Over dit niveau is al besloten. Ververs de pagina.");
		}
	}

	List<Entry> entries(long caseId) {
		return this.db.sql("select * from doorbraak.entry where case_id = :id order by id")
			.param("id", caseId)
			.query((row, n) -> entry(row))
			.list();
	}

	/**
	 * The last entry of a form, in one stay or in the whole case. A value behind a select
	 * is one that PostgreSQL does not plan for: of a case this young it would count no
	 * rows, and make another plan each time.
	 */
	Optional<Entry> lastEntry(long caseId, @Nullable Long stayId, List<String> forms) {
		return Remembered
			.once(new Written(caseId),
					() -> this.db
						.sql("""
								select distinct on (form, rung_id) * from doorbraak.entry where case_id = (select cast(:id as bigint))
								order by form, rung_id, id desc""")
						.param("id", caseId)
						.query((row, n) -> new Last(row.getObject("rung_id", Long.class), entry(row)))
						.list())
			.stream()
			.filter((last) -> stayId == null || stayId.equals(last.stay()))
			.map(Last::entry)
			.filter((entry) -> forms.contains(entry.form()))
			.max(Comparator.comparing(Entry::id));
	}

	/**
	 * Writes an entry and returns its JSON, the bytes of which the audit's keyed hash is
	 * made.
	 */
	String addEntry(long caseId, @Nullable Long stayId, String form, String by, Instant at, boolean outside,
			List<Answer> answers) {
		String json = toJson(answers);
		Remembered.forget(Written.class);
		this.db.sql("""
				insert into doorbraak.entry (case_id, rung_id, form, written_by, written_at, outside, fields)
				values (:caseId, :stay, :form, :by, :at, :outside, cast(:fields as jsonb))""")
			.param("caseId", caseId)
			.param("stay", stayId)
			.param("form", form)
			.param("by", by)
			.param("at", Timestamp.from(at))
			.param("outside", outside)
			.param("fields", json)
			.update();
		return json;
	}

	/**
	 * Members of the household that were entered for a case the reader may read; each
	 * person once.
	 */
	List<HouseholdMember> members(long householdId, String reader, Instant now) {
		return this.db.sql("""
					select distinct on (m.normalised_name, m.birth_date) m.*
					from doorbraak.household_member m join doorbraak.case_file c on c.id = m.case_id
					where m.household_id = :id and
				""" + CaseFiles.MAY_READ + " order by m.normalised_name, m.birth_date, m.id desc")
			.param("id", householdId)
			.param("login", reader)
			.param("now", Timestamp.from(now))
			.query((row, n) -> member(row))
			.list();
	}

	/** Those who were entered for this case. */
	List<HouseholdMember> membersOf(long caseId) {
		return this.db.sql(AS_LAST_ENTERED.formatted("case_id"))
			.param("id", caseId)
			.query((row, n) -> member(row))
			.list();
	}

	/** The same, each with the id of how they were entered last. */
	List<Resident> residentsOf(long caseId) {
		return this.db.sql(AS_LAST_ENTERED.formatted("case_id"))
			.param("id", caseId)
			.query((row, n) -> new Resident(row.getLong("id"), member(row)))
			.list();
	}

	Optional<HouseholdMember> residentEntered(long caseId, long id) {
		return this.db.sql("select * from doorbraak.household_member where case_id = :case and id = :id")
			.param("case", caseId)
			.param("id", id)
			.query((row, n) -> member(row))
			.optional();
	}

	/** Everybody of a household as entered for any case: for hiding them. */
	List<HouseholdMember> household(long householdId) {
		return this.db.sql("select * from doorbraak.everybody_of(:id)")
			.param("id", householdId)
			.query((row, n) -> member(row))
			.list();
	}

	/** What somebody said last that they read the case for, and as long as that lasts. */
	Optional<Purpose> purpose(long caseId, String login, Instant now) {
		return this.db.sql("""
				select purpose from doorbraak.reading_purpose
				where case_id = :id and officer_login = :login and until > :now order by id desc limit 1""")
			.param("id", caseId)
			.param("login", login)
			.param("now", Timestamp.from(now))
			.query((row, n) -> Coded.of(Purpose.class, row.getString(1)))
			.optional();
	}

	/** Who had or has emergency access to a case, the last one first. */
	List<EmergencyAccess> accesses(long caseId) {
		return this.db.sql(EmergencyAccess.SELECT + " where e.case_id = :id order by e.id desc")
			.param("id", caseId)
			.query(EmergencyAccess.FROM_ROW)
			.list();
	}

	/** The names of a household, also of who is in a compartment: for hiding them. */
	List<String> names(long householdId) {
		return this.db.sql("select name from doorbraak.everybody_of(:id)")
			.param("id", householdId)
			.query(String.class)
			.list();
	}

	/**
	 * The names of who is in a compartment that somebody may not read: for hiding them.
	 */
	List<String> namesApart(long householdId, String login, Instant now) {
		return this.db.sql(
				"select m.name from doorbraak.everybody_of(:id) m join doorbraak.compartment k on k.id = m.compartment_id "
						+ "join doorbraak.case_file c on c.id = k.case_id where not " + CaseFiles.OPENS)
			.param("id", householdId)
			.param("login", login)
			.param("now", Timestamp.from(now))
			.query(String.class)
			.list();
	}

	/** Which compartments of a case somebody may open, if they may read the case. */
	List<Long> compartments(long caseId, String login, Instant now) {
		return this.db
			.sql("select k.id from doorbraak.compartment k join doorbraak.case_file c on c.id = k.case_id "
					+ "where k.case_id = :id and k.closed_at is null and " + CaseFiles.OPENS + " order by k.id")
			.param("id", caseId)
			.param("login", login)
			.param("now", Timestamp.from(now))
			.query(Long.class)
			.list();
	}

	/** All of them that are not closed. */
	List<Long> compartments(long caseId) {
		return this.db.sql("select id from doorbraak.compartment where case_id = :id and closed_at is null")
			.param("id", caseId)
			.query(Long.class)
			.list();
	}

	/**
	 * Reads with these compartments open, and shuts them again. Whatever the database is
	 * asked outside this leaves out what is in one.
	 */
	<T> T opening(Collection<Long> compartments, Supplier<T> reading) {
		if (!TransactionSynchronizationManager.isActualTransactionActive()) {
			throw new IllegalStateException("A compartment is opened in a transaction");
		}
		open(compartments);
		T read;
		try {
			read = reading.get();
		}
		catch (RuntimeException ex) {
			try {
				open(List.of());
			}
			catch (DataAccessException second) {
				ex.addSuppressed(second);
			}
			throw ex;
		}
		open(List.of());
		return read;
	}

	private void open(Collection<Long> compartments) {
		Remembered.forget(Written.class);
		this.db.sql("select set_config('doorbraak.compartments', :ids, true)")
			.param("ids", compartments.stream().map(String::valueOf).collect(Collectors.joining(",")))
			.query(String.class)
			.single();
	}

	List<Entry> entriesIn(long compartment) {
		return this.db.sql("select * from doorbraak.entry where compartment_id = :id order by id")
			.param("id", compartment)
			.query((row, n) -> entry(row))
			.list();
	}

	List<HouseholdMember> membersIn(long compartment) {
		return this.db.sql(AS_LAST_ENTERED.formatted("compartment_id"))
			.param("id", compartment)
			.query((row, n) -> member(row))
			.list();
	}

	boolean isIn(long compartment, long document) {
		return this.db.sql("select 1 from doorbraak.document where id = :document and compartment_id = :id")
			.param("document", document)
			.param("id", compartment)
			.query(Integer.class)
			.optional()
			.isPresent();
	}

	/** The entry of a form that was written last in this case. */
	long newest(long caseId, String form) {
		return this.db.sql("select max(id) from doorbraak.entry where case_id = :id and form = :form")
			.param("id", caseId)
			.param("form", form)
			.query(Long.class)
			.single();
	}

	/** Whether a body has the case, or was told who the household is. */
	boolean knowsWho(CaseFile file, String body) {
		return body.equals(file.municipality()) || this.db.sql(
				"select 1 from doorbraak.disclosure where case_id = :id and organisation_id = :body and 'identity' = any (items) limit 1")
			.param("id", file.id())
			.param("body", body)
			.query(Integer.class)
			.optional()
			.isPresent();
	}

	/** Name and day of birth of everybody who was entered for this case. */
	List<String> residents(long caseId) {
		return this.db.sql("select name, birth_date from doorbraak.household_member where case_id = :id order by id")
			.param("id", caseId)
			.query((row, n) -> {
				LocalDate birthDate = date(row, "birth_date");
				return row.getString("name") + ((birthDate != null) ? ", geboren " + DutchTime.date(birthDate) : "");
			})
			.list();
	}

	void addMember(CaseFile file, HouseholdMember member) {
		this.db.sql("""
				insert into doorbraak.household_member
				  (household_id, case_id, name, normalised_name, birth_date, role, contact, address, address_secret)
				values (:household, :caseId, :name, :normalised, :birth, :role, :contact, :address, :secret)""")
			.param("household", file.householdId())
			.param("caseId", file.id())
			.param("name", member.name())
			.param("normalised", HouseholdMember.normalise(member.name()))
			.param("birth", member.birthDate())
			.param("role", member.role())
			.param("contact", member.contact())
			.param("address", member.address())
			.param("secret", member.addressSecret())
			.update();
	}

	void addOfficer(long caseId, String role, String login, @Nullable String standsInFor, Instant since) {
		this.db.sql("""
				insert into doorbraak.case_participant (case_id, role, officer_login, stands_in_for, since)
				values (:caseId, :role, :login, :away, :since)""")
			.param("away", standsInFor, Types.VARCHAR)
			.param("caseId", caseId)
			.param("role", role)
			.param("login", login)
			.param("since", Timestamp.from(since))
			.update();
	}

	void addGuests(long caseId, String role, String function, String body, Instant since) {
		this.db.sql("""
				insert into doorbraak.case_participant (case_id, role, function, body_id, since)
				values (:caseId, :role, :function, :body, :since)""")
			.param("caseId", caseId)
			.param("role", role)
			.param("function", function)
			.param("body", body)
			.param("since", Timestamp.from(since))
			.update();
	}

	void endParts(long caseId, String role, @Nullable String body, Instant at) {
		this.db.sql("""
				update doorbraak.case_participant set until = :at
				where case_id = :caseId and role = :role and until is null
				  and (cast(:body as text) is null or body_id = :body or stands_in_for in (
				    select officer_login from doorbraak.post where organisation_id = :body))""")
			.param("at", Timestamp.from(at))
			.param("caseId", caseId)
			.param("role", role)
			.param("body", body)
			.update();
	}

	void endPart(long caseId, String role, String login, Instant at) {
		this.db.sql("""
				update doorbraak.case_participant set until = :at
				where case_id = :caseId and role = :role and officer_login = :login and until is null""")
			.param("at", Timestamp.from(at))
			.param("caseId", caseId)
			.param("role", role)
			.param("login", login)
			.update();
	}

	void endGuests(long caseId, @Nullable String function, Instant at) {
		this.db.sql("""
				update doorbraak.case_participant set until = :at
				where case_id = :caseId and until is null
				  and (role = 'guest' or (role = 'signer' and cast(:function as text) is null))
				  and (cast(:function as text) is null or function = :function)""")
			.param("at", Timestamp.from(at))
			.param("caseId", caseId)
			.param("function", function)
			.update();
	}

	static String toJson(List<Answer> answers) {
		try {
			return JSON.writeValueAsString(answers);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("Answers of a form are plain values", ex);
		}
	}

	static List<Answer> fromJson(String fields) {
		try {
			return JSON.readValue(fields, new TypeReference<List<Answer>>() {
			});
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("What somebody wrote cannot be read", ex);
		}
	}

	private static HouseholdMember member(ResultSet row) throws SQLException {
		return new HouseholdMember(row.getString("name"), date(row, "birth_date"), row.getString("role"),
				row.getString("contact"), row.getString("address"), row.getBoolean("address_secret"));
	}

	private static Entry entry(ResultSet row) throws SQLException {
		return new Entry(row.getLong("id"), row.getString("form"), row.getString("written_by"),
				row.getTimestamp("written_at").toInstant(), row.getBoolean("outside"),
				fromJson(row.getString("fields")));
	}

	private static CaseFile withKey(ResultSet row) throws SQLException {
		CaseFile file = caseFile(row);
		byte[] key = row.getBytes("hash_key");
		Remembered.once(new Key(file.id()), () -> key);
		return file;
	}

	private static CaseFile caseFile(ResultSet row) throws SQLException {
		String outcome = row.getString("outcome");
		String threat = row.getString("threat");
		Array domains = row.getArray("life_domains");
		long amount = row.getLong("amount_cents");
		boolean noAmount = row.wasNull();
		return new CaseFile(row.getLong("id"), row.getString("number"), row.getLong("household_id"),
				row.getString("municipality_id"),
				CaseFile.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
				(outcome != null) ? Outcome.find(outcome).orElseThrow() : null, row.getString("what_is_stuck"),
				Arrays.asList((String[]) domains.getArray()), (threat != null) ? Threat.of(threat) : null,
				date(row, "event_date"), noAmount ? null : amount, row.getString("involved"),
				row.getString("reported_by"), row.getTimestamp("reported_at").toInstant(), instant(row, "closed_at"),
				row.getInt("terms_version"));
	}

	private static RungStay stay(ResultSet row) throws SQLException {
		String decision = row.getString("decision");
		return new RungStay(row.getLong("id"), Rung.of(row.getString("rung")), row.getString("body_id"),
				row.getBoolean("body_connected"), row.getTimestamp("opened_at").toInstant(),
				row.getTimestamp("term_ends_at").toInstant(), row.getDate("term_last_day").toLocalDate(),
				row.getString("term_explanation"), row.getInt("extensions"), instant(row, "question_ends_at"),
				row.getString("question_for"), (decision != null) ? Decision.of(decision) : null,
				row.getString("decided_by"), instant(row, "decided_at"), row.getBoolean("decided_outside"),
				date(row, "look_again_on"), row.getString("next_step"), instant(row, "closed_at"));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		Timestamp timestamp = row.getTimestamp(column);
		return (timestamp != null) ? timestamp.toInstant() : null;
	}

	private static @Nullable LocalDate date(ResultSet row, String column) throws SQLException {
		Date date = row.getDate(column);
		return (date != null) ? date.toLocalDate() : null;
	}

	/** What is asked about a case, by its number or id. */
	private record Question(String what, Object about) implements AskedOfCase {
	}

	private record Written(long caseId) {
	}

	/** The last entry of its form on a stay. */
	private record Last(@Nullable Long stay, Entry entry) {
	}

	/** Never changes. */
	private record Key(long caseId) {
	}

	private record Lock(String number) {
	}

}
