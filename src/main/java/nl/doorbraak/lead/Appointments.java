package nl.doorbraak.lead;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.lead.LeadEvents.ProvisionalLeadAppointed;
import nl.doorbraak.lead.LeadEvents.ProvisionalLeadsAppointed;
import nl.doorbraak.lead.LeadSettings.Power;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.StartRefused;
import nl.doorbraak.support.Storable;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Appointing a provisional lead by who has power to push through: the own organisation,
 * or one that an agreement on file binds. For any other it is an urgent request, and who
 * appoints holds the provisional lead meanwhile.
 */
@Service
@EnableConfigurationProperties(LeadSettings.class)
public class Appointments {

	private static final String HOW = "Under doorbraak.lead.powers each has an organisation (id), a function (code), a level "
			+ "(1 convenes, 2 decides on own means, 3 binding) and a basis; level 3 also binds, the ids of the organisations that agreed.";

	private final JdbcClient db;

	private final Leads leads;

	private final CaseFiles files;

	private final Directory directory;

	private final LeadSettings settings;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Appointments(JdbcClient db, Leads leads, CaseFiles files, Directory directory, LeadSettings settings, Clock clock,
			ApplicationEventPublisher events) {
		this.db = db;
		this.leads = leads;
		this.files = files;
		this.directory = directory;
		this.settings = settings;
		this.clock = clock;
		this.events = events;
	}

	@EventListener(ApplicationReadyEvent.class)
	void checkSettings() {
		Set<String> known = this.directory.allOrganisations()
			.stream()
			.map(Organisation::id)
			.collect(Collectors.toSet());
		check(this.settings.powers(), known);
	}

	static void check(List<Power> powers, Set<String> known) {
		powers.forEach((power) -> {
			List<String> bodies = new ArrayList<>(power.binds());
			bodies.add(power.organisation());
			if (!known.containsAll(bodies) || Coded.find(Function.class, power.function()).isEmpty()
					|| power.level() < 1 || power.level() > 3 || power.basis().isBlank()
					|| (power.level() == 3) == power.binds().isEmpty()) {
				throw new StartRefused("This power to push through in the settings is not right: " + power + ".", HOW);
			}
		});
	}

	/** Who can push through in a case, the strongest first. */
	public List<PowerLine> of(String number) {
		return powers(this.files.get(number)).map(this::line).toList();
	}

	private PowerLine line(Power power) {
		return new PowerLine(Function.of(power.function()), name(power.organisation()), power.level(), power.basis(),
				power.binds().stream().map(this::name).toList(), power.until());
	}

	private String name(String organisation) {
		return this.directory.getOrganisation(organisation).name();
	}

	/** Of the municipality, its region, the desk and the ministry. */
	private Stream<Power> powers(CaseFile file) {
		LocalDate today = DutchTime.day(this.clock.instant());
		List<String> bodies = List.of(file.municipality(),
				String.valueOf(this.directory.getOrganisation(file.municipality()).region()),
				this.directory.theOne(Organisation.Kind.DESK).id(),
				this.directory.theOne(Organisation.Kind.MINISTRY).id());
		return this.settings.powers()
			.stream()
			.filter((power) -> bodies.contains(power.organisation()))
			.filter((power) -> power.until() == null || !power.until().isBefore(today))
			.sorted(Comparator.comparing(Power::level).reversed());
	}

	/**
	 * Whether the officer can appoint: has power to push through in a case that nobody
	 * took the lead of, and is on it or was told so at a moment of the watch.
	 */
	@Transactional(readOnly = true)
	public boolean mayAppoint(String login, String number) {
		return Storable.isStorable(number)
				&& this.db.sql("select 1 from doorbraak.case_file where number = :number")
					.param("number", number)
					.query(Integer.class)
					.optional()
					.isPresent()
				&& mine(login, this.files.get(number)).isPresent() && isTold(login, number)
				&& this.files.get(number).state() != CaseFile.State.CLOSED && this.leads.current(number).isEmpty();
	}

	private boolean isTold(String login, String number) {
		return this.files.isOn(login, number)
				|| this.db.sql("select 1 from doorbraak.lead_alarm where case_number = :number limit 1")
					.param("number", number)
					.query(Integer.class)
					.optional()
					.isPresent();
	}

	private Optional<Power> mine(String login, CaseFile file) {
		List<Officer.Post> posts = this.directory.findOfficer(login).map(Officer::posts).orElse(List.of());
		return powers(file)
			.filter((power) -> posts.contains(new Officer.Post(Function.of(power.function()), power.organisation())))
			.findFirst();
	}

	/**
	 * Appoints an organisation provisionally; where the power does not reach, asks it
	 * urgently and holds the provisional lead meanwhile.
	 * @return whether the organisation itself was appointed
	 * @throws Refused who may not (404), or when somebody has the lead (409)
	 */
	@Transactional
	public boolean appoint(String login, String number, String organisation) {
		if (!mayAppoint(login, number)) {
			throw Refused.notFound();
		}
		CaseFile file = this.files.lock(number);
		if (file.state() == CaseFile.State.CLOSED || this.leads.current(number).isPresent()) {
			throw Refused.conflict("lead-taken", "De casus is gesloten, of iemand nam de regie. Ververs de pagina.");
		}
		Power power = mine(login, file).orElseThrow(Refused::notFound);
		this.leads.organisation(organisation);
		boolean own = organisation.equals(power.organisation()) && power.level() > 1;
		boolean bound = power.binds().contains(organisation);
		if (own) {
			put(file, organisation, organisation.equals(file.municipality()) ? director(file, login) : login, login);
			return true;
		}
		this.leads.askUrgently(login, number, organisation);
		put(file, bound ? organisation : power.organisation(), bound ? null : login, login);
		return bound;
	}

	private String director(CaseFile file, String otherwise) {
		return this.files.team(file.number()).stream().findFirst().orElse(otherwise);
	}

	/**
	 * Within the own organisation, by the watch: with the casusregisseur as person. Not
	 * where a provisional lead is appointed already.
	 */
	void appointMunicipality(List<CaseFile> files, String by) {
		List<String> numbers = files.stream().map(CaseFile::number).toList();
		Map<String, List<Lead>> asks = this.leads.asks(numbers);
		Map<String, List<String>> teams = this.files.teams(numbers);
		insert(files.stream()
			.filter((file) -> asks.getOrDefault(file.number(), List.of())
				.stream()
				.noneMatch((lead) -> lead.state() == Lead.State.PROVISIONAL))
			.flatMap((file) -> teams.getOrDefault(file.number(), List.of())
				.stream()
				.limit(1)
				.map((person) -> new Appointed(file, file.municipality(), person)))
			.toList(), by);
	}

	private void put(CaseFile file, String organisation, @Nullable String person, String by) {
		this.db.sql("""
				update doorbraak.lead set state = 'ended', ended_at = :now
				where case_number = :number and state = 'provisional'""")
			.param("now", Timestamp.from(this.clock.instant()))
			.param("number", file.number())
			.update();
		this.files.endLead(file.number());
		if (person != null && !this.files.team(file.number()).contains(person)) {
			this.files.addLead(file.number(), person);
		}
		insert(List.of(new Appointed(file, organisation, person)), by);
	}

	private void insert(List<Appointed> all, String by) {
		if (all.isEmpty()) {
			return;
		}
		Map<String, Long> ids = new HashMap<>();
		this.db.sql("""
				insert into doorbraak.lead (case_number, organisation_id, state, person, asked_by, asked_at)
				select number, organisation, 'provisional', person, :by, :now
				from unnest(:numbers, :organisations, :persons) as row (number, organisation, person)
				returning case_number, id""")
			.param("numbers", all.stream().map((each) -> each.file().number()).toArray(String[]::new))
			.param("organisations", all.stream().map(Appointed::organisation).toArray(String[]::new))
			.param("persons", all.stream().map(Appointed::person).toArray(String[]::new))
			.param("by", by)
			.param("now", Timestamp.from(this.clock.instant()))
			.query((row) -> {
				ids.put(row.getString(1), row.getLong(2));
			});
		this.events.publishEvent(new ProvisionalLeadsAppointed(all.stream()
			.map((each) -> new ProvisionalLeadAppointed(each.file().number(), by,
					Objects.requireNonNull(ids.get(each.file().number())), each.file().municipality(),
					each.organisation(), Objects.requireNonNullElse(each.person(), "")))
			.toList()));
	}

	private record Appointed(CaseFile file, String organisation, @Nullable String person) {
	}

	/**
	 * Power to push through, in words.
	 *
	 * @param level 1 to 3
	 * @param binds names of the organisations that agreed
	 */
	public record PowerLine(Function function, String organisation, int level, String basis, List<String> binds,
			@Nullable LocalDate until) {
	}

}
