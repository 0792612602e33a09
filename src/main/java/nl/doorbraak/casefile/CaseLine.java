package nl.doorbraak.casefile;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;

import nl.doorbraak.ladder.Rung;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowMapper;

/**
 * A case in a list: codes and dates, no text.
 *
 * @param carryOut whether it came to a breakthrough that is being carried out
 * @param pausedSince since when it stands still; null while it does not
 */
public record CaseLine(String number, @Nullable Threat threat, @Nullable LocalDate eventDate, @Nullable Rung rung,
		@Nullable LocalDate termLastDay, boolean carryOut, @Nullable Instant pausedSince) {

	static final RowMapper<CaseLine> FROM_ROW = (row, n) -> {
		String threat = row.getString("threat");
		String rung = row.getString("rung");
		Timestamp paused = row.getTimestamp("paused_at");
		return new CaseLine(row.getString("number"), (threat != null) ? Threat.of(threat) : null,
				row.getObject("event_date", LocalDate.class), (rung != null) ? Rung.of(rung) : null,
				row.getObject("term_last_day", LocalDate.class), row.getBoolean("carry_out"),
				(paused != null) ? paused.toInstant() : null);
	};

	/** Whether a term that ends then stands still with the case, and ends later. */
	public boolean isStill(@Nullable Instant end) {
		return isStill(this.pausedSince, end);
	}

	/** The same of a case that stands still since then, or does not. */
	public static boolean isStill(@Nullable Instant pausedSince, @Nullable Instant end) {
		return pausedSince != null && end != null && !end.isBefore(pausedSince);
	}

}
