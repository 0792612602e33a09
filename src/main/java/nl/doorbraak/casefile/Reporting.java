package nl.doorbraak.casefile;

import java.security.SecureRandom;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import nl.doorbraak.casefile.CaseEvents.CaseRead;
import nl.doorbraak.casefile.CaseEvents.CaseReported;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.ladder.Terms;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.FormRules.Answers;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Reporting a case: one screen, one required sentence; the municipality follows from the
 * login.
 */
@Service
public class Reporting {

	private static final SecureRandom RANDOM = new SecureRandom();

	private final CaseStore store;

	private final CaseFiles files;

	private final Writing writing;

	private final Directory directory;

	private final CaseSystem caseSystem;

	private final Terms terms;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	private final TransactionTemplate ownTransaction;

	Reporting(CaseStore store, CaseFiles files, Writing writing, Directory directory, CaseSystem caseSystem,
			Terms terms, Clock clock, ApplicationEventPublisher events, PlatformTransactionManager transactions) {
		this.store = store;
		this.files = files;
		this.writing = writing;
		this.directory = directory;
		this.caseSystem = caseSystem;
		this.terms = terms;
		this.clock = clock;
		this.events = events;
		this.ownTransaction = new TransactionTemplate(transactions);
		this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	/**
	 * Opens a case file from the checked answers of {@link Report#FORM} and returns its
	 * number. The reporter becomes the casusregisseur. Publishes {@link CaseReported}.
	 * @throws Refused who is no casusregisseur (403), a date that cannot be (400), a
	 * household that has an open case (409)
	 */
	@Transactional
	public String report(String login, List<Answer> answers) {
		Report report = Report.of(new Answers(answers));
		Officer reporter = this.directory.getOfficer(login);
		String municipality = reporter.organisationAs(Function.CASE_DIRECTOR)
			.orElseThrow(() -> Refused.forbidden("no-case-director",
					"Alleen een casusregisseur van een gemeente meldt een casus. Vraag een casusregisseur van uw gemeente om te melden."));
		checkDates(report, DutchTime.day(this.clock.instant()));
		long household = household(report, municipality, login);
		String number = open(login, reporter, municipality, report, household);
		String member = report.memberName();
		if (member != null) {
			this.store.addMember(this.store.get(number),
					new HouseholdMember(member, report.memberBirthDate(), "adult", null, null, false));
		}
		this.events.publishEvent(new CaseReported(number, login, municipality, this.store.get(number).termsVersion()));
		if (report.caseSystemNumber() != null) {
			this.caseSystem.keep(login, this.store.get(number), report.caseSystemNumber());
		}
		this.writing.record(number, Report.FORM, login, answers);
		return number;
	}

	/**
	 * What an early signal says is written in the open case of that household; where
	 * there is none it opens one. Who sent it is not on the case.
	 * @param sender login of who sent or entered it
	 * @param director login of who gets a case that it opens
	 * @param resident with name and date of birth, by which the household is known
	 * @throws Refused what cannot be (400), or a director who is none (403)
	 */
	@Transactional
	public Signalled reportSignal(String sender, String director, Signal signal, HouseholdMember resident) {
		Officer officer = this.directory.getOfficer(director);
		String municipality = officer.organisationAs(Function.CASE_DIRECTOR)
			.orElseThrow(() -> Refused.forbidden("no-case-director", "Alleen een casusregisseur krijgt een casus."));
		Report report = new Report(signal.sentence(), signal.lifeDomains(), signal.threat(), signal.eventDate(),
				signal.amountCents(), resident.name(), resident.birthDate(), null, null, false);
		checkDates(report, DutchTime.day(this.clock.instant()));
		Optional<Long> known = known(resident.name(), Objects.requireNonNull(resident.birthDate()), municipality);
		Optional<String> open = known.flatMap(this::openCase);
		String number = open.orElseGet(() -> {
			String opened = open(sender, officer, municipality, report,
					known.orElseGet(() -> newHousehold(municipality)));
			this.store.addMember(this.store.get(opened), resident);
			this.events
				.publishEvent(new CaseReported(opened, sender, municipality, this.store.get(opened).termsVersion()));
			return opened;
		});
		if (open.isPresent() && sender.equals(director) && !this.files.isOn(sender, number)) {
			this.events.publishEvent(new CaseRead(number, sender, "report-same-household", Purpose.REPORT));
		}
		this.writing.record(number, Signal.FORM, sender, signal.answers());
		return new Signalled(number, open.isPresent());
	}

	/** Whether a case holds just this signal. */
	@Transactional(readOnly = true)
	public boolean holds(String number, Signal signal) {
		return this.store.entries(this.store.get(number).id())
			.stream()
			.anyMatch((entry) -> entry.form().equals(Signal.FORM)
					&& shown(entry.answers()).equals(shown(signal.answers())));
	}

	private static List<String> shown(List<Answer> answers) {
		return answers.stream().map((answer) -> answer.key() + " " + answer.shown()).toList();
	}

	/** The reporter, or who gets the case, becomes the casusregisseur. */
	private String open(String reporter, Officer director, String municipality, Report report, long household) {
		Instant now = this.clock.instant();
		String number = this.store.db()
			.sql("""
					select 'DB-' || extract(year from cast(:now as timestamptz) at time zone 'Europe/Amsterdam') || '-'
					  || lpad(nextval('doorbraak.case_number_seq')::text, 6, '0')""")
			.param("now", Timestamp.from(now))
			.query(String.class)
			.single();
		long caseId = insert(number, household, municipality, reporter, now, report);
		this.store.addOfficer(caseId, "caseDirector", director.login(), null, now);
		String deputy = director.deputy();
		if (deputy != null) {
			this.store.addOfficer(caseId, "deputy", deputy, null, now);
		}
		return number;
	}

	private static void checkDates(Report report, LocalDate today) {
		LocalDate event = report.eventDate();
		CaseActions.checkEventDate(event, today);
		CaseActions.checkName(report.memberName(), "memberName");
		LocalDate birth = report.memberBirthDate();
		CaseActions.checkBirthDate(birth, today, "memberBirthDate");
		if (birth != null && report.memberName() == null) {
			throw Refused.invalid("member-name", "Vul bij de geboortedatum ook de naam van de inwoner in.",
					"memberName");
		}
	}

	/**
	 * The household of the named resident: an earlier one of the same municipality where
	 * name and date of birth are equal, else a new one. Two reports of one resident at
	 * once are taken one after the other.
	 */
	private long household(Report report, String municipality, String login) {
		String name = report.memberName();
		LocalDate birth = report.memberBirthDate();
		if (name != null && birth != null) {
			Optional<Long> known = known(name, birth, municipality);
			if (known.isPresent()) {
				if (!report.reportAnyway()) {
					refuseSecondCase(known.get(), municipality, login);
				}
				return known.get();
			}
		}
		return newHousehold(municipality);
	}

	private Optional<Long> known(String name, LocalDate birth, String municipality) {
		String normalised = HouseholdMember.normalise(name);
		this.store.db()
			.sql("select pg_advisory_xact_lock(hashtextextended(:who, 1))")
			.param("who", municipality + '|' + normalised + '|' + birth)
			.query((row, n) -> n)
			.single();
		return this.store.db()
			.sql("""
					select h.id from doorbraak.household h join doorbraak.household_member m on m.household_id = h.id
					where h.municipality_id = :municipality and m.normalised_name = :name and m.birth_date = :birth
					order by h.id limit 1""")
			.param("municipality", municipality)
			.param("name", normalised)
			.param("birth", birth)
			.query(Long.class)
			.optional();
	}

	private long newHousehold(String municipality) {
		return this.store.db()
			.sql("insert into doorbraak.household (municipality_id) values (:municipality) returning id")
			.param("municipality", municipality)
			.query(Long.class)
			.single();
	}

	private Optional<String> openCase(long household) {
		return this.store.db().sql("""
				select number from doorbraak.case_file where household_id = :household and state <> 'closed'
				order by id desc limit 1""").param("household", household).query(String.class).optional();
	}

	private void refuseSecondCase(long household, String municipality, String login) {
		openCase(household).ifPresent((number) -> {
			this.ownTransaction.executeWithoutResult((tx) -> this.events
				.publishEvent(new CaseRead(number, login, "report-same-household", Purpose.REPORT)));
			throw Refused.conflict("case-exists",
					this.files.isOn(login, number) ? "Er loopt al een casus voor dit huishouden: " + number
							+ ". U werkt eraan mee; ga daar verder. Is het toch iets anders? Zet dan 'Toch melden' aan."
							: "Er loopt al een casus voor dit huishouden. Bel de casusregisseur" + phone(municipality)
									+ ". Is het toch iets anders? Zet dan 'Toch melden' aan.");
		});
	}

	private String phone(String municipality) {
		Organisation organisation = this.directory.getOrganisation(municipality);
		return " van " + organisation.name()
				+ ((organisation.phone() != null) ? " (" + organisation.phone() + ")" : "");
	}

	private long insert(String number, long household, String municipality, String login, Instant now, Report report) {
		byte[] hashKey = new byte[32];
		RANDOM.nextBytes(hashKey);
		Threat threat = report.threat();
		return this.store.db()
			.sql("""
					insert into doorbraak.case_file (number, household_id, municipality_id, state, what_is_stuck, life_domains,
					  threat, event_date, amount_cents, involved, reported_by, reported_at, terms_version, hash_key)
					values (:number, :household, :municipality, 'reported', :stuck, :domains, :threat, :event, :amount,
					  :involved, :login, :now, :terms, :key) returning id""")
			.param("number", number)
			.param("household", household)
			.param("municipality", municipality)
			.param("stuck", report.whatIsStuck())
			.param("domains", report.lifeDomains().toArray(String[]::new))
			.param("threat", code(threat))
			.param("event", report.eventDate())
			.param("amount", report.amountCents())
			.param("involved", report.involved())
			.param("login", login)
			.param("now", Timestamp.from(now))
			.param("terms",
					this.terms.currentVersion(now, municipality, this.directory.getOrganisation(municipality).region()))
			.param("key", hashKey)
			.query(Long.class)
			.single();
	}

	/**
	 * Where an early signal was written down.
	 *
	 * @param joined whether the case was there
	 */
	public record Signalled(String number, boolean joined) {
	}

	/**
	 * What an early signal says.
	 *
	 * @param sentence what is stuck, naming nobody
	 * @param answers as they stand in the case file
	 */
	public record Signal(String sentence, List<String> lifeDomains, @Nullable Threat threat,
			@Nullable LocalDate eventDate, @Nullable Long amountCents, List<Answer> answers) {

		/** What it is written down as. */
		public static final String FORM = "early-signal";

	}

	private static @Nullable String code(@Nullable Threat threat) {
		return (threat != null) ? threat.code() : null;
	}

}
