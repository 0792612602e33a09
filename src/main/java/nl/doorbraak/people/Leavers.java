package nl.doorbraak.people;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import nl.doorbraak.carryout.Measures;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.Compartments;
import nl.doorbraak.directory.Absences;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.directory.RoleEvents.FunctionsEnded;
import nl.doorbraak.directory.Roster;
import nl.doorbraak.directory.Roster.Term;
import nl.doorbraak.lead.HandOvers;
import nl.doorbraak.learning.Patterns;
import nl.doorbraak.people.LeaverEvents.PersonLeft;
import nl.doorbraak.people.LeaverEvents.WorkHandedOver;
import nl.doorbraak.people.LeaverEvents.WorkLeft;
import nl.doorbraak.people.LeftLine.Kind;
import nl.doorbraak.support.Actor;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Worklist;
import nl.doorbraak.support.Worklist.Next;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Somebody leaves: every function ends in one act, and what was theirs goes to the next
 * one, or waits for who answers for the organisation. Nothing is left with nobody.
 */
@Service
public class Leavers {

	/** Why, as an administrator can say it. */
	public static final List<String> REASONS = List.of("leaves", "otherWork", "longAbsent", "notInFile");

	private static final String THEIRS = """
			select 'lead' as kind, l.case_number as subject, l.case_number as number, l.organisation_id as organisation
			from doorbraak.lead l where l.person = :login and l.state = 'accepted'
			union
			select 'caseDirector', c.number, c.number, c.municipality_id
			from doorbraak.case_participant p join doorbraak.case_file c on c.id = p.case_id
			where p.officer_login = :login and p.role = 'caseDirector' and p.until is null
			  and (c.state <> 'closed' or exists (select 1 from doorbraak.open_task t where t.case_number = c.number)
			    or exists (select 1 from doorbraak.subject_request r where r.case_id = c.id and r.outcome is null))
			union
			select 'measure', m.id::text, c.number, m.organisation_id
			from doorbraak.measure m join doorbraak.case_file c on c.id = m.case_id
			where m.person = :login and m.state = 'open'
			union
			select 'pattern', o.id::text, null, o.owner_organisation from doorbraak.obstacle o where o.owner_login = :login
			union
			select 'inspection', i.id::text, null, i.municipality_ids[1]
			from doorbraak.inspection i where i.opened_by = :login and i.closed_at is null
			union
			select 'hold', h.id::text, h.case_number, c.municipality_id
			from doorbraak.retention_hold h join doorbraak.case_file c on c.number = h.case_number
			where h.set_by = :login and h.lifted_at is null
			order by 1, 2""";

	private final JdbcClient db;

	private final Directory directory;

	private final Absences absences;

	private final CaseFiles files;

	private final Compartments compartments;

	private final HandOvers handOvers;

	private final Measures measures;

	private final Patterns patterns;

	private final Roster roster;

	private final Worklist worklist;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Leavers(JdbcClient db, Directory directory, Roster roster, Absences absences, CaseFiles files,
			Compartments compartments, HandOvers handOvers, Measures measures, Patterns patterns, Worklist worklist,
			Clock clock, ApplicationEventPublisher events) {
		this.db = db;
		this.directory = directory;
		this.absences = absences;
		this.files = files;
		this.roster = roster;
		this.compartments = compartments;
		this.handOvers = handOvers;
		this.measures = measures;
		this.patterns = patterns;
		this.worklist = worklist;
		this.clock = clock;
		this.events = events;
	}

	/** The people of the organisations that somebody administers, without themselves. */
	@Transactional(readOnly = true)
	public List<Officer> people(String administrator) {
		Set<String> own = organisations(administrator, Function.ADMINISTRATOR);
		Set<String> later = this.roster.upcoming()
			.stream()
			.filter((term) -> own.contains(term.organisation()))
			.map(Term::login)
			.collect(Collectors.toSet());
		return this.directory.allOfficers()
			.stream()
			.filter((each) -> !each.login().equals(administrator) && (later.contains(each.login())
					|| each.posts().stream().anyMatch((post) -> own.contains(post.organisation()))))
			.toList();
	}

	private Set<String> organisations(String login, Function function) {
		return this.directory.posts(login)
			.stream()
			.filter((post) -> post.function() == function)
			.map(Officer.Post::organisation)
			.collect(Collectors.toSet());
	}

	/**
	 * What ends when somebody of the administrator's own organisations leaves these.
	 * @throws Refused who works elsewhere, as nobody (404)
	 */
	@Transactional(readOnly = true)
	public Leaving leaving(String administrator, String login) {
		Officer person = people(administrator).stream()
			.filter((each) -> each.login().equals(login))
			.findFirst()
			.orElseThrow(Refused::notFound);
		return leaving(person, organisations(administrator, Function.ADMINISTRATOR));
	}

	private Leaving leaving(Officer person, Set<String> bodies) {
		List<Officer.Post> stays = person.posts()
			.stream()
			.filter((post) -> !bodies.contains(post.organisation()))
			.toList();
		Set<String> kept = bodies(stays);
		return new Leaving(person,
				person.posts().stream().filter((post) -> bodies.contains(post.organisation())).toList(), stays,
				theirs(person.login()).stream()
					.filter((line) -> stays.isEmpty() || !kept.contains(line.organisation()))
					.toList());
	}

	private static Set<String> bodies(List<Officer.Post> posts) {
		return posts.stream().map(Officer.Post::organisation).collect(Collectors.toSet());
	}

	/**
	 * What is theirs and would be nobody's with these functions at a body and no others
	 * there.
	 */
	@Transactional(readOnly = true)
	public List<LeftLine> uncovered(String login, String organisation, Set<Function> functions) {
		return theirs(login).stream()
			.filter((line) -> line.organisation().equals(organisation)
					&& functions.stream().noneMatch(needed(line.kind())::contains))
			.toList();
	}

	/** What is theirs and needs a next one. */
	List<LeftLine> theirs(String login) {
		return this.db.sql(THEIRS)
			.param("login", login)
			.query((row, n) -> new LeftLine(0, Coded.of(Kind.class, row.getString("kind")), row.getString("subject"),
					row.getString("number"), row.getString("organisation"), login))
			.list();
	}

	/** How many tasks of the engine they have taken up, and what waits for their name. */
	@Transactional(readOnly = true)
	public long tasks(String login) {
		return this.db.sql("select count(*) from doorbraak.task_offer where holder = :holder")
			.param("holder", "user:" + login)
			.query(Long.class)
			.single();
	}

	/** Who can be the next one of a line. */
	@Transactional(readOnly = true)
	public List<Officer> nextOnes(LeftLine line) {
		Set<Function> functions = needed(line.kind());
		return this.directory.allOfficers()
			.stream()
			.filter((each) -> !each.login().equals(line.person()))
			.filter((each) -> each.posts()
				.stream()
				.anyMatch((post) -> post.organisation().equals(line.organisation())
						&& functions.contains(post.function())))
			.toList();
	}

	private static Set<Function> needed(Kind kind) {
		return switch (kind) {
			case CASE_DIRECTOR -> Set.of(Function.CASE_DIRECTOR);
			case INSPECTION -> Set.of(Function.AUDITOR);
			case HOLD -> Set.of(Function.MANAGER, Function.DIRECTOR);
			default -> Set.of(Function.values());
		};
	}

	/**
	 * Ends every function at the administrator's own organisations and hands over what
	 * was theirs there, in one transaction. What they are elsewhere is for the
	 * administrator there.
	 * @param chosen login of the next one, by {@link LeftLine#key()}
	 * @param forAll login of the next one of every other line that this person can take;
	 * empty: nobody
	 * @throws Refused who works elsewhere (404), the reason or a next one is none of the
	 * list (400)
	 */
	@Transactional
	public void leave(String administrator, String login, String reason, Map<String, String> chosen, String forAll) {
		Leaving leaving = leaving(administrator, login);
		if (!REASONS.contains(reason)) {
			throw Refused.invalid("reason", "Kies een reden uit de lijst.", "reason");
		}
		Map<String, String> next = new HashMap<>();
		for (LeftLine line : leaving.lines()) {
			String asked = chosen.getOrDefault(line.key(), "");
			List<String> able = nextOnes(line).stream().map(Officer::login).toList();
			if (!asked.isEmpty() && !able.contains(asked)) {
				throw Refused.invalid("next", "Kies bij elke regel iemand uit de lijst, of niemand.",
						"volgende-" + line.key());
			}
			String taker = asked.isEmpty() ? forAll : asked;
			if (able.contains(taker)) {
				next.put(line.key(), taker);
			}
		}
		end(administrator, leaving, organisations(administrator, Function.ADMINISTRATOR), reason, next);
	}

	private void end(String actor, Leaving leaving, Set<String> bodies, String reason, Map<String, String> next) {
		String login = leaving.person().login();
		String organisation = leaving.ends()
			.stream()
			.map(Officer.Post::organisation)
			.findFirst()
			.orElseGet(() -> bodies.iterator().next());
		this.directory.endFunctions(actor, login, bodies);
		handOver(actor, login, organisation, bodies(leaving.stays()), reason, leaving.lines(), next);
	}

	/** The last day that a list named has passed: the same, with nobody chosen. */
	@Transactional(propagation = Propagation.MANDATORY)
	public void lastDayPassed(Term term) {
		Officer person = this.directory.getOfficer(term.login());
		if (person.posts().stream().anyMatch((post) -> post.organisation().equals(term.organisation()))) {
			Set<String> bodies = Set.of(term.organisation());
			end(Actor.TIMER, leaving(person, bodies), bodies, "lastDay", Map.of());
		}
	}

	/** The identity provider named no function any more: the same, with nobody chosen. */
	@EventListener
	@Transactional
	void leave(FunctionsEnded event) {
		if (event.atLogin()) {
			handOver(Actor.SOFTWARE, event.login(), event.posts().get(0).organisation(), Set.of(), "claims",
					theirs(event.login()), Map.of());
		}
	}

	/** With something kept elsewhere, what is theirs there stays theirs. */
	private void handOver(String actor, String login, String organisation, Set<String> kept, String reason,
			List<LeftLine> lines, Map<String, String> next) {
		lines.stream().map(LeftLine::number).filter(Objects::nonNull).distinct().sorted().forEach(this.files::hold);
		long departure = this.db.sql("""
				insert into doorbraak.departure (login, organisation_id, reason, ended_by, ended_at)
				values (:login, :organisation, :reason, :by, :now) returning id""")
			.param("login", login)
			.param("organisation", organisation)
			.param("reason", reason)
			.param("by", actor)
			.param("now", now())
			.query(Long.class)
			.single();
		if (kept.isEmpty()) {
			this.absences.ahead(login).forEach((absence) -> this.absences.end(login, absence.id()));
		}
		this.events.publishEvent(new PersonLeft(actor, login, organisation, reason, lines.size()));
		this.handOvers.lapseFor(login, kept);
		Map<String, Integer> waiting = new TreeMap<>();
		for (LeftLine line : lines) {
			String taker = next.get(line.key());
			boolean open = taker == null && (line.kind() == Kind.LEAD || line.kind() == Kind.MEASURE);
			add(departure, actor, line, taker, open);
			if (taker == null && !open) {
				waiting.merge(line.organisation(), 1, Integer::sum);
			}
			else {
				pass(actor, line, taker);
			}
		}
		Set<String> given = new HashSet<>(this.files.endParts(login, kept.isEmpty()));
		lines.stream().map(LeftLine::number).filter(Objects::nonNull).forEach(given::add);
		this.worklist.leave(login, (number) -> (kept.isEmpty() || given.contains(number)) ? Optional
			.of(new Next(next.get(Kind.CASE_DIRECTOR.code() + "-" + number), groupFor(lines, number, organisation)))
				: Optional.empty());
		waiting.forEach((body, count) -> this.events.publishEvent(new WorkLeft(departure, body, login, count)));
	}

	/** Who answers for the organisation that the case or the person belongs to. */
	private String groupFor(List<LeftLine> lines, String number, String organisation) {
		return group(lines.stream()
			.filter((line) -> line.kind() == Kind.CASE_DIRECTOR && number.equals(line.number()))
			.map(LeftLine::organisation)
			.findFirst()
			.orElse(organisation));
	}

	private String group(String organisation) {
		return new Officer.Post(this.directory.getOrganisation(organisation).kind().answering(), organisation).group();
	}

	private void add(long departure, String actor, LeftLine line, @Nullable String next, boolean open) {
		this.db
			.sql("""
					insert into doorbraak.departure_line (departure_id, kind, subject, case_number, organisation_id, outcome, next_login, handed_by, handed_at)
					values (:departure, :kind, :subject, :number, :organisation, :outcome, :next, :by, :at)""")
			.param("departure", departure)
			.param("kind", line.kind().code())
			.param("subject", line.subject())
			.param("number", line.number(), Types.VARCHAR)
			.param("organisation", line.organisation())
			.param("outcome", (next != null) ? "handedOver" : open ? "returned" : "waiting")
			.param("next", next, Types.VARCHAR)
			.param("by", (next != null) ? actor : null, Types.VARCHAR)
			.param("at", (next != null) ? now() : null, Types.TIMESTAMP)
			.update();
	}

	private void pass(String actor, LeftLine line, @Nullable String next) {
		switch (line.kind()) {
			case LEAD -> this.handOvers.leave(line.person(), line.subject(), next);
			case CASE_DIRECTOR -> {
				this.files.passOn(line.subject(), line.person(), String.valueOf(next));
				this.compartments.handOver(actor, line.subject(), line.person(), String.valueOf(next));
			}
			case MEASURE -> this.measures.passOn(Long.parseLong(line.subject()), next);
			case PATTERN -> this.patterns.passOn(Long.parseLong(line.subject()), String.valueOf(next));
			case INSPECTION, HOLD -> {
				// Any colleague with the function may go on: the line says who does.
			}
		}
		this.events.publishEvent(new WorkHandedOver(line.number(), actor, line.kind().code(), line.person(), next));
	}

	/** What waits for the next one where somebody answers for it, or administers. */
	@Transactional(readOnly = true)
	public List<LeftLine> waiting(String login) {
		List<String> bodies = new ArrayList<>(this.directory.answersFor(login));
		bodies.addAll(organisations(login, Function.ADMINISTRATOR));
		return this.db.sql("""
				select l.*, d.login from doorbraak.departure_line l join doorbraak.departure d on d.id = l.departure_id
				where l.outcome = 'waiting' and l.organisation_id = any (:bodies) order by l.id limit 200""")
			.param("bodies", bodies.toArray(String[]::new))
			.query((row, n) -> line(row))
			.list();
	}

	private static LeftLine line(ResultSet row) throws SQLException {
		return new LeftLine(row.getLong("id"), Coded.of(Kind.class, row.getString("kind")), row.getString("subject"),
				row.getString("case_number"), row.getString("organisation_id"), row.getString("login"));
	}

	/**
	 * Chooses the next one of something that waits.
	 * @throws Refused when it does not wait for this person (404), or the next one is
	 * none of {@link #nextOnes} (400)
	 */
	@Transactional
	public void choose(String login, long id, String next) {
		LeftLine line = waiting(login).stream()
			.filter((each) -> each.id() == id)
			.findFirst()
			.orElseThrow(Refused::notFound);
		if (nextOnes(line).stream().noneMatch((each) -> each.login().equals(next))) {
			throw Refused.invalid("next", "Kies iemand uit de lijst.", "next");
		}
		if (line.number() != null) {
			this.files.hold(line.number());
		}
		int handed = this.db
			.sql("""
					update doorbraak.departure_line set outcome = 'handedOver', next_login = :next, handed_by = :login, handed_at = :now
					where id = :id and outcome = 'waiting'""")
			.param("next", next)
			.param("login", login)
			.param("now", now())
			.param("id", id)
			.update();
		if (handed == 0) {
			throw Refused.notFound();
		}
		pass(login, line, next);
		if (line.kind() == Kind.CASE_DIRECTOR) {
			this.worklist.passOn(line.subject(), group(line.organisation()), next);
		}
	}

	private Timestamp now() {
		return Timestamp.from(this.clock.instant());
	}

	/**
	 * Somebody who leaves the organisations of an administrator.
	 *
	 * @param ends what they are there
	 * @param stays what they are elsewhere
	 * @param lines what is theirs and needs a next one
	 */
	public record Leaving(Officer person, List<Officer.Post> ends, List<Officer.Post> stays, List<LeftLine> lines) {

		public Leaving {
			ends = List.copyOf(ends);
			stays = List.copyOf(stays);
			lines = List.copyOf(lines);
		}

	}

	/** The functions for which somebody is in charge of what waits. */
	public static Set<Function> inCharge() {
		Set<Function> all = Arrays.stream(Organisation.Kind.values())
			.map(Organisation.Kind::answering)
			.collect(Collectors.toSet());
		all.add(Function.ADMINISTRATOR);
		return all;
	}

}
