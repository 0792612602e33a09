package nl.doorbraak.lead;

import java.sql.Date;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;

import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.watchdog.Watched;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Cases without a lead of which a moment came and no worker looked, and those that nobody
 * would ever look at. Whatever their rows say: no event without its alarm.
 */
@Component
class LateMoments implements Watched {

	private final LeadWatch watch;

	LateMoments(LeadWatch watch) {
		this.watch = watch;
	}

	@Override
	public String what() {
		return "leadMoment";
	}

	@Override
	public List<Late> late(JdbcClient own, Instant before) {
		return own
			.sql("""
					with open_case as (
					  select c.number, c.event_date, c.reported_at, c.terms_version from doorbraak.case_file c
					  where c.state <> 'closed'
					    and not exists (select 1 from doorbraak.lead l where l.case_number = c.number and l.state = 'accepted'))
					select w.case_number from doorbraak.lead_watch w where w.next_at < :before
					union
					select c.number from open_case c
					where c.reported_at < :before and not exists (select 1 from doorbraak.lead_watch w where w.case_number = c.number)
					union
					select c.number from open_case c
					join doorbraak.lead_watch w on w.case_number = c.number and w.next_at > (select doorbraak.current_instant())
					join doorbraak.watch_moment m on m.version = c.terms_version and m.basis = 'event' and m.working_days = 0
					where c.event_date <= :day and not exists (
					  select 1 from doorbraak.lead_alarm a
					  where a.case_number = c.number and a.moment = m.id and a.event_date = c.event_date)
					order by 1 limit 500""")
			.param("before", Timestamp.from(before))
			.param("day", Date.valueOf(DutchTime.day(before)))
			.query(String.class)
			.list()
			.stream()
			.map((number) -> new Late(number, number))
			.toList();
	}

	@Override
	public void repair(Late late) {
		this.watch.look(late.number());
	}

}
