package nl.doorbraak.settings;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.Power;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.lead.WatchMoments;
import nl.doorbraak.mandate.RequiredMandates.Question;
import nl.doorbraak.settings.History.Pause;
import nl.doorbraak.settings.History.Proposed;
import nl.doorbraak.settings.History.Stay;
import nl.doorbraak.support.Coded;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads of many cases when they came where and left again. What people wrote is not read,
 * and no number leaves this room.
 */
@Repository
class Histories {

	private final JdbcClient db;

	private final Directory directory;

	private final WatchMoments moments;

	private final Clock clock;

	Histories(JdbcClient db, Directory directory, WatchMoments moments, Clock clock) {
		this.db = db;
		this.directory = directory;
		this.moments = moments;
		this.clock = clock;
	}

	/**
	 * Ids of the cases of these municipalities, oldest first; without those of before the
	 * first terms, which went by none.
	 */
	List<Long> cases(Collection<String> municipalities) {
		return this.db.sql("""
				select id from doorbraak.case_file where municipality_id = any (:municipalities) and state <> 'reported'
				  and reported_at >= (select min(valid_from) from doorbraak.terms_version)
				order by id""").param("municipalities", municipalities.toArray(String[]::new)).query(Long.class).list();
	}

	List<History> of(List<Long> cases) {
		Long[] ids = cases.toArray(Long[]::new);
		List<CaseFile> files = this.db
			.sql("""
					select id, number, household_id, municipality_id, state, event_date, reported_by, reported_at, closed_at, terms_version
					from doorbraak.case_file where id = any (:ids) order by id""")
			.param("ids", ids)
			.query((row, n) -> file(row))
			.list();
		Map<Long, List<Stay>> stays = stays(ids);
		Map<Long, List<Pause>> pauses = pauses(ids);
		Map<Long, List<Proposed>> proposals = proposals(ids);
		Map<String, WatchMoments.Asked> asked = this.moments.asked(files.stream().map(CaseFile::number).toList());
		Map<String, Map<Rung, String>> bodies = files.stream()
			.map(CaseFile::municipality)
			.distinct()
			.collect(Collectors.toMap((each) -> each, this::bodies));
		return files.stream()
			.map((file) -> new History(file, Objects.requireNonNull(bodies.get(file.municipality())),
					stays.getOrDefault(file.id(), List.of()), pauses.getOrDefault(file.id(), List.of()),
					Objects.requireNonNull(asked.get(file.number())), proposals.getOrDefault(file.id(), List.of())))
			.toList();
	}

	private static CaseFile file(ResultSet row) throws SQLException {
		Timestamp closed = row.getTimestamp("closed_at");
		return new CaseFile(row.getLong("id"), row.getString("number"), row.getLong("household_id"),
				row.getString("municipality_id"), (closed != null) ? CaseFile.State.CLOSED : CaseFile.State.OPEN, null,
				"", List.of(), null, row.getObject("event_date", LocalDate.class), null, null,
				row.getString("reported_by"), row.getTimestamp("reported_at").toInstant(), instant(closed),
				row.getInt("terms_version"));
	}

	private Map<Long, List<Stay>> stays(Long[] ids) {
		Map<Long, List<Instant>> extended = new HashMap<>();
		this.db.sql("""
				select rung_id, written_at from doorbraak.entry
				where case_id = any (:ids) and form = 'decide-on-term' and rung_id is not null
				  and fields @> '[{"key": "choice", "value": "extend"}]' order by id""")
			.param("ids", ids)
			.query((row) -> {
				extended.computeIfAbsent(row.getLong(1), (stay) -> new ArrayList<>())
					.add(row.getTimestamp(2).toInstant());
			});
		Map<Long, List<Stay>> stays = new HashMap<>();
		Map<Long, LocalDate> agreed = new HashMap<>();
		this.db
			.sql("""
					select id, case_id, rung, body_id, opened_at, decision, decided_at, closed_at, look_again_on from doorbraak.case_rung
					where case_id = any (:ids) order by case_id, id""")
			.param("ids", ids)
			.query((row) -> {
				long file = row.getLong("case_id");
				boolean silent = "termEnded".equals(row.getString("decision"));
				stays.computeIfAbsent(file, (each) -> new ArrayList<>())
					.add(new Stay(Rung.of(row.getString("rung")), row.getString("body_id"),
							row.getTimestamp("opened_at").toInstant(), agreed.get(file),
							extended.getOrDefault(row.getLong("id"), List.of()),
							silent ? null : instant(row.getTimestamp("decided_at")),
							instant(row.getTimestamp("closed_at"))));
				agreed.put(file, row.getObject("look_again_on", LocalDate.class));
			});
		return stays;
	}

	private Map<Long, List<Pause>> pauses(Long[] ids) {
		Map<Long, List<Pause>> pauses = new HashMap<>();
		this.db.sql("""
				select case_id, paused_at, coalesce(resumed_at, greatest(paused_at, :now)) as resumed_at
				from doorbraak.case_pause where case_id = any (:ids) order by paused_at""")
			.param("ids", ids)
			.param("now", Timestamp.from(this.clock.instant()))
			.query((row) -> {
				pauses.computeIfAbsent(row.getLong(1), (each) -> new ArrayList<>())
					.add(new Pause(row.getTimestamp(2).toInstant(), row.getTimestamp(3).toInstant()));
			});
		return pauses;
	}

	/** Without what its drafter signed by deciding: the table was not asked about it. */
	private Map<Long, List<Proposed>> proposals(Long[] ids) {
		Map<Long, List<Proposed>> proposals = new HashMap<>();
		this.db.sql("""
				select r.case_id, r.rung, p.power, p.deviates, p.amount_cents, p.levels_version, p.made_at, p.state
				from doorbraak.proposal p join doorbraak.case_rung r on r.id = p.rung_id
				where r.case_id = any (:ids) and not exists (
				  select 1 from doorbraak.sign_off s where s.gate_id = p.id and s.person = p.drafter) order by p.id""")
			.param("ids", ids)
			.query((row) -> {
				Question question = new Question(Rung.of(row.getString(2)), Coded.of(Power.class, row.getString(3)),
						row.getBoolean(4), row.getLong(5));
				proposals.computeIfAbsent(row.getLong(1), (each) -> new ArrayList<>())
					.add(new Proposed(question, row.getInt(6), row.getTimestamp(7).toInstant(),
							"open".equals(row.getString(8))));
			});
		return proposals;
	}

	private static @Nullable Instant instant(@Nullable Timestamp moment) {
		return (moment != null) ? moment.toInstant() : null;
	}

	private Map<Rung, String> bodies(String municipality) {
		Map<Rung, String> bodies = new EnumMap<>(Rung.class);
		bodies.put(Rung.LOCAL, municipality);
		bodies.put(Rung.REGIONAL, String.valueOf(this.directory.getOrganisation(municipality).region()));
		bodies.put(Rung.NATIONAL, this.directory.theOne(Organisation.Kind.DESK).id());
		bodies.put(Rung.MINISTRY, this.directory.theOne(Organisation.Kind.MINISTRY).id());
		return bodies;
	}

}
