package nl.doorbraak.audit;

import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.springframework.jdbc.core.RowMapper;

/**
 * What stood at the end of every chain that moved, under one hash that follows from the
 * head before: who has it outside the database can tell that nothing before it was
 * changed.
 *
 * @param number 1 and up, without gaps
 * @param at UTC, in microseconds
 * @param count chains under it
 * @param root of the tree over their ends (RFC 6962)
 */
public record Head(long number, Instant at, int count, byte[] root, byte[] previousHash, byte[] hash) {

	static final String COLUMNS = "number, at, cardinality(chains) as count, root, previous_hash, hash";

	static final RowMapper<Head> FROM_ROW = (row, n) -> new Head(row.getLong("number"),
			row.getTimestamp("at").toInstant(), row.getInt("count"), row.getBytes("root"),
			row.getBytes("previous_hash"), row.getBytes("hash"));

	/** Stands for what should be a head and is none. */
	static final Head UNREADABLE = new Head(0, Instant.EPOCH, 0, new byte[0], new byte[0], new byte[0]);

	private static final Pattern LINE = Pattern
		.compile("([0-9]{1,15}) ([0-9T:.-]{20,35}Z) ([0-9]{1,9}) ([0-9a-f]{64}) ([0-9a-f]{64}) ([0-9a-f]{64})");

	/** The head that follows from another. */
	static Head after(Optional<Head> before, Instant at, List<ChainEnd> ends) {
		Head open = new Head(before.map(Head::number).orElse(0L) + 1, at, ends.size(),
				Merkle.root(ends.stream().map(ChainEnd::leaf).toList()),
				before.map(Head::hash).orElse(Hashes.BEFORE_THE_FIRST), new byte[0]);
		return new Head(open.number, at, open.count, open.root, open.previousHash, open.reckonedHash());
	}

	/** What its hash must be. */
	byte[] reckonedHash() {
		return Hashes.of(this.previousHash, String.valueOf(this.number), this.at.toString(), String.valueOf(this.count),
				hex(this.root));
	}

	/** As it stands in a file outside the database. */
	public String line() {
		return String.join(" ", String.valueOf(this.number), this.at.toString(), String.valueOf(this.count),
				hex(this.root), hex(this.previousHash), hex(this.hash));
	}

	/** From such a line; nothing when it is none. */
	static Optional<Head> read(String line) {
		Matcher matcher = LINE.matcher(line);
		if (!matcher.matches()) {
			return Optional.empty();
		}
		HexFormat hex = HexFormat.of();
		return Optional.of(new Head(Long.parseLong(matcher.group(1)), Instant.parse(matcher.group(2)),
				Integer.parseInt(matcher.group(3)), hex.parseHex(matcher.group(4)), hex.parseHex(matcher.group(5)),
				hex.parseHex(matcher.group(6))));
	}

	/** Its hash in hexadecimal digits. */
	public String mark() {
		return hex(this.hash);
	}

	/** Whether this is the head that follows on another. */
	boolean follows(Optional<Head> before) {
		return this.number == before.map(Head::number).orElse(0L) + 1
				&& Arrays.equals(this.previousHash, before.map(Head::hash).orElse(Hashes.BEFORE_THE_FIRST))
				&& Arrays.equals(this.hash, reckonedHash());
	}

	static String hex(byte[] bytes) {
		return HexFormat.of().formatHex(bytes);
	}

}
