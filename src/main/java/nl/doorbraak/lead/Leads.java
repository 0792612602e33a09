package nl.doorbraak.lead;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import nl.doorbraak.casefile.CaseEvents.CaseClosed;
import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.AbsenceEvents.AbsenceEntered;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.lead.LeadEvents.CrisisClockStopped;
import nl.doorbraak.lead.LeadEvents.LeadAccepted;
import nl.doorbraak.lead.LeadEvents.LeadAsked;
import nl.doorbraak.lead.LeadEvents.LeadEnded;
import nl.doorbraak.lead.LeadEvents.LeadHandedOver;
import nl.doorbraak.lead.LeadEvents.LeadReferred;
import nl.doorbraak.lead.LeadEvents.LeadRefused;
import nl.doorbraak.lead.LeadEvents.LeadReturned;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Storable;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Asking for the lead, taking it, refusing it and giving it back. The case row is locked
 * first, against deadlines.
 */
@Service
public class Leads {

	private final JdbcClient db;

	private final CaseFiles files;

	private final Directory directory;

	private final Answerers answerers;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Leads(JdbcClient db, CaseFiles files, Directory directory, Answerers answerers, Clock clock,
			ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.directory = directory;
		this.answerers = answerers;
		this.clock = clock;
		this.events = events;
	}

	/** Asks an organisation to take the lead; its people may see the case from now on. */
	@Transactional
	public void ask(String login, String number, String organisationId) {
		ask(login, open(this.files.lockForTeam(login, number)), organisationId, false);
	}

	/**
	 * Asks urgently, whoever may do that: by power to push through, or because they said
	 * so by telephone. Not once more where the question is open.
	 */
	@Transactional
	public void askUrgently(String login, String number, String organisationId) {
		CaseFile file = open(this.files.lock(number));
		boolean waiting = asks(number).stream()
			.anyMatch((lead) -> lead.state() == Lead.State.ASKED && lead.organisation().equals(organisationId));
		if (!waiting) {
			ask(login, file, organisationId, true);
		}
	}

	private void ask(String login, CaseFile file, String organisationId, boolean urgent) {
		String number = file.number();
		Organisation organisation = organisation(organisationId);
		if (!organisation.connected()) {
			throw Refused.conflict("not-connected", organisation.name()
					+ " werkt niet in Doorbraak. Bel deze organisatie en noteer het antwoord in de casus.");
		}
		refuseIfTaken(number);
		String function = organisation.kind().answering().code();
		long lead;
		try {
			lead = this.db.sql("""
					insert into doorbraak.lead (case_number, organisation_id, state, asked_by, asked_at, urgent)
					values (:number, :organisation, 'asked', :login, :now, :urgent) returning id""")
				.param("urgent", urgent)
				.param("number", number)
				.param("organisation", organisationId)
				.param("login", login)
				.param("now", now())
				.query(Long.class)
				.single();
		}
		catch (DuplicateKeyException ex) {
			throw Refused.conflict("already-asked",
					organisation.name() + " is al gevraagd en heeft nog niet geantwoord.");
		}
		this.files.invite(number, function, organisationId);
		this.answerers.standInsAhead(organisation)
			.forEach((absence) -> this.files.inviteStandIn(number, String.valueOf(absence.deputy()), absence.login()));
		this.events.publishEvent(new LeadAsked(number, login, lead, organisationId, function));
	}

	/**
	 * Takes the lead: for an organisation that was asked, or, as casusregisseur, for the
	 * own municipality.
	 * @throws Refused when somebody else has it (409, naming who), or nobody asked (403)
	 */
	@Transactional
	public void accept(String login, String number) {
		CaseFile file = lockOn(login, number);
		accept(login, number, organisationOf(login, file));
	}

	private void accept(String login, String number, String organisation) {
		refuseIfTaken(number);
		Instant now = this.clock.instant();
		close(number, organisation, now);
		this.files.endInvitation(number, organisation);
		this.files.endLead(number);
		take(login, number, organisation, now);
		this.events.publishEvent(new LeadAccepted(number, login, organisation));
	}

	/** Says no to the question, with a reason. */
	@Transactional
	public void refuse(String login, String number, String reason) {
		lockOn(login, number);
		checkReason(reason);
		refuse(asked(login, number), login, reason, "login");
	}

	/**
	 * Takes the answer that somebody gave in a task: the lead, where neither a reason nor
	 * another organisation is named.
	 * @param reason null: not refused
	 * @param referredTo organisation; null: not referred
	 * @throws Refused when the question is answered already (409), or the person does not
	 * answer for the organisation any more (403)
	 */
	@Transactional
	public void answer(String login, String number, long id, @Nullable String reason, @Nullable String referredTo) {
		open(this.files.lock(number));
		Lead asked = open(number, id).orElseThrow(Leads::answered);
		if (!this.answerers.answersFor(login, asked.organisation())) {
			throw Refused.forbidden("not-asked",
					"U antwoordt niet (meer) voor de organisatie die is gevraagd. Laat een collega antwoorden.");
		}
		if (referredTo != null) {
			refer(asked, login, referredTo, "task");
		}
		else if (reason != null) {
			refuse(asked, login, reason, "task");
		}
		else {
			accept(login, number, asked.organisation());
		}
	}

	/** The question that still waits for an answer. */
	public Optional<Lead> open(String number, long id) {
		return asks(number).stream().filter((lead) -> lead.id() == id && lead.state() == Lead.State.ASKED).findFirst();
	}

	/**
	 * Refuses, or refers, for who has the link of the mail; taking the lead asks a login.
	 * @param login to whom the mail went; null: a mailbox
	 * @param name who answers for that mailbox
	 * @param referredTo organisation; null: refused for the reason
	 * @throws Refused when the question is answered already (409), the name is missing or
	 * the reason or organisation is none (400)
	 */
	@Transactional
	public void answerByLink(String number, long id, @Nullable String login, String name, String reason,
			@Nullable String referredTo) {
		open(this.files.lock(number));
		Lead asked = open(number, id).filter((lead) -> current(number).isEmpty()).orElseThrow(Leads::answered);
		if (login == null && (name.isBlank() || name.strip().length() > 100 || !Storable.isStorable(name))) {
			throw Refused.invalid("name", "Vul uw naam in, hoogstens 100 tekens.", "name");
		}
		String by = (login != null) ? login : Actor.LINK;
		if (referredTo != null) {
			refer(asked, by, referredTo, "link");
		}
		else {
			refuse(asked, by, reason, "link");
		}
		this.db.sql("update doorbraak.lead set answered_via = 'link', answered_name = :name where id = :id")
			.param("name", (login == null) ? name.strip() : null, java.sql.Types.VARCHAR)
			.param("id", id)
			.update();
	}

	private static Refused answered() {
		return Refused.conflict("answered", "Deze vraag is al beantwoord, of de casus heeft al een regievoerder.");
	}

	/**
	 * Says to have nothing to do with it, and who should be asked.
	 * @throws Refused when that is no other organisation (400)
	 */
	@Transactional
	public void refer(String login, String number, String referredTo) {
		lockOn(login, number);
		refer(asked(login, number), login, referredTo, "login");
	}

	private Lead asked(String login, String number) {
		return asks(number).stream()
			.filter((lead) -> lead.state() == Lead.State.ASKED && this.answerers.answersFor(login, lead.organisation()))
			.findFirst()
			.orElseThrow(
					() -> Refused.conflict("not-asked", "Uw organisatie is niet (meer) gevraagd voor deze casus."));
	}

	private void refuse(Lead asked, String by, String reason, String via) {
		checkReason(reason);
		answer(asked.id(), "refused", by, reason);
		this.files.endInvitation(asked.number(), asked.organisation());
		this.events.publishEvent(new LeadRefused(asked.number(), by, asked.organisation(), reason, via));
	}

	private void refer(Lead asked, String by, String referredTo, String via) {
		Organisation other = organisation(referredTo);
		if (other.id().equals(asked.organisation())) {
			throw Refused.invalid("organisation", "Kies een andere organisatie dan de uwe.", "referredTo");
		}
		refuse(asked, by, RefusalReason.NOT_OUR_LAW.code(), via);
		this.db.sql("update doorbraak.lead set referred_to = :other where id = :id")
			.param("other", other.id())
			.param("id", asked.id())
			.update();
		this.events.publishEvent(new LeadReferred(asked.number(), by, asked.organisation(), other.id()));
	}

	Organisation organisation(String id) {
		return this.directory.allOrganisations()
			.stream()
			.filter((each) -> each.id().equals(id))
			.findFirst()
			.orElseThrow(() -> Refused.invalid("organisation", "Kies een organisatie uit de lijst.", "organisation"));
	}

	/** Gives the lead back; from now on the case has none. */
	@Transactional
	public void giveBack(String login, String number, String reason) {
		lockOn(login, number);
		checkReason(reason);
		Lead lead = current(number).filter((each) -> login.equals(each.person()))
			.orElseThrow(() -> Refused.conflict("not-the-lead", "U hebt de regie van deze casus niet."));
		answer(lead.id(), "returned", login, reason);
		this.files.endLead(number);
		this.events.publishEvent(new LeadReturned(number, login, lead.organisation(), login, reason));
	}

	/** Takes the lead back from who does nothing with it; the case has none then. */
	void takeBack(Lead lead, RefusalReason why) {
		answer(lead.id(), "returned", Actor.TIMER, why.code());
		this.files.endLead(lead.number());
		this.events.publishEvent(new LeadReturned(lead.number(), Actor.TIMER, lead.organisation(),
				String.valueOf(lead.person()), why.code()));
	}

	/** The same case, another person: the lead itself goes on. */
	void passTo(Lead lead, String login, String organisation) {
		Instant now = this.clock.instant();
		this.db.sql("update doorbraak.lead set state = 'handed_over', ended_at = :now where id = :id")
			.param("now", Timestamp.from(now))
			.param("id", lead.id())
			.update();
		this.files.endLead(lead.number());
		take(login, lead.number(), organisation, now);
		this.events.publishEvent(new LeadHandedOver(lead.number(), login, organisation, String.valueOf(lead.person())));
	}

	private void take(String login, String number, String organisation, Instant now) {
		this.db
			.sql("""
					insert into doorbraak.lead (case_number, organisation_id, state, person, asked_by, asked_at, answered_by, answered_at)
					values (:number, :organisation, 'accepted', :login, :login, :now, :login, :now)""")
			.param("number", number)
			.param("organisation", organisation)
			.param("login", login)
			.param("now", Timestamp.from(now))
			.update();
		this.files.addLead(number, login);
	}

	/** Who has accepted the lead. */
	public Optional<Lead> current(String number) {
		return asks(number).stream().filter((lead) -> lead.state() == Lead.State.ACCEPTED).findFirst();
	}

	/** Everybody who was asked, and what they said, oldest first. */
	public List<Lead> asks(String number) {
		return asks(List.of(number)).getOrDefault(number, List.of());
	}

	/** The same of many cases. */
	public Map<String, List<Lead>> asks(Collection<String> numbers) {
		return this.db.sql("select * from doorbraak.lead where case_number = any (:numbers) order by id")
			.param("numbers", numbers.toArray(String[]::new))
			.query((row, n) -> {
				Timestamp answeredAt = row.getTimestamp("answered_at");
				return new Lead(row.getLong("id"), row.getString("case_number"), row.getString("organisation_id"),
						Lead.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)), row.getString("person"),
						row.getString("asked_by"), row.getTimestamp("asked_at").toInstant(),
						row.getString("answered_by"), (answeredAt != null) ? answeredAt.toInstant() : null,
						row.getString("reason"), row.getString("referred_to"), row.getBoolean("urgent"),
						row.getString("answered_via").equals("link"), row.getString("answered_name"));
			})
			.list()
			.stream()
			.collect(Collectors.groupingBy(Lead::number));
	}

	/** Those that wait for an answer of an organisation that the officer answers for. */
	public Set<Long> mine(String login, Collection<Lead> asks) {
		List<String> organisations = this.answerers.answersFor(login);
		return asks.stream()
			.filter((lead) -> lead.state() == Lead.State.ASKED && organisations.contains(lead.organisation()))
			.map(Lead::id)
			.collect(Collectors.toSet());
	}

	/**
	 * Whether this officer can take the lead now: asked, or casusregisseur of the case.
	 */
	public boolean mayAccept(String login, String number, boolean team) {
		return current(number).isEmpty() && (team || isAsked(login, number));
	}

	/** Whether the officer's organisation is asked and has not answered. */
	public boolean isAsked(String login, String number) {
		return asks(number).stream()
			.anyMatch((lead) -> lead.state() == Lead.State.ASKED
					&& this.answerers.answersFor(login, lead.organisation()));
	}

	/**
	 * Cases without a lead whose question for it waits for an organisation of this
	 * officer.
	 */
	public List<String> waitingFor(Officer officer) {
		return asked(this.answerers.answersFor(officer.login()), false);
	}

	private List<String> asked(List<String> organisations, boolean taken) {
		return organisations.isEmpty() ? List.of()
				: this.db.sql("""
						select l.case_number from doorbraak.lead l
						where l.state = 'asked' and l.organisation_id in (:organisations) and (:taken or not exists (
						  select 1 from doorbraak.lead t where t.case_number = l.case_number and t.state = 'accepted'))
						order by l.id limit 100""")
					.param("organisations", organisations)
					.param("taken", taken)
					.query(String.class)
					.list();
	}

	/**
	 * Who stands in for who answers sees the case as long as the absence lasts, also
	 * where somebody has the lead: once it is given back, the question waits again.
	 */
	@EventListener
	@Transactional
	void invite(AbsenceEntered event) {
		String deputy = event.deputy();
		List<String> organisations = this.directory.answersFor(event.actor());
		if (deputy == null) {
			return;
		}
		for (String number : asked(organisations, true)) {
			this.files.hold(number);
			if (asks(number).stream()
				.anyMatch((lead) -> lead.state() == Lead.State.ASKED && organisations.contains(lead.organisation()))) {
				this.files.inviteStandIn(number, deputy, event.actor());
			}
		}
	}

	/** Those of these cases of which nobody has accepted the lead. */
	public Set<String> withoutLead(Collection<String> numbers) {
		Set<String> without = new HashSet<>(numbers);
		if (!without.isEmpty()) {
			this.db.sql("select case_number from doorbraak.lead where state = 'accepted' and case_number in (:numbers)")
				.param("numbers", without)
				.query(String.class)
				.list()
				.forEach(without::remove);
		}
		return without;
	}

	@EventListener
	@Transactional
	void end(CaseClosed event) {
		for (Lead lead : asks(event.number())) {
			this.files.endInvitation(event.number(), lead.organisation());
			if (lead.state() == Lead.State.ACCEPTED || lead.state() == Lead.State.PROVISIONAL) {
				this.events.publishEvent(new LeadEnded(event.number(), Actor.SOFTWARE, lead.organisation()));
			}
		}
		Instant now = this.clock.instant();
		this.db.sql("""
				update doorbraak.lead set state = 'ended', ended_at = :now
				where case_number = :number and state in ('asked', 'provisional', 'accepted')""")
			.param("now", Timestamp.from(now))
			.param("number", event.number())
			.update();
		stopCrisisClock(this.files.lock(event.number()));
	}

	/**
	 * Whole hours on the 24-hour clock, which belongs to the event, lead or not: it runs
	 * from the start of that day until the case is closed. Empty before that day.
	 */
	public Optional<Long> crisisHours(CaseFile file) {
		Instant now = this.clock.instant();
		return Optional.ofNullable(file.eventDate())
			.map((day) -> day.atStartOfDay(DutchTime.ZONE).toInstant())
			.filter((started) -> !started.isAfter(now))
			.map((started) -> Duration.between(started, now).toHours());
	}

	private void stopCrisisClock(CaseFile file) {
		crisisHours(file).ifPresent(
				(hours) -> this.events.publishEvent(new CrisisClockStopped(file.number(), Actor.SOFTWARE, hours)));
	}

	private CaseFile lockOn(String login, String number) {
		if (!this.files.isOn(login, number)) {
			throw Refused.notFound();
		}
		return open(this.files.lock(number));
	}

	private static CaseFile open(CaseFile file) {
		if (file.state() == CaseFile.State.CLOSED) {
			throw Refused.conflict("closed", "De casus is gesloten.");
		}
		return file;
	}

	private String organisationOf(String login, CaseFile file) {
		return asks(file.number()).stream()
			.filter((lead) -> lead.state() == Lead.State.ASKED && this.answerers.answersFor(login, lead.organisation()))
			.map(Lead::organisation)
			.findFirst()
			.or(() -> this.files.team(file.number()).contains(login) ? Optional.of(file.municipality())
					: Optional.empty())
			.orElseThrow(() -> Refused.forbidden("not-asked",
					"Uw organisatie is niet gevraagd om de regie te nemen. Laat de casusregisseur u vragen."));
	}

	private void refuseIfTaken(String number) {
		current(number).ifPresent((lead) -> {
			throw Refused.conflict("lead-taken", this.directory.nameOf(String.valueOf(lead.person())) + " ("
					+ this.directory.getOrganisation(lead.organisation()).name() + ") heeft de regie al.");
		});
	}

	/**
	 * The question to this organisation, and a provisional lead, end when somebody
	 * accepts.
	 */
	private void close(String number, String organisation, Instant now) {
		this.db
			.sql("""
					update doorbraak.lead set state = 'ended', ended_at = :now
					where case_number = :number and (state = 'provisional' or (state = 'asked' and organisation_id = :organisation))""")
			.param("now", Timestamp.from(now))
			.param("number", number)
			.param("organisation", organisation)
			.update();
	}

	private void answer(long id, String state, String login, String reason) {
		this.db.sql("""
				update doorbraak.lead set state = :state, answered_by = :login, answered_at = :now, reason = :reason
				where id = :id""")
			.param("state", state)
			.param("login", login)
			.param("now", now())
			.param("reason", reason)
			.param("id", id)
			.update();
	}

	private static void checkReason(String reason) {
		if (RefusalReason.choices().stream().noneMatch((each) -> each.code().equals(reason))) {
			throw Refused.invalid("reason", "Kies een reden uit de lijst.", "reason");
		}
	}

	private Timestamp now() {
		return Timestamp.from(this.clock.instant());
	}

}
