package nl.doorbraak.audit;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import nl.doorbraak.support.Locks;
import nl.doorbraak.support.RecordedEvent;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Writes one line for each published event, in the transaction of the act itself: no act
 * without its line. Lines of one chain are written one after the other (an advisory lock
 * until commit).
 */
@Repository
public class AuditTrail {

	private static final byte[] BEFORE_THE_FIRST = new byte[32];

	/**
	 * Sorted keys and plain strings, so that the same facts always give the same bytes.
	 */
	private static final ObjectMapper CANONICAL = JsonMapper.builder()
		.enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
		.build();

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
		Locks.alone(this.db, event.chain());
		Optional<AuditLine> last = this.db.sql("""
				select * from doorbraak.audit_line where chain = :chain order by number desc limit 1""")
			.param("chain", event.chain())
			.query(AuditLine.FROM_ROW)
			.optional();
		AuditLine line = new AuditLine(event.chain(), last.map(AuditLine::number).orElse(0L) + 1, this.clock.instant(),
				event.actor(), event.act(), canonical(event.facts()),
				last.map(AuditLine::hash).orElse(BEFORE_THE_FIRST), new byte[0]);
		this.db.sql("""
				insert into doorbraak.audit_line (chain, number, at, actor, act, facts, previous_hash, hash)
				values (:chain, :number, :at, :actor, :act, :facts, :previous, :hash)""")
			.param("chain", line.chain())
			.param("number", line.number())
			.param("at", Timestamp.from(line.at()))
			.param("actor", line.actor())
			.param("act", line.act())
			.param("facts", line.facts())
			.param("previous", line.previousHash())
			.param("hash", hash(line))
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
	 * Lines of these acts in these chains, the newest first.
	 * @param before chain and number of a line: only what stands after it in that order
	 */
	public List<AuditLine> newest(Collection<String> chains, Collection<String> acts, @Nullable Place before,
			int limit) {
		return this.db
			.sql("""
					select * from doorbraak.audit_line l where chain = any (:chains) and act = any (:acts)
					  and (cast(:chain as text) is null or (at, chain, number) < (
					    select b.at, b.chain, b.number from doorbraak.audit_line b where b.chain = :chain and b.number = :number))
					order by at desc, chain desc, number desc limit :limit""")
			.param("chains", chains.toArray(String[]::new))
			.param("acts", acts.toArray(String[]::new))
			.param("chain", (before != null) ? before.chain() : null)
			.param("number", (before != null) ? before.number() : 0)
			.param("limit", limit)
			.query(AuditLine.FROM_ROW)
			.list();
	}

	/**
	 * The first line that does not follow from the one before, or nothing when the chain
	 * is whole.
	 */
	public Optional<AuditLine> firstBroken(String chain) {
		byte[] previous = BEFORE_THE_FIRST;
		long number = 1;
		for (AuditLine line : chain(chain)) {
			if (line.number() != number || !MessageDigest.isEqual(line.previousHash(), previous)
					|| !MessageDigest.isEqual(line.hash(), hash(line))) {
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

	/**
	 * SHA-256 over the fields, each with its length before it, so that no two lines read
	 * alike.
	 */
	private static byte[] hash(AuditLine line) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		try (DataOutputStream out = new DataOutputStream(bytes)) {
			write(out, line.previousHash());
			for (String field : List.of(line.chain(), String.valueOf(line.number()), line.at().toString(), line.actor(),
					line.act(), line.facts())) {
				write(out, field.getBytes(StandardCharsets.UTF_8));
			}
			return MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static void write(DataOutputStream out, byte[] field) throws IOException {
		out.writeInt(field.length);
		out.write(field);
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

	/** Where a line stands. */
	public record Place(String chain, long number) {
	}

}
