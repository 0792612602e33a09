package nl.doorbraak.inspection;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import nl.doorbraak.casefile.Power;
import nl.doorbraak.directory.Function;
import nl.doorbraak.inspection.Inspection.Verdict;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.mandate.SignedDecision;
import nl.doorbraak.mandate.SignedDecision.Signature;
import nl.doorbraak.support.Coded;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of inspections; nothing in them is ever changed, but that one is closed. */
@Repository
class InspectionStore {

	/** Wide enough for every list on a page; the rest is on the next page. */
	static final int AT_A_TIME = 100;

	private final JdbcClient db;

	private final ObjectMapper json = new ObjectMapper();

	InspectionStore(JdbcClient db) {
		this.db = db;
	}

	/** Whether it was new. */
	boolean add(Inspection inspection, List<SignedDecision> population) {
		try {
			this.db
				.sql("""
						insert into doorbraak.inspection (id, purpose, municipality_ids, first_day, last_day, power, minimum_cents, opened_by,
						  opened_at, decisions, total_cents, mark)
						values (:id, :purpose, :municipalities, :first, :last, :power, :minimum, :by, :at, :decisions, :total, :mark)""")
				.param("id", inspection.id())
				.param("purpose", inspection.purpose())
				.param("municipalities", inspection.municipalities().toArray(String[]::new))
				.param("first", inspection.firstDay())
				.param("last", inspection.lastDay())
				.param("power", code(inspection.power()), Types.VARCHAR)
				.param("minimum", inspection.minimumCents())
				.param("by", inspection.openedBy())
				.param("at", Timestamp.from(inspection.openedAt()))
				.param("decisions", inspection.decisions())
				.param("total", inspection.totalCents())
				.param("mark", inspection.mark())
				.update();
		}
		catch (DuplicateKeyException ex) {
			return false;
		}
		this.db
			.sql("""
					insert into doorbraak.inspection_decision (inspection_id, proposal_id, case_number, municipality_id, signed_at,
					  amount_cents, power, rung, deviates, signatures)
					select :id, proposal, number, municipality, cast(at as timestamptz), cents, power, rung, deviates, cast(signatures as jsonb)
					from unnest(:proposals, :numbers, :municipalities, :at, :cents, :powers, :rungs, :deviates, :signatures)
					  as row (proposal, number, municipality, at, cents, power, rung, deviates, signatures)""")
			.param("id", inspection.id())
			.param("proposals", population.stream().map(SignedDecision::proposal).toArray(Long[]::new))
			.param("numbers", population.stream().map(SignedDecision::number).toArray(String[]::new))
			.param("municipalities", population.stream().map(SignedDecision::municipality).toArray(String[]::new))
			.param("at", population.stream().map((each) -> each.at().toString()).toArray(String[]::new))
			.param("cents", population.stream().map(SignedDecision::amountCents).toArray(Long[]::new))
			.param("powers", population.stream().map((each) -> each.power().code()).toArray(String[]::new))
			.param("rungs", population.stream().map((each) -> each.rung().code()).toArray(String[]::new))
			.param("deviates", population.stream().map(SignedDecision::deviates).toArray(Boolean[]::new))
			.param("signatures", population.stream().map((each) -> write(each.signatures())).toArray(String[]::new))
			.update();
		return true;
	}

	private static @Nullable String code(@Nullable Power power) {
		return (power != null) ? power.code() : null;
	}

	/** Those about these municipalities and no others, the last one first. */
	List<Inspection> of(Collection<String> municipalities) {
		return this.db.sql(
				"select * from doorbraak.inspection where municipality_ids <@ cast(:municipalities as text[]) order by opened_at desc, id limit "
						+ AT_A_TIME)
			.param("municipalities", municipalities.toArray(String[]::new))
			.query((row, n) -> inspection(row))
			.list();
	}

	Optional<Inspection> find(UUID id) {
		return this.db.sql("select * from doorbraak.inspection where id = :id")
			.param("id", id)
			.query((row, n) -> inspection(row))
			.optional();
	}

	/** The same, locked until the end of the transaction. */
	Optional<Inspection> lock(UUID id) {
		return this.db.sql("select * from doorbraak.inspection where id = :id for no key update")
			.param("id", id)
			.query((row, n) -> inspection(row))
			.optional();
	}

	private static Inspection inspection(ResultSet row) throws SQLException {
		String power = row.getString("power");
		Timestamp closedAt = row.getTimestamp("closed_at");
		return new Inspection(row.getObject("id", UUID.class), row.getString("purpose"),
				Arrays.asList((String[]) row.getArray("municipality_ids").getArray()),
				row.getDate("first_day").toLocalDate(), row.getDate("last_day").toLocalDate(),
				(power != null) ? Coded.of(Power.class, power) : null, row.getLong("minimum_cents"),
				row.getString("opened_by"), row.getTimestamp("opened_at").toInstant(), row.getInt("decisions"),
				row.getLong("total_cents"), row.getString("mark"), row.getString("closed_by"),
				(closedAt != null) ? closedAt.toInstant() : null);
	}

	/** The population in the order of its numbers. */
	List<SignedDecision> population(UUID id, int skipped, int limit) {
		return this.db
			.sql("""
					select * from doorbraak.inspection_decision d where inspection_id = :id order by proposal_id offset :skipped limit :limit""")
			.param("id", id)
			.param("skipped", skipped)
			.param("limit", limit)
			.query((row, n) -> decision(row))
			.list();
	}

	private SignedDecision decision(ResultSet row) throws SQLException {
		return new SignedDecision(row.getLong("proposal_id"), row.getString("case_number"),
				row.getString("municipality_id"), row.getTimestamp("signed_at").toInstant(),
				row.getLong("amount_cents"), Coded.of(Power.class, row.getString("power")),
				Rung.of(row.getString("rung")), row.getBoolean("deviates"), read(row.getString("signatures")));
	}

	/** Codes as they are written here, whatever the names in the program. */
	private record Signed(String person, String function, String body, String mandate, int version,
			@Nullable String deputyFor) {
	}

	private String write(List<Signature> signatures) {
		try {
			return this.json.writeValueAsString(signatures.stream()
				.map((each) -> new Signed(each.person(), each.function().code(), each.body(), each.mandate(),
						each.version(), each.deputyFor()))
				.toList());
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private List<Signature> read(String signatures) {
		try {
			return this.json.readValue(signatures, new TypeReference<List<Signed>>() {
			})
				.stream()
				.map((each) -> new Signature(each.person(), Function.of(each.function()), each.body(), each.mandate(),
						each.version(), each.deputyFor()))
				.toList();
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("A row of a population holds no JSON", ex);
		}
	}

	/** A row for the mark: everything that it says, in one line. */
	String line(SignedDecision each) {
		return String.join(";", String.valueOf(each.proposal()), each.number(), each.municipality(),
				each.at().toString(), String.valueOf(each.amountCents()), each.power().code(), each.rung().code(),
				String.valueOf(each.deviates()), write(each.signatures()));
	}

	void addSample(UUID id, int number, String seed, List<Long> drawn, List<List<Long>> used, String by, Instant now) {
		long sample = this.db.sql("""
				insert into doorbraak.inspection_sample (inspection_id, number, seed, size, drawn_by, drawn_at)
				values (:id, :number, :seed, :size, :by, :now) returning id""")
			.param("id", id)
			.param("number", number)
			.param("seed", seed)
			.param("size", drawn.size())
			.param("by", by)
			.param("now", Timestamp.from(now))
			.query(Long.class)
			.single();
		for (int i = 0; i < drawn.size(); i++) {
			this.db.sql("""
					insert into doorbraak.inspection_item (sample_id, place, inspection_id, proposal_id, used_cents)
					values (:sample, :place, :id, :proposal, :used)""")
				.param("sample", sample)
				.param("place", i + 1)
				.param("id", id)
				.param("proposal", drawn.get(i))
				.param("used", used.get(i).toArray(Long[]::new))
				.update();
		}
	}

	List<Draw> samples(UUID id) {
		return this.db.sql("select * from doorbraak.inspection_sample where inspection_id = :id order by number")
			.param("id", id)
			.query((row, n) -> new Draw(row.getLong("id"), row.getInt("number"), row.getString("seed"),
					row.getInt("size"), row.getString("drawn_by"), row.getTimestamp("drawn_at").toInstant()))
			.list();
	}

	List<Drawn> items(long sample) {
		return this.db
			.sql("""
					select i.used_cents, d.* from doorbraak.inspection_item i
					join doorbraak.inspection_decision d on d.inspection_id = i.inspection_id and d.proposal_id = i.proposal_id
					where i.sample_id = :sample order by i.place""")
			.param("sample", sample)
			.query((row, n) -> drawn(row))
			.list();
	}

	/** A decision in any sample. */
	Optional<Drawn> item(UUID id, long proposal) {
		return this.db
			.sql("""
					select i.used_cents, d.* from doorbraak.inspection_item i
					join doorbraak.inspection_decision d on d.inspection_id = i.inspection_id and d.proposal_id = i.proposal_id
					where i.inspection_id = :id and i.proposal_id = :proposal order by i.sample_id limit 1""")
			.param("id", id)
			.param("proposal", proposal)
			.query((row, n) -> drawn(row))
			.optional();
	}

	private Drawn drawn(ResultSet row) throws SQLException {
		return new Drawn(decision(row), Arrays.asList((Long[]) row.getArray("used_cents").getArray()));
	}

	long addFinding(UUID id, long proposal, Verdict verdict, @Nullable Long entry, String by, Instant now) {
		return this.db
			.sql("""
					insert into doorbraak.inspection_finding (inspection_id, proposal_id, verdict, written, entry_id, recorded_by, recorded_at)
					values (:id, :proposal, :verdict, :written, :entry, :by, :now) returning id""")
			.param("id", id)
			.param("proposal", proposal)
			.param("verdict", verdict.code())
			.param("written", entry != null)
			.param("entry", entry, Types.BIGINT)
			.param("by", by)
			.param("now", Timestamp.from(now))
			.query(Long.class)
			.single();
	}

	void addAnswer(long finding, long entry, String by, Instant now) {
		this.db.sql("""
				insert into doorbraak.inspection_answer (finding_id, entry_id, answered_by, answered_at)
				values (:finding, :entry, :by, :now)""")
			.param("finding", finding)
			.param("entry", entry)
			.param("by", by)
			.param("now", Timestamp.from(now))
			.update();
	}

	private static final String FINDINGS = """
			select f.*, d.case_number, a.entry_id as answer_entry, a.answered_by, a.answered_at
			from doorbraak.inspection_finding f
			join doorbraak.inspection_decision d on d.inspection_id = f.inspection_id and d.proposal_id = f.proposal_id
			left join doorbraak.inspection_answer a on a.finding_id = f.id
			where not exists (select 1 from doorbraak.inspection_finding later where later.inspection_id = f.inspection_id
			  and later.proposal_id = f.proposal_id and later.id > f.id) and\s""";

	/** The last finding of each decision. */
	List<Found> findings(UUID id) {
		return this.db.sql(FINDINGS + "f.inspection_id = :id").param("id", id).query((row, n) -> found(row)).list();
	}

	/** The last finding, when it is this one. */
	Optional<Found> finding(long id) {
		return this.db.sql(FINDINGS + "f.id = :id").param("id", id).query((row, n) -> found(row)).optional();
	}

	/** What managers of these municipalities may answer or answered, what waits first. */
	List<Found> toAnswer(Collection<String> municipalities) {
		return this.db.sql(FINDINGS + """
				f.verdict <> 'complies' and d.municipality_id = any (:municipalities)
				order by a.finding_id is not null, f.id desc limit\s""" + AT_A_TIME)
			.param("municipalities", municipalities.toArray(String[]::new))
			.query((row, n) -> found(row))
			.list();
	}

	/** Of these what nobody answered and still can be, the oldest first. */
	List<Found> waiting(Collection<String> municipalities) {
		return this.db.sql(FINDINGS + """
				f.verdict <> 'complies' and d.municipality_id = any (:municipalities) and a.finding_id is null
				  and exists (select 1 from doorbraak.inspection i where i.id = f.inspection_id and i.closed_at is null)
				order by f.id limit\s""" + AT_A_TIME)
			.param("municipalities", municipalities.toArray(String[]::new))
			.query((row, n) -> found(row))
			.list();
	}

	private static Found found(ResultSet row) throws SQLException {
		Timestamp answeredAt = row.getTimestamp("answered_at");
		return new Found(row.getLong("id"), row.getObject("inspection_id", UUID.class), row.getLong("proposal_id"),
				row.getString("case_number"), Coded.of(Verdict.class, row.getString("verdict")),
				row.getBoolean("written"), row.getObject("entry_id", Long.class), row.getString("recorded_by"),
				row.getTimestamp("recorded_at").toInstant(), row.getObject("answer_entry", Long.class),
				row.getString("answered_by"), (answeredAt != null) ? answeredAt.toInstant() : null);
	}

	void close(UUID id, String by, Instant now) {
		this.db.sql(
				"update doorbraak.inspection set closed_by = :by, closed_at = :now where id = :id and closed_at is null")
			.param("by", by)
			.param("now", Timestamp.from(now))
			.param("id", id)
			.update();
	}

	record Draw(long id, int number, String seed, int size, String by, Instant at) {
	}

	/** Used: for each signature in turn. */
	record Drawn(SignedDecision decision, List<Long> used) {
	}

	record Found(long id, UUID inspection, long proposal, String number, Verdict verdict, boolean written,
			@Nullable Long entry, String by, Instant at, @Nullable Long answerEntry, @Nullable String answeredBy,
			@Nullable Instant answeredAt) {
	}

}
