package nl.doorbraak.lead;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

import nl.doorbraak.ladder.Terms;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.watchdog.Watched;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Moments of the watch that have come for a case without a lead and were not raised. Asks
 * the tables itself, not the watch.
 */
@Component
class LateMoments implements Watched {

	private final LeadWatch watch;

	private final Terms terms;

	LateMoments(LeadWatch watch, Terms terms) {
		this.watch = watch;
		this.terms = terms;
	}

	@Override
	public String what() {
		return "leadMoment";
	}

	@Override
	public List<Late> late(JdbcClient own, Instant before) {
		Stream<String> byDate = own
			.sql("""
					select c.number, c.reported_at, c.event_date, m.basis, m.working_days,
					  (select max(a.raised_at) from doorbraak.lead_alarm a where a.case_number = c.number) as last_raised_at
					from doorbraak.case_file c join doorbraak.watch_moment m on m.version = c.terms_version
					where c.state = 'open' and m.occurrences is null and (m.basis <> 'event' or c.event_date is not null)
					  and not exists (select 1 from doorbraak.lead l where l.case_number = c.number and l.state = 'accepted')
					  and (m.basis = 'repeat' or not exists (select 1 from doorbraak.lead_alarm a
					       where a.case_number = c.number and a.moment = m.id
					         and a.event_date is not distinct from case when m.basis = 'event' then c.event_date end))
					order by c.number""")
			.query((row, n) -> new Moment(row.getString("number"), counts(row, before)))
			.list()
			.stream()
			.filter(Moment::late)
			.map(Moment::number);
		return Stream.concat(byDate, counted(own, before).stream())
			.distinct()
			.map((number) -> new Late(number, number))
			.toList();
	}

	/** The moments that come with so many refusals, questions or referrals. */
	private static List<String> counted(JdbcClient own, Instant before) {
		return own
			.sql("""
					select c.number from doorbraak.case_file c join doorbraak.watch_moment m on m.version = c.terms_version
					where c.state = 'open' and m.occurrences is not null
					  and not exists (select 1 from doorbraak.lead l where l.case_number = c.number and l.state = 'accepted')
					  and not exists (select 1 from doorbraak.lead_alarm a where a.case_number = c.number and a.moment = m.id)
					  and m.occurrences <= (
					    select count(distinct case m.basis when 'asked' then l.organisation_id else l.id::text end)
					    from doorbraak.lead l where l.case_number = c.number and case m.basis
					      when 'refusals' then l.state = 'refused' and l.answered_at < :before
					      when 'referrals' then l.referred_to is not null and l.answered_at < :before
					      else l.asked_at < :before and l.asked_by <> :timer and (l.person is null or l.asked_by <> l.person) end)
					order by c.number""")
			.param("before", Timestamp.from(before))
			.param("timer", Actor.TIMER)
			.query(String.class)
			.list();
	}

	/** Whether the moment came; warnings past at the report do not count. */
	private boolean counts(ResultSet row, Instant before) throws SQLException {
		Instant reportedAt = row.getTimestamp("reported_at").toInstant();
		int workingDays = row.getInt("working_days");
		LocalDate event = row.getObject("event_date", LocalDate.class);
		Timestamp raised = row.getTimestamp("last_raised_at");
		Instant at = switch (row.getString("basis")) {
			case "opening" -> start(DutchTime.day(reportedAt), workingDays);
			case "repeat" -> start(DutchTime.day((raised != null) ? raised.toInstant() : reportedAt), workingDays);
			default -> start(event, workingDays);
		};
		boolean isTheEvent = row.getString("basis").equals("event") && workingDays == 0;
		return at.isBefore(before) && (isTheEvent || at.isAfter(reportedAt));
	}

	private Instant start(@Nullable LocalDate from, int workingDays) {
		LocalDate day = java.util.Objects.requireNonNull(from);
		return ((workingDays == 0) ? day : this.terms.workingDay(day, workingDays)).atStartOfDay(DutchTime.ZONE)
			.toInstant();
	}

	@Override
	public void repair(Late late) {
		this.watch.look(late.number());
	}

	private record Moment(String number, boolean late) {
	}

}
