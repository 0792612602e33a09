package nl.doorbraak.audit;

import java.security.MessageDigest;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import nl.doorbraak.support.RecordedEvent;
import nl.doorbraak.support.RecordedTogether;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes one line for each published event, in the transaction of the act itself: no act
 * without its line. The lines of a transaction are written together, as its last work:
 * until then it does not see them. Lines of one chain come one after the other (an
 * advisory lock until commit).
 */
@Repository
public class AuditTrail {

	private static final Logger log = LoggerFactory.getLogger(AuditTrail.class);

	/**
	 * Sorted keys and plain strings, so that the same facts always give the same bytes.
	 */
	private static final ObjectMapper CANONICAL = JsonMapper.builder()
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.build();

	/**
	 * The acts stand in it as in the index that holds these lines by time and no others:
	 * a parameter would not find it.
	 */
	static final String DECISIONS = """
			select l.* from doorbraak.audit_line l join doorbraak.case_file c on c.number = l.chain
			where c.municipality_id = any (:municipalities) and l.act in ('proposalMade', 'signedOff', 'signOffRefused',
			  'signOffPassedOn', 'decisionTakenByMandator', 'gateRefused', 'decisionRatified', 'decisionNotRatified',
			  'reasonsGiven', 'decisionAnnounced', 'announcementTermPassed', 'rungDecided', 'caseClosed', 'leadAccepted',
			  'leadReturned', 'provisionalLeadAppointed', 'outcomeRecorded') %s
			order by l.at desc, l.chain desc, l.number desc limit :limit""";

	static final String AFTER = "and (l.at, l.chain, l.number) < (:at, :chain, :number)";

	private final JdbcClient db;

	private final Clock clock;

	AuditTrail(JdbcClient db, Clock clock) {
		this.db = db;
		this.clock = clock;
	}

	/** Before all others, so that what follows from an act stands after it. */
	@EventListener
	@Order(Ordered.HIGHEST_PRECEDENCE)
	@Transactional(propagation = Propagation.MANDATORY)
	void record(RecordedEvent event) {
		ofThisTransaction().add(new Fact(event.chain(), this.clock.instant(), event.actor(), event.act(),
				canonical(event.facts()), event.mayFollow()));
	}

	@EventListener
	@Order(Ordered.HIGHEST_PRECEDENCE)
	@Transactional(propagation = Propagation.MANDATORY)
	void record(RecordedTogether events) {
		events.all().forEach(this::record);
	}

	private Pending ofThisTransaction() {
		return TransactionSynchronizationManager.getSynchronizations()
			.stream()
			.filter(Pending.class::isInstance)
			.map(Pending.class::cast)
			.findFirst()
			.orElseGet(() -> {
				Pending pending = new Pending();
				TransactionSynchronizationManager.registerSynchronization(pending);
				return pending;
			});
	}

	/**
	 * No line, no act; but what tells people something goes on, and its lines are kept
	 * until they can be written.
	 */
	private void writeOrOwe(List<Fact> facts) {
		if (!facts.stream().allMatch(Fact::mayFollow)) {
			try {
				write(facts);
			}
			catch (DataAccessException ex) {
				log.error("Lines of the record could not be written, the act is refused: {}",
						ex.getMostSpecificCause().getClass().getSimpleName());
				throw Refused.unavailable("no-record",
						"Doorbraak kan nu niet vastleggen wat er gebeurt. Daarom is er niets opgeslagen. Probeer het over enkele minuten opnieuw.");
			}
			return;
		}
		this.db.sql("savepoint record_lines").update();
		try {
			write(facts);
		}
		catch (DataAccessException ex) {
			log.error("{} lines of the record could not be written and follow: {}", facts.size(),
					ex.getMostSpecificCause().getClass().getSimpleName());
			this.db.sql("rollback to savepoint record_lines").update();
			facts.forEach(this::owe);
		}
	}

	private void owe(Fact fact) {
		this.db.sql("""
				insert into doorbraak.audit_owed (chain, happened_at, actor, act, facts)
				values (:chain, :at, :actor, :act, :facts)""")
			.param("chain", fact.chain())
			.param("at", Timestamp.from(fact.at()))
			.param("actor", fact.actor())
			.param("act", fact.act())
			.param("facts", fact.facts())
			.update();
	}

	/**
	 * Writes the lines that could not be written before, in the order of what happened.
	 */
	@Transactional
	void writeOwed() {
		Instant now = this.clock.instant();
		write(this.db.sql("""
				update doorbraak.audit_owed set written_at = :now where written_at is null
				returning id, chain, happened_at, actor, act, facts""")
			.param("now", Timestamp.from(now))
			.query((row, n) -> Map.entry(row.getLong("id"),
					new Fact(row.getString("chain"), now, row.getString("actor"), row.getString("act"),
							late(row.getString("facts"), row.getTimestamp("happened_at").toInstant()), true)))
			.list()
			.stream()
			.sorted(Map.Entry.comparingByKey())
			.map(Map.Entry::getValue)
			.toList());
	}

	/** A line is as old as it is; when it happened is one of its facts. */
	private static String late(String facts, Instant happenedAt) {
		try {
			Map<String, Object> all = CANONICAL.readValue(facts, new TypeReference<TreeMap<String, Object>>() {
			});
			all.put("happenedAt", happenedAt.toString());
			return canonical(all);
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("A line that is owed holds no JSON", ex);
		}
	}

	private void write(List<Fact> facts) {
		if (facts.isEmpty()) {
			return;
		}
		Set<String> chains = facts.stream().map(Fact::chain).collect(Collectors.toSet());
		Map<String, AuditLine> last = new HashMap<>();
		this.db.sql("select * from doorbraak.chain_ends(:chains)")
			.param("chains", chains.toArray(String[]::new))
			.query(AuditLine.FROM_ROW)
			.list()
			.forEach((line) -> last.put(line.chain(), line));
		List<AuditLine> lines = new ArrayList<>();
		for (Fact fact : facts) {
			AuditLine line = fact.after(last.get(fact.chain()));
			last.put(fact.chain(), line);
			lines.add(line);
		}
		// Most lines are of a case; the function would take as long as writing one.
		// Behind a select PostgreSQL counts no lines, and keeps one plan.
		this.db
			.sql("""
					insert into doorbraak.audit_line (chain, number, at, actor, act, facts, previous_hash, hash, organisation)
					select chain, number, cast(at as timestamptz), actor, act, facts, previous_hash, hash,
					  coalesce((select c.municipality_id from doorbraak.case_file c where c.number = chain),
					    doorbraak.organisation_of(chain, actor, facts))
					from unnest((select cast(:chain as text[])), (select cast(:number as bigint[])), (select cast(:at as text[])),
					    (select cast(:actor as text[])), (select cast(:act as text[])), (select cast(:facts as text[])),
					    (select cast(:previous as bytea[])), (select cast(:hash as bytea[])))
					  as line (chain, number, at, actor, act, facts, previous_hash, hash)""")
			.param("chain", lines.stream().map(AuditLine::chain).toArray(String[]::new))
			.param("number", lines.stream().map(AuditLine::number).toArray(Long[]::new))
			.param("at", lines.stream().map((line) -> line.at().toString()).toArray(String[]::new))
			.param("actor", lines.stream().map(AuditLine::actor).toArray(String[]::new))
			.param("act", lines.stream().map(AuditLine::act).toArray(String[]::new))
			.param("facts", lines.stream().map(AuditLine::facts).toArray(String[]::new))
			.param("previous", lines.stream().map(AuditLine::previousHash).toArray(byte[][]::new))
			.param("hash", lines.stream().map(AuditLine::hash).toArray(byte[][]::new))
			.update();
	}

	/** A chain from its first line to its last. */
	public List<AuditLine> chain(String chain) {
		return this.db.sql("select * from doorbraak.audit_line where chain = :chain order by number")
			.param("chain", chain)
			.query(AuditLine.FROM_ROW)
			.list();
	}

	/**
	 * What the software refused about one case, the newest first.
	 * @param caseMark as the lines hold it
	 */
	public List<AuditLine> refused(String caseMark) {
		return this.db.sql("""
				select * from doorbraak.audit_line where chain = 'refusals'
				and substring(facts from '"caseMark":"([^"]*)"') = :mark order by number desc limit 200""")
			.param("mark", caseMark)
			.query(AuditLine.FROM_ROW)
			.list();
	}

	/**
	 * What was decided in the cases of these municipalities and who had the lead, the
	 * newest first.
	 * @param before chain and number of a line: only what stands after it in that order
	 */
	public List<AuditLine> decisions(Collection<String> municipalities, @Nullable Place before, int limit) {
		if (before == null) {
			return decisions("", Map.of(), municipalities, limit);
		}
		return this.db.sql("select * from doorbraak.audit_line where chain = :chain and number = :number")
			.param("chain", before.chain())
			.param("number", before.number())
			.query(AuditLine.FROM_ROW)
			.optional()
			.map((line) -> decisions(AFTER,
					Map.of("at", Timestamp.from(line.at()), "chain", line.chain(), "number", line.number()),
					municipalities, limit))
			.orElse(List.of());
	}

	private List<AuditLine> decisions(String after, Map<String, ?> place, Collection<String> municipalities,
			int limit) {
		return this.db.sql(DECISIONS.formatted(after))
			.params(place)
			.param("municipalities", municipalities.toArray(String[]::new))
			.param("limit", limit)
			.query(AuditLine.FROM_ROW)
			.list();
	}

	/**
	 * The first line that does not follow from the one before, or nothing when the chain
	 * is whole.
	 */
	public Optional<AuditLine> firstBroken(String chain) {
		byte[] previous = Hashes.BEFORE_THE_FIRST;
		long number = 1;
		for (AuditLine line : chain(chain)) {
			if (line.number() != number || !MessageDigest.isEqual(line.previousHash(), previous)
					|| !MessageDigest.isEqual(line.hash(), line.reckonedHash())) {
				return Optional.of(line);
			}
			previous = line.hash();
			number++;
		}
		return Optional.empty();
	}

	private static String canonical(Map<String, Object> facts) {
		try {
			return CANONICAL.writeValueAsString(new TreeMap<>(facts));
		}
		catch (JsonProcessingException ex) {
			throw new IllegalStateException("Facts of an event must be plain codes, numbers and dates", ex);
		}
	}

	/** The names of all chains, for whoever checks them. */
	public List<String> chains() {
		return this.db.sql("select distinct chain from doorbraak.audit_line")
			.query(String.class)
			.list()
			.stream()
			.sorted(Comparator.naturalOrder())
			.toList();
	}

	/** What happened, before it has its place in the chain. */
	private record Fact(String chain, Instant at, String actor, String act, String facts, boolean mayFollow) {

		AuditLine after(@Nullable AuditLine last) {
			AuditLine line = new AuditLine(this.chain, (last != null) ? last.number() + 1 : 1, this.at, this.actor,
					this.act, this.facts, (last != null) ? last.hash() : Hashes.BEFORE_THE_FIRST, new byte[0]);
			return new AuditLine(this.chain, line.number(), this.at, this.actor, this.act, this.facts,
					line.previousHash(), line.reckonedHash());
		}

	}

	/** What one transaction has to write; what a savepoint takes back is not in it. */
	private final class Pending implements TransactionSynchronization {

		private final List<Fact> facts = new ArrayList<>();

		private final Map<Object, Integer> savepoints = new HashMap<>();

		private boolean written;

		void add(Fact fact) {
			if (this.written) {
				writeOrOwe(List.of(fact));
			}
			else {
				this.facts.add(fact);
			}
		}

		@Override
		public void savepoint(Object savepoint) {
			this.savepoints.put(savepoint, this.facts.size());
		}

		@Override
		public void savepointRollback(Object savepoint) {
			this.facts.subList(this.savepoints.getOrDefault(savepoint, 0), this.facts.size()).clear();
		}

		@Override
		public void beforeCommit(boolean readOnly) {
			this.written = true;
			if (!this.facts.isEmpty()) {
				writeOrOwe(this.facts);
			}
		}

	}

	/** Where a line stands. */
	public record Place(String chain, long number) {
	}

}
