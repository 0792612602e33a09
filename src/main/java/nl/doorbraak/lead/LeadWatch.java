package nl.doorbraak.lead;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

import nl.doorbraak.casefile.CaseEvents.CaseClosed;
import nl.doorbraak.casefile.CaseEvents.CaseEvent;
import nl.doorbraak.casefile.CaseEvents.CaseReported;
import nl.doorbraak.casefile.CaseEvents.TermsChanged;
import nl.doorbraak.casefile.CaseEvents.ThreatChanged;
import nl.doorbraak.casefile.CaseEvents.ThreatEnded;
import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.ladder.Terms.WorkingDays;
import nl.doorbraak.lead.LeadEvents.LeadAccepted;
import nl.doorbraak.lead.LeadEvents.LeadAsked;
import nl.doorbraak.lead.LeadEvents.LeadEvent;
import nl.doorbraak.lead.LeadEvents.LeadMissing;
import nl.doorbraak.lead.LeadEvents.LeadReferred;
import nl.doorbraak.lead.LeadEvents.LeadRefused;
import nl.doorbraak.lead.LeadEvents.LeadReturned;
import nl.doorbraak.lead.LeadEvents.LeadsMissing;
import nl.doorbraak.lead.LeadEvents.Told;
import nl.doorbraak.lead.LeadEvents.WatchMoved;
import nl.doorbraak.lead.WatchPlan.Alarm;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DutchTime;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The watch over cases without a lead: which moment comes next, and what happens at it. A
 * moment that comes while somebody has accepted the lead raises nothing; the case row is
 * locked, so that it is one or the other.
 */
@Service
public class LeadWatch {

	/** The case's own team, not every casusregisseur of the municipality. */
	public static final String TEAM = "caseTeam";

	/** Working days before the event; at least 48 hours. */
	private static final int CALLS_FROM = -2;

	/** How long the engine leaves a moment to the workers. */
	private static final Duration MARGIN = Duration.ofMinutes(2);

	/** Over how long its looks at cases with the same moment are spread. */
	private static final Duration SPREAD = Duration.ofMinutes(30);

	private final JdbcClient db;

	private final CaseFiles files;

	private final WatchMoments moments;

	private final Leads leads;

	private final Appointments appointments;

	private final Directory directory;

	private final Terms terms;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	LeadWatch(JdbcClient db, CaseFiles files, WatchMoments moments, Leads leads, Appointments appointments,
			Directory directory, Terms terms, Clock clock, ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.moments = moments;
		this.leads = leads;
		this.appointments = appointments;
		this.directory = directory;
		this.terms = terms;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Another event date, none any more, or other terms mean other moments; a case that
	 * is closed has none.
	 */
	@EventListener({ CaseReported.class, ThreatChanged.class, ThreatEnded.class, TermsChanged.class, CaseClosed.class })
	@Order(0)
	@Transactional
	void keep(CaseEvent event) {
		keep(event.number());
	}

	/** So many refusals, questions or referrals are a moment too. */
	@EventListener({ LeadAsked.class, LeadRefused.class, LeadReferred.class, LeadAccepted.class, LeadReturned.class })
	@Order(0)
	@Transactional
	void keep(LeadEvent event) {
		keep(event.number());
	}

	/**
	 * Keeps the row of the next look true; tells when it moved, of a case that had one.
	 */
	private void keep(String number) {
		CaseFile file = this.files.lock(number);
		WatchPlan plan = plan(List.of(file));
		if (plan.rests(file)) {
			rest(List.of(number));
			return;
		}
		Instant next = plan.looksAt(file, this.clock.instant());
		int moved = this.db.sql("""
				update doorbraak.lead_watch set next_at = :next, look_at = :next
				where case_number = :number and next_at <> :next""")
			.param("next", Timestamp.from(next))
			.param("number", number)
			.update();
		if (moved == 1) {
			this.events.publishEvent(new WatchMoved(number, afterTheWorkers(number, next)));
		}
		else {
			this.db.sql("""
					insert into doorbraak.lead_watch (case_number, next_at, look_at) values (:number, :next, :next)
					on conflict do nothing""").param("number", number).param("next", Timestamp.from(next)).update();
		}
	}

	private void rest(List<String> numbers) {
		if (numbers.isEmpty()) {
			return;
		}
		this.db.sql("delete from doorbraak.lead_watch where case_number = any (:numbers)")
			.param("numbers", numbers.toArray(String[]::new))
			.update();
	}

	private void goOn(Map<String, Instant> next) {
		if (next.isEmpty()) {
			return;
		}
		this.db
			.sql("""
					insert into doorbraak.lead_watch (case_number, next_at, look_at)
					select number, cast(next as timestamptz), cast(next as timestamptz) from unnest(:numbers, :next) as row (number, next)
					on conflict (case_number) do update set next_at = excluded.next_at, look_at = excluded.look_at""")
			.param("numbers", next.keySet().toArray(String[]::new))
			.param("next", next.values().stream().map(Instant::toString).toArray(String[]::new))
			.update();
	}

	/**
	 * When the engine looks at the case, in case no worker did: after its next moment,
	 * and not at all cases of that moment at once.
	 */
	@Transactional
	public Instant looksAt(String number) {
		CaseFile file = this.files.lock(number);
		WatchPlan plan = plan(List.of(file));
		Instant next = plan.looksAt(file, this.clock.instant());
		if (!plan.rests(file)) {
			goOn(Map.of(number, next));
		}
		return afterTheWorkers(number, next);
	}

	private static Instant afterTheWorkers(String number, Instant next) {
		return next.plus(MARGIN).plusSeconds(Math.floorMod(number.hashCode(), SPREAD.toSeconds()));
	}

	/**
	 * The next day at whose start the watch looks, whatever is due already; now where the
	 * day of its repeat is past, because somebody had the lead then.
	 */
	@Transactional(readOnly = true)
	public Instant nextDateAt(String number) {
		Instant now = this.clock.instant();
		CaseFile file = this.files.get(number);
		return plan(List.of(file)).next(file, now).orElse(now);
	}

	/** The moment has come for one case. */
	@Transactional
	public void look(String number) {
		look(List.of(number));
	}

	/**
	 * The moment has come: tells who must hear that nobody has the lead, unless somebody
	 * has it. Several moments of a case that are due are told at once, to everybody who
	 * hears of any: as the event when that is among them, else as the last.
	 */
	@Transactional
	public void look(Collection<String> numbers) {
		List<CaseFile> all = this.files.lock(numbers);
		if (all.isEmpty()) {
			return;
		}
		WatchPlan plan = plan(all);
		Instant now = this.clock.instant();
		rest(all.stream().filter(plan::rests).map(CaseFile::number).toList());
		List<CaseFile> open = all.stream().filter((file) -> !plan.rests(file)).toList();
		Map<CaseFile, List<WatchMoment>> due = new LinkedHashMap<>();
		open.forEach((file) -> due.put(file, plan.due(file, now)));
		due.values().removeIf(List::isEmpty);
		if (!due.isEmpty()) {
			Bodies bodies = Bodies.of(this.directory.allOrganisations());
			Map<String, Instant> came = due.entrySet()
				.stream()
				.collect(Collectors.toMap((each) -> each.getKey().number(), (each) -> Collections
					.max(List.of(each.getKey().reportedAt(), plan.cameAt(each.getKey(), told(each.getValue()))))));
			raise(due.entrySet()
				.stream()
				.flatMap((each) -> plan.raise(each.getKey(), each.getValue(), now).stream())
				.toList());
			this.events.publishEvent(new LeadsMissing(due.entrySet()
				.stream()
				.map((each) -> missing(each.getKey(), each.getValue(), plan.leads(each.getKey()), bodies,
						mustCall(each.getKey(), plan.days(each.getKey()), now),
						Objects.requireNonNull(came.get(each.getKey().number()))))
				.toList()));
			this.appointments.appointMunicipality(due.entrySet()
				.stream()
				.filter((each) -> each.getValue().stream().anyMatch(WatchMoment::appoints))
				.map(Map.Entry::getKey)
				.toList(), Actor.TIMER);
		}
		goOn(open.stream().collect(Collectors.toMap(CaseFile::number, (file) -> plan.looksAt(file, now))));
	}

	private static WatchMoment told(List<WatchMoment> due) {
		return due.stream().filter(WatchMoment::isTheEvent).findFirst().orElse(due.get(due.size() - 1));
	}

	private static LeadMissing missing(CaseFile file, List<WatchMoment> due, List<Lead> asks, Bodies bodies,
			boolean call, Instant cameAt) {
		WatchMoment told = told(due);
		List<Told> everybody = due.stream()
			.flatMap((moment) -> told(file, moment, asks, bodies).stream())
			.distinct()
			.toList();
		return new LeadMissing(file.number(), Actor.TIMER, told.id(), file.eventDate(), file.municipality(), call,
				everybody, cameAt);
	}

	private WatchPlan plan(List<CaseFile> files) {
		String[] numbers = files.stream().map(CaseFile::number).toArray(String[]::new);
		Map<Integer, List<WatchMoment>> moments = this.moments
			.of(files.stream().map(CaseFile::termsVersion).distinct().toList());
		// Joined: "= any" looks through the whole list for each row of a table that is
		// small.
		Map<String, List<Alarm>> alarms = this.db
			.sql("""
					select a.case_number, a.moment, a.event_date, a.raised_at
					from unnest(:numbers) as wanted (number) join doorbraak.lead_alarm a on a.case_number = wanted.number""")
			.param("numbers", numbers)
			.query((row, n) -> new Alarm(row.getString(1), row.getString(2), row.getObject(3, LocalDate.class),
					row.getTimestamp(4).toInstant()))
			.list()
			.stream()
			.collect(Collectors.groupingBy(Alarm::number));
		return new WatchPlan(workingDays(), moments, this.leads.asks(List.of(numbers)), alarms);
	}

	/** The calendar of each version, read once. */
	private IntFunction<WorkingDays> workingDays() {
		Map<Integer, WorkingDays> days = new HashMap<>();
		return (version) -> days.computeIfAbsent(version, this.terms::workingDays);
	}

	private void raise(List<Alarm> alarms) {
		this.db.sql("""
				insert into doorbraak.lead_alarm (case_number, moment, event_date, raised_at)
				select number, moment, cast(event as date), cast(raised as timestamptz)
				from unnest(:numbers, :moments, :events, :raised) as row (number, moment, event, raised)""")
			.param("numbers", alarms.stream().map(Alarm::number).toArray(String[]::new))
			.param("moments", alarms.stream().map(Alarm::moment).toArray(String[]::new))
			.param("events",
					alarms.stream()
						.map((alarm) -> (alarm.eventDate() != null) ? alarm.eventDate().toString() : null)
						.toArray(String[]::new))
			.param("raised", alarms.stream().map((alarm) -> alarm.raisedAt().toString()).toArray(String[]::new))
			.update();
	}

	/**
	 * Functions of the municipality and its region; for everybody also the desk, the
	 * ministry and whoever was asked.
	 */
	private static List<Told> told(CaseFile file, WatchMoment moment, List<Lead> asks, Bodies bodies) {
		Organisation municipality = bodies.get(file.municipality());
		Set<Told> told = new LinkedHashSet<>();
		for (String function : moment.tells()) {
			switch (function) {
				case TEAM, "manager" -> told.add(new Told(function, municipality.id()));
				case "processDirector" -> told.add(new Told(function, String.valueOf(municipality.region())));
				case "everybody" -> told.addAll(everybody(municipality, asks, bodies));
				default -> throw new IllegalStateException("Watch moment tells unknown function " + function);
			}
		}
		return List.copyOf(told);
	}

	private static Set<Told> everybody(Organisation municipality, List<Lead> asks, Bodies bodies) {
		Set<Told> told = new LinkedHashSet<>();
		told.add(new Told(TEAM, municipality.id()));
		told.add(new Told(Function.MANAGER.code(), municipality.id()));
		told.add(new Told(Function.PROCESS_DIRECTOR.code(), String.valueOf(municipality.region())));
		for (Organisation.Kind kind : List.of(Organisation.Kind.DESK, Organisation.Kind.MINISTRY)) {
			told.add(new Told(kind.answering().code(), bodies.theOne(kind).id()));
		}
		asks.forEach((lead) -> told.add(bodies.told(lead)));
		return told;
	}

	/**
	 * Who must be called when mail is not enough, the first one first: who was asked and
	 * did not answer, then everybody else who could take the lead and has not refused.
	 */
	@Transactional(readOnly = true)
	public List<Told> toCall(CaseFile file) {
		List<Lead> asks = this.leads.asks(file.number());
		Bodies bodies = Bodies.of(this.directory.allOrganisations());
		Set<Told> all = new LinkedHashSet<>();
		asks.stream().filter((lead) -> lead.state() == Lead.State.ASKED).forEach((lead) -> all.add(bodies.told(lead)));
		Set<Told> refused = asks.stream()
			.filter((lead) -> lead.state() == Lead.State.REFUSED)
			.map(bodies::told)
			.collect(Collectors.toSet());
		everybody(bodies.get(file.municipality()), asks, bodies).stream()
			.filter((told) -> !told.function().equals(TEAM) && !refused.contains(told))
			.forEach(all::add);
		return List.copyOf(all);
	}

	/** Whether mail is not enough: from two working days before the event. */
	public boolean mustCall(CaseFile file) {
		return mustCall(file, this.terms.workingDays(file.termsVersion()), this.clock.instant());
	}

	private static boolean mustCall(CaseFile file, WorkingDays days, Instant now) {
		LocalDate event = file.eventDate();
		return event != null && !days.away(event, CALLS_FROM).atStartOfDay(DutchTime.ZONE).toInstant().isAfter(now);
	}

	/** All organisations, read once. */
	private record Bodies(Map<String, Organisation> byId) {

		static Bodies of(List<Organisation> all) {
			return new Bodies(all.stream()
				.collect(Collectors.toMap(Organisation::id, (each) -> each, (one, other) -> one, LinkedHashMap::new)));
		}

		Organisation get(String id) {
			return Objects.requireNonNull(this.byId.get(id));
		}

		Organisation theOne(Organisation.Kind kind) {
			return this.byId.values().stream().filter((each) -> each.kind() == kind).findFirst().orElseThrow();
		}

		Told told(Lead lead) {
			Organisation asked = get(lead.organisation());
			return new Told(asked.kind().answering().code(), asked.id());
		}

	}

}
