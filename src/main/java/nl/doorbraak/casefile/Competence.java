package nl.doorbraak.casefile;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.casefile.CaseEvents.EntryRecorded;
import nl.doorbraak.casefile.CompetenceEvents.CompetenceSettled;
import nl.doorbraak.casefile.CompetenceEvents.CompetenceStated;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.FormRules.Answer;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Typed;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who may decide what a case asks: known, disputed or unknown. Bodies that point at each
 * other are a dispute, whichever of them says so first; a dispute is settled by who has
 * the case at the desk or the ministry, and by nobody who is part of it.
 */
@Service
public class Competence implements FormFacts {

	private static final String FIRST_CONTACT = "make-first-contact";

	/** What the team enters of a desk that does not work in Doorbraak. */
	private static final String OUTSIDE = "enter-outside-answer";

	private static final Set<String> FORMS = Set.of(FIRST_CONTACT, "decide-nationally", OUTSIDE);

	/** The rungs on which a dispute is settled. */
	private static final Set<Rung> SETTLE_ON = Set.of(Rung.NATIONAL, Rung.MINISTRY);

	private static final int LONGEST_GROUND = 2000;

	private static final int LONGEST_LINE = 200;

	private final CaseStore store;

	private final CaseFiles files;

	private final CaseActions actions;

	private final Writing writing;

	private final Directory directory;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Competence(CaseStore store, CaseFiles files, CaseActions actions, Writing writing, Directory directory, Clock clock,
			ApplicationEventPublisher events) {
		this.store = store;
		this.files = files;
		this.actions = actions;
		this.writing = writing;
		this.directory = directory;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * A body says that it does not go about this.
	 * @param to id of the organisation that does, or the kind of body; null: it names
	 * nobody
	 * @param about name of the scheme; empty: the case as a whole
	 */
	@Transactional
	public void refer(String number, String from, @Nullable String to, String about) {
		CaseFile file = this.store.lock(number);
		Standing now = last(file).orElse(null);
		point(file, from, to, about);
		Status found;
		if (now != null && now.status() == Status.KNOWN && from.equals(now.body()) && isSame(about, now.about())
				|| to != null && comesBack(file, from, to, about)) {
			found = Status.DISPUTED;
		}
		else if (to == null && now == null) {
			found = Status.UNKNOWN;
		}
		else {
			return;
		}
		if (now == null || now.status() != found) {
			put(file, found, null, about, false, null, Actor.SOFTWARE);
			this.events.publishEvent(new CompetenceStated(number, Actor.SOFTWARE, found.code(), ""));
		}
	}

	private void point(CaseFile file, String from, @Nullable String to, String about) {
		this.store.db()
			.sql("""
					insert into doorbraak.referral (case_id, from_body, to_body, about, referred_at)
					values (:case, :from, :to, :about, :now)""")
			.param("case", file.id())
			.param("from", from)
			.param("to", to, Types.VARCHAR)
			.param("about", about)
			.param("now", Timestamp.from(this.clock.instant()))
			.update();
	}

	/** Whether who is named points back, by however many others. */
	private boolean comesBack(CaseFile file, String from, String to, String about) {
		List<Referral> referrals = referrals(file).stream().filter((each) -> isSame(each.about(), about)).toList();
		Set<String> seen = new HashSet<>();
		Deque<String> next = new ArrayDeque<>(List.of(to));
		while (!next.isEmpty()) {
			String body = next.remove();
			if (body.equals(from)) {
				return true;
			}
			if (seen.add(body)) {
				referrals.stream()
					.filter((each) -> each.from().equals(body))
					.flatMap((each) -> Stream.ofNullable(each.to()))
					.forEach(next::add);
			}
		}
		return false;
	}

	/** What is said of the case as a whole is said of every scheme in it. */
	private static boolean isSame(String one, String other) {
		return one.isEmpty() || other.isEmpty() || one.equals(other);
	}

	/** Who pointed at whom since it was last settled, oldest first. */
	private List<Referral> referrals(CaseFile file) {
		return this.store.db()
			.sql("""
					select from_body, to_body, about, referred_at from doorbraak.referral where case_id = :case
					  and referred_at > coalesce((select max(stated_at) from doorbraak.competence
					    where case_id = :case and settled), '-infinity') order by id""")
			.param("case", file.id())
			.query((row, n) -> new Referral(row.getString(1), row.getString(2), row.getString(3),
					row.getTimestamp(4).toInstant()))
			.list();
	}

	/** The same, for who may read the case. */
	@Transactional(readOnly = true)
	public List<Referral> referrals(String number) {
		return referrals(this.store.get(number));
	}

	/** Where it stands; nothing while nobody said. */
	@Transactional(readOnly = true)
	public Optional<Standing> standing(String number) {
		return last(this.store.get(number));
	}

	/** Every line, the oldest first. */
	@Transactional(readOnly = true)
	public List<Standing> history(String number) {
		return history(this.store.get(number));
	}

	private List<Standing> history(CaseFile file) {
		return this.store.db()
			.sql("select * from doorbraak.competence where case_id = :case order by id")
			.param("case", file.id())
			.query((row, n) -> new Standing(Coded.of(Status.class, row.getString("status")), row.getString("body_id"),
					row.getString("about"), row.getBoolean("settled"), (Long) row.getObject("entry_id"),
					row.getString("stated_by"), row.getTimestamp("stated_at").toInstant()))
			.list();
	}

	private Optional<Standing> last(CaseFile file) {
		return history(file).stream().reduce((before, after) -> after);
	}

	/**
	 * Somebody who works on the case says who may decide, or that this is disputed or
	 * unknown.
	 * @throws Refused who does not work on it (403, 404) or may not settle what is open
	 * (403); when the case is closed (409) or something is missing (400)
	 */
	@Transactional
	public void state(String login, String number, Statement said) {
		CaseFile file = this.files.lockForWorker(login, number);
		if (file.state() != CaseFile.State.OPEN) {
			throw Refused.conflict("case-closed", "Deze casus is gesloten. Wie bevoegd is, verandert niet meer.");
		}
		Status status = Coded.find(Status.class, said.status())
			.orElseThrow(() -> Refused.invalid("status", "Kies: bekend, betwist of onbekend.", "status"));
		String ground = Typed.text(said.ground(), LONGEST_GROUND, "ground",
				"Schrijf waarom, met het wetsartikel als u dat weet, in hoogstens " + LONGEST_GROUND + " tekens.",
				"ground");
		Organisation body = (status == Status.KNOWN) ? body(said.body()) : null;
		boolean open = last(file).filter(Standing::isOpen).isPresent();
		if (body != null && open && !settles(login, number)
				&& !(this.files.isTeam(login, number) && body.id().equals(file.municipality()))) {
			throw Refused.forbidden("not-yours-to-settle",
					"Wie bevoegd is, is betwist of onbekend. Dan beslist het Landelijk Maatwerkloket. U kunt wel zeggen dat uw eigen gemeente het doet, of de casus omhoog brengen.");
		}
		List<Answer> written = new ArrayList<>();
		written.add(new Answer("status", "Is bekend wie bevoegd is?", status.code(), status.label()));
		if (body != null) {
			written.add(new Answer("body", "Wie is bevoegd?", body.id(), body.name()));
		}
		written.add(new Answer("ground", "Waarom, en op welk artikel rust dat?", ground, ground));
		if (body != null && open) {
			String by = Typed.line(said.decidedBy(), LONGEST_LINE, "decided-by",
					"Schrijf wie dit besliste, met functie, in hoogstens " + LONGEST_LINE + " tekens.", "decidedBy");
			written.add(new Answer("decidedBy", "Wie besliste dit, in welke functie?", by, by));
		}
		this.writing.record(number, "state-competence", login, written);
		if (body != null && !open && !body.id().equals(file.municipality())) {
			point(file, file.municipality(), body.id(), said.about());
		}
		put(file, status, (body != null) ? body.id() : null, said.about(), body != null && open,
				this.writing.latestOfCase(number, "state-competence").orElseThrow().id(), login);
		if (body != null && open) {
			this.events.publishEvent(new CompetenceSettled(number, login, body.id()));
		}
		else {
			this.events
				.publishEvent(new CompetenceStated(number, login, status.code(), (body != null) ? body.id() : ""));
		}
	}

	private Organisation body(String id) {
		return this.directory.allOrganisations()
			.stream()
			.filter((each) -> each.id().equals(id))
			.findFirst()
			.orElseThrow(() -> Refused.invalid("body", "Kies uit de lijst wie bevoegd is.", "body"));
	}

	/**
	 * Whether the officer may settle what is disputed or unknown: who has the case at the
	 * desk or the ministry, or the team where that body does not work in Doorbraak.
	 */
	@Transactional(readOnly = true)
	public boolean settles(String login, String number) {
		return this.store.openStay(this.store.get(number).id())
			.filter((stay) -> SETTLE_ON.contains(stay.rung()))
			.filter((stay) -> this.directory.getOrganisation(stay.body()).connected()
					? this.directory.getOfficer(login)
						.posts()
						.contains(new Officer.Post(Climb.function(stay.rung()), stay.body()))
					: this.files.isTeam(login, number))
			.isPresent();
	}

	/**
	 * Takes the case up one level because nobody knows who may decide: the desk must
	 * settle it.
	 * @throws Refused who is not of the team (403, 404), or when it is known (409)
	 */
	@Transactional
	public void takeUp(String login, String number) {
		CaseFile file = this.files.lockForTeam(login, number);
		Standing open = last(file).filter(Standing::isOpen)
			.orElseThrow(() -> Refused.conflict("is-known",
					"Wie bevoegd is, is niet betwist of onbekend. Omhoog kan met een besluit over dit niveau."));
		this.actions.goUp(login, number, (open.status() == Status.DISPUTED)
				? "Organisaties wijzen naar elkaar: wie bevoegd is, is betwist." : "Niemand weet wie bevoegd is.");
	}

	/** What the desk writes about it at its first contact. */
	@EventListener
	@Transactional
	void read(EntryRecorded event) {
		if (!event.form().equals(FIRST_CONTACT)) {
			return;
		}
		CaseFile file = this.store.lock(event.number());
		Entry entry = this.store.lastEntry(file.id(), null, List.of(FIRST_CONTACT)).orElseThrow();
		Status status = Coded.of(Status.class, String.valueOf(entry.text("competentBodyStatus")));
		Standing now = last(file).orElse(null);
		if (now != null && (now.status() == status || now.isOpen() && status == Status.KNOWN)) {
			return;
		}
		put(file, status, null, "", false, entry.id(), event.actor());
		this.events.publishEvent(new CompetenceStated(event.number(), event.actor(), status.code(), ""));
	}

	private void put(CaseFile file, Status status, @Nullable String body, String about, boolean settled,
			@Nullable Long entry, String by) {
		this.store.db()
			.sql("""
					insert into doorbraak.competence (case_id, status, body_id, about, settled, entry_id, stated_by, stated_at)
					values (:case, :status, :body, :about, :settled, :entry, :by, :now)""")
			.param("case", file.id())
			.param("status", status.code())
			.param("body", body, Types.VARCHAR)
			.param("about", about)
			.param("settled", settled)
			.param("entry", entry, Types.BIGINT)
			.param("by", by)
			.param("now", Timestamp.from(this.clock.instant()))
			.update();
	}

	@Override
	public Map<String, Object> facts(FormTask task) {
		if (!FORMS.contains(task.form()) || task.form().equals(OUTSIDE) && !isAtTheDesk(task.number())) {
			return Map.of();
		}
		Optional<Standing> now = standing(task.number());
		Map<String, Object> facts = new HashMap<>();
		facts.put("competence",
				now.map((standing) -> sentence(task.number(), standing)).orElse("Nog niet vastgelegd."));
		if (now.filter(Standing::isOpen).isPresent()) {
			facts.put("hasDispute", "Ja");
		}
		return facts;
	}

	private boolean isAtTheDesk(String number) {
		return this.store.openStay(this.store.get(number).id())
			.filter((stay) -> stay.rung() == Rung.NATIONAL)
			.isPresent();
	}

	private String sentence(String number, Standing now) {
		String about = now.about().isEmpty() ? "" : " Het gaat om: " + now.about() + ".";
		if (!now.isOpen()) {
			return now.status().label() + ((now.body() != null) ? ": " + name(now.body()) : "") + "." + about;
		}
		String pointing = referrals(number).stream()
			.map((each) -> name(each.from())
					+ ((each.to() != null) ? " verwijst naar " + name(each.to()) + "." : " weet niet wie erover gaat."))
			.distinct()
			.collect(Collectors.joining(" ", " ", ""));
		return (now.status().label() + "." + about + pointing).strip()
				+ " Beslis dit op de pagina Wie is bevoegd bij deze casus.";
	}

	/** Name of an organisation; of a body that is none of ours, what it is. */
	public String name(@Nullable String body) {
		return this.directory.allOrganisations()
			.stream()
			.filter((each) -> each.id().equals(body))
			.map(Organisation::name)
			.findFirst()
			.orElse("een andere organisatie");
	}

	/** The bodies that pointed at somebody or were pointed at. */
	@Transactional(readOnly = true)
	public Set<Organisation> pointing(String number) {
		Set<String> ids = this.store.db()
			.sql("""
					select b from doorbraak.referral r join doorbraak.case_file c on c.id = r.case_id,
					  unnest(array[r.from_body, r.to_body]) b where c.number = :number and b is not null""")
			.param("number", number)
			.query(String.class)
			.set();
		return this.directory.allOrganisations()
			.stream()
			.filter((each) -> ids.contains(each.id()))
			.collect(Collectors.toSet());
	}

	/** Whether it is known who may decide. */
	public enum Status implements Coded {

		KNOWN("known", "Bekend"), DISPUTED("disputed", "Betwist"), UNKNOWN("unknown", "Onbekend");

		private final String code;

		private final String label;

		Status(String code, String label) {
			this.code = code;
			this.label = label;
		}

		@Override
		public String code() {
			return this.code;
		}

		@Override
		public String label() {
			return this.label;
		}

	}

	/**
	 * What somebody says about it.
	 *
	 * @param status code
	 * @param body id of the organisation; empty unless it is known
	 * @param about name of the scheme; empty: the case as a whole
	 * @param ground why, and on which article
	 * @param decidedBy who settled it, in which function; only where something was open
	 */
	public record Statement(String status, String body, String about, String ground, String decidedBy) {
	}

	/**
	 * Where it stood from some moment.
	 *
	 * @param body null where none of ours is named
	 * @param settled whether it ended a dispute or a question that nobody had an answer
	 * to
	 * @param entry id of the entry with the ground
	 * @param by login, or the software
	 */
	public record Standing(Status status, @Nullable String body, String about, boolean settled, @Nullable Long entry,
			String by, Instant at) {

		/** Whether somebody must settle it. */
		public boolean isOpen() {
			return this.status != Status.KNOWN;
		}

	}

	/**
	 * One body that points.
	 *
	 * @param to null where it names nobody
	 * @param about name of the scheme; empty: the case as a whole
	 */
	public record Referral(String from, @Nullable String to, String about, Instant at) {
	}

}
