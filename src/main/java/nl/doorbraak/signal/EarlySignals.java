package nl.doorbraak.signal;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.casefile.CaseActions;
import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.HouseholdMember;
import nl.doorbraak.casefile.Reporting;
import nl.doorbraak.casefile.Reporting.Signal;
import nl.doorbraak.casefile.Reporting.Signalled;
import nl.doorbraak.casefile.Threat;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.directory.Reach;
import nl.doorbraak.ladder.Term;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.signal.SignalEvents.SignalClosed;
import nl.doorbraak.signal.SignalEvents.SignalContactSought;
import nl.doorbraak.signal.SignalEvents.SignalReceived;
import nl.doorbraak.support.CitizenNumber;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.Locks;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Typed;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Takes early signals in (Wgs article 3, first paragraph, under b): by a system of a
 * signalling party, or typed over by a casusregisseur. Each is written in the open case
 * of its household, or opens one on the lowest level; whom it is about stands nowhere
 * else.
 */
@Service
public class EarlySignals {

	private static final int LONGEST = 200;

	private static final int MOST_MONTHS = 120;

	private static final int SHOWN = 200;

	private final JdbcClient db;

	private final Reporting reporting;

	private final CaseFiles files;

	private final CaseActions actions;

	private final SignalParties parties;

	private final Directory directory;

	private final Reach reach;

	private final Terms terms;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	EarlySignals(JdbcClient db, Reporting reporting, CaseFiles files, CaseActions actions, SignalParties parties,
			Directory directory, Reach reach, Terms terms, Clock clock, ApplicationEventPublisher events) {
		this.db = db;
		this.reporting = reporting;
		this.files = files;
		this.actions = actions;
		this.parties = parties;
		this.directory = directory;
		this.reach = reach;
		this.terms = terms;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Takes in what a system of a signalling party sends. It never hears whether the
	 * household had a case.
	 * @return false when the same was sent before
	 * @throws Refused who may not send this (403), what cannot be (400), another signal
	 * with the same reference (409)
	 */
	@Transactional
	public boolean receive(String sender, String municipality, Told told) {
		Arrears kind = kind(told);
		String organisation = this.directory.posts(sender)
			.stream()
			.filter((post) -> post.function() == Function.AGENCY_OFFICER && this.parties.may(post.organisation(), kind))
			.map(Officer.Post::organisation)
			.findFirst()
			.orElseThrow(() -> Refused.forbidden("no-signal-party",
					"Uw organisatie mag deze signalen niet sturen. Vraag het de beheerder van Doorbraak."));
		String reference = reference(told.reference());
		Organisation town = this.directory.organisations(List.of(municipality)).get(municipality);
		if (town == null || town.kind() != Organisation.Kind.MUNICIPALITY || !town.connected()) {
			throw Refused.invalid("signal-municipality", "Deze gemeente doet niet mee aan Doorbraak.", "municipality");
		}
		Signal signal = signal(told, kind, organisation, reference);
		Locks.alone(this.db, "signal " + organisation + " " + reference);
		Optional<String> before = this.db
			.sql("select case_number from doorbraak.early_signal where sender_id = :sender and reference = :reference")
			.param("sender", organisation)
			.param("reference", reference)
			.query(String.class)
			.optional();
		if (before.isPresent()) {
			if (!this.reporting.holds(before.get(), signal)) {
				throw Refused.conflict("signal-reference",
						"Met dit kenmerk kwam eerder een ander signaal. Stuur een ander signaal met een eigen kenmerk.");
			}
			return false;
		}
		take(sender, director(municipality), organisation, municipality, told, signal, kind, reference);
		return true;
	}

	/**
	 * Takes in what a casusregisseur types over, who gets the case that it opens.
	 * @param from id of the organisation that sent it
	 * @throws Refused who is no casusregisseur (403), what cannot be (400)
	 */
	@Transactional
	public Signalled enter(String login, String from, Told told) {
		String municipality = municipality(login);
		Arrears kind = kind(told);
		String organisation = sender(from, municipality);
		if (Coded.find(Triage.class, told.triage()).isEmpty()) {
			throw Refused.invalid("signal-triage", "Kies: fraude, of zorgen?", "triage");
		}
		return take(login, login, organisation, municipality, told, signal(told, kind, organisation, ""), kind, null);
	}

	/**
	 * Keeps that a signal needs no case, and nothing of whom it is about.
	 * @throws Refused who is no casusregisseur (403), what cannot be (400)
	 */
	@Transactional
	public void dismiss(String login, String from, String kindCode, int months, String reason) {
		String municipality = municipality(login);
		Arrears kind = Coded.find(Arrears.class, kindCode).orElseThrow(EarlySignals::unknownKind);
		NoCase because = reason(reason);
		String organisation = sender(from, municipality);
		insert(login, organisation, municipality, kind, months(months), null, null, null, false, because);
		this.events.publishEvent(new SignalClosed(SignalEvents.CHAIN, login, Optional.empty(), organisation,
				kind.code(), because.code()));
	}

	private Signalled take(String login, String director, String organisation, String municipality, Told told,
			Signal signal, Arrears kind, @Nullable String reference) {
		HouseholdMember resident = resident(told);
		Signalled kept = this.reporting.reportSignal(login, director, signal, resident);
		Term term = this.terms.forEarlySignal(this.clock.instant(), signal.threat() != null,
				this.files.get(kept.number()).termsVersion());
		insert(login, organisation, municipality, kind, told.months(), reference, term, kept.number(), kept.joined(),
				null);
		this.events.publishEvent(
				new SignalReceived(kept.number(), login, organisation, kind.code(), kept.joined(), term.endsAt()));
		return kept;
	}

	private void insert(String login, String organisation, String municipality, Arrears kind, int months,
			@Nullable String reference, @Nullable Term term, @Nullable String number, boolean joined,
			@Nullable NoCase because) {
		Timestamp now = Timestamp.from(this.clock.instant());
		this.db.sql("""
				insert into doorbraak.early_signal (sender_id, reference, municipality_id, kind, months, received_by,
				  received_at, contact_due_at, explanation, case_number, joined, closed_because, closed_by, closed_at)
				values (:sender, :reference, :municipality, :kind, :months, :login, :now, :due, :explanation, :number,
				  :joined, :because, :closedBy, :closedAt)""")
			.param("sender", organisation)
			.param("reference", reference, Types.VARCHAR)
			.param("municipality", municipality)
			.param("kind", kind.code())
			.param("months", months)
			.param("login", login)
			.param("now", now)
			.param("due", (term != null) ? Timestamp.from(term.endsAt()) : null, Types.TIMESTAMP)
			.param("explanation", (term != null) ? term.explanation() : null, Types.VARCHAR)
			.param("number", number, Types.VARCHAR)
			.param("joined", joined)
			.param("because", (because != null) ? because.code() : null, Types.VARCHAR)
			.param("closedBy", (because != null) ? login : null, Types.VARCHAR)
			.param("closedAt", (because != null) ? now : null, Types.TIMESTAMP)
			.update();
	}

	/** Those for which nobody sought contact yet, for who works on their cases. */
	@Transactional(readOnly = true)
	public List<EarlySignal> waiting(String login) {
		return this.directory.getOfficer(login).holds(Function.CASE_DIRECTOR) ? list(login).stream()
			.filter((each) -> each.contactHow() == null && each.closedBecause() == null)
			.toList() : List.of();
	}

	/**
	 * Signals in cases that the reader is on: open ones first, and of these the one whose
	 * term ends first.
	 */
	@Transactional(readOnly = true)
	public List<EarlySignal> list(String login) {
		return this.db
			.sql("""
					select s.* from doorbraak.early_signal s join doorbraak.case_file c on c.number = s.case_number
					where s.municipality_id = :municipality and (s.closed_at is not null or c.state <> 'closed') and c.id in (select p.case_id from doorbraak.case_participant p
					  where p.officer_login = :login and p.until is null)
					order by s.closed_at is not null, s.contact_how is not null, s.contact_due_at, s.id limit :most""")
			.param("municipality", municipality(login))
			.param("login", login)
			.param("most", SHOWN)
			.query((row, n) -> signal(row))
			.list()
			.stream()
			.filter((each) -> this.files.isOn(login, each.number()))
			.toList();
	}

	/** Who can have sent what somebody types over; the own municipality for another. */
	@Transactional(readOnly = true)
	public List<Organisation> senders(String login) {
		return Stream
			.concat(this.directory.allOrganisations()
				.stream()
				.filter((each) -> each.kind() == Organisation.Kind.AGENCY)
				.sorted(Comparator.comparing(Organisation::name)),
					Stream.of(this.directory.getOrganisation(municipality(login))))
			.toList();
	}

	/**
	 * Writes down that contact with the resident was sought.
	 * @throws Refused who does not work on the case (403, 404), when it was closed (409),
	 * or how or when cannot be (400)
	 */
	@Transactional
	public void contact(String login, long id, String how, @Nullable LocalDate day) {
		EarlySignal signal = locked(login, id);
		Contact sought = Coded.find(Contact.class, how)
			.orElseThrow(() -> Refused.invalid("signal-contact", "Kies hoe u contact zocht.", "how"));
		if (day == null || day.isAfter(DutchTime.day(this.clock.instant()))
				|| day.isBefore(DutchTime.day(signal.receivedAt()))) {
			throw Refused.invalid("signal-contact-day",
					"Vul de dag in waarop u contact zocht: niet vóór het signaal, en niet na vandaag.", "day");
		}
		this.db.sql(
				"update doorbraak.early_signal set contact_how = :how, contact_on = :day, contact_by = :login where id = :id")
			.param("how", sought.code())
			.param("day", Date.valueOf(day))
			.param("login", login)
			.param("id", id)
			.update();
		this.events.publishEvent(new SignalContactSought(signal.number(), login, id, sought.code(), day));
	}

	/**
	 * Closes a signal that needs no case; the case that it opened is withdrawn when no
	 * other signal is open in it.
	 * @throws Refused who does not work on the case (403, 404), when it was closed (409),
	 * or without a reason (400)
	 */
	@Transactional
	public void close(String login, long id, String reason) {
		EarlySignal signal = locked(login, id);
		NoCase because = reason(reason);
		this.db.sql(
				"update doorbraak.early_signal set closed_because = :because, closed_by = :login, closed_at = :now where id = :id")
			.param("because", because.code())
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.param("id", id)
			.update();
		this.events.publishEvent(new SignalClosed(signal.number(), login, Optional.of(id), signal.sender(),
				signal.kind().code(), because.code()));
		boolean others = this.db
			.sql("select count(*) from doorbraak.early_signal where case_number = :number and closed_at is null")
			.param("number", signal.number())
			.query(Integer.class)
			.single() > 0;
		if (!signal.joined() && !others && this.files.get(signal.number()).state() != CaseFile.State.CLOSED) {
			this.actions.withdraw(login, signal.number(), "Vroegsignaal zonder casus. " + because.label() + ".");
		}
	}

	private EarlySignal locked(String login, long id) {
		EarlySignal found = this.db
			.sql("select * from doorbraak.early_signal where id = :id and case_number is not null")
			.param("id", id)
			.query((row, n) -> signal(row))
			.optional()
			.orElseThrow(Refused::notFound);
		this.files.lockForWorker(login, found.number());
		EarlySignal signal = this.db.sql("select * from doorbraak.early_signal where id = :id")
			.param("id", id)
			.query((row, n) -> signal(row))
			.single();
		if (signal.closedBecause() != null) {
			throw Refused.conflict("signal-closed", "Dit signaal is al gesloten.");
		}
		return signal;
	}

	private String municipality(String login) {
		return this.directory.getOfficer(login)
			.organisationAs(Function.CASE_DIRECTOR)
			.orElseThrow(() -> Refused.forbidden("no-case-director",
					"Alleen een casusregisseur van een gemeente werkt met vroege signalen."));
	}

	private String sender(String from, String municipality) {
		return Optional.ofNullable(this.directory.organisations(List.of(from)).get(from))
			.filter((each) -> each.kind() == Organisation.Kind.AGENCY || each.id().equals(municipality))
			.map(Organisation::id)
			.orElseThrow(() -> Refused.invalid("signal-sender", "Kies wie het signaal stuurde.", "sender"));
	}

	/**
	 * Who of the casusregisseurs can be reached today and has the fewest open cases.
	 */
	private String director(String municipality) {
		LocalDate today = DutchTime.day(this.clock.instant());
		Map<String, Integer> cases = this.db
			.sql("""
					select p.officer_login, count(*) from doorbraak.case_participant p join doorbraak.case_file c on c.id = p.case_id
					where c.municipality_id = :municipality and c.state <> 'closed' and p.role = 'caseDirector' and p.until is null
					group by 1""")
			.param("municipality", municipality)
			.query((row, n) -> Map.entry(row.getString(1), row.getInt(2)))
			.list()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
		return this.directory.officersOf(municipality, Function.CASE_DIRECTOR)
			.stream()
			.map(Officer::login)
			.min(Comparator.comparing((String login) -> !this.reach.reaches(List.of(login), today))
				.thenComparing((login) -> cases.getOrDefault(login, 0))
				.thenComparing(Comparator.naturalOrder()))
			.orElseThrow(() -> Refused.conflict("nobody-takes-signals",
					"Deze gemeente heeft nu niemand die signalen opvolgt. Bel de gemeente."));
	}

	private static Arrears kind(Told told) {
		return Coded.find(Arrears.class, told.kind()).orElseThrow(EarlySignals::unknownKind);
	}

	private static Refused unknownKind() {
		return Refused.invalid("signal-kind",
				"Kies waar de achterstand is: huur, energie, drinkwater of zorgverzekering.", "kind");
	}

	private static NoCase reason(String code) {
		return Coded.find(NoCase.class, code)
			.orElseThrow(() -> Refused.invalid("signal-reason", "Kies waarom er geen casus nodig is.", "reason"));
	}

	private static int months(int months) {
		if (months < 1 || months > MOST_MONTHS) {
			throw Refused.invalid("signal-months", "Vul in hoeveel maanden de achterstand is: een of meer.", "months");
		}
		return months;
	}

	private static String reference(String typed) {
		String reference = typed.strip();
		if (!reference.matches("[A-Za-z0-9][A-Za-z0-9._/-]{0,63}") || CitizenNumber.isIn(reference)
				|| CitizenNumber.is(reference.replaceAll("[^0-9]", ""))) {
			throw Refused.invalid("signal-reference-form",
					"Het kenmerk heeft hoogstens 64 letters, cijfers, punten, streepjes of schuine strepen, en is geen burgerservicenummer.",
					"reference");
		}
		return reference;
	}

	private static HouseholdMember resident(Told told) {
		String name = Typed.line(told.name(), LONGEST, "signal-name", "Vul de naam van de inwoner in.", "name");
		if (told.birthDate() == null) {
			throw Refused.invalid("signal-birth-date",
					"Vul de geboortedatum in: aan naam en geboortedatum zien wij of er al een casus is.", "birthDate");
		}
		return new HouseholdMember(name, told.birthDate(), "adult", optional(told.contact(), "contact"),
				optional(told.address(), "address"), false);
	}

	private static @Nullable String optional(String typed, String field) {
		return typed.isBlank() ? null : Typed.line(typed, LONGEST, "signal-line",
				"Adres en contact zijn elk een regel, hoogstens " + LONGEST + " tekens.", field);
	}

	private static void refuseCitizenNumber(String typed, String field) {
		if (CitizenNumber.isIn(typed)) {
			throw Refused.invalid("signal-citizen-number",
					"Er staat een burgerservicenummer in. Dat heeft Doorbraak niet nodig: laat het weg.", field);
		}
	}

	/** As it is written in the case file. */
	private Signal signal(Told told, Arrears kind, String organisation, String reference) {
		months(told.months());
		refuseCitizenNumber(told.name(), "name");
		refuseCitizenNumber(told.address(), "address");
		refuseCitizenNumber(told.contact(), "contact");
		HouseholdMember resident = resident(told);
		Threat threat = told.threat().isBlank() ? null : Coded.find(Threat.class, told.threat())
			.orElseThrow(() -> Refused.invalid("signal-threat", "Kies uit de lijst wat er dreigt.", "threat"));
		if (threat == null && told.eventDate() != null) {
			throw Refused.invalid("signal-threat", "Kies bij de datum ook wat er dreigt.", "threat");
		}
		Long cents = Typed.cents(told.amount(), "signal-amount", "Vul het bedrag in euro in, of laat het leeg.",
				"amount");
		String from = this.directory.getOrganisation(organisation).name();
		List<Answer> answers = new ArrayList<>();
		answers.add(new Answer("sender", "Wie stuurde het signaal?", organisation, from));
		add(answers, "reference", "Kenmerk van de afzender", reference);
		answers.add(new Answer("kind", "Waar is de achterstand?", kind.code(), kind.label()));
		answers.add(new Answer("months", "Hoeveel maanden?", told.months(), String.valueOf(told.months())));
		add(answers, "amount", "Bedrag in euro", told.amount().strip());
		add(answers, "name", "Naam", resident.name());
		answers.add(new Answer("birthDate", "Geboortedatum", String.valueOf(resident.birthDate()),
				DutchTime.date(java.util.Objects.requireNonNull(resident.birthDate()))));
		add(answers, "address", "Adres", told.address().strip());
		add(answers, "contact", "Telefoon of e-mail", told.contact().strip());
		if (threat != null) {
			answers.add(new Answer("threat", "Wat dreigt er?", threat.code(), threat.label()));
		}
		LocalDate event = told.eventDate();
		if (event != null) {
			answers.add(new Answer("eventDate", "Wanneer?", event.toString(), DutchTime.date(event)));
		}
		Coded.find(Triage.class, told.triage())
			.ifPresent(
					(triage) -> answers.add(new Answer("triage", "Fraude, of zorgen?", triage.code(), triage.label())));
		return new Signal("Signaal: " + months(told.months()) + ((told.months() == 1) ? " maand" : " maanden")
				+ " achterstand met " + kind.bill() + ".", kind.domains(), threat, event, cents, answers);
	}

	private static void add(List<Answer> answers, String key, String label, String said) {
		if (!said.isEmpty()) {
			answers.add(new Answer(key, label, said, said));
		}
	}

	private static EarlySignal signal(ResultSet row) throws SQLException {
		String how = row.getString("contact_how");
		String because = row.getString("closed_because");
		return new EarlySignal(row.getLong("id"), row.getString("case_number"), row.getString("sender_id"),
				Coded.of(Arrears.class, row.getString("kind")), row.getInt("months"),
				row.getTimestamp("received_at").toInstant(), row.getTimestamp("contact_due_at").toInstant(),
				row.getString("explanation"), row.getBoolean("joined"),
				(how != null) ? Coded.of(Contact.class, how) : null, row.getObject("contact_on", LocalDate.class),
				(because != null) ? Coded.of(NoCase.class, because) : null);
	}

	/** Whether contact was not sought in time, as it stands now. */
	public boolean isLate(EarlySignal signal) {
		return signal.isLate(this.clock.instant());
	}

}
