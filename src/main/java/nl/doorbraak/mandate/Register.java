package nl.doorbraak.mandate;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import nl.doorbraak.casefile.Reservation;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reads the register, at each question anew: a mandate can be revoked at any time. */
@Repository
class Register {

	private final JdbcClient db;

	Register(JdbcClient db) {
		this.db = db;
	}

	/**
	 * Every line of these bodies for this rung, in force or not, in the order in which
	 * its functions are asked.
	 * @throws Refused when the register cannot be read (409)
	 */
	List<Mandate> lines(Collection<String> bodies, Rung rung) {
		try {
			return this.db.sql("""
					select * from doorbraak.mandate where organisation_id in (:bodies) and :rung = any (rungs)
					order by order_of_competence, number, version""")
				.param("bodies", bodies)
				.param("rung", rung.code())
				.query((row, n) -> mandate(row))
				.list();
		}
		catch (DataAccessException ex) {
			throw Refused.conflict(Verdict.REGISTER_ONLEESBAAR.kebab(), Verdict.REGISTER_ONLEESBAAR.sentence());
		}
	}

	private static Mandate mandate(ResultSet row) throws SQLException {
		long ceiling = row.getLong("ceiling_cents");
		Long ceilingCents = row.wasNull() ? null : ceiling;
		Array rungs = row.getArray("rungs");
		return new Mandate(row.getString("number"), row.getInt("version"), row.getString("organisation_id"),
				Set.of((String[]) row.getArray("powers").getArray()), row.getString("legal_basis"),
				row.getString("function"), Set.of((String[]) rungs.getArray()), ceilingCents,
				row.getBoolean("deviation_allowed"), Coded.of(Reservation.class, row.getString("reservation")),
				row.getInt("approvals"), row.getBoolean("drafter_may_sign"), row.getBoolean("crisis_use"),
				row.getInt("order_of_competence"), row.getTimestamp("valid_from").toInstant(), instant(row, "valid_to"),
				instant(row, "revoked_at"));
	}

	private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
		Timestamp timestamp = row.getTimestamp(column);
		return (timestamp != null) ? timestamp.toInstant() : null;
	}

}
