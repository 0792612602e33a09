package nl.doorbraak.casefile;

import java.time.LocalDate;

import nl.doorbraak.ladder.Rung;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.RowMapper;

/**
 * A case in a list: codes and dates, no text.
 *
 * @param carryOut whether it came to a breakthrough that is being carried out
 */
public record CaseLine(String number, @Nullable Threat threat, @Nullable LocalDate eventDate, @Nullable Rung rung,
		@Nullable LocalDate termLastDay, boolean carryOut) {

	static final RowMapper<CaseLine> FROM_ROW = (row, n) -> {
		String threat = row.getString("threat");
		String rung = row.getString("rung");
		return new CaseLine(row.getString("number"), (threat != null) ? Threat.of(threat) : null,
				row.getObject("event_date", LocalDate.class), (rung != null) ? Rung.of(rung) : null,
				row.getObject("term_last_day", LocalDate.class), row.getBoolean("carry_out"));
	};

}
