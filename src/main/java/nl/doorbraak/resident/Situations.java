package nl.doorbraak.resident;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import nl.doorbraak.carryout.Aftercare;
import nl.doorbraak.carryout.CarryOut;
import nl.doorbraak.carryout.Closings;
import nl.doorbraak.carryout.Surveys;
import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.CaseFiles.TeamMember;
import nl.doorbraak.casefile.RungStay;
import nl.doorbraak.directory.Absence;
import nl.doorbraak.directory.Absences;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.lead.Lead;
import nl.doorbraak.lead.Leads;
import nl.doorbraak.resident.ResidentEvents.ResidentPhaseChosen;
import nl.doorbraak.resident.Situation.Contact;
import nl.doorbraak.resident.Situation.Stage;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.MessageSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What a resident may know of a case, put together from where it stands; and the phase
 * that the team chose for the message at the top.
 */
@Service
public class Situations {

	private final JdbcClient db;

	private final CaseFiles files;

	private final Leads leads;

	private final CarryOut carryOut;

	private final Closings closings;

	private final Aftercare aftercare;

	private final Surveys surveys;

	private final Directory directory;

	private final Absences absences;

	private final ResidentSettings settings;

	private final MessageSource messages;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Situations(JdbcClient db, CaseFiles files, Leads leads, CarryOut carryOut, Closings closings, Aftercare aftercare,
			Surveys surveys, Directory directory, Absences absences, ResidentSettings settings, MessageSource messages,
			Clock clock, ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.leads = leads;
		this.carryOut = carryOut;
		this.closings = closings;
		this.aftercare = aftercare;
		this.surveys = surveys;
		this.directory = directory;
		this.absences = absences;
		this.settings = settings;
		this.messages = messages;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Chooses the phase.
	 * @throws Refused for who is not of the team and has not the lead (403, 404), or when
	 * there is no such phase (400)
	 */
	@Transactional
	public void choosePhase(String login, String number, String code) {
		CaseFile file = this.files.lockForTeamOrLead(login, number);
		Phase phase = Coded.find(Phase.class, code)
			.orElseThrow(() -> Refused.invalid("phase", "Kies een van de drie fasen.", "phase"));
		this.db
			.sql("""
					insert into doorbraak.resident_phase (case_id, phase, chosen_by, chosen_at) values (:case, :phase, :login, :now)
					on conflict (case_id) do update set phase = :phase, chosen_by = :login, chosen_at = :now""")
			.param("case", file.id())
			.param("phase", phase.code())
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.update();
		this.events.publishEvent(new ResidentPhaseChosen(number, login, phase.code()));
	}

	/** The message of a phase: the organisation's own, or that of Doorbraak. */
	public String text(Phase phase, Locale locale) {
		return this.settings.text(phase, locale.getLanguage())
			.orElseGet(() -> this.messages.getMessage("resident.phase." + phase.code(), null, locale));
	}

	/** What a resident reads of a case now; records no reading. */
	@Transactional(readOnly = true)
	public Situation of(String number) {
		CaseFile file = this.files.get(number);
		Instant now = this.clock.instant();
		LocalDate today = DutchTime.day(now);
		Organisation municipality = this.directory.getOrganisation(file.municipality());
		List<TeamMember> team = this.files.teamMembers(number);
		Lead lead = this.leads.current(number).filter((each) -> each.person() != null).orElse(null);
		TeamMember director = team.stream().findFirst().orElse(null);
		String regisseur = (lead != null) ? lead.person() : (director != null) ? director.login() : null;
		String body = (lead != null) ? lead.organisation() : municipality.id();
		Absence away = (regisseur != null)
				? this.absences.on(today, List.of(regisseur)).stream().findFirst().orElse(null) : null;
		Next next = next(file, now);
		return new Situation(number, municipality, (regisseur != null) ? contact(regisseur, body) : null, lead != null,
				(lead != null) ? lead.answeredAt() : (director != null) ? director.since() : null,
				(away != null) ? away.lastDay() : null, others(regisseur, away, team, municipality, today), phase(file),
				next.stage(), next.until(), next.why(), next.until() != null && !next.until().isAfter(now),
				(next.stage() == Stage.CLOSED && file.closedAt() != null) ? DutchTime.day(file.closedAt()) : null,
				(next.stage() == Stage.CLOSED) ? callOn(number) : null, this.surveys.waiting(number).isPresent());
	}

	private Phase phase(CaseFile file) {
		return this.db.sql("select phase from doorbraak.resident_phase where case_id = :id")
			.param("id", file.id())
			.query((row, n) -> Coded.of(Phase.class, row.getString(1)))
			.optional()
			.orElseGet(() -> Phase.of(stays(file).map(RungStay::rung).orElse(null)));
	}

	private Optional<RungStay> stays(CaseFile file) {
		List<RungStay> stays = this.files.standing(file.number()).stays();
		return stays.isEmpty() ? Optional.empty() : Optional.of(stays.get(stays.size() - 1));
	}

	/** Who stands in for who is away, and then who else of the team is there. */
	private List<Contact> others(@Nullable String regisseur, @Nullable Absence away, List<TeamMember> team,
			Organisation municipality, LocalDate today) {
		Set<String> logins = new LinkedHashSet<>();
		Stream.ofNullable((away != null) ? away.deputy() : null).forEach(logins::add);
		team.stream().map(TeamMember::login).forEach(logins::add);
		logins.removeIf((each) -> each.equals(regisseur));
		List<String> gone = this.absences.on(today, logins).stream().map(Absence::login).toList();
		List<Contact> others = new ArrayList<>();
		logins.stream()
			.filter((each) -> !gone.contains(each))
			.forEach((each) -> others.add(contact(each, municipality.id())));
		return others;
	}

	private Contact contact(String login, String preferred) {
		Officer officer = this.directory.getOfficer(login);
		Officer.Post post = officer.posts()
			.stream()
			.filter((each) -> each.organisation().equals(preferred))
			.findFirst()
			.or(() -> officer.posts().stream().findFirst())
			.orElse(null);
		Organisation body = this.directory.getOrganisation((post != null) ? post.organisation() : preferred);
		return new Contact(officer.name(), (post != null) ? post.function() : null, body.name(),
				Optional.ofNullable(officer.phone()).orElse(body.phone()), officer.email());
	}

	private Next next(CaseFile file, Instant now) {
		if (file.state() == CaseFile.State.CLOSED) {
			return afterwards(file.number());
		}
		RungStay stay = stays(file).filter((each) -> each.closedAt() == null).orElse(null);
		if (stay == null) {
			return new Next(Stage.REPORTED, null, null);
		}
		if (this.files.isPaused(file.number())) {
			return new Next(Stage.PAUSED, null, null);
		}
		Stage stage = switch (stay.rung()) {
			case LOCAL -> Stage.LOCAL;
			case REGIONAL -> Stage.REGIONAL;
			case NATIONAL -> Stage.NATIONAL;
			case MINISTRY -> Stage.MINISTRY;
		};
		return new Next(stage, stay.termEndsAt(), stay.termExplanation());
	}

	/** The climb has ended: what was agreed is done, it is finished, or it is closed. */
	private Next afterwards(String number) {
		Optional<Closings.Status> closing = this.closings.status(number);
		if (closing.filter((each) -> each.result() != null).isPresent()) {
			return new Next(Stage.CLOSED, null, null);
		}
		if (closing.isPresent()) {
			return new Next(Stage.FINISHING, closing.get().dueAt(), null);
		}
		return this.carryOut.status(number)
			.map((each) -> new Next(each.settled() ? Stage.FINISHING : Stage.CARRY_OUT, each.dueAt(), null))
			.orElse(new Next(Stage.CLOSED, null, null));
	}

	private @Nullable LocalDate callOn(String number) {
		return this.aftercare.of(number)
			.stream()
			.filter((each) -> each.holds() == null)
			.map(Aftercare.Look::beginsOn)
			.findFirst()
			.orElse(null);
	}

	private record Next(Stage stage, @Nullable Instant until, @Nullable String why) {
	}

}
