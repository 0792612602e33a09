package nl.doorbraak.lead;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.lead.LeadEvents.LeadMissing;
import nl.doorbraak.lead.LeadEvents.Told;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DutchTime;

import org.springframework.context.ApplicationEventPublisher;
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

	private final JdbcClient db;

	private final CaseFiles files;

	private final Leads leads;

	private final Appointments appointments;

	private final Directory directory;

	private final Terms terms;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	LeadWatch(JdbcClient db, CaseFiles files, Leads leads, Appointments appointments, Directory directory, Terms terms,
			Clock clock, ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.leads = leads;
		this.appointments = appointments;
		this.directory = directory;
		this.terms = terms;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * When the case is looked at next: at once when a moment is due, else at the next
	 * moment.
	 */
	@Transactional
	public Instant nextAt(String number) {
		CaseFile file = this.files.lock(number);
		Instant now = this.clock.instant();
		if (!due(file, now).isEmpty()) {
			return now;
		}
		return next(file, now).orElseThrow(
				() -> new IllegalStateException("Version " + file.termsVersion() + " of the watch has no repeat"));
	}

	/**
	 * The next day at whose start the watch looks, whatever is due already; now where the
	 * day of its repeat is past, because somebody had the lead then.
	 */
	@Transactional(readOnly = true)
	public Instant nextDateAt(String number) {
		Instant now = this.clock.instant();
		return next(this.files.get(number), now).orElse(now);
	}

	private Optional<Instant> next(CaseFile file, Instant now) {
		return planned(file).stream().map(Planned::at).filter((at) -> at.isAfter(now)).findFirst();
	}

	/**
	 * The moment has come: tells who must hear that nobody has the lead, unless somebody
	 * has it. Several moments that are due are told at once, to everybody who hears of
	 * any: as the event when that is among them, else as the last.
	 */
	@Transactional
	public void look(String number) {
		CaseFile file = this.files.lock(number);
		if (file.state() == CaseFile.State.CLOSED || this.leads.current(number).isPresent()) {
			return;
		}
		Instant now = this.clock.instant();
		List<Planned> due = due(file, now);
		if (due.isEmpty()) {
			return;
		}
		due.forEach((planned) -> raise(file, planned.moment(), now));
		Moment told = due.stream()
			.map(Planned::moment)
			.filter(Moment::isTheEvent)
			.findFirst()
			.orElse(due.get(due.size() - 1).moment());
		List<Told> everybody = due.stream().flatMap((each) -> told(file, each.moment()).stream()).distinct().toList();
		this.events.publishEvent(new LeadMissing(number, Actor.TIMER, told.id(), file.eventDate(), everybody));
		if (due.stream().anyMatch((planned) -> planned.moment().appoints())) {
			this.appointments.appointMunicipality(file, Actor.TIMER);
		}
	}

	/**
	 * Moments that have come and were not raised; warnings that were past when the case
	 * was reported do not count.
	 */
	private List<Planned> due(CaseFile file, Instant now) {
		return planned(file).stream()
			.filter((planned) -> !planned.at().isAfter(now) && !isRaised(file, planned.moment()))
			.filter((planned) -> planned.moment().isTheEvent() || planned.at().isAfter(file.reportedAt()))
			.toList();
	}

	private List<Planned> planned(CaseFile file) {
		List<Planned> planned = new ArrayList<>();
		LocalDate event = file.eventDate();
		for (Moment moment : moments(file.termsVersion())) {
			if (moment.basis().equals("opening")) {
				planned.add(new Planned(moment,
						startOf(this.terms.workingDay(DutchTime.day(file.reportedAt()), moment.workingDays()))));
			}
			else if (moment.basis().equals("repeat")) {
				planned.add(new Planned(moment.numbered(timesRaised(file, moment) + 1),
						startOf(this.terms.workingDay(DutchTime.day(lastRaisedAt(file)), moment.workingDays()))));
			}
			else if (moment.occurrences() > 0) {
				occurred(file, moment).ifPresent((at) -> planned.add(new Planned(moment, at)));
			}
			else if (event != null) {
				planned.add(new Planned(moment, startOf(
						(moment.workingDays() == 0) ? event : this.terms.workingDay(event, moment.workingDays()))));
			}
		}
		planned.sort(Comparator.comparing(Planned::at));
		return planned;
	}

	/** When it happened for the last of so many times; nothing when it did not yet. */
	private Optional<Instant> occurred(CaseFile file, Moment moment) {
		String times = switch (moment.basis()) {
			case "refusals" ->
				"select answered_at from doorbraak.lead where case_number = :number and state = 'refused'";
			case "referrals" ->
				"select answered_at from doorbraak.lead where case_number = :number and referred_to is not null";
			case "asked" ->
				"select min(asked_at) from doorbraak.lead where case_number = :number and asked_by <> :timer"
						+ " and (person is null or asked_by <> person) group by organisation_id";
			default -> throw new IllegalStateException("Watch moment counts unknown basis " + moment.basis());
		};
		return this.db.sql(times + " order by 1 offset :before limit 1")
			.param("number", file.number())
			.param("timer", Actor.TIMER)
			.param("before", moment.occurrences() - 1)
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.optional();
	}

	private int timesRaised(CaseFile file, Moment moment) {
		return this.db.sql("""
				select count(*) from doorbraak.lead_alarm where case_number = :number and moment like :moment || '%'""")
			.param("number", file.number())
			.param("moment", moment.id())
			.query(Integer.class)
			.single();
	}

	private Instant lastRaisedAt(CaseFile file) {
		return this.db.sql("select max(raised_at) from doorbraak.lead_alarm where case_number = :number")
			.param("number", file.number())
			.query((row, n) -> Optional.ofNullable(row.getTimestamp(1)))
			.single()
			.map(Timestamp::toInstant)
			.orElse(file.reportedAt());
	}

	private static Instant startOf(LocalDate day) {
		return day.atStartOfDay(DutchTime.ZONE).toInstant();
	}

	private List<Moment> moments(int version) {
		return this.db.sql("select * from doorbraak.watch_moment where version = :version")
			.param("version", version)
			.query((row, n) -> new Moment(row.getString("id"), row.getString("basis"), row.getInt("working_days"),
					row.getInt("occurrences"), Arrays.asList((String[]) row.getArray("tells").getArray()),
					row.getBoolean("appoints")))
			.list();
	}

	private boolean isRaised(CaseFile file, Moment moment) {
		return this.db.sql("""
				select 1 from doorbraak.lead_alarm where case_number = :number and moment = :moment
				  and event_date is not distinct from :event""")
			.param("number", file.number())
			.param("moment", moment.id())
			.param("event", moment.basis().equals("event") ? file.eventDate() : null, java.sql.Types.DATE)
			.query(Integer.class)
			.optional()
			.isPresent();
	}

	private void raise(CaseFile file, Moment moment, Instant now) {
		this.db.sql("""
				insert into doorbraak.lead_alarm (case_number, moment, event_date, raised_at)
				values (:number, :moment, :event, :now)""")
			.param("number", file.number())
			.param("moment", moment.id())
			.param("event", moment.basis().equals("event") ? file.eventDate() : null, java.sql.Types.DATE)
			.param("now", Timestamp.from(now))
			.update();
	}

	/**
	 * Functions of the municipality and its region; for everybody also the desk, the
	 * ministry and whoever was asked.
	 */
	private List<Told> told(CaseFile file, Moment moment) {
		Organisation municipality = this.directory.getOrganisation(file.municipality());
		Set<Told> told = new LinkedHashSet<>();
		for (String function : moment.tells()) {
			switch (function) {
				case TEAM, "manager" -> told.add(new Told(function, municipality.id()));
				case "processDirector" -> told.add(new Told(function, String.valueOf(municipality.region())));
				case "everybody" -> told.addAll(everybody(file));
				default -> throw new IllegalStateException("Watch moment tells unknown function " + function);
			}
		}
		return List.copyOf(told);
	}

	private Set<Told> everybody(CaseFile file) {
		Organisation municipality = this.directory.getOrganisation(file.municipality());
		Set<Told> told = new LinkedHashSet<>();
		told.add(new Told(TEAM, municipality.id()));
		told.add(new Told(Function.MANAGER.code(), municipality.id()));
		told.add(new Told(Function.PROCESS_DIRECTOR.code(), String.valueOf(municipality.region())));
		for (Organisation.Kind kind : List.of(Organisation.Kind.DESK, Organisation.Kind.MINISTRY)) {
			told.add(new Told(Answerers.function(kind).code(), this.directory.theOne(kind).id()));
		}
		this.leads.asks(file.number()).forEach((lead) -> told.add(told(lead)));
		return told;
	}

	private Told told(Lead lead) {
		Organisation asked = this.directory.getOrganisation(lead.organisation());
		return new Told(Answerers.function(asked.kind()).code(), asked.id());
	}

	/**
	 * Who must be called when mail is not enough, the first one first: who was asked and
	 * did not answer, then everybody else who could take the lead and has not refused.
	 */
	@Transactional(readOnly = true)
	public List<Told> toCall(CaseFile file) {
		List<Lead> asks = this.leads.asks(file.number());
		Set<Told> all = new LinkedHashSet<>();
		asks.stream().filter((lead) -> lead.state() == Lead.State.ASKED).forEach((lead) -> all.add(told(lead)));
		Set<Told> refused = asks.stream()
			.filter((lead) -> lead.state() == Lead.State.REFUSED)
			.map(this::told)
			.collect(Collectors.toSet());
		everybody(file).stream()
			.filter((told) -> !told.function().equals(TEAM) && !refused.contains(told))
			.forEach(all::add);
		return List.copyOf(all);
	}

	/** From when mail is not enough: two working days before the event. */
	public Optional<Instant> callsFrom(CaseFile file) {
		return Optional.ofNullable(file.eventDate()).map((event) -> startOf(this.terms.workingDay(event, CALLS_FROM)));
	}

	private record Moment(String id, String basis, int workingDays, int occurrences, List<String> tells,
			boolean appoints) {

		Moment numbered(int number) {
			return new Moment(this.id + number, this.basis, this.workingDays, this.occurrences, this.tells,
					this.appoints);
		}

		boolean isTheEvent() {
			return this.basis.equals("event") && this.workingDays == 0;
		}

	}

	private record Planned(Moment moment, Instant at) {
	}

}
