package nl.doorbraak.carryout;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import nl.doorbraak.carryout.CarryOutEvents.CarryOutBegun;
import nl.doorbraak.carryout.CarryOutEvents.MeasureAdded;
import nl.doorbraak.carryout.CarryOutEvents.MeasureAnswered;
import nl.doorbraak.carryout.CarryOutEvents.MeasureMoved;
import nl.doorbraak.carryout.Measure.Source;
import nl.doorbraak.carryout.Measure.State;
import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.PlanPart;
import nl.doorbraak.casefile.Plans;
import nl.doorbraak.casefile.Writing;
import nl.doorbraak.directory.Absence;
import nl.doorbraak.directory.Absences;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Typed;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The action list of a case: who does what, before which day. Who does it says that it is
 * done; who works on the case enters what somebody outside Doorbraak said.
 */
@Service
public class Measures {

	static final String ADD = "add-measure";

	static final String ANSWER = "answer-measure";

	private static final int LONGEST_TEXT = 4000;

	private static final String WITH_WORDS = """
			select m.*, c.number,
			  (select f ->> 'value' from jsonb_array_elements(e.fields) f where f ->> 'key' = 'what') as what,
			  (select f ->> 'value' from jsonb_array_elements(a.fields) f where f ->> 'key' = 'said') as said,
			  (select s.mandate_number || ', versie ' || s.mandate_version from doorbraak.sign_off s
			   where s.gate_id = m.proposal_id and s.outcome = 'agreed' order by s.id desc limit 1) as mandate
			from doorbraak.measure m join doorbraak.case_file c on c.id = m.case_id
			join doorbraak.entry e on e.id = m.entry_id left join doorbraak.entry a on a.id = m.answer_entry_id
			""";

	private final JdbcClient db;

	private final CaseFiles files;

	private final Writing writing;

	private final Plans plans;

	private final Directory directory;

	private final Absences absences;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Measures(JdbcClient db, CaseFiles files, Writing writing, Plans plans, Directory directory, Absences absences,
			Clock clock, ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.writing = writing;
		this.plans = plans;
		this.directory = directory;
		this.absences = absences;
		this.clock = clock;
		this.events = events;
	}

	/** The action list of a case, by organisation and day. */
	@Transactional(readOnly = true)
	public List<Measure> of(String number) {
		return this.db.sql(WITH_WORDS + " where c.number = :number order by m.organisation_id, m.due_on, m.id")
			.param("number", number)
			.query((row, n) -> measure(row))
			.list();
	}

	/** One of them. */
	@Transactional(readOnly = true)
	public Measure get(long id) {
		return find(id).orElseThrow(Refused::notFound);
	}

	/**
	 * What waits for the officer: what is theirs, what nobody is named for at the
	 * organisation that they answer for, or in a case of their team.
	 */
	@Transactional(readOnly = true)
	public List<Measure> waitingFor(String login) {
		List<String> persons = new ArrayList<>(List.of(login));
		standIns(login).forEach((absence) -> persons.add(absence.login()));
		List<String> bodies = persons.stream()
			.flatMap((person) -> this.directory.answersFor(person).stream())
			.distinct()
			.toList();
		return this.db.sql(WITH_WORDS + """
				where m.state = 'open' and (m.person = any (:persons) or m.person is null and (
				  m.organisation_id <> c.municipality_id and m.organisation_id = any (:bodies)
				  or m.organisation_id = c.municipality_id and exists (select 1 from doorbraak.case_participant p
				    where p.case_id = c.id and p.officer_login = :login and p.role in ('caseDirector', 'deputy')
				      and p.until is null and exists (select 1 from doorbraak.post o where o.officer_login = :login
				        and o.organisation_id = c.municipality_id))))
				order by m.due_on, m.id limit 200""")
			.param("login", login)
			.param("persons", persons.toArray(String[]::new))
			.param("bodies", bodies.toArray(String[]::new))
			.query((row, n) -> measure(row))
			.list();
	}

	/** Whether the officer is who does it, or stands in for them today. */
	@Transactional(readOnly = true)
	public boolean does(String login, Measure measure) {
		return waits(login, measure) || standIns(login).stream().anyMatch((away) -> waits(away.login(), measure));
	}

	private boolean waits(String login, Measure measure) {
		if (measure.person() != null) {
			return measure.person().equals(login);
		}
		return this.files.get(measure.number()).municipality().equals(measure.organisation())
				? this.files.isTeam(login, measure.number())
				: this.directory.answersFor(login).contains(measure.organisation());
	}

	private List<Absence> standIns(String login) {
		return this.absences.on(DutchTime.day(this.clock.instant()))
			.stream()
			.filter((absence) -> login.equals(absence.deputy()))
			.toList();
	}

	/**
	 * Puts something on the list.
	 * @param who id of an organisation, or that and a login with a slash between them
	 * @throws Refused who does not work on the case (403, 404), when nothing more is
	 * carried out (409), or when it cannot be (400)
	 */
	@Transactional
	public void add(String login, String number, String source, String what, String who, @Nullable LocalDate dueOn,
			String cost) {
		CaseFile file = open(login, number);
		Source from = Coded.find(Source.class, source)
			.orElseThrow(() -> Refused.invalid("measure-source", "Kies waaruit deze maatregel volgt.", "source"));
		String said = Typed.text(what, LONGEST_TEXT, "measure-what",
				"Schrijf op wat er moet gebeuren, in hoogstens " + LONGEST_TEXT + " tekens.", "what");
		Doer doer = doer(who);
		LocalDate last = day(dueOn);
		Long cents = Typed.cents(cost, "measure-cost",
				"Schrijf het bedrag in euro's, bijvoorbeeld 1250 of 1250,50. Laat het leeg als het niets kost.",
				"cost");
		add(file, login, from, null, said, doer, last, cents);
	}

	private void add(CaseFile file, String by, Source source, @Nullable Integer planLine, String what, Doer doer,
			LocalDate dueOn, @Nullable Long cents) {
		this.writing.record(file.number(), ADD, by, List.of(new Answer("what", "Wat moet er gebeuren?", what, what)));
		long entry = this.writing.latestOfCase(file.number(), ADD).orElseThrow().id();
		long id = this.db
			.sql("""
					insert into doorbraak.measure (case_id, entry_id, source, plan_line, proposal_id, organisation_id, person, due_on,
					  cost_cents, made_by, made_at)
					values (:case, :entry, :source, :planLine,
					  (select max(p.id) from doorbraak.proposal p where p.case_number = :number and p.state = 'signed'),
					  :organisation, :person, :due, :cents, :by, :now)
					on conflict (case_id, plan_line) do nothing returning id""")
			.param("case", file.id())
			.param("number", file.number())
			.param("entry", entry)
			.param("source", source.code())
			.param("planLine", planLine, Types.INTEGER)
			.param("organisation", doer.organisation())
			.param("person", doer.person(), Types.VARCHAR)
			.param("due", Date.valueOf(dueOn))
			.param("cents", cents, Types.BIGINT)
			.param("by", by)
			.param("now", now())
			.query(Long.class)
			.single();
		this.events.publishEvent(new MeasureAdded(file.number(), by, id, doer.organisation(), doer.person(), dueOn,
				source.code(), cents));
	}

	/** What the plan says must be done, is done by who the plan names. */
	@EventListener
	@Transactional(propagation = Propagation.MANDATORY)
	public void takeOver(CarryOutBegun event) {
		CaseFile file = this.files.get(event.number());
		LocalDate byDefault = DutchTime.lastDay(event.dueAt());
		this.plans.of(event.number()).current(PlanPart.BREAKTHROUGH).forEach((line) -> {
			LocalDate before = Optional.ofNullable(line.text("before")).map(LocalDate::parse).orElse(byDefault);
			String body = line.body();
			add(file, Actor.SOFTWARE, Source.PLAN, line.line(), String.valueOf(line.text("what")),
					new Doer((body != null) ? body : file.municipality(), null),
					before.isBefore(byDefault) ? byDefault : before, line.amountCents());
		});
	}

	/**
	 * Says how it went.
	 * @param said what somebody wrote with it: needed where it failed or lapsed, and
	 * where somebody else than who does it answers
	 * @throws Refused for who has nothing to do with it (404), who is on the case but
	 * does not work on it (403), when it was answered before (409), or when the words are
	 * missing (400)
	 */
	@Transactional
	public Measure answer(String login, long id, String outcome, String said) {
		Measure measure = get(id);
		boolean doer = does(login, measure);
		CaseFile file = doer ? this.files.lock(measure.number()) : this.files.lockForWorker(login, measure.number());
		State state = Coded.find(State.class, outcome)
			.filter((each) -> each == State.DONE || each == State.FAILED
					|| each == State.DROPPED && this.files.worksOn(login, measure.number()))
			.orElseThrow(() -> Refused.invalid("measure-answer", "Kies: gedaan, niet gelukt of vervallen.", "outcome"));
		boolean ofOthers = !doer && !this.directory.worksFor(login, measure.organisation());
		String words = said.strip();
		if (words.isEmpty() && (state != State.DONE || ofOthers)) {
			throw Refused.invalid("measure-said",
					(state == State.DONE) ? "Schrijf op wie van die organisatie zei dat het is gedaan, en wanneer."
							: "Schrijf op waarom: wat hield het tegen, of waarom hoeft het niet meer?",
					"said");
		}
		close(file, get(id), state, login, words, ofOthers);
		return get(id);
	}

	private void close(CaseFile file, Measure measure, State state, String login, String words, boolean ofOthers) {
		if (!measure.isOpen()) {
			throw Refused.conflict("measure-answered",
					"Over deze maatregel is al antwoord gegeven: " + measure.state().label() + ". Ververs de pagina.");
		}
		Long entry = null;
		if (!words.isEmpty()) {
			String text = Typed.text(words, LONGEST_TEXT, "measure-said",
					"Schrijf uw toelichting in hoogstens " + LONGEST_TEXT + " tekens.", "said");
			this.writing.record(file.number(), ANSWER, login,
					List.of(new Answer("measure", "Maatregel", measure.what(), measure.what()),
							new Answer("outcome", "Antwoord", state.code(), state.label()),
							new Answer("said", "Toelichting", text, text)));
			entry = this.writing.latestOfCase(file.number(), ANSWER).orElseThrow().id();
		}
		this.db
			.sql("""
					update doorbraak.measure set state = :state, answered_by = :by, answered_at = :now, answer_entry_id = :entry
					where id = :id""")
			.param("state", state.code())
			.param("by", login)
			.param("now", now())
			.param("entry", entry, Types.BIGINT)
			.param("id", measure.id())
			.update();
		this.events.publishEvent(new MeasureAnswered(file.number(), login, measure.id(), measure.organisation(),
				state.code(), ofOthers));
	}

	/**
	 * Another last day.
	 * @throws Refused who does not work on the case (403, 404), when it was answered
	 * (409), or when the day cannot be (400)
	 */
	@Transactional
	public Measure move(String login, long id, @Nullable LocalDate dueOn) {
		Measure before = get(id);
		this.files.lockForWorker(login, before.number());
		Measure measure = get(id);
		if (!measure.isOpen()) {
			throw Refused.conflict("measure-answered",
					"Over deze maatregel is al antwoord gegeven: " + measure.state().label() + ". Ververs de pagina.");
		}
		LocalDate last = day(dueOn);
		if (!last.equals(measure.dueOn())) {
			this.db.sql(
					"update doorbraak.measure set due_on = :due, soon_told_at = null, late_told_at = null where id = :id")
				.param("due", Date.valueOf(last))
				.param("id", id)
				.update();
			this.events.publishEvent(new MeasureMoved(measure.number(), login, id, measure.dueOn(), last));
		}
		return get(id);
	}

	/**
	 * The team says that everything is done: what its own organisation did is done by
	 * that, what others do they say themselves.
	 * @throws Refused (400) naming who has not said so
	 */
	void allDone(CaseFile file, String login) {
		List<Measure> open = of(file.number()).stream().filter(Measure::isOpen).toList();
		List<String> others = open.stream()
			.map(Measure::organisation)
			.filter((body) -> !body.equals(file.municipality()))
			.distinct()
			.map((body) -> this.directory.getOrganisation(body).name())
			.toList();
		if (!others.isEmpty()) {
			throw Refused.invalid("measures-open", "Nog niet alles is gedaan: " + String.join(" en ", others)
					+ " moet eerst bevestigen wat zij doet. Leg op de pagina Uitvoering vast wat u van haar hoorde, of antwoord Deels.",
					"carriedOut");
		}
		open.forEach((measure) -> close(file, measure, State.DONE, login, "", false));
	}

	/** Nothing more will be done: what is open lapses. */
	void dropAll(CaseFile file, String login) {
		of(file.number()).stream()
			.filter(Measure::isOpen)
			.forEach((measure) -> close(file, measure, State.DROPPED, login, "", false));
	}

	/**
	 * Gives an open measure to who does it now, because who did it left. For the room
	 * that hands over.
	 * @param next login; null: whoever at the organisation takes it up
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void passOn(long id, @Nullable String next) {
		this.db.sql("update doorbraak.measure set person = :next where id = :id and state = 'open'")
			.param("next", next, Types.VARCHAR)
			.param("id", id)
			.update();
	}

	/** Whether something can still be put on the list. */
	@Transactional(readOnly = true)
	public boolean isOpen(CaseFile file) {
		return file.state() == CaseFile.State.OPEN
				|| this.db.sql("select 1 from doorbraak.carry_out where case_id = :id and ended_at is null")
					.param("id", file.id())
					.query(Integer.class)
					.optional()
					.isPresent();
	}

	private CaseFile open(String login, String number) {
		CaseFile file = this.files.lockForWorker(login, number);
		if (!isOpen(file)) {
			throw Refused.conflict("nothing-to-do",
					"Deze casus is gesloten en de uitvoering is klaar. Is er nog iets nodig? Meld dan een nieuwe casus.");
		}
		return file;
	}

	private Doer doer(String who) {
		String[] parts = who.split("/", 2);
		Organisation body = this.directory.allOrganisations()
			.stream()
			.filter((each) -> each.id().equals(parts[0]))
			.findFirst()
			.orElseThrow(() -> Refused.invalid("measure-who", "Kies uit de lijst wie het doet.", "who"));
		if (parts.length == 1) {
			return new Doer(body.id(), null);
		}
		if (!this.directory.worksFor(parts[1], body.id())) {
			throw Refused.invalid("measure-who", "Deze persoon werkt niet bij " + body.name() + ". Kies uit de lijst.",
					"who");
		}
		return new Doer(body.id(), parts[1]);
	}

	private LocalDate day(@Nullable LocalDate day) {
		LocalDate today = DutchTime.day(this.clock.instant());
		if (day == null || day.isBefore(today) || day.isAfter(today.plusYears(2))) {
			throw Refused.invalid("measure-day", "Kies de laatste dag: vandaag of later, en binnen twee jaar.",
					"dueOn");
		}
		return day;
	}

	private Timestamp now() {
		return Timestamp.from(this.clock.instant());
	}

	private Optional<Measure> find(long id) {
		return this.db.sql(WITH_WORDS + " where m.id = :id").param("id", id).query((row, n) -> measure(row)).optional();
	}

	private static Measure measure(ResultSet row) throws SQLException {
		Timestamp answeredAt = row.getTimestamp("answered_at");
		return new Measure(row.getLong("id"), row.getString("number"), Coded.of(Source.class, row.getString("source")),
				row.getString("what"), row.getString("organisation_id"), row.getString("person"),
				row.getObject("due_on", LocalDate.class), row.getObject("cost_cents", Long.class),
				row.getString("mandate"), Coded.of(State.class, row.getString("state")), row.getString("made_by"),
				row.getTimestamp("made_at").toInstant(), row.getString("answered_by"),
				(answeredAt != null) ? answeredAt.toInstant() : null, row.getString("said"),
				row.getTimestamp("late_told_at") != null);
	}

	private record Doer(String organisation, @Nullable String person) {
	}

}
