package nl.doorbraak.casefile;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import nl.doorbraak.casefile.Compartment.Contents;
import nl.doorbraak.casefile.Compartment.Free;
import nl.doorbraak.casefile.Compartment.Item;
import nl.doorbraak.casefile.Compartment.Kind;
import nl.doorbraak.casefile.Compartment.Marks;
import nl.doorbraak.casefile.Compartment.Person;
import nl.doorbraak.casefile.Compartment.Shown;
import nl.doorbraak.casefile.CompartmentEvents.CompartmentClosed;
import nl.doorbraak.casefile.CompartmentEvents.CompartmentFilled;
import nl.doorbraak.casefile.CompartmentEvents.CompartmentMade;
import nl.doorbraak.casefile.CompartmentEvents.CompartmentOpenedForAudit;
import nl.doorbraak.casefile.CompartmentEvents.CompartmentPersonAdded;
import nl.doorbraak.casefile.CompartmentEvents.CompartmentPersonRemoved;
import nl.doorbraak.casefile.CompartmentEvents.CompartmentRead;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Officer.Post;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Typed;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Compartments inside a case: made by its team, read by who is named, and shown here
 * alone. A compartment takes away, it never gives: who may not read the case reads none.
 * What is in one is left out everywhere else by the database, also for who may read it.
 */
@Service
public class Compartments {

	/** Who names a successor where nobody of the team can open one. */
	public static final Set<Function> KEEPERS = Set.of(Function.MANAGER, Function.DIRECTOR);

	static final String FORM = "make-compartment";

	static final String NOTE = "write-in-compartment";

	static final String NAMING = "name-for-compartment";

	static final String CLOSING = "close-compartment";

	/** What others need no more once it is written: these can go into one. */
	private static final Set<String> FREE = Set.of("record-step", "ask-agencies", "hold-round-table", "report-outside",
			Wish.FORM);

	private static final String SELECT = """
			select k.*, c.number from doorbraak.compartment k join doorbraak.case_file c on c.id = k.case_id
			""";

	private static final int LONGEST_REASON = 500;

	private static final int LONGEST_TEXT = 4000;

	private final CaseStore store;

	private final CaseFiles files;

	private final Documents documents;

	private final Writing writing;

	private final Purposes purposes;

	private final Directory directory;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Compartments(CaseStore store, CaseFiles files, Documents documents, Writing writing, Purposes purposes,
			Directory directory, Clock clock, ApplicationEventPublisher events) {
		this.store = store;
		this.files = files;
		this.documents = documents;
		this.writing = writing;
		this.purposes = purposes;
		this.directory = directory;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Makes one, for who makes it and who they name.
	 * @param people logins of officers
	 * @param organisation id; empty for none
	 * @throws Refused who is not of the team (403, 404), or what is missing (400)
	 */
	@Transactional
	public long make(String login, String number, String kind, String why, List<String> people, String organisation) {
		CaseFile file = this.files.lockForTeam(login, number);
		Kind chosen = Coded.find(Kind.class, kind)
			.orElseThrow(() -> Refused.invalid("compartment-kind", "Kies waarom dit deel wordt afgeschermd.", "kind"));
		String said = reason(why, "Schrijf in een zin waarom u dit afschermt");
		long made = this.store.db()
			.sql("""
					insert into doorbraak.compartment (case_id, kind, made_by, made_at) values (:case, :kind, :login, :now)
					returning id""")
			.param("case", file.id())
			.param("kind", chosen.code())
			.param("login", login)
			.param("now", now())
			.query(Long.class)
			.single();
		this.events.publishEvent(new CompartmentMade(number, login, made, chosen.code()));
		write(file, made, FORM, login, "Waarom is dit afgeschermd?", "why", said);
		add(file, made, login, login, null, "named", null);
		people.stream()
			.filter((each) -> !each.isBlank() && !each.equals(login))
			.distinct()
			.forEach((each) -> add(file, made, login, officer(each, "people"), null, "named", null));
		if (!organisation.isBlank()) {
			add(file, made, login, null, organisation(organisation), "named", null);
		}
		return made;
	}

	/** Puts something of the case in one; an answer goes with its question. */
	@Transactional
	public void put(String login, String number, long id, String what) {
		CaseFile file = lockToChange(login, number, id);
		String[] chosen = what.split("-", 2);
		Item item = Coded.find(Item.class, chosen[0])
			.filter((each) -> chosen.length == 2 && chosen[1].matches("[0-9]{1,18}"))
			.orElseThrow(Compartments::nothingChosen);
		long of = Long.parseLong(chosen[1]);
		Free free = free(file);
		boolean may = switch (item) {
			case ENTRY -> free.entries().stream().anyMatch((each) -> each.id() == of);
			case DOCUMENT -> free.documents().stream().anyMatch((each) -> each.id() == of);
			case MEMBER -> free.members().stream().anyMatch((each) -> each.id() == of);
		};
		if (!may || !seal(id, item, of)) {
			throw nothingChosen();
		}
		this.events.publishEvent(new CompartmentFilled(number, login, id, item.code()));
	}

	private static Refused nothingChosen() {
		return Refused.invalid("compartment-item", "Kies uit de lijst wat in het afgeschermde deel moet.", "what");
	}

	/** Writes something that is nowhere else. */
	@Transactional
	public void write(String login, String number, long id, String text) {
		CaseFile file = lockToChange(login, number, id);
		String said = Typed.text(text, LONGEST_TEXT, "compartment-text",
				"Schrijf op wat in het afgeschermde deel moet staan, in hoogstens " + LONGEST_TEXT + " tekens.",
				"text");
		write(file, id, NOTE, login, "Wat moet hier staan?", "text", said);
		this.events.publishEvent(new CompartmentFilled(number, login, id, Item.ENTRY.code()));
	}

	/** Lets somebody read it too: an officer, or everybody of an organisation. */
	@Transactional
	public void name(String login, String number, long id, String person, String organisation) {
		CaseFile file = lockToChange(login, number, id);
		if (person.isBlank() == organisation.isBlank()) {
			throw Refused.invalid("compartment-person", "Kies een persoon of een organisatie.", "person");
		}
		add(file, id, login, person.isBlank() ? null : officer(person, "person"),
				organisation.isBlank() ? null : organisation(organisation), "named", null);
	}

	/**
	 * Lets somebody read it no more.
	 * @throws Refused (409) when nobody of the team could open it then
	 */
	@Transactional
	public void remove(String login, String number, long id, long person) {
		CaseFile file = lockToChange(login, number, id);
		Person gone = get(id).people()
			.stream()
			.filter((each) -> each.id() == person)
			.findFirst()
			.orElseThrow(Refused::notFound);
		end(file, id, login, gone);
		if (!canBeOpened(id)) {
			throw Refused.conflict("compartment-last",
					"Iemand van het team moet dit deel kunnen openen. Noem eerst een ander van het team.");
		}
	}

	/** Ends it: what was in it is read as the rest of the case. */
	@Transactional
	public void close(String login, String number, long id, String why, boolean confirmed) {
		CaseFile file = lockToChange(login, number, id);
		String said = reason(why, "Schrijf in een zin waarom dit niet meer afgeschermd hoeft te zijn");
		if (!confirmed) {
			throw Refused.invalid("not-confirmed",
					"Bevestig dat iedereen die de casus leest, dit daarna ook kan lezen.", "confirmed");
		}
		write(file, id, CLOSING, login, "Waarom hoeft dit niet meer afgeschermd te zijn?", "why", said);
		this.store.db()
			.sql("update doorbraak.compartment set closed_by = :login, closed_at = :now where id = :id")
			.param("login", login)
			.param("now", now())
			.param("id", id)
			.update();
		this.store.db().sql("select doorbraak.empty_compartment(:id)").param("id", id).query((row) -> {
		});
		this.events.publishEvent(new CompartmentClosed(number, login, id));
	}

	/**
	 * The compartments of a case for who may read them; each is recorded as a reading of
	 * it.
	 * @throws Refused (404) who may not read the case, and who is neither named nor of
	 * its team
	 */
	@Transactional
	public Shown read(String login, String number) {
		CaseFiles.Reader reader = this.files.reader(login, number);
		CaseFile file = this.store.get(number);
		List<Compartment> list = seenBy(file, login);
		if (list.isEmpty() && !reader.isTeam()) {
			throw Refused.notFound();
		}
		Purpose purpose = this.files.purpose(login, file, reader);
		list.forEach((each) -> this.events.publishEvent(new CompartmentRead(number, login, each.id(), purpose.code())));
		boolean change = this.files.isCaseTeam(login, file.id());
		Names hidden = this.files.mayKnow(login, number) ? null : this.files.namesOf(file);
		return new Shown(number, list.stream().map((each) -> contents(file, each, hidden, change)).toList(),
				reader.isTeam() && ofCase(file).size() > list.size(), change, change ? free(file) : Free.NOTHING);
	}

	/**
	 * What the page of the case says of them; no reading. Who is not of the team is told
	 * nothing of what they may not open.
	 */
	@Transactional(readOnly = true)
	public Marks marks(String login, String number) {
		CaseFile file = this.store.get(number);
		List<Compartment> all = ofCase(file);
		if (all.isEmpty()) {
			return new Marks(List.of(), false);
		}
		List<Compartment> seen = seenBy(file, login);
		return new Marks(seen, all.size() > seen.size() && this.files.isCaseTeam(login, file.id()));
	}

	/**
	 * The compartments of a case go along when somebody else becomes its casusregisseur:
	 * who hands over reads them no more. For the room that hands over a case.
	 */
	@Transactional(propagation = Propagation.MANDATORY)
	public void handOver(String actor, String number, String from, String to) {
		CaseFile file = this.store.lock(number);
		for (Compartment each : ofCase(file)) {
			each.people().stream().filter((person) -> from.equals(person.login())).forEach((person) -> {
				add(file, each.id(), actor, officer(to, "next"), null, "handedOver", null);
				end(file, each.id(), actor, person);
			});
		}
	}

	/**
	 * Those of the municipalities that somebody manages which nobody of the team can
	 * open: without anything that is in them.
	 */
	@Transactional(readOnly = true)
	public List<Compartment> shut(String login) {
		return this.store.db()
			.sql(SELECT + """
					where k.closed_at is null and c.municipality_id = any (:municipalities)
					  and not doorbraak.can_be_opened(k.id) order by k.id""")
			.param("municipalities", municipalities(login, KEEPERS).toArray(String[]::new))
			.query((row, n) -> compartment(row))
			.list();
	}

	/** Who can be named there. */
	public List<Officer> successors(Compartment shut) {
		return this.directory.officersOf(this.store.get(shut.number()).municipality(), Function.CASE_DIRECTOR);
	}

	/**
	 * A manager names who opens it from now on, because nobody of the team can.
	 * @throws Refused (404) when it is no such compartment, and (400) when it is nobody
	 * who directs cases there, or without a reason
	 */
	@Transactional
	public void succeed(String login, long id, String successor, String why) {
		Compartment shut = shut(login).stream()
			.filter((each) -> each.id() == id)
			.findFirst()
			.orElseThrow(Refused::notFound);
		CaseFile file = this.store.lock(shut.number());
		if (successors(shut).stream().noneMatch((each) -> each.login().equals(successor))) {
			throw Refused.invalid("compartment-successor", "Kies een casusregisseur van uw gemeente.", "successor");
		}
		String said = reason(why, "Schrijf in een zin waarom deze collega het overneemt");
		long entry = write(file, id, NAMING, login, "Waarom neemt deze collega het over?", "why", said);
		add(file, id, login, successor, null, "successor", entry);
	}

	/**
	 * For an auditor of its municipality: which there are, and what is in those that they
	 * said why they must read. Without names until they said why they need those.
	 */
	@Transactional
	public List<Contents> audit(String login, String number, Collection<String> municipalities) {
		CaseFile file = audited(number, municipalities);
		Set<Long> opened = Set.copyOf(this.store.db()
			.sql("""
					select p.compartment_id from doorbraak.compartment_person p
					join doorbraak.compartment k on k.id = p.compartment_id and k.case_id = :case
					where p.how = 'auditor' and p.officer_login = :login and p.until > :now""")
			.param("case", file.id())
			.param("login", login)
			.param("now", now())
			.query(Long.class)
			.list());
		Names hidden = this.files.mayAuditNames(login, file) ? null : this.files.namesOf(file);
		return ofCase(file).stream().map((each) -> {
			if (!opened.contains(each.id())) {
				return new Contents(each, List.of(), List.of(), List.of(), false);
			}
			this.events.publishEvent(new CompartmentRead(number, login, each.id(), Purpose.AUDIT.code()));
			Contents all = contents(file, each, hidden, false);
			return new Contents(each, all.entries(), all.documents(),
					all.members().stream().map((member) -> member.withoutAddress(false)).toList(), true);
		}).toList();
	}

	/** An auditor says why they must read one; it holds for a working day. */
	@Transactional
	public void openForAudit(String login, String number, Collection<String> municipalities, long id, String why) {
		CaseFile file = audited(number, municipalities);
		if (ofCase(file).stream().noneMatch((each) -> each.id() == id)) {
			throw Refused.notFound();
		}
		String said = reason(why, "Schrijf in een zin waarom u dit deel moet lezen");
		this.store.lock(number);
		Instant until = this.purposes.lastDay().plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant();
		long entry = write(file, id, NAMING, login, "Waarom moet de auditor dit lezen?", "why", said);
		insert(id, login, login, null, "auditor", entry, until);
		this.events.publishEvent(new CompartmentOpenedForAudit(number, login, id, until));
	}

	private CaseFile audited(String number, Collection<String> municipalities) {
		if (!this.files.isOf(number, municipalities)) {
			throw Refused.notFound();
		}
		return this.store.get(number);
	}

	/**
	 * Writes down, in the compartment, why a resident who asked gets what is in it.
	 * @return id of the entry
	 */
	@Transactional
	public long give(String login, String number, long id, String why) {
		CaseFile file = lockToChange(login, number, id);
		return write(file, id, NAMING, login, "Waarom krijgt de inwoner dit deel?", "why",
				reason(why, "Schrijf in een zin waarom de inwoner dit deel krijgt"));
	}

	/**
	 * What is in one that somebody may read, for a room that gives it to a resident who
	 * asked; recorded as a reading.
	 * @throws Refused (404) when they may not
	 */
	@Transactional
	public Contents contents(String login, String number, long id) {
		CaseFile file = this.store.get(number);
		Compartment found = find(file, login, id);
		this.events.publishEvent(new CompartmentRead(number, login, id, Purpose.TEAM.code()));
		return contents(file, found, null, false);
	}

	private Contents contents(CaseFile file, Compartment each, @Nullable Names hidden, boolean change) {
		return this.store.opening(List.of(each.id()), () -> {
			List<HouseholdMember> members = this.store.membersIn(each.id());
			return new Contents(each,
					this.store.entriesIn(each.id())
						.stream()
						.map((entry) -> (hidden == null) ? entry : entry.unnamed(hidden))
						.toList(),
					this.documents.of(file.number())
						.stream()
						.filter((document) -> this.store.isIn(each.id(), document.id()))
						.map((document) -> (hidden == null) ? document : document.in(hidden::hiddenIn))
						.toList(),
					(hidden == null) ? members
							: IntStream.range(0, members.size())
								.mapToObj((n) -> new HouseholdMember("Persoon " + (n + 1), null, members.get(n).role(),
										null, null, false))
								.toList(),
					change);
		});
	}

	private Free free(CaseFile file) {
		return new Free(this.store.entries(file.id()).stream().filter((entry) -> FREE.contains(entry.form())).toList(),
				this.documents.of(file.number())
					.stream()
					.filter((document) -> document.kind().isAdded() && document.withdrawn() == null)
					.toList(),
				this.store.residentsOf(file.id()));
	}

	private CaseFile lockToChange(String login, String number, long id) {
		CaseFile file = this.files.lockForTeam(login, number);
		find(file, login, id);
		return file;
	}

	private Compartment find(CaseFile file, String login, long id) {
		return seenBy(file, login).stream()
			.filter((each) -> each.id() == id)
			.findFirst()
			.orElseThrow(Refused::notFound);
	}

	private long write(CaseFile file, long compartment, String form, String login, String label, String key,
			String said) {
		this.writing.record(file.number(), form, login, List.of(new Answer(key, label, said, said)));
		long entry = this.store.newest(file.id(), form);
		seal(compartment, Item.ENTRY, entry);
		return entry;
	}

	private boolean seal(long compartment, Item item, long id) {
		return this.store.db()
			.sql("select doorbraak.put_in_compartment(:compartment, :what, :item)")
			.param("compartment", compartment)
			.param("what", item.code())
			.param("item", id)
			.query(Boolean.class)
			.single();
	}

	private void add(CaseFile file, long id, String actor, @Nullable String person, @Nullable String organisation,
			String how, @Nullable Long entry) {
		boolean known = get(id).people()
			.stream()
			.anyMatch((each) -> (person != null) ? person.equals(each.login())
					: String.valueOf(organisation).equals(each.organisation()));
		if (!known) {
			insert(id, actor, person, organisation, how, entry, null);
			this.events.publishEvent(new CompartmentPersonAdded(file.number(), actor, id,
					(person != null) ? person : "", (organisation != null) ? organisation : "", how));
		}
	}

	private void insert(long id, String actor, @Nullable String person, @Nullable String organisation, String how,
			@Nullable Long entry, @Nullable Instant until) {
		this.store.db()
			.sql("""
					insert into doorbraak.compartment_person (compartment_id, officer_login, organisation_id, how, entry_id, added_by,
					  since, until) values (:id, :person, :organisation, :how, :entry, :actor, :now, :until)""")
			.param("id", id)
			.param("person", person, Types.VARCHAR)
			.param("organisation", organisation, Types.VARCHAR)
			.param("how", how)
			.param("entry", entry, Types.BIGINT)
			.param("actor", actor)
			.param("now", now())
			.param("until", (until != null) ? Timestamp.from(until) : null, Types.TIMESTAMP)
			.update();
	}

	private void end(CaseFile file, long id, String actor, Person gone) {
		this.store.db()
			.sql("update doorbraak.compartment_person set until = :now, ended_by = :actor where id = :id and until is null")
			.param("now", now())
			.param("actor", actor)
			.param("id", gone.id())
			.update();
		String person = gone.login();
		String organisation = gone.organisation();
		this.events.publishEvent(new CompartmentPersonRemoved(file.number(), actor, id, (person != null) ? person : "",
				(organisation != null) ? organisation : ""));
	}

	private boolean canBeOpened(long id) {
		return this.store.db().sql("select doorbraak.can_be_opened(:id)").param("id", id).query(Boolean.class).single();
	}

	private String officer(String login, String field) {
		return this.directory.findOfficer(login)
			.map(Officer::login)
			.orElseThrow(() -> Refused.invalid("compartment-person", "Kies mensen uit de lijst.", field));
	}

	private String organisation(String id) {
		return Optional.ofNullable(this.directory.organisations(Set.of(id)).get(id))
			.orElseThrow(() -> Refused.invalid("compartment-organisation", "Kies een organisatie uit de lijst.",
					"organisation"))
			.id();
	}

	private static String reason(String typed, String sentence) {
		return Typed.text(typed, LONGEST_REASON, "compartment-why",
				sentence + ", in hoogstens " + LONGEST_REASON + " tekens.", "why");
	}

	private Set<String> municipalities(String login, Collection<Function> functions) {
		return this.directory.posts(login)
			.stream()
			.filter((post) -> functions.contains(post.function()))
			.map(Post::organisation)
			.collect(Collectors.toSet());
	}

	private List<Compartment> ofCase(CaseFile file) {
		return this.store.db()
			.sql(SELECT + " where k.case_id = :case and k.closed_at is null order by k.id")
			.param("case", file.id())
			.query((row, n) -> compartment(row))
			.list();
	}

	private List<Compartment> seenBy(CaseFile file, String login) {
		List<Long> seen = this.store.compartments(file.id(), login, this.clock.instant());
		return ofCase(file).stream().filter((each) -> seen.contains(each.id())).toList();
	}

	private Compartment get(long id) {
		return this.store.db()
			.sql(SELECT + " where k.id = :id")
			.param("id", id)
			.query((row, n) -> compartment(row))
			.single();
	}

	private Compartment compartment(ResultSet row) throws SQLException {
		long id = row.getLong("id");
		return new Compartment(id, row.getString("number"), Coded.of(Kind.class, row.getString("kind")),
				row.getString("made_by"), row.getTimestamp("made_at").toInstant(), people(id));
	}

	private List<Person> people(long id) {
		return this.store.db()
			.sql("""
					select id, officer_login, organisation_id, how, since from doorbraak.compartment_person
					where compartment_id = :id and until is null order by id""")
			.param("id", id)
			.query((row, n) -> new Person(row.getLong(1), row.getString(2), row.getString(3), row.getString(4),
					row.getTimestamp(5).toInstant()))
			.list();
	}

	private Timestamp now() {
		return Timestamp.from(this.clock.instant());
	}

}
