package nl.doorbraak.agency;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import nl.doorbraak.directory.Function;
import nl.doorbraak.support.Coded;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The rows of questions to agencies. */
@Repository
class RequestStore {

	private final JdbcClient db;

	RequestStore(JdbcClient db) {
		this.db = db;
	}

	JdbcClient db() {
		return this.db;
	}

	/** Those whose question is in no compartment: what pages show. */
	List<AgencyRequest> shown(String number) {
		Set<Long> apart = apart(number);
		return ofCase(number).stream().filter((each) -> !apart.contains(each.id())).toList();
	}

	/** Ids of the others: the database does not show their question. */
	Set<Long> apart(String number) {
		return Set.copyOf(this.db.sql("""
				select r.id from doorbraak.agency_request r where r.case_number = :number
				  and not exists (select 1 from doorbraak.entry e where e.id = r.question_entry_id)""")
			.param("number", number)
			.query(Long.class)
			.list());
	}

	/** Every question of a case, oldest first. */
	List<AgencyRequest> ofCase(String number) {
		Map<Long, Map<Integer, Assessment>> findings = new HashMap<>();
		this.db.sql("""
				select f.request_id, f.code, f.result from doorbraak.agency_finding f
				join doorbraak.agency_request r on r.id = f.request_id where r.case_number = :number""")
			.param("number", number)
			.query((row) -> {
				findings.computeIfAbsent(row.getLong(1), (id) -> new HashMap<>())
					.put(row.getInt(2), Coded.of(Assessment.class, row.getString(3)));
			});
		return this.db.sql("select * from doorbraak.agency_request where case_number = :number order by id")
			.param("number", number)
			.query((row, n) -> request(row, findings.getOrDefault(row.getLong("id"), Map.of())))
			.list();
	}

	/** Those of these cases that nobody answered or took back, the nearest date first. */
	List<AgencyRequest> waiting(Collection<String> numbers) {
		return this.db
			.sql("""
					select r.* from doorbraak.agency_request r
					where r.case_number = any (:numbers) and r.answer is null and r.lapsed_at is null
					  and exists (select 1 from doorbraak.entry e where e.id = r.question_entry_id) order by r.due_at, r.id""")
			.param("numbers", numbers.toArray(String[]::new))
			.query((row, n) -> request(row, Map.of()))
			.list();
	}

	AgencyRequest get(long request) {
		String number = this.db.sql("select case_number from doorbraak.agency_request where id = :id")
			.param("id", request)
			.query(String.class)
			.single();
		return ofCase(number).stream().filter((each) -> each.id() == request).findFirst().orElseThrow();
	}

	void addFindings(long request, Map<Integer, Assessment> findings) {
		findings.forEach((code, result) -> this.db
			.sql("insert into doorbraak.agency_finding (request_id, code, result) values (:request, :code, :result)")
			.param("request", request)
			.param("code", code)
			.param("result", result.code())
			.update());
	}

	private static AgencyRequest request(ResultSet row, Map<Integer, Assessment> findings) throws SQLException {
		String answer = row.getString("answer");
		Date toldOn = row.getDate("told_on");
		return new AgencyRequest(row.getLong("id"), row.getString("case_number"), row.getString("agency_id"),
				row.getString("department"), Coded.of(RequestKind.class, row.getString("kind")),
				row.getString("scheme_id"), (Integer) row.getObject("scheme_version"),
				(Long) row.getObject("previous_id"), row.getString("asked_by"),
				row.getTimestamp("asked_at").toInstant(), askedOf(row), row.getLong("question_entry_id"),
				row.getTimestamp("due_at").toInstant(), row.getString("explanation"), instant(row, "silent_at"),
				instant(row, "waiting_since"), (Long) row.getObject("waiting_entry_id"),
				(answer != null) ? Coded.of(AgencyAnswer.class, answer) : null, (Boolean) row.getObject("assessed_all"),
				findings, (Boolean) row.getObject("known_before"), row.getString("told"),
				(toldOn != null) ? toldOn.toLocalDate() : null, instant(row, "withdrawn_at"),
				(Long) row.getObject("withdrawal_entry_id"), row.getString("referred_to"), row.getBoolean("outside"),
				row.getString("answered_by"), instant(row, "answered_at"), (Long) row.getObject("answer_entry_id"),
				(Long) row.getObject("letter_id"), (Long) row.getObject("reply_entry_id"), instant(row, "lapsed_at"));
	}

	private static @Nullable AskedOf askedOf(ResultSet row) throws SQLException {
		String officer = row.getString("asked_of");
		return (officer == null) ? null : new AskedOf(officer, Function.of(row.getString("asked_function")),
				row.getString("asked_deputy"), row.getObject("away_until", LocalDate.class));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		Timestamp timestamp = row.getTimestamp(column);
		return (timestamp != null) ? timestamp.toInstant() : null;
	}

	static @Nullable Date date(@Nullable LocalDate date) {
		return (date != null) ? Date.valueOf(date) : null;
	}

}
