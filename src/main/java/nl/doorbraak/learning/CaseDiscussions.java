package nl.doorbraak.learning;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.learning.CaseDiscussion.Discussed;
import nl.doorbraak.learning.LearningEvents.CasePutToDiscussion;
import nl.doorbraak.learning.LearningEvents.DiscussionCancelled;
import nl.doorbraak.learning.LearningEvents.DiscussionClosed;
import nl.doorbraak.learning.LearningEvents.DiscussionOutcomeRecorded;
import nl.doorbraak.learning.LearningEvents.DiscussionPlanned;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Locks;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Time and room to discuss cases. Who takes part sees the situations and what was made of
 * them, and not whose case it is; for nobody else there is a discussion.
 */
@Service
public class CaseDiscussions {

	private static final int LONGEST = 2000;

	private static final int QUESTIONS = 3;

	private final JdbcClient db;

	private final CaseFiles files;

	private final NoPersons noPersons;

	private final Directory directory;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	CaseDiscussions(JdbcClient db, CaseFiles files, NoPersons noPersons, Directory directory, Clock clock,
			ApplicationEventPublisher events) {
		this.db = db;
		this.files = files;
		this.noPersons = noPersons;
		this.directory = directory;
		this.clock = clock;
		this.events = events;
	}

	/** Those in which somebody takes part, the last one first. */
	@Transactional(readOnly = true)
	public List<CaseDiscussion> of(String login) {
		return this.db
			.sql("""
					select d.* from doorbraak.case_discussion d join doorbraak.case_discussion_guest g on g.discussion = d.uid
					where g.officer_login = :login order by d.begins_at desc limit 100""")
			.param("login", login)
			.query((row, n) -> discussion(row))
			.list();
	}

	/**
	 * One discussion, for who takes part in it.
	 * @throws Refused (404) for everybody else
	 */
	@Transactional(readOnly = true)
	public CaseDiscussion get(String login, UUID uid) {
		CaseDiscussion discussion = get(uid);
		if (!discussion.guests().contains(login)) {
			throw Refused.notFound();
		}
		return discussion;
	}

	/** The same, for who tells the guests. */
	@Transactional(readOnly = true)
	public CaseDiscussion get(UUID uid) {
		return this.db.sql("select * from doorbraak.case_discussion where uid = :uid")
			.param("uid", uid)
			.query((row, n) -> discussion(row))
			.optional()
			.orElseThrow(Refused::notFound);
	}

	/** The cases of a discussion in the order in which they were put in. */
	@Transactional(readOnly = true)
	public List<Discussed> cases(String login, CaseDiscussion discussion) {
		return this.db.sql("""
				select e.*, c.number from doorbraak.discussed_case e left join doorbraak.case_file c on c.id = e.case_id
				where e.discussion = :uid order by e.id""").param("uid", discussion.uid()).query((row, n) -> {
			boolean mine = row.getString("put_in_by").equals(login);
			return new Discussed(row.getLong("id"), mine ? row.getString("number") : null, mine,
					row.getString("situation"), row.getString("question"),
					Arrays.asList((String[]) row.getArray("talk_about").getArray()), row.getInt("minutes"),
					row.getString("outcome"));
		}).list();
	}

	/**
	 * Who can be chosen: everybody of the planner's organisations, of their region, and
	 * of what belongs to that.
	 */
	@Transactional(readOnly = true)
	public List<Officer> people(String login) {
		List<String> near = this.db
			.sql("""
					select o.id from doorbraak.organisation o, doorbraak.post p join doorbraak.organisation own on own.id = p.organisation_id
					where p.officer_login = :login and (o.id = own.id or o.id = own.region_id or o.region_id = own.region_id
					  or o.region_id = own.id)""")
			.param("login", login)
			.query(String.class)
			.list();
		return this.directory.allOfficers()
			.stream()
			.filter((officer) -> officer.posts().stream().anyMatch((post) -> near.contains(post.organisation())))
			.toList();
	}

	/**
	 * Plans a discussion and invites to it.
	 * @throws Refused (400) when the time or the guests cannot be
	 */
	@Transactional
	public UUID plan(String login, @Nullable LocalDate day, @Nullable LocalTime begin, @Nullable LocalTime end,
			List<String> guests) {
		Officer planner = this.directory.getOfficer(login);
		if (day == null || begin == null || end == null || !begin.isBefore(end)) {
			throw Refused.invalid("discussion-time",
					"Vul in op welke dag, en van wanneer tot wanneer. Het einde ligt na het begin.",
					(day == null) ? "day" : (begin == null) ? "begin" : "end");
		}
		Instant beginsAt = day.atTime(begin).atZone(DutchTime.ZONE).toInstant();
		Instant endsAt = day.atTime(end).atZone(DutchTime.ZONE).toInstant();
		if (!beginsAt.isAfter(this.clock.instant())) {
			throw Refused.invalid("discussion-past", "Dit moment is al voorbij. Kies een later moment.", "day");
		}
		TreeSet<String> all = new TreeSet<>(guests);
		all.add(login);
		if (all.size() < 2) {
			throw Refused.invalid("discussion-guests", "Kies met wie u bespreekt: ten minste een ander.", "guests");
		}
		List<String> known = this.directory.officers(all)
			.stream()
			.filter((officer) -> !officer.posts().isEmpty())
			.map(Officer::login)
			.toList();
		if (known.size() < all.size()) {
			throw Refused.invalid("discussion-guests", "Kies wie u uitnodigt uit de lijst.", "guests");
		}
		UUID uid = UUID.randomUUID();
		String organisation = planner.posts().get(0).organisation();
		this.db.sql("""
				insert into doorbraak.case_discussion (uid, organisation_id, begins_at, ends_at, planned_by, planned_at)
				values (:uid, :organisation, :begin, :end, :login, :now)""")
			.param("uid", uid)
			.param("organisation", organisation)
			.param("begin", Timestamp.from(beginsAt))
			.param("end", Timestamp.from(endsAt))
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.update();
		known.forEach((guest) -> this.db.sql("insert into doorbraak.case_discussion_guest values (:uid, :guest)")
			.param("uid", uid)
			.param("guest", guest)
			.update());
		this.events.publishEvent(new DiscussionPlanned(login, uid, organisation, beginsAt, endsAt));
		return uid;
	}

	/**
	 * Puts a case in, in words that name nobody.
	 * @param number of a case that the person is on; only they see it
	 * @throws Refused who does not take part (404); who is not on the case, or when there
	 * is no such case, in the same words (400); when it is over, or no time is left
	 * (409); or the text cannot be or names somebody (400)
	 */
	@Transactional
	public void putIn(String login, UUID uid, String number, String situation, String question, List<String> talkAbout,
			int minutes) {
		Locks.alone(this.db, uid.toString());
		CaseDiscussion discussion = open(login, uid);
		if (!this.files.isOn(login, number)) {
			throw Refused.invalid("discussion-case",
					"U werkt niet aan een casus met dit nummer. Kijk het na, of kies een casus uit de lijst.",
					"number");
		}
		String what = text(number, situation, "Schrijf de situatie op", "situation");
		String asked = this.noPersons.line(List.of(number), question, 300, "discussion-question",
				"Schrijf uw vraag in een regel, in hoogstens 300 tekens.", "question");
		List<String> topics = IntStream.range(0, talkAbout.size())
			.filter((n) -> !talkAbout.get(n).isBlank())
			.mapToObj((n) -> this.noPersons.line(List.of(number), talkAbout.get(n), 300, "discussion-topic",
					"Schrijf elke vraag voor het gesprek in een regel, in hoogstens 300 tekens.", "topic" + (n + 1)))
			.toList();
		if (topics.size() > QUESTIONS) {
			throw Refused.invalid("discussion-topic", "Kies hoogstens " + QUESTIONS + " vragen voor het gesprek.",
					"topic1");
		}
		if (minutes < 5 || minutes > 120) {
			throw Refused.invalid("discussion-minutes", "Kies hoeveel minuten de casus krijgt: 5 tot 120.", "minutes");
		}
		long left = Duration.between(discussion.beginsAt(), discussion.endsAt()).toMinutes()
				- cases(login, discussion).stream().mapToInt(Discussed::minutes).sum();
		if (minutes > left) {
			throw Refused.conflict("discussion-full", "Er is nog tijd voor " + left
					+ " minuten. Kies minder minuten, of bewaar de casus voor een volgende keer.");
		}
		long id = this.db
			.sql("""
					insert into doorbraak.discussed_case (discussion, case_id, put_in_by, put_in_at, situation, question, talk_about, minutes)
					values (:uid, :case, :login, :now, :situation, :question, :topics, :minutes) returning id""")
			.param("uid", uid)
			.param("case", this.files.get(number).id())
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.param("situation", what)
			.param("question", asked)
			.param("topics", topics.toArray(String[]::new))
			.param("minutes", minutes)
			.query(Long.class)
			.single();
		this.events.publishEvent(new CasePutToDiscussion(login, uid, id, minutes));
	}

	/**
	 * Writes down what the discussion of a case led to; by anybody who takes part.
	 * @throws Refused who does not (404), when it is over (409), or the text cannot be or
	 * names somebody (400)
	 */
	@Transactional
	public void recordOutcome(String login, UUID uid, long discussed, String outcome) {
		Locks.alone(this.db, uid.toString());
		open(login, uid);
		String number = this.db
			.sql("""
					select coalesce(c.number, '') from doorbraak.discussed_case e left join doorbraak.case_file c on c.id = e.case_id
					where e.discussion = :uid and e.id = :id""")
			.param("uid", uid)
			.param("id", discussed)
			.query(String.class)
			.optional()
			.orElseThrow(Refused::notFound);
		String said = text(number, outcome, "Schrijf op wat de bespreking opleverde", "outcome");
		this.db.sql("""
				update doorbraak.discussed_case set outcome = :outcome, outcome_by = :login, outcome_at = :now
				where id = :id""")
			.param("outcome", said)
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.param("id", discussed)
			.update();
		this.events.publishEvent(new DiscussionOutcomeRecorded(login, uid, discussed));
	}

	/**
	 * Ends the writing: what was discussed is only read from then on.
	 * @throws Refused who does not take part (404) or did not plan it (403), when it is
	 * over, has not begun, or a case has no outcome yet (409)
	 */
	@Transactional
	public void close(String login, UUID uid) {
		Locks.alone(this.db, uid.toString());
		CaseDiscussion discussion = planned(login, uid);
		if (this.clock.instant().isBefore(discussion.beginsAt())) {
			throw Refused.conflict("discussion-not-begun",
					"De bespreking is nog niet begonnen. Gaat zij niet door? Zeg haar dan af.");
		}
		if (cases(login, discussion).stream().anyMatch((each) -> each.outcome() == null)) {
			throw Refused.conflict("discussion-without-outcome",
					"Niet elke casus heeft een uitkomst. Schrijf die eerst op, ook als die is: nog niets.");
		}
		end(uid, "closed");
		this.events.publishEvent(new DiscussionClosed(login, uid, discussion.organisation()));
	}

	/**
	 * It does not take place.
	 * @throws Refused who does not take part (404) or did not plan it (403), or when it
	 * is over (409)
	 */
	@Transactional
	public void cancel(String login, UUID uid) {
		Locks.alone(this.db, uid.toString());
		CaseDiscussion discussion = planned(login, uid);
		end(uid, "cancelled");
		this.events.publishEvent(new DiscussionCancelled(login, uid, discussion.organisation()));
	}

	private void end(UUID uid, String as) {
		this.db.sql("update doorbraak.case_discussion set ended_as = :as, ended_at = :now where uid = :uid")
			.param("as", as)
			.param("now", Timestamp.from(this.clock.instant()))
			.param("uid", uid)
			.update();
	}

	private CaseDiscussion planned(String login, UUID uid) {
		CaseDiscussion discussion = open(login, uid);
		if (!discussion.plannedBy().equals(login)) {
			throw Refused.forbidden("not-the-planner", "Alleen wie de bespreking plande, doet dit.");
		}
		return discussion;
	}

	private CaseDiscussion open(String login, UUID uid) {
		CaseDiscussion discussion = get(login, uid);
		if (discussion.endedAs() != null) {
			throw Refused.conflict("discussion-over",
					"Deze bespreking is afgesloten of afgezegd. U kunt haar alleen nog lezen.");
		}
		return discussion;
	}

	private String text(String number, String typed, String what, String field) {
		return this.noPersons.text(number.isEmpty() ? List.of() : List.of(number), typed, LONGEST, "discussion-text",
				what + ", in hoogstens " + LONGEST + " tekens.", field);
	}

	private CaseDiscussion discussion(ResultSet row) throws SQLException {
		UUID uid = row.getObject("uid", UUID.class);
		List<String> guests = this.db
			.sql("select officer_login from doorbraak.case_discussion_guest where discussion = :uid order by 1")
			.param("uid", uid)
			.query(String.class)
			.list();
		return new CaseDiscussion(uid, row.getString("organisation_id"), row.getTimestamp("begins_at").toInstant(),
				row.getTimestamp("ends_at").toInstant(), row.getString("planned_by"),
				row.getTimestamp("planned_at").toInstant(), row.getString("ended_as"), guests);
	}

}
