package nl.doorbraak.mandate;

import java.sql.Types;
import java.util.EnumMap;
import java.util.Map;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/** The mandate levels of each version of the agreed settings. */
@Repository
public class MandateLevels {

	private static final Map<Level, String> COLUMNS = Map.of(Level.TEAM, "team_cents", Level.CASE_DIRECTOR,
			"case_director_cents", Level.MANAGER, "manager_cents", Level.DEVIATION, "deviation_cents", Level.DIRECTOR,
			"director_cents", Level.REGION, "region_cents");

	private final JdbcClient db;

	MandateLevels(JdbcClient db) {
		this.db = db;
	}

	/**
	 * The levels of a version.
	 * @throws IllegalArgumentException when there is no such version
	 */
	public Levels of(int version) {
		return this.db.sql("select * from doorbraak.mandate_level where version = :version")
			.param("version", version)
			.query((row, n) -> {
				Map<Level, Long> cents = new EnumMap<>(Level.class);
				for (Level level : Level.values()) {
					long border = row.getLong(String.valueOf(COLUMNS.get(level)));
					if (!row.wasNull()) {
						cents.put(level, border);
					}
				}
				return new Levels(cents);
			})
			.optional()
			.orElseThrow(() -> new IllegalArgumentException("Version " + version + " has no mandate levels"));
	}

	/** Writes down the levels of a version that is being adopted. */
	@Transactional
	public void adopt(int version, Levels levels) {
		JdbcClient.StatementSpec insert = this.db
			.sql("""
					insert into doorbraak.mandate_level (version, team_cents, case_director_cents, manager_cents, deviation_cents,
					  director_cents, region_cents)
					values (:version, :teamCents, :caseDirectorCents, :managerCents, :deviationCents, :directorCents, :regionCents)""")
			.param("version", version);
		for (Level level : Level.values()) {
			insert = insert.param(level.code(), levels.of(level).orElse(null), Types.BIGINT);
		}
		insert.update();
	}

}
