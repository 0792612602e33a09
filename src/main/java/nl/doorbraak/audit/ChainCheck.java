package nl.doorbraak.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowMapper;

/**
 * Checks the whole record as it stands in a database: every line of every chain, every
 * head over them, and the heads that somebody kept outside. Needs no right but to read.
 */
final class ChainCheck {

	/** Of a line of a chain: it reads otherwise than it did. */
	static final String CHANGED = "changed";

	/** A line is gone. */
	static final String MISSING = "missing";

	/** A line does not follow on the one before it. */
	static final String UNLINKED = "unlinked";

	/** A head was taken over more lines than there are. */
	static final String CUT = "cut";

	/** A head was taken over another line than stands there. */
	static final String REWRITTEN = "rewritten";

	/** A line that says it is older than a head, and is under none. */
	static final String UNDER_NO_HEAD = "underNoHead";

	/** Of a head: it does not follow from the one before, or from what is under it. */
	static final String HEAD_CHANGED = "headChanged";

	/** Of a head: outside it reads otherwise. */
	static final String HEAD_DIFFERS = "headDiffers";

	/** Of a head: outside there is one, and here none. */
	static final String HEAD_MISSING = "headMissing";

	/** The heads outside do not follow on each other themselves. */
	static final String OUTSIDE_CHANGED = "outsideChanged";

	/** Before the number of a head. */
	static final String HEADS = "#heads";

	private static final int AT_ONCE = 5000;

	private static final int MOST = 1000;

	private static final RowMapper<AuditLine> LINE = AuditLine.FROM_ROW;

	private final Connection connection;

	private final @Nullable List<Head> outside;

	private final LongConsumer progress;

	private final List<Finding> findings = new ArrayList<>();

	private final Set<String> broken = new HashSet<>();

	private long lines;

	private long chains;

	/**
	 * A check that was not run yet.
	 * @param connection used by nobody else
	 * @param outside the heads that were kept elsewhere; null when there are none to
	 * compare with
	 * @param progress hears now and then how many lines were done
	 */
	ChainCheck(Connection connection, @Nullable List<Head> outside, LongConsumer progress) {
		this.connection = connection;
		this.outside = outside;
		this.progress = progress;
	}

	/** Reads everything as it stood at one moment, whatever is written meanwhile. */
	Result run() throws SQLException {
		this.connection.setAutoCommit(false);
		this.connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
		try {
			lines();
			List<Head> heads = heads();
			ends();
			outside(heads);
			return new Result(this.lines, this.chains, heads.size(), this.outside != null,
					this.findings.stream().limit(MOST).toList());
		}
		finally {
			this.connection.rollback();
			this.connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
			this.connection.setAutoCommit(true);
		}
	}

	private void lines() throws SQLException {
		each("select * from doorbraak.audit_line order by chain, number", new Following());
	}

	private void each(String sql, Row row, Timestamp... parameters) throws SQLException {
		try (PreparedStatement statement = this.connection.prepareStatement(sql)) {
			statement.setFetchSize(AT_ONCE);
			for (int i = 0; i < parameters.length; i++) {
				statement.setTimestamp(i + 1, parameters[i]);
			}
			try (ResultSet rows = statement.executeQuery()) {
				while (rows.next()) {
					row.read(rows);
				}
			}
		}
	}

	private List<Head> heads() throws SQLException {
		List<Head> heads = new ArrayList<>();
		each("select " + Head.COLUMNS + ", chains, lines, hashes from doorbraak.audit_head order by number", (row) -> {
			Head head = Head.FROM_ROW.mapRow(row, 0);
			Optional<Head> before = heads.isEmpty() ? Optional.empty() : Optional.of(heads.get(heads.size() - 1));
			if (!head.follows(before) || !Arrays.equals(head.root(), rootOf(row))) {
				found(HEADS, head.number(), HEAD_CHANGED);
			}
			heads.add(head);
		});
		return heads;
	}

	private static byte[] rootOf(ResultSet row) throws SQLException {
		String[] chains = (String[]) row.getArray("chains").getArray();
		Long[] lines = (Long[]) row.getArray("lines").getArray();
		byte[][] hashes = (byte[][]) row.getArray("hashes").getArray();
		List<byte[]> leaves = new ArrayList<>(chains.length);
		for (int i = 0; i < chains.length; i++) {
			leaves.add(new ChainEnd(chains[i], lines[i], hashes[i]).leaf());
		}
		return Merkle.root(leaves);
	}

	/**
	 * What the heads were taken over still stands there, and nothing old is beside it.
	 */
	private void ends() throws SQLException {
		each("""
				select e.chain, e.line, l.number is null as gone from doorbraak.audit_head h
				cross join lateral unnest(h.chains, h.lines, h.hashes) as e (chain, line, hash)
				left join doorbraak.audit_line l on l.chain = e.chain and l.number = e.line
				where l.hash is distinct from e.hash order by e.chain, e.line""",
				(row) -> once(row.getString("chain"), row.getLong("line"), row.getBoolean("gone") ? CUT : REWRITTEN));
		each("""
				with ends as (
				  select e.chain, max(e.line) as line from doorbraak.audit_head h
				  cross join lateral unnest(h.chains, h.lines) as e (chain, line) group by e.chain)
				select l.chain, min(l.number) as line from doorbraak.audit_line l left join ends e on e.chain = l.chain
				where l.at < (select max(at) from doorbraak.audit_head) - cast('%d seconds' as interval)
				  and l.number > coalesce(e.line, 0)
				group by l.chain order by l.chain""".formatted(Heads.LATE_LINES.toSeconds()),
				(row) -> once(row.getString("chain"), row.getLong("line"), UNDER_NO_HEAD));
	}

	private void outside(List<Head> heads) {
		if (this.outside == null) {
			return;
		}
		Map<Long, Head> here = new HashMap<>(
				heads.stream().collect(Collectors.toMap(Head::number, (head) -> head, (one, other) -> one)));
		Optional<Head> before = Optional.empty();
		for (Head head : this.outside) {
			if (!head.follows(before)) {
				found(HEADS, head.number(), OUTSIDE_CHANGED);
			}
			Head ours = here.get(head.number());
			if (ours == null) {
				found(HEADS, head.number(), HEAD_MISSING);
			}
			else if (!Arrays.equals(ours.hash(), head.hash())) {
				found(HEADS, head.number(), HEAD_DIFFERS);
			}
			before = Optional.of(head);
		}
	}

	/** The first of a chain says enough: what follows it cannot be right. */
	private void once(String chain, long number, String code) {
		if (this.broken.add(chain)) {
			found(chain, number, code);
		}
	}

	private void found(String place, long number, String code) {
		this.findings.add(new Finding(place, number, code));
	}

	/** Reads one row. */
	private interface Row {

		void read(ResultSet row) throws SQLException;

	}

	/** The lines of all chains, one after the other. */
	private final class Following implements Row {

		private String chain = "";

		private long number;

		private byte[] previous = Hashes.BEFORE_THE_FIRST;

		@Override
		public void read(ResultSet row) throws SQLException {
			AuditLine line = LINE.mapRow(row, 0);
			if (!line.chain().equals(this.chain)) {
				this.chain = line.chain();
				this.number = 0;
				this.previous = Hashes.BEFORE_THE_FIRST;
				ChainCheck.this.chains++;
			}
			this.number++;
			if (line.number() != this.number) {
				once(this.chain, this.number, MISSING);
			}
			else if (!Arrays.equals(line.hash(), line.reckonedHash())) {
				once(this.chain, this.number, CHANGED);
			}
			else if (!Arrays.equals(line.previousHash(), this.previous)) {
				once(this.chain, this.number, UNLINKED);
			}
			this.previous = line.hash();
			if (++ChainCheck.this.lines % AT_ONCE == 0) {
				ChainCheck.this.progress.accept(ChainCheck.this.lines);
			}
		}

	}

	/**
	 * Something that does not follow.
	 *
	 * @param place a chain, or {@link #HEADS}
	 * @param number of the line or the head
	 */
	record Finding(String place, long number, String code) {
	}

	/**
	 * What was checked, and what was found.
	 *
	 * @param outside whether there were heads from outside to compare with
	 */
	record Result(long lines, long chains, long heads, boolean outside, List<Finding> findings) {

		Result {
			findings = List.copyOf(findings);
		}

	}

}
