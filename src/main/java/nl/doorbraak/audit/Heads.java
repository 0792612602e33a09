package nl.doorbraak.audit;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import nl.doorbraak.support.Locks;

import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes the heads over all chains: one each day, and one whenever a chain leaves the
 * house.
 */
@Repository
public class Heads {

	/**
	 * Longer than any transaction lasts: a line that was still being written when a head
	 * was taken is under the next.
	 */
	static final Duration LATE_LINES = Duration.ofHours(1);

	private static final String LOCK = "heads of the audit";

	private static final RowMapper<ChainEnd> END = (row, n) -> new ChainEnd(row.getString("chain"), row.getLong("line"),
			row.getBytes("hash"));

	private final JdbcClient db;

	private final Clock clock;

	Heads(JdbcClient db, Clock clock) {
		this.db = db;
		this.clock = clock;
	}

	/** The last one. */
	public Optional<Head> latest() {
		return this.db.sql("select " + Head.COLUMNS + " from doorbraak.audit_head order by number desc limit 1")
			.query(Head.FROM_ROW)
			.optional();
	}

	/** Those after a number, in their order; 0 gives all. */
	public List<Head> after(long number) {
		return this.db
			.sql("select " + Head.COLUMNS + " from doorbraak.audit_head where number > :number order by number")
			.param("number", number)
			.query(Head.FROM_ROW)
			.list();
	}

	/** Takes one now. */
	@Transactional
	public Head take() {
		Locks.alone(this.db, LOCK);
		Optional<Head> before = latest();
		List<ChainEnd> ends = moved(before.map((head) -> head.at().minus(LATE_LINES)).orElse(Instant.EPOCH));
		Head head = Head.after(before, this.clock.instant(), ends);
		this.db.sql("""
				insert into doorbraak.audit_head (number, at, chains, lines, hashes, root, previous_hash, hash)
				values (:number, :at, :chains, :lines, :hashes, :root, :previous, :hash)""")
			.param("number", head.number())
			.param("at", Timestamp.from(head.at()))
			.param("chains", ends.stream().map(ChainEnd::chain).toArray(String[]::new))
			.param("lines", ends.stream().map(ChainEnd::line).toArray(Long[]::new))
			.param("hashes", ends.stream().map(ChainEnd::hash).toArray(byte[][]::new))
			.param("root", head.root())
			.param("previous", head.previousHash())
			.param("hash", head.hash())
			.update();
		return head;
	}

	/** One statement, so that all ends are of the same moment. */
	private List<ChainEnd> moved(Instant since) {
		return this.db
			.sql("""
					select moved.chain, last.number as line, last.hash
					from (select distinct chain from doorbraak.audit_line where at >= :since) moved
					cross join lateral (
					  select number, hash from doorbraak.audit_line l where l.chain = moved.chain order by number desc limit 1) last
					order by moved.chain collate "C\"""")
			.param("since", Timestamp.from(since))
			.query(END)
			.list();
	}

	/** That the end of a chain is under a head that was taken over it. */
	Proof proof(Head head, String chain) {
		List<ChainEnd> ends = ends(head.number());
		int index = IntStream.range(0, ends.size())
			.filter((i) -> ends.get(i).chain().equals(chain))
			.findFirst()
			.orElseThrow();
		return new Proof(ends.get(index), index, Merkle.path(index, ends.stream().map(ChainEnd::leaf).toList()));
	}

	private List<ChainEnd> ends(long head) {
		return this.db.sql("""
				select e.chain, e.line, e.hash from doorbraak.audit_head h
				cross join lateral unnest(h.chains, h.lines, h.hashes) with ordinality as e (chain, line, hash, place)
				where h.number = :head order by e.place""").param("head", head).query(END).list();
	}

	/**
	 * The way from the end of a chain up to a head.
	 *
	 * @param index of the end among those under the head, from 0
	 * @param path the hashes beside the way, from below
	 */
	record Proof(ChainEnd end, int index, List<byte[]> path) {
	}

}
