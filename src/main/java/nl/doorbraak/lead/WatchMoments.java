package nl.doorbraak.lead;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.ladder.Terms.WorkingDays;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The moments of each version of the terms at which the watch looks at a case without a
 * lead, and when they would have come to a case.
 */
@Repository
public class WatchMoments {

	/** No watch goes on for longer in what is only tried. */
	private static final int MOST = 200;

	private final JdbcClient db;

	private final Leads leads;

	WatchMoments(JdbcClient db, Leads leads) {
		this.db = db;
		this.leads = leads;
	}

	/** The moments of a version. */
	public List<WatchMoment> of(int version) {
		return of(List.of(version)).getOrDefault(version, List.of());
	}

	Map<Integer, List<WatchMoment>> of(Collection<Integer> versions) {
		return this.db.sql("select * from doorbraak.watch_moment where version = any (:versions)")
			.param("versions", versions.toArray(Integer[]::new))
			.query((row, n) -> new WatchMoment(row.getInt("version"), row.getString("id"), row.getString("basis"),
					row.getInt("working_days"), row.getInt("occurrences"),
					Arrays.asList((String[]) row.getArray("tells").getArray()), row.getBoolean("appoints")))
			.list()
			.stream()
			.collect(Collectors.groupingBy(WatchMoment::version));
	}

	/** Writes down the moments of a version that is being adopted. */
	@Transactional
	public void adopt(int version, List<WatchMoment> moments) {
		moments.forEach((moment) -> this.db.sql("""
				insert into doorbraak.watch_moment (version, id, basis, working_days, occurrences, tells, appoints)
				values (:version, :id, :basis, :days, :occurrences, :tells, :appoints)""")
			.param("version", version)
			.param("id", moment.id())
			.param("basis", moment.basis())
			.param("days", moment.workingDays())
			.param("occurrences", (moment.occurrences() > 0) ? moment.occurrences() : null, java.sql.Types.INTEGER)
			.param("tells", moment.tells().toArray(String[]::new))
			.param("appoints", moment.appoints())
			.update());
	}

	/**
	 * Who was asked for the lead of some cases, and when somebody had it. Of who gave it
	 * back only the day of that is known: it counts as theirs from the question.
	 */
	public Map<String, Asked> asked(Collection<String> numbers) {
		Map<String, List<Lead>> asks = this.leads.asks(numbers);
		Map<String, List<Held>> held = new HashMap<>();
		this.db.sql("""
				select case_number, case when state = 'returned' then asked_at else answered_at end as since,
				  case when state = 'returned' then answered_at else ended_at end as until
				from doorbraak.lead
				where case_number = any (:numbers) and answered_at is not null
				  and state in ('accepted', 'returned', 'handed_over', 'ended') order by since""")
			.param("numbers", numbers.toArray(String[]::new))
			.query((row) -> {
				Timestamp until = row.getTimestamp("until");
				held.computeIfAbsent(row.getString("case_number"), (number) -> new ArrayList<>())
					.add(new Held(row.getTimestamp("since").toInstant(), (until != null) ? until.toInstant() : null));
			});
		return numbers.stream()
			.collect(Collectors.toMap((number) -> number,
					(number) -> new Asked(asks.getOrDefault(number, List.of()), held.getOrDefault(number, List.of()))));
	}

	/**
	 * When these moments would have come to a case, by the same plan as the watch: at
	 * each day while nobody had accepted the lead, until that moment.
	 * @param asked who was asked for the lead of this case
	 */
	public static List<Come> replay(CaseFile file, List<WatchMoment> moments, WorkingDays days, Asked asked,
			Instant until) {
		Map<String, List<Lead>> leads = Map.of(file.number(), asked.asks());
		WatchPlan plan = new WatchPlan((version) -> days, Map.of(file.termsVersion(), moments), leads, new HashMap<>());
		List<Come> come = new ArrayList<>();
		Instant now = file.reportedAt();
		while (come.size() < MOST) {
			Instant look = free(asked.held(), plan.next(file, now).orElse(Instant.MAX));
			if (look.isAfter(until)) {
				return come;
			}
			List<WatchMoment> due = plan.due(file, look);
			plan.raise(file, due, look);
			due.forEach((moment) -> come.add(new Come(moment, look)));
			now = look;
		}
		return come;
	}

	/** The first moment from this one on at which nobody has the lead. */
	private static Instant free(List<Held> held, Instant from) {
		Instant at = from;
		for (Held each : held) {
			if (each.covers(at)) {
				at = Objects.requireNonNullElse(each.until(), Instant.MAX);
			}
		}
		return at;
	}

	/**
	 * The question who has the lead of a case.
	 *
	 * @param held when somebody had it, in order of time
	 */
	public record Asked(List<Lead> asks, List<Held> held) {
	}

	/** A moment that comes to a case. */
	public record Come(WatchMoment moment, Instant at) {
	}

	/**
	 * How long somebody had the lead.
	 *
	 * @param until exclusive; null while they have it
	 */
	public record Held(Instant since, @Nullable Instant until) {

		boolean covers(Instant at) {
			return !at.isBefore(this.since) && (this.until == null || at.isBefore(this.until));
		}

	}

}
