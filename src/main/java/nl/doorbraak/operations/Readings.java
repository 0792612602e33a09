package nl.doorbraak.operations;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Figures about the whole installation, read together by one statement and kept for some
 * seconds: however many ask, the database hears of it once. Never of one municipality, of
 * one employee or of one case.
 */
@Component
class Readings {

	private static final Duration KEPT = Duration.ofSeconds(10);

	private static final String ALL = """
			with clock as (select doorbraak.current_instant() as now)
			, due as (select a.due_at from doorbraak.alert a, clock where a.state = 'waiting' and a.next_attempt_at <= now)
			, checked as (select ended_at, jsonb_array_length(findings) as findings from doorbraak.chain_check
			              where ended_at is not null order by id desc limit 1)
			select 'cases' as name, r.rung as label, count(*)::float8 as value from doorbraak.case_rung r
			  join doorbraak.case_file c on c.id = r.case_id where r.closed_at is null and c.state <> 'closed' group by r.rung
			union all select 'withoutLead', '', count(*) from doorbraak.case_file c where c.state <> 'closed' and not exists
			  (select 1 from doorbraak.lead l where l.case_number = c.number and l.state = 'accepted')
			union all select 'crisis', '', greatest(extract(epoch from
			    (min(c.event_date)::timestamp at time zone 'Europe/Amsterdam') - max(now)) / 3600, 0)
			  from doorbraak.case_file c, clock where c.state <> 'closed' and c.event_date >= (now at time zone 'Europe/Amsterdam')::date
			union all select 'overdue', what, count(*) from doorbraak.watch_finding where ended_at is null group by what
			union all select 'outboxAge', '', coalesce(extract(epoch from max(now) - min(due_at)), 0) from clock left join due on true
			union all select 'outboxDue', '', count(*) from due
			union all select 'undelivered', '', count(*) from doorbraak.alert a, clock
			  where a.state = 'undeliverable' and a.due_at > now - interval '24 hours'
			union all select 'incidents', '', count(*) from camunda.act_ru_incident i where i.cause_incident_id_ = i.id_
			union all select 'recordBroken', '', findings from checked
			union all select 'recordChecked', '', extract(epoch from now - ended_at) from checked, clock
			union all select 'head', '', extract(epoch from now - h.at)
			  from (select at from doorbraak.audit_head order by number desc limit 1) h, clock
			union all select 'owed', '', count(*) from doorbraak.audit_owed where written_at is null
			union all select 'watchdog', '', extract(epoch from now - w.at) from doorbraak.watchdog_round w, clock""";

	private final ShortQuestions questions;

	private final Clock clock;

	private Instant readAt = Instant.MIN;

	private Map<String, Double> last = Map.of();

	Readings(ShortQuestions questions, Clock clock) {
		this.questions = questions;
		this.clock = clock;
	}

	/** Whether the database answered. */
	boolean known() {
		return !now().isEmpty();
	}

	/**
	 * A figure; not a number when the database does not answer, or there is nothing to
	 * measure.
	 */
	double of(String name) {
		return now().getOrDefault(name + " ", Double.NaN);
	}

	/** How many of this kind; none where none were counted. */
	double count(String name, String label) {
		return known() ? now().getOrDefault(name + " " + label, 0.0) : Double.NaN;
	}

	private synchronized Map<String, Double> now() {
		Instant now = this.clock.instant();
		if (this.readAt.equals(Instant.MIN) || Duration.between(this.readAt, now).abs().compareTo(KEPT) >= 0) {
			this.last = this.questions.ask(Readings::read).orElse(Map.of());
			this.readAt = this.clock.instant();
		}
		return this.last;
	}

	private static Map<String, Double> read(JdbcClient db) {
		Map<String, Double> all = new HashMap<>();
		db.sql(ALL).query((row) -> {
			double value = row.getDouble("value");
			if (!row.wasNull()) {
				all.put(row.getString("name") + " " + row.getString("label"), value);
			}
		});
		return all;
	}

}
