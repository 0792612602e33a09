package nl.doorbraak.ladder;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import nl.doorbraak.ladder.TermsVersion.RungTerm;
import nl.doorbraak.support.Remembered;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Reads the terms from their tables, when these changed: a day that an owner adds must
 * count at once.
 */
@Repository
class TermTables implements TermSource {

	private final JdbcClient jdbc;

	private volatile @Nullable Tables read;

	TermTables(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	@Override
	public List<TermsVersion> versions() {
		return tables().versions();
	}

	@Override
	public Map<LocalDate, String> equatedDays() {
		return tables().equatedDays();
	}

	private Tables tables() {
		return Remembered.once(new Asked(), this::asTheyAre);
	}

	private Tables asTheyAre() {
		long rows = rows();
		Tables known = this.read;
		if (known == null || known.rows() != rows) {
			known = new Tables(rows, List.copyOf(readVersions()), Map.copyOf(readEquatedDays()));
			this.read = known;
		}
		return known;
	}

	/** Another number when a row of these tables is another. */
	private long rows() {
		return this.jdbc.sql("""
				select sum(hashtextextended(row, 0))::numeric % 9223372036854775807 from (
				  select t::text from doorbraak.terms_version t union all select t::text from doorbraak.rung_term t
				  union all select 'free ' || t::text from doorbraak.free_day t
				  union all select 'equated ' || t::text from doorbraak.equated_day t) as rows (row)""")
			.query(Long.class)
			.single();
	}

	private List<TermsVersion> readVersions() {
		Map<Integer, Map<Rung, RungTerm>> rungs = rungsByVersion();
		Map<Integer, Map<LocalDate, String>> free = freeDaysByVersion();
		return this.jdbc
			.sql("""
					select version, valid_from, question_working_days, ratification_working_days, agency_working_days,
					       measures_working_days, outcome_working_days, announcement_working_days, lead_step_working_days,
					       lead_return_working_days, lead_absence_working_days, look_back_working_days, mediated_session_working_days, aftercare_working_days, access_review_working_days, crisis_window_working_days, signal_weeks, signal_threat_working_days, crisis_rung_hours,
					       crisis_question_hours, crisis_extension_hours, body_id
					from doorbraak.terms_version
					order by version
					""")
			.query((row, number) -> new TermsVersion(row.getInt("version"),
					row.getObject("valid_from", OffsetDateTime.class).toInstant(), row.getInt("question_working_days"),
					row.getInt("ratification_working_days"), row.getInt("agency_working_days"),
					row.getInt("measures_working_days"), row.getInt("outcome_working_days"),
					row.getInt("announcement_working_days"), row.getInt("lead_step_working_days"),
					row.getInt("lead_return_working_days"), row.getInt("lead_absence_working_days"),
					row.getInt("look_back_working_days"), row.getInt("mediated_session_working_days"),
					row.getInt("aftercare_working_days"), row.getInt("access_review_working_days"),
					row.getInt("crisis_window_working_days"), row.getInt("signal_weeks"),
					row.getInt("signal_threat_working_days"), Duration.ofHours(row.getInt("crisis_rung_hours")),
					Duration.ofHours(row.getInt("crisis_question_hours")),
					Duration.ofHours(row.getInt("crisis_extension_hours")),
					rungs.getOrDefault(row.getInt("version"), Map.of()),
					free.getOrDefault(row.getInt("version"), Map.of()), row.getString("body_id")))
			.list();
	}

	private Map<LocalDate, String> readEquatedDays() {
		Map<LocalDate, String> days = new HashMap<>();
		this.jdbc.sql("select day, name from doorbraak.equated_day").query((row) -> {
			days.put(row.getObject("day", LocalDate.class), row.getString("name"));
		});
		return days;
	}

	@Override
	public int add(TermsVersion terms, Adoption adoption) {
		Remembered.forget(Asked.class);
		int version = this.jdbc
			.sql("""
					insert into doorbraak.terms_version (version, valid_from, question_working_days, ratification_working_days,
					  agency_working_days, measures_working_days, outcome_working_days, announcement_working_days,
					  lead_step_working_days, lead_return_working_days, lead_absence_working_days, look_back_working_days,
					  mediated_session_working_days, aftercare_working_days, access_review_working_days,
					  crisis_window_working_days, signal_weeks, signal_threat_working_days, crisis_rung_hours,
					  crisis_question_hours, crisis_extension_hours, note,
					  body_id, drafted_by, adopted_by, adopted_at)
					select max(version) + 1, :from, :question, :ratification, :agency, :measures, :outcome, :announcement, :leadStep,
					  :leadReturn, :leadAbsence, :lookBack, :session, :aftercare, :review, :window, :signalWeeks, :signalDays, :crisisRung, :crisisQuestion,
					  :crisisExtension, :reference, :body, :drafter, :adopter, :at from doorbraak.terms_version
					returning version""")
			.param("from", Timestamp.from(terms.validFrom()))
			.param("question", terms.questionWorkingDays())
			.param("ratification", terms.ratificationWorkingDays())
			.param("agency", terms.agencyWorkingDays())
			.param("measures", terms.measuresWorkingDays())
			.param("outcome", terms.outcomeWorkingDays())
			.param("announcement", terms.announcementWorkingDays())
			.param("leadStep", terms.leadStepWorkingDays())
			.param("leadReturn", terms.leadReturnWorkingDays())
			.param("leadAbsence", terms.leadAbsenceWorkingDays())
			.param("lookBack", terms.lookBackWorkingDays())
			.param("session", terms.mediatedSessionWorkingDays())
			.param("aftercare", terms.aftercareWorkingDays())
			.param("review", terms.accessReviewWorkingDays())
			.param("window", terms.crisisWindowWorkingDays())
			.param("signalWeeks", terms.signalWeeks())
			.param("signalDays", terms.signalThreatWorkingDays())
			.param("crisisRung", terms.crisisRung().toHours())
			.param("crisisQuestion", terms.crisisQuestion().toHours())
			.param("crisisExtension", terms.crisisExtension().toHours())
			.param("reference", adoption.reference())
			.param("body", terms.body(), Types.VARCHAR)
			.param("drafter", adoption.draftedBy())
			.param("adopter", adoption.adoptedBy())
			.param("at", Timestamp.from(adoption.adoptedAt()))
			.query(Integer.class)
			.single();
		terms.rungs()
			.forEach((rung, term) -> this.jdbc.sql("insert into doorbraak.rung_term values (?, ?, ?, ?, ?, ?)")
				.params(version, rung.code(), term.term().amount(), term.term().unit().code(),
						term.extension().amount(), term.extension().unit().code())
				.update());
		terms.freeDays()
			.forEach((day, name) -> this.jdbc.sql("insert into doorbraak.free_day values (?, ?, ?)")
				.params(version, day, name)
				.update());
		return version;
	}

	private Map<Integer, Map<LocalDate, String>> freeDaysByVersion() {
		Map<Integer, Map<LocalDate, String>> days = new HashMap<>();
		this.jdbc.sql("select version, day, name from doorbraak.free_day").query((row) -> {
			days.computeIfAbsent(row.getInt("version"), (version) -> new HashMap<>())
				.put(row.getObject("day", LocalDate.class), row.getString("name"));
		});
		return days;
	}

	private Map<Integer, Map<Rung, RungTerm>> rungsByVersion() {
		Map<Integer, Map<Rung, RungTerm>> rungs = new HashMap<>();
		this.jdbc.sql("""
				select version, rung, amount, unit, extension_amount, extension_unit
				from doorbraak.rung_term
				""").query((row) -> {
			Span term = new Span(row.getInt("amount"), Span.Unit.of(row.getString("unit")));
			Span extension = new Span(row.getInt("extension_amount"), Span.Unit.of(row.getString("extension_unit")));
			rungs.computeIfAbsent(row.getInt("version"), (version) -> new EnumMap<>(Rung.class))
				.put(Rung.of(row.getString("rung")), new RungTerm(term, extension));
		});
		return rungs;
	}

	private record Asked() {
	}

	private record Tables(long rows, List<TermsVersion> versions, Map<LocalDate, String> equatedDays) {
	}

}
