package nl.doorbraak.audit;

import java.time.Instant;

import org.springframework.jdbc.core.RowMapper;

/**
 * One line of the record.
 *
 * @param at UTC, in microseconds
 * @param actor a login, {@code #timer}, {@code #software} or {@code #link}
 * @param facts canonical JSON
 */
public record AuditLine(String chain, long number, Instant at, String actor, String act, String facts,
		byte[] previousHash, byte[] hash) {

	static final RowMapper<AuditLine> FROM_ROW = (row, number) -> new AuditLine(row.getString("chain"),
			row.getLong("number"), row.getTimestamp("at").toInstant(), row.getString("actor"), row.getString("act"),
			row.getString("facts"), row.getBytes("previous_hash"), row.getBytes("hash"));

	/** What its hash must be. */
	byte[] reckonedHash() {
		return Hashes.of(this.previousHash, this.chain, String.valueOf(this.number), this.at.toString(), this.actor,
				this.act, this.facts);
	}

}
