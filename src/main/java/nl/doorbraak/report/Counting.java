package nl.doorbraak.report;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import nl.doorbraak.report.Report.Asked;
import nl.doorbraak.report.Report.Barrier;
import nl.doorbraak.report.Report.Content;
import nl.doorbraak.report.Report.Point;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Counts a month or a year of some municipalities, from moments alone: whenever it is
 * done, it gives the same.
 */
@Component
class Counting {

	private static final int MOST_BARRIERS = 20;

	private static final int MOST_POINTS = 30;

	private static final String OPEN_AT_THE_END = """
			c.municipality_id = any (:towns) and c.reported_at < :until and (c.closed_at is null or c.closed_at >= :until)
			""";

	private static final String WITHOUT_LEAD = """
			not exists (select 1 from doorbraak.lead l where l.case_number = c.number and l.person is not null
			  and l.state in ('accepted', 'handed_over', 'returned', 'ended') and l.answered_at < :until
			  and (l.ended_at is null or l.ended_at >= :until))
			""";

	private static final String OVERDUE = """
			exists (select 1 from doorbraak.case_rung r where r.case_id = c.id and r.opened_at < :until
			  and (r.closed_at is null or r.closed_at >= :until) and r.term_ends_at <= :until)
			""";

	private final JdbcClient db;

	Counting(JdbcClient db) {
		this.db = db;
	}

	/** When the first case of each municipality was reported, where there is one. */
	Map<String, Instant> firstCases() {
		Map<String, Instant> first = new HashMap<>();
		this.db
			.sql("""
					select o.id, c.reported_at from doorbraak.organisation o cross join lateral (
					  select reported_at from doorbraak.case_file where municipality_id = o.id order by reported_at limit 1) c""")
			.query((row) -> {
				first.put(row.getString(1), row.getTimestamp(2).toInstant());
			});
		return first;
	}

	/** Whether there was any case in it. */
	boolean hasAny(String[] towns, Period period) {
		return this.db.sql("""
				select exists (select 1 from doorbraak.case_file c where c.municipality_id = any (:towns)
				  and c.reported_at < :until and (c.closed_at is null or c.closed_at >= :from))""")
			.params(window(towns, period))
			.query(Boolean.class)
			.single();
	}

	Content count(String[] towns, Period period) {
		Map<String, ?> window = window(towns, period);
		return this.db
			.sql("""
					select count(*) filter (where c.reported_at >= :from and c.reported_at < :until) as opened,
					  count(*) filter (where c.outcome = 'brokenThrough' and c.closed_at >= :from and c.closed_at < :until) as broken,
					  count(*) filter (where c.outcome = 'closedWithoutRoom' and c.closed_at >= :from and c.closed_at < :until) as no_room,
					  count(*) filter (where c.outcome = 'withdrawn' and c.closed_at >= :from and c.closed_at < :until) as withdrawn,
					  (select count(*) from doorbraak.case_rung r join doorbraak.case_file m on m.id = r.case_id
					   where m.municipality_id = any (:towns) and r.decision in ('up', 'termEnded', 'crisis')
					     and r.decided_at >= :from and r.decided_at < :until) as up,
					  (select count(*) from doorbraak.case_rung r join doorbraak.case_file m on m.id = r.case_id
					   where m.municipality_id = any (:towns) and r.decision = 'down'
					     and r.decided_at >= :from and r.decided_at < :until) as down,
					  count(*) filter (where %1$s) as open,
					  count(*) filter (where %1$s and %2$s) as without_lead,
					  count(*) filter (where %1$s and %3$s) as overdue,
					  count(*) filter (where %1$s and exists (select 1 from doorbraak.case_pause p where p.case_id = c.id
					    and p.paused_at < :until and (p.resumed_at is null or p.resumed_at >= :until))) as paused,
					  count(*) filter (where %1$s and c.reported_at < cast(:until as timestamptz) - interval '6 months') as old
					from doorbraak.case_file c where c.municipality_id = any (:towns)"""
				.formatted(OPEN_AT_THE_END, WITHOUT_LEAD, OVERDUE))
			.params(window)
			.query((row, n) -> new Content(row.getInt("opened"), row.getInt("broken"), row.getInt("no_room"),
					row.getInt("withdrawn"), row.getInt("up"), row.getInt("down"), row.getInt("open"),
					row.getInt("without_lead"), row.getInt("overdue"), row.getInt("paused"), row.getInt("old"),
					barriers(window), asked(window), points(window)))
			.single();
	}

	/** The patterns that cases of these share, those that came back most first. */
	private List<Barrier> barriers(Map<String, ?> window) {
		return this.db.sql("""
				select o.id, o.kind, o.wording, o.learning_order, coalesce(o.owner_organisation, '') as owner,
				  count(*) as cases, count(*) filter (where s.shared_at >= :from) as added
				from doorbraak.obstacle o join doorbraak.case_obstacle s on s.obstacle_id = o.id
				join doorbraak.case_file c on c.id = s.case_id
				where c.municipality_id = any (:towns) and o.pattern_at < :until and s.shared_at < :until
				  and (s.taken_back_at is null or s.taken_back_at >= :until)
				  and (c.closed_at is null or c.closed_at >= :from or s.shared_at >= :from)
				group by o.id order by added desc, cases desc, o.id limit :most""")
			.params(window)
			.param("most", MOST_BARRIERS)
			.query((row, n) -> new Barrier(row.getLong("id"), row.getString("kind"), row.getString("wording"),
					row.getInt("learning_order"), row.getInt("cases"), row.getInt("added"), row.getString("owner")))
			.list();
	}

	/** Each body that was asked for the lead or as an agency, with what it said. */
	private List<Asked> asked(Map<String, ?> window) {
		return this.db
			.sql("""
					select 'lead' as what, q.organisation_id as body, count(*) as asked, count(*) filter (where q.agreed) as agreed,
					  count(*) filter (where q.refused) as refused, count(*) filter (where not q.agreed and not q.refused) as silent
					from (select l.organisation_id, l.state = 'refused' and l.answered_at < :until as refused,
					        exists (select 1 from doorbraak.lead t where t.case_number = l.case_number
					          and t.organisation_id = l.organisation_id and t.person is not null
					          and t.answered_at = l.ended_at and t.answered_at < :until) as agreed
					      from doorbraak.lead l join doorbraak.case_file c on c.number = l.case_number
					      where c.municipality_id = any (:towns) and l.asked_at >= :from and l.asked_at < :until
					        and l.person is null and l.state in ('asked', 'refused', 'ended') and l.asked_by <> '#timer') q
					group by 2
					union all
					select 'agency', a.agency_id, count(*),
					  count(*) filter (where a.answer = 'granted' and a.answered_at < :until),
					  count(*) filter (where a.answer in ('refused', 'notCompetent') and a.answered_at < :until),
					  count(*) filter (where a.answered_at is null or a.answered_at >= :until or a.silent_at < :until)
					from doorbraak.agency_request a join doorbraak.case_file c on c.number = a.case_number
					where c.municipality_id = any (:towns) and a.asked_at >= :from and a.asked_at < :until
					group by 2 order by what desc, asked desc, body""")
			.params(window)
			.query((row, n) -> new Asked(row.getString("what"), row.getString("body"), row.getInt("asked"),
					row.getInt("agreed"), row.getInt("refused"), row.getInt("silent")))
			.list();
	}

	/** Of the patterns that cases of these share. */
	private List<Point> points(Map<String, ?> window) {
		return this.db
			.sql("""
					select p.obstacle_id, p.sentence, p.organisation_id,
					  case when p.done_at < :until then 'done' when p.answered_on < cast(:until as date) then 'answered' else 'sent' end as state,
					  case when p.answered_on < cast(:until as date) then p.answer end as answer,
					  case when p.done_at < :until then p.effect end as effect
					from doorbraak.learning_point p
					where p.sent_at < :until and (p.sent_at >= :from or p.done_at is null or p.done_at >= :from
					    or p.answered_on >= cast(:from as date))
					  and exists (select 1 from doorbraak.case_obstacle s join doorbraak.case_file c on c.id = s.case_id
					              where s.obstacle_id = p.obstacle_id and s.taken_back_at is null and c.municipality_id = any (:towns))
					order by p.sent_at, p.id limit :most""")
			.params(window)
			.param("most", MOST_POINTS)
			.query((row, n) -> new Point(row.getLong("obstacle_id"), row.getString("sentence"),
					row.getString("organisation_id"), row.getString("state"),
					Objects.requireNonNullElse(row.getString("answer"), ""),
					Objects.requireNonNullElse(row.getString("effect"), "")))
			.list();
	}

	/** Keeps which cases were stuck at the end. */
	void keepStuck(long report, String[] towns, Period period) {
		this.db.sql("""
				insert into doorbraak.report_case (report_id, case_id, without_lead, overdue)
				select :report, s.id, s.without_lead, s.overdue
				from (select c.id, %2$s as without_lead, %3$s as overdue from doorbraak.case_file c where %1$s) s
				where s.without_lead or s.overdue""".formatted(OPEN_AT_THE_END, WITHOUT_LEAD, OVERDUE))
			.params(window(towns, period))
			.param("report", report)
			.update();
	}

	private static Map<String, ?> window(String[] towns, Period period) {
		return Map.of("towns", towns, "from", Timestamp.from(period.begins()), "until", Timestamp.from(period.ends()));
	}

}
