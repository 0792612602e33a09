package nl.doorbraak.casefile;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import nl.doorbraak.casefile.CaseEvents.CaseRead;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.FormRules.Answers;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Storable;
import nl.doorbraak.support.Worklist;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Reading cases, for who is on them. Every reading of a case is recorded with its
 * purpose; who is not on the case is told the same as for a case that does not exist.
 */
@Service
public class CaseFiles {

	/** The form in which the team looks back on a crisis; nobody else reads it. */
	public static final String LOOK_BACK = "look-back";

	/** What the resident said of how it went; nobody but the team reads it. */
	public static final String SURVEY = "survey";

	/** Why a resident does not get what he or she asked; nobody but the team reads it. */
	public static final String REFUSE_REQUEST = "refuse-subject-request";

	/** Why a passage is not given to a resident; nobody but the team reads it. */
	public static final String LEAVE_OUT = "leave-out-passage";

	/** What the team alone reads of what was written. */
	private static final Set<String> OF_THE_TEAM = Set.of(LOOK_BACK, SURVEY, REFUSE_REQUEST, LEAVE_OUT,
			EmergencyAccesses.FORM, EmergencyAccesses.REVIEW, EmergencyAccesses.COMPARTMENTS, Purposes.FORM,
			Purposes.NAMES, Compartments.FORM, Compartments.NAMING, Compartments.CLOSING);

	/**
	 * What an auditor found and a manager answered is read where the inspection is, and
	 * not in the case.
	 */
	public static final String FINDING = "inspect-decision";

	/** What a manager answered to a finding. */
	public static final String FINDING_ANSWER = "answer-finding";

	private static final Set<String> OF_INSPECTIONS = Set.of(FINDING, FINDING_ANSWER);

	/**
	 * Held against the posts of now: who moved to another organisation takes part no
	 * more.
	 */
	private static final String TAKES_PART = """
			p.case_id = c.id and p.since <= :now and (p.until is null or p.until > :now)
			  and (p.stands_in_for is null or doorbraak.stands_in(p.officer_login, p.stands_in_for, :now))
			  and exists (select 1 from doorbraak.post o where o.officer_login = :login and (
			        p.officer_login = :login and case p.role
			          when 'lead' then o.organisation_id in (
			            select l.organisation_id from doorbraak.lead l where l.case_number = c.number and l.person = :login)
			          else p.role not in ('caseDirector', 'deputy') or o.organisation_id = c.municipality_id end
			        or o.organisation_id = p.body_id and o.function = p.function))
			""";

	static final String ON_THE_CASE = "exists (select 1 from doorbraak.case_participant p where " + TAKES_PART + ")";

	/** For who is of the municipality still. */
	private static final String HAS_EMERGENCY = """
			e.case_id = c.id and e.officer_login = :login and e.granted_at <= :now and e.until > :now
			  and exists (select 1 from doorbraak.post o where o.officer_login = :login
			              and o.organisation_id = c.municipality_id)
			""";

	/** Who may read is more than who is on the case. */
	static final String MAY_READ = "(" + ON_THE_CASE + " or exists (select 1 from doorbraak.emergency_access e where "
			+ HAS_EMERGENCY + "))";

	/**
	 * Who may open compartment k of case c: who is named, and an emergency that goes so
	 * far.
	 */
	static final String OPENS = """
			(exists (select 1 from doorbraak.compartment_person w where w.compartment_id = k.id and w.how <> 'auditor'
			         and w.since <= :now and (w.until is null or w.until > :now)
			         and (w.officer_login = :login or exists (select 1 from doorbraak.post o where o.officer_login = :login
			                                                  and o.organisation_id = w.organisation_id)))
			 or exists (select 1 from doorbraak.emergency_access e where e.compartments_entry_id is not null and
			"""
			+ HAS_EMERGENCY + "))";

	private final CaseStore store;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	private final ObjectProvider<Worklist> worklist;

	CaseFiles(CaseStore store, Clock clock, ApplicationEventPublisher events, ObjectProvider<Worklist> worklist) {
		this.worklist = worklist;
		this.store = store;
		this.clock = clock;
		this.events = events;
	}

	/** What somebody may read of a case, recorded with what for. */
	@Transactional
	public Dossier read(String login, String number, String part) {
		return read(login, number, part, Sight.SITUATION);
	}

	/**
	 * The same, for a page that is about one part. Names are shown to who may know who it
	 * is about; every text to who may read what was written.
	 * @param part which page, as a code
	 * @throws Refused who may not read the case (404), or not this part of it (403)
	 * @throws PurposeNeeded (409) when nothing says what they read it for
	 */
	@Transactional
	public Dossier read(String login, String number, String part, Sight needed) {
		Reader reader = reader(login, number);
		CaseFile file = this.store.get(number);
		reader.refuseUnless(needed);
		this.events.publishEvent(new CaseRead(number, login, part, purpose(login, file, reader)));
		Instant now = this.clock.instant();
		return dossier(login, file, reader, reader.isTeam() || mayKnowWho(login, file),
				this.store.members(file.householdId(), login, now), now);
	}

	/**
	 * A case for an auditor of its municipality, recorded as a read: without names until
	 * they said why they need them ({@link Purposes#stateForNames}), and never with
	 * contact data.
	 * @param municipalities for which the reader audits
	 * @throws Refused (404) when it is no case of these
	 */
	@Transactional
	public Dossier audit(String login, String number, Collection<String> municipalities) {
		CaseFile file = audited(number, municipalities);
		boolean named = mayAuditNames(login, file);
		return audit(login, file, named, named ? "dossier-with-names" : "dossier");
	}

	/**
	 * The same for the evidence pack, which leaves the house: with names only where they
	 * are asked for now.
	 * @throws Refused (404) when it is no case of these, (403) when names are asked for
	 * and nothing says why
	 */
	@Transactional
	public Dossier auditForPack(String login, String number, Collection<String> municipalities, boolean named) {
		if (named) {
			refuseUnlessNamesAudited(login, number, municipalities);
		}
		return audit(login, audited(number, municipalities), named,
				named ? "evidence-pack-with-names" : "evidence-pack");
	}

	void refuseUnlessNamesAudited(String login, String number, Collection<String> municipalities) {
		if (!mayAuditNames(login, audited(number, municipalities))) {
			throw Refused.forbidden("names-without-reason", "Zeg eerst waarom u de namen nodig hebt.");
		}
	}

	private CaseFile audited(String number, Collection<String> municipalities) {
		if (!isOf(number, municipalities)) {
			throw Refused.notFound();
		}
		return this.store.get(number);
	}

	/** Whether an auditor said why they need the names, and when that still holds. */
	boolean mayAuditNames(String login, CaseFile file) {
		return this.store.purpose(file.id(), login, this.clock.instant())
			.filter(Purpose.FOR_NAMES::contains)
			.isPresent();
	}

	private Dossier audit(String login, CaseFile file, boolean named, String part) {
		this.events.publishEvent(new CaseRead(file.number(), login, part, Purpose.AUDIT));
		return dossier(login, file, new Reader(List.of(Viewer.AUDITOR)), named, this.store.membersOf(file.id()),
				this.clock.instant());
	}

	private Dossier dossier(String login, CaseFile file, Reader reader, boolean identified,
			List<HouseholdMember> members, Instant now) {
		Names names = (identified ? apart(login, file) : Optional.of(names(file))).orElse(null);
		List<Entry> entries = this.store.entries(file.id())
			.stream()
			.filter((entry) -> !PlanPart.isForm(entry.form()) && !OF_INSPECTIONS.contains(entry.form())
					&& reader.sees(OF_THE_TEAM.contains(entry.form()) ? Sight.TEAM_ONLY : Sight.ofForm(entry.form())))
			.map((entry) -> reader.sees(Sight.CONTACT) ? entry : entry.withoutContact())
			.map((entry) -> (names == null) ? entry : entry.unnamed(names))
			.toList();
		List<HouseholdMember> shown = members.stream()
			.map((member) -> reader.sees(Sight.CONTACT) && (reader.isTeam() || !member.addressSecret()) ? member
					: member.withoutAddress(reader.sees(Sight.CONTACT)))
			.toList();
		return new Dossier((names == null) ? file : file.unnamed(names), this.store.stays(file.id()),
				identified ? shown : unnamed(shown), identified, entries, this.store.pausedSince(file.id()),
				reader.isTeam(), now, reader,
				reader.sees(Sight.TEAM_ONLY) ? this.store.accesses(file.id()) : List.of());
	}

	/**
	 * As what somebody may read a case now.
	 * @throws Refused (404) when they may not, or when there is no such case
	 */
	Reader reader(String login, String number) {
		List<Viewer> as = viewers(login, number);
		if (as.isEmpty()) {
			throw Refused.notFound();
		}
		return new Reader(as);
	}

	private List<Viewer> viewers(String login, String number) {
		return !Storable.isStorable(number) ? List.of()
				: this.store.db()
					.sql("select p.role from doorbraak.case_file c join doorbraak.case_participant p on " + TAKES_PART
							+ " where c.number = :number union select 'emergency' from doorbraak.case_file c "
							+ "join doorbraak.emergency_access e on " + HAS_EMERGENCY + " where c.number = :number")
					.param("number", number)
					.param("login", login)
					.param("now", java.sql.Timestamp.from(this.clock.instant()))
					.query(String.class)
					.list()
					.stream()
					.flatMap((role) -> Viewer.ofRole(role).stream())
					.distinct()
					.sorted()
					.toList();
	}

	/**
	 * What somebody reads a case for: their part in it says it, or a task of theirs, or
	 * they themselves.
	 * @throws PurposeNeeded (409) when none of these does
	 */
	Purpose purpose(String login, CaseFile file, Reader reader) {
		return reader.purpose()
			.or(() -> Optional.of(Purpose.TASK)
				.filter((task) -> !this.worklist.getObject().openTasksOf(login, List.of(file.number())).isEmpty()))
			.or(() -> reader.as().contains(Viewer.EMERGENCY) ? Optional.of(Purpose.EMERGENCY) : Optional.empty())
			.or(() -> this.store.purpose(file.id(), login, this.clock.instant()))
			.orElseThrow(() -> new PurposeNeeded(file.number()));
	}

	/**
	 * Whether somebody on the case may know who it is about: the lead, who works for the
	 * municipality that has it, and who is of an organisation that was told.
	 */
	private boolean mayKnowWho(String login, CaseFile file) {
		return this.store.db()
			.sql("""
					select 1 where exists (select 1 from doorbraak.case_participant p where p.case_id = :id and p.role = 'lead'
					    and p.officer_login = :login and p.until is null)
					  or exists (select 1 from doorbraak.post o where o.officer_login = :login and (o.organisation_id = :own
					    or exists (select 1 from doorbraak.disclosure d where d.case_id = :id and 'identity' = any (d.items)
					               and d.organisation_id = o.organisation_id)))""")
			.param("id", file.id())
			.param("login", login)
			.param("own", file.municipality())
			.query(Integer.class)
			.optional()
			.isPresent();
	}

	private Names names(CaseFile file) {
		return new Names(this.store.names(file.householdId()));
	}

	Names namesOf(CaseFile file) {
		return names(file);
	}

	/** The names of who is in a compartment that somebody may not read. */
	private Optional<Names> apart(String login, CaseFile file) {
		List<String> apart = this.store.namesApart(file.householdId(), login, this.clock.instant());
		return apart.isEmpty() ? Optional.empty() : Optional
			.of(Names.apart(apart, this.store.membersOf(file.id()).stream().map(HouseholdMember::name).toList()));
	}

	/** Whether somebody on the case may know who it is about. */
	boolean mayKnow(String login, String number) {
		CaseFile file = this.store.get(number);
		return isCaseTeam(login, file.id()) || mayKnowWho(login, file);
	}

	/** What somebody typed about a case, without the names of its household. */
	@Transactional(readOnly = true)
	public String unnamed(String number, String text) {
		return names(this.store.get(number)).hiddenIn(text);
	}

	/** The same, but for who may know who it is about. */
	@Transactional(readOnly = true)
	public String readable(String login, String number, String text) {
		return namesHidden(login, number).map((names) -> names.hiddenIn(text)).orElse(text);
	}

	/** The names that somebody may not read in a case; nothing for who may. */
	Optional<Names> namesHidden(String login, String number) {
		CaseFile file = this.store.get(number);
		return mayKnow(login, number) ? apart(login, file) : Optional.of(names(file));
	}

	/** Roles and numbers instead of names. */
	private static List<HouseholdMember> unnamed(List<HouseholdMember> members) {
		return IntStream.range(0, members.size())
			.mapToObj((n) -> new HouseholdMember("Persoon " + (n + 1), null, members.get(n).role(), null, null, false))
			.toList();
	}

	/**
	 * The numbers of all cases, open and closed, of which somebody may see this part now:
	 * for a list, which is no reading of a case.
	 */
	@Transactional(readOnly = true)
	public Set<String> seen(String login, Sight part) {
		Map<String, List<Viewer>> as = new HashMap<>();
		this.store.db()
			.sql("with mine as (select p.case_id from doorbraak.case_participant p where p.officer_login = :login and p.until is null "
					+ "union select p.case_id from doorbraak.post o join doorbraak.case_participant p on p.body_id = o.organisation_id "
					+ "and p.function = o.function and p.until is null where o.officer_login = :login "
					+ "union select e.case_id from doorbraak.emergency_access e where e.officer_login = :login and e.until > :now) "
					+ "select c.number, p.role from mine m join doorbraak.case_file c on c.id = m.case_id "
					+ "join doorbraak.case_participant p on " + TAKES_PART
					+ " union select c.number, 'emergency' from mine m join doorbraak.case_file c on c.id = m.case_id "
					+ "join doorbraak.emergency_access e on " + HAS_EMERGENCY)
			.param("login", login)
			.param("now", java.sql.Timestamp.from(this.clock.instant()))
			.query((row) -> {
				String number = row.getString(1);
				Viewer.ofRole(row.getString(2))
					.ifPresent((viewer) -> as.computeIfAbsent(number, (each) -> new ArrayList<>()).add(viewer));
			});
		as.values().removeIf((each) -> !part.isFor(each));
		return as.keySet();
	}

	/** How many cases these municipalities have, open and closed. */
	public int count(Collection<String> municipalities) {
		return this.store.db()
			.sql("select count(*) from doorbraak.case_file where municipality_id = any (:municipalities)")
			.param("municipalities", municipalities.toArray(String[]::new))
			.query(Integer.class)
			.single();
	}

	/** Whether a case of one of these municipalities has this number. */
	public boolean isOf(String number, Collection<String> municipalities) {
		return Storable.isStorable(number) && this.store.db()
			.sql("""
					select count(*) from doorbraak.case_file
					where number = :number and municipality_id = any (:municipalities)""")
			.param("number", number)
			.param("municipalities", municipalities.toArray(String[]::new))
			.query(Integer.class)
			.single() == 1;
	}

	/**
	 * Writes down that somebody who is not on a case reads what they do for its
	 * household.
	 * @param part a code
	 */
	@Transactional
	public void readPart(String login, String number, String part) {
		this.events.publishEvent(new CaseRead(number, login, part, Purpose.MEASURE));
	}

	/**
	 * Writes down that a resident read the page of his or her own, by a link.
	 * @param resident id, as {@link Residents} gives it
	 */
	@Transactional
	public void readByResident(String number, long resident, String part) {
		this.events.publishEvent(new CaseRead(number, Actor.LINK, part, Purpose.RESIDENT, resident));
	}

	/**
	 * The open cases somebody is on, the nearest event first, and after them those whose
	 * breakthrough is being carried out; without their texts: a list is no reading of a
	 * case.
	 */
	public List<CaseLine> listFor(String login) {
		return listFor(login, 100);
	}

	/** The same, as many as asked for. */
	public List<CaseLine> listFor(String login, int most) {
		return this.store.db()
			.sql("""
					select c.number, c.event_date, c.threat, r.rung, r.term_last_day, o.case_id is not null as carry_out, p.paused_at
					from doorbraak.case_file c left join doorbraak.case_rung r on r.case_id = c.id and r.closed_at is null
					left join doorbraak.carry_out o on o.case_id = c.id and o.ended_at is null
					left join doorbraak.case_pause p on p.case_id = c.id and p.resumed_at is null
					where (c.state <> 'closed' or o.case_id is not null) and
					"""
					+ ON_THE_CASE
					+ " order by carry_out, c.event_date nulls last, r.term_ends_at, o.due_at, c.number limit :most")
			.param("login", login)
			.param("most", most)
			.param("now", java.sql.Timestamp.from(this.clock.instant()))
			.query(CaseLine.FROM_ROW)
			.list();
	}

	/** The same of all open cases of municipalities, for who manages there. */
	List<CaseLine> listOf(Collection<String> municipalities, int skipped, int limit) {
		return this.store.db()
			.sql("""
					select c.number, c.event_date, c.threat, r.rung, r.term_last_day, false as carry_out, p.paused_at
					from doorbraak.case_file c left join doorbraak.case_rung r on r.case_id = c.id and r.closed_at is null
					left join doorbraak.case_pause p on p.case_id = c.id and p.resumed_at is null
					where c.state <> 'closed' and c.municipality_id = any (:municipalities)
					order by c.event_date nulls last, r.term_ends_at, c.number offset :skipped limit :limit""")
			.param("municipalities", municipalities.toArray(String[]::new))
			.param("skipped", skipped)
			.param("limit", limit)
			.query(CaseLine.FROM_ROW)
			.list();
	}

	/** Who has accepted the lead of each of these cases, by number. */
	Map<String, String> leads(Collection<String> numbers) {
		Map<String, String> leads = new HashMap<>();
		this.store.db()
			.sql("""
					select c.number, p.officer_login from doorbraak.case_participant p join doorbraak.case_file c on c.id = p.case_id
					where c.number = any (:numbers) and p.role = 'lead' and p.until is null""")
			.param("numbers", numbers.toArray(String[]::new))
			.query((row) -> {
				leads.put(row.getString(1), row.getString(2));
			});
		return leads;
	}

	/** Whether somebody works on the case, and needs no emergency to read it. */
	boolean isAtWork(String login, String number) {
		List<Viewer> as = viewers(login, number);
		return !as.isEmpty() && new Reader(as).isAtWork();
	}

	/** Whether the case exists and the officer is on it now. */
	public boolean isOn(String login, String number) {
		return Storable.isStorable(number) && this.store.db()
			.sql("select 1 from doorbraak.case_file c where c.number = :number and " + ON_THE_CASE)
			.param("number", number)
			.param("login", login)
			.param("now", java.sql.Timestamp.from(this.clock.instant()))
			.query(Integer.class)
			.optional()
			.isPresent();
	}

	/** Logins of everybody who is on the case now, in person or by function. */
	public List<String> people(String number) {
		return this.store.db()
			.sql("""
					select person.login from doorbraak.officer person where exists (
					  select 1 from doorbraak.case_file c where c.number = :number and
					""" + ON_THE_CASE.replace(":login", "person.login") + ") order by person.login")
			.param("number", number)
			.param("now", java.sql.Timestamp.from(this.clock.instant()))
			.query(String.class)
			.list();
	}

	/** The case, for a room that keeps something beside it; records no reading. */
	@Transactional(readOnly = true)
	public CaseFile get(String number) {
		return this.store.get(number);
	}

	/**
	 * The case, locked until the end of the transaction, for a room that keeps something
	 * beside it.
	 */
	@Transactional
	public CaseFile lock(String number) {
		return this.store.lock(number);
	}

	/** The same for many cases, always in the same order. */
	@Transactional
	public List<CaseFile> lock(Collection<String> numbers) {
		return this.store.lock(numbers);
	}

	/**
	 * The case, locked, for somebody of the team that has it.
	 * @throws Refused who is not on the case (404), or only as a guest (403)
	 */
	@Transactional
	public CaseFile lockForTeam(String login, String number) {
		CaseFile file = visible(login, number);
		if (!isCaseTeam(login, file.id())) {
			throw Refused.forbidden("not-the-team",
					"Alleen de casusregisseur of de vervanger doet dit. Neem contact op met de casusregisseur.");
		}
		return this.store.lock(number);
	}

	/**
	 * The same, also for who has accepted the lead.
	 * @throws Refused who is not on the case (404), or as something else (403)
	 */
	@Transactional
	public CaseFile lockForTeamOrLead(String login, String number) {
		refuseUnlessTeamOrLead(login, number);
		return this.store.lock(number);
	}

	/** The same without the lock. */
	@Transactional(readOnly = true)
	public void refuseUnlessTeamOrLead(String login, String number) {
		CaseFile file = visible(login, number);
		if (!isCaseTeam(login, file.id()) && lead(number).filter(login::equals).isEmpty()) {
			throw Refused.forbidden("not-team-or-lead",
					"Alleen de casusregisseur, de vervanger en wie de regie heeft, doen dit. Neem contact op met de casusregisseur.");
		}
	}

	/**
	 * The case, locked, for somebody who works on it: its team, its lead, who works on
	 * its rung.
	 * @throws Refused who is not on the case (404), or only to answer or to sign (403)
	 */
	@Transactional
	public CaseFile lockForWorker(String login, String number) {
		visible(login, number);
		if (!worksOn(login, number)) {
			throw Refused.forbidden("not-working-on-it",
					"Alleen wie aan de casus werkt, doet dit. Neem contact op met de casusregisseur.");
		}
		return this.store.lock(number);
	}

	/**
	 * Whether the officer works on the case now: is of its team, has its lead, or works
	 * on its rung.
	 */
	public boolean worksOn(String login, String number) {
		return this.store.db()
			.sql("""
					select 1 from doorbraak.case_file c join doorbraak.case_participant p on p.case_id = c.id
					where c.number = :number and p.role in ('caseDirector', 'deputy', 'lead', 'guest') and p.until is null
					  and (p.officer_login = :login
					       or exists (select 1 from doorbraak.post o where o.officer_login = :login
					                  and o.organisation_id = p.body_id and o.function = p.function)) limit 1""")
			.param("number", number)
			.param("login", login)
			.query(Integer.class)
			.optional()
			.isPresent();
	}

	/**
	 * Lets the people with this function at a body see the case, because they are asked
	 * to take the lead.
	 */
	@Transactional
	public void invite(String number, String function, String body) {
		this.store.addGuests(this.store.get(number).id(), "asked", function, body, this.clock.instant());
	}

	/** The same for who stands in for one of them, as long as that absence lasts. */
	@Transactional
	public void inviteStandIn(String number, String login, String away) {
		this.store.addOfficer(this.store.get(number).id(), "asked", login, away, this.clock.instant());
	}

	/** Ends what {@link #invite} and {@link #inviteStandIn} began. */
	@Transactional
	public void endInvitation(String number, String body) {
		this.store.endParts(this.store.get(number).id(), "asked", body, this.clock.instant());
	}

	/** Lets somebody see the case who is offered the lead. */
	@Transactional
	public void inviteNext(String number, String login) {
		this.store.addOfficer(this.store.get(number).id(), "asked", login, null, this.clock.instant());
	}

	/** Ends what {@link #inviteNext} began. */
	@Transactional
	public void endNext(String number, String login) {
		this.store.endPart(this.store.get(number).id(), "asked", login, this.clock.instant());
	}

	/** Lets the people with this function at a body see the case while they may sign. */
	@Transactional
	public void inviteSigners(String number, String function, String body) {
		this.store.addGuests(this.store.get(number).id(), "signer", function, body, this.clock.instant());
	}

	/** The same for one person. */
	@Transactional
	public void inviteSigner(String number, String login) {
		inviteSigner(number, login, null);
	}

	/**
	 * The same for one person, as long as they stand in for somebody who is away.
	 * @param away login of who is away; null for nobody
	 */
	@Transactional
	public void inviteSigner(String number, String login, @Nullable String away) {
		this.store.addOfficer(this.store.get(number).id(), "signer", login, away, this.clock.instant());
	}

	/** Ends what {@link #inviteSigners} and {@link #inviteSigner} began. */
	@Transactional
	public void endSigners(String number) {
		this.store.endParts(this.store.get(number).id(), "signer", null, this.clock.instant());
	}

	/** Lets the people with this function at a body see the case while they advise. */
	@Transactional
	public void inviteAdvisers(String number, String function, String body) {
		this.store.addGuests(this.store.get(number).id(), "adviser", function, body, this.clock.instant());
	}

	/** The same for one person, as long as they stand in for somebody who is away. */
	@Transactional
	public void inviteAdviser(String number, String login, String away) {
		this.store.addOfficer(this.store.get(number).id(), "adviser", login, away, this.clock.instant());
	}

	/** Ends what {@link #inviteAdvisers} and {@link #inviteAdviser} began. */
	@Transactional
	public void endAdvisers(String number) {
		this.store.endParts(this.store.get(number).id(), "adviser", null, this.clock.instant());
	}

	/**
	 * Whether the officer was ever asked to sign in this case, in person or by function.
	 */
	@Transactional(readOnly = true)
	public boolean wasAskedToSign(String login, String number) {
		return Storable.isStorable(number) && this.store.db()
			.sql("""
					select 1 from doorbraak.case_participant p join doorbraak.case_file c on c.id = p.case_id
					where c.number = :number and p.role = 'signer' and (p.officer_login = :login or exists (
					  select 1 from doorbraak.post o where o.officer_login = :login and o.function = p.function
					    and o.organisation_id = p.body_id)) limit 1""")
			.param("number", number)
			.param("login", login)
			.query(Integer.class)
			.optional()
			.isPresent();
	}

	/** The lead stays on the case until the lead ends. */
	@Transactional
	public void addLead(String number, String login) {
		this.store.addOfficer(this.store.get(number).id(), "lead", login, null, this.clock.instant());
	}

	/** Ends what {@link #addLead} began. */
	@Transactional
	public void endLead(String number) {
		this.store.endParts(this.store.get(number).id(), "lead", null, this.clock.instant());
	}

	/**
	 * The case goes from one casusregisseur to the next.
	 * @param from login; whose part may have ended already
	 */
	@Transactional
	public void passOn(String number, String from, String next) {
		long id = this.store.get(number).id();
		this.store.endPart(id, "caseDirector", from, this.clock.instant());
		if (!team(number).contains(next)) {
			this.store.addOfficer(id, "caseDirector", next, null, this.clock.instant());
		}
	}

	/**
	 * Ends every part that somebody has in any case, and who stood in for them; of who
	 * still has a function elsewhere the parts in the team of a case they lost, and
	 * standing in for or by who is no colleague any more.
	 * @return numbers of the cases where they were of the team and cannot be any more
	 */
	@Transactional
	public Set<String> endParts(String login, boolean all) {
		Set<String> lost = this.store.db()
			.sql("select doorbraak.lost_cases(:login)")
			.param("login", login)
			.query(String.class)
			.set();
		this.store.db()
			.sql("""
					update doorbraak.case_participant p set until = :now from doorbraak.case_file c
					where c.id = p.case_id and p.until is null and (p.officer_login = :login or p.stands_in_for = :login)
					  and (:all or p.role in ('caseDirector', 'deputy') and c.number = any (:lost)
					    or p.stands_in_for is not null and not exists (
					      select from doorbraak.post mine join doorbraak.post theirs using (organisation_id)
					      where mine.officer_login = p.officer_login and theirs.officer_login = p.stands_in_for))""")
			.param("all", all)
			.param("lost", lost.toArray(String[]::new))
			.param("now", java.sql.Timestamp.from(this.clock.instant()))
			.param("login", login)
			.update();
		return lost;
	}

	/** The people of the case as a body must know them: name and day of birth. */
	@Transactional(readOnly = true)
	public List<String> residents(String number) {
		return this.store.residents(this.store.get(number).id());
	}

	/** What somebody wrote in a field of an entry. */
	@Transactional(readOnly = true)
	public String written(String number, long entry, String field) {
		return this.store.entries(this.store.get(number).id())
			.stream()
			.filter((each) -> each.id() == entry)
			.findFirst()
			.map((each) -> new Answers(each.answers()).text(field))
			.orElse("");
	}

	/**
	 * What was asked in an entry, for who it was asked: also when the question is in a
	 * compartment.
	 */
	@Transactional(readOnly = true)
	public String asked(String number, long entry, String field) {
		return this.store.opening(this.store.compartments(this.store.get(number).id()),
				() -> written(number, entry, field));
	}

	/** Puts an entry where another is, if that is in a compartment. */
	@Transactional
	public void keepWith(long entry, long other) {
		this.store.db()
			.sql("select doorbraak.put_in_compartment(doorbraak.compartment_of(:other), 'entry', :entry)")
			.param("entry", entry)
			.param("other", other)
			.query(Boolean.class)
			.single();
	}

	private CaseFile visible(String login, String number) {
		if (!isOn(login, number)) {
			throw Refused.notFound();
		}
		return this.store.get(number);
	}

	/**
	 * Logins of the casusregisseur and the deputy: the team that has the case from
	 * opening.
	 */
	public List<String> team(String number) {
		return officers(number, List.of("caseDirector", "deputy"));
	}

	/** The team with since when, the casusregisseur before the deputy. */
	@Transactional(readOnly = true)
	public List<TeamMember> teamMembers(String number) {
		return this.store.db()
			.sql("""
					select p.officer_login, p.role, p.since from doorbraak.case_participant p join doorbraak.case_file c on c.id = p.case_id
					where c.number = :number and p.role in ('caseDirector', 'deputy') and p.until is null
					order by p.role, p.id""")
			.param("number", number)
			.query((row, n) -> new TeamMember(row.getString("officer_login"),
					row.getString("role").equals("caseDirector"), row.getTimestamp("since").toInstant()))
			.list();
	}

	/** The same of many cases; nothing for a case that nobody has. */
	public Map<String, List<String>> teams(Collection<String> numbers) {
		Map<String, List<String>> teams = new HashMap<>();
		this.store.db()
			.sql("""
					select c.number, p.officer_login from doorbraak.case_participant p join doorbraak.case_file c on c.id = p.case_id
					where c.number = any (cast((select cast(:numbers as text[])) as text[]))
					  and p.role in ('caseDirector', 'deputy') and p.until is null order by p.id""")
			.param("numbers", numbers.toArray(String[]::new))
			.query((row) -> {
				teams.computeIfAbsent(row.getString(1), (number) -> new ArrayList<>()).add(row.getString(2));
			});
		return teams;
	}

	/** Login of the person who has accepted the lead. */
	public Optional<String> lead(String number) {
		return officers(number, List.of("lead")).stream().findFirst();
	}

	private List<String> officers(String number, List<String> roles) {
		return this.store.db()
			.sql("""
					select p.officer_login from doorbraak.case_participant p join doorbraak.case_file c on c.id = p.case_id
					where c.number = :number and p.role in (:roles) and p.until is null order by p.id""")
			.param("number", number)
			.param("roles", roles)
			.query(String.class)
			.list();
	}

	/**
	 * Where the case stands, for other rooms: codes and dates, and no reading of the
	 * case.
	 */
	@Transactional(readOnly = true)
	public Standing standing(String number) {
		CaseFile file = this.store.get(number);
		return new Standing(file.municipality(), file.eventDate(), this.store.stays(file.id()));
	}

	/** Whether the case stands still. */
	@Transactional(readOnly = true)
	public boolean isPaused(String number) {
		return this.store.pausedSince(this.store.get(number).id()).isPresent();
	}

	/**
	 * Holds the case until the end of the transaction. Who writes about a case holds it
	 * first, so that locks are taken in one order everywhere.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void hold(String number) {
		this.store.lock(number);
	}

	/**
	 * Whether a text names somebody of the household of a case: for a room that keeps
	 * texts which may not.
	 */
	@Transactional(readOnly = true)
	public boolean isSomebodyNamed(String number, String text) {
		return names(this.store.get(number)).areIn(text);
	}

	/** Whether the case is the person's own: as casusregisseur or deputy. */
	@Transactional(readOnly = true)
	public boolean isTeam(String login, String number) {
		return isOn(login, number) && isCaseTeam(login, this.store.get(number).id());
	}

	/** Held against the posts of now, as taking part is. */
	boolean isCaseTeam(String login, long caseId) {
		return this.store.db()
			.sql("""
					select 1 from doorbraak.case_participant p join doorbraak.case_file c on c.id = p.case_id
					where p.case_id = :id and p.officer_login = :login and p.role in ('caseDirector', 'deputy') and p.until is null
					  and exists (select 1 from doorbraak.post o where o.officer_login = :login
					              and o.organisation_id = c.municipality_id)""")
			.param("id", caseId)
			.param("login", login)
			.query(Integer.class)
			.optional()
			.isPresent();
	}

	/**
	 * Somebody of the team that has a case.
	 *
	 * @param director whether as casusregisseur, and not as deputy
	 */
	public record TeamMember(String login, boolean director, Instant since) {
	}

	/**
	 * Where a case stands.
	 *
	 * @param municipality id of the municipality that has the case
	 * @param eventDate the day the threat comes true
	 * @param stays on the rungs, the last one last
	 */
	public record Standing(String municipality, @Nullable LocalDate eventDate, List<RungStay> stays) {

		/** The stay on the rung it is on, or was on last. */
		public RungStay last() {
			return this.stays.get(this.stays.size() - 1);
		}

	}

	/**
	 * A case with everything on it.
	 *
	 * @param members without their names where the reader may not know who it is
	 * @param identified whether the reader may
	 * @param team whether the reader is of the team that has the case, and may act on it
	 * @param at when it was read
	 * @param reader as what
	 * @param accesses who read it without being on it, for its team
	 */
	public record Dossier(CaseFile file, List<RungStay> stays, List<HouseholdMember> members, boolean identified,
			List<Entry> entries, Optional<Instant> pausedSince, boolean team, Instant at, Reader reader,
			List<EmergencyAccess> accesses) {

		/** The last answer to a form, as a list of one or none. */
		public List<Entry> last(String form) {
			return this.entries.stream()
				.filter((entry) -> entry.form().equals(form))
				.reduce((before, after) -> after)
				.stream()
				.toList();
		}

		/**
		 * What the resident said last that is needed, with who wrote it down and when.
		 */
		public Optional<Said> wish() {
			return this.entries.stream()
				.flatMap((entry) -> Wish.in(entry)
					.map((words) -> new Said(words, entry.writtenBy(), entry.writtenAt()))
					.stream())
				.reduce((before, after) -> after);
		}

		/** The rung the case is on, or was on last. */
		public Optional<RungStay> stay() {
			return this.stays.isEmpty() ? Optional.empty() : Optional.of(this.stays.get(this.stays.size() - 1));
		}

	}

	/**
	 * What a resident said.
	 *
	 * @param by login of who wrote it down
	 */
	public record Said(String words, String by, Instant at) {
	}

	/**
	 * As what somebody reads a case.
	 *
	 * @param as the nearest to the case first; never empty
	 */
	public record Reader(List<Viewer> as) {

		public Reader {
			as = List.copyOf(as);
		}

		/** Whether they see this part. */
		public boolean sees(Sight part) {
			return part.isFor(this.as);
		}

		/** The same by its code, for a page. */
		public boolean sees(String part) {
			return Arrays.stream(Sight.values()).filter((each) -> each.code().equals(part)).anyMatch(this::sees);
		}

		/** What they do not see. */
		public List<Sight> hidden() {
			return Arrays.stream(Sight.values()).filter((part) -> !sees(part)).toList();
		}

		/** Whether they are on the case, and not only let in to read it. */
		public boolean acts() {
			return this.as.stream().anyMatch((each) -> each != Viewer.EMERGENCY && each != Viewer.AUDITOR);
		}

		boolean isTeam() {
			return this.as.contains(Viewer.TEAM);
		}

		/** Whether they work on it, and need no other access to read it. */
		boolean isAtWork() {
			return isTeam() || this.as.contains(Viewer.LEAD) || this.as.contains(Viewer.WORKER);
		}

		void refuseUnless(Sight part) {
			if (!sees(part)) {
				throw Refused.forbidden("not-for-this-reader",
						"Dit deel van de casus hoort niet bij waarvoor u hem leest. Hebt u het nodig? Vraag het de casusregisseur.");
			}
		}

		/** What for, where that follows from it alone. */
		private Optional<Purpose> purpose() {
			return this.as.stream().flatMap((viewer) -> Stream.ofNullable(switch (viewer) {
				case TEAM -> Purpose.TEAM;
				case LEAD -> Purpose.LEAD;
				case SIGNER -> Purpose.SIGN;
				case ADVISER -> Purpose.ADVISE;
				case ASKED -> Purpose.ASKED;
				case AUDITOR -> Purpose.AUDIT;
				case WORKER, EMERGENCY -> null;
			})).findFirst();
		}

	}

}
