package nl.doorbraak.learning;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;

import nl.doorbraak.directory.Directory;
import nl.doorbraak.learning.LearningEvents.LearningPointAnswered;
import nl.doorbraak.learning.LearningEvents.LearningPointDone;
import nl.doorbraak.learning.LearningEvents.LearningPointSent;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Locks;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What the owner of a pattern asks of who can change it: sent, answered, done with its
 * effect.
 */
@Service
@EnableConfigurationProperties(LearningSettings.class)
public class LearningPoints {

	private static final int LONGEST_ANSWER = 2000;

	private final JdbcClient db;

	private final Patterns patterns;

	private final Obstacles obstacles;

	private final NoPersons noPersons;

	private final Directory directory;

	private final LearningSettings settings;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	LearningPoints(JdbcClient db, Patterns patterns, Obstacles obstacles, NoPersons noPersons, Directory directory,
			LearningSettings settings, Clock clock, ApplicationEventPublisher events) {
		this.db = db;
		this.patterns = patterns;
		this.obstacles = obstacles;
		this.noPersons = noPersons;
		this.directory = directory;
		this.settings = settings;
		this.clock = clock;
		this.events = events;
	}

	/** Of one pattern, oldest first. */
	@Transactional(readOnly = true)
	public List<LearningPoint> of(long obstacle) {
		return this.db.sql("select * from doorbraak.learning_point where obstacle_id = :id order by id")
			.param("id", obstacle)
			.query((row, n) -> point(row))
			.list();
	}

	/** What waits for an answer of the organisations somebody works for. */
	@Transactional(readOnly = true)
	public List<LearningPoint> askedOf(String login) {
		return this.db
			.sql("""
					select p.* from doorbraak.learning_point p where p.answer is null and p.organisation_id in
					  (select o.organisation_id from doorbraak.post o where o.officer_login = :login) order by p.answer_until, p.id""")
			.param("login", login)
			.query((row, n) -> point(row))
			.list();
	}

	/** How long a body has, in weeks. */
	public int weeks() {
		return this.settings.answerWithinWeeks();
	}

	/**
	 * Sends one sentence to the body that can change something.
	 * @throws Refused when it is no pattern (404), who does not own it (403), or the
	 * sentence or the body cannot be (400)
	 */
	@Transactional
	public void send(String login, long obstacle, String organisation, String sentence) {
		Locks.alone(this.db, LearningEvents.CHAIN);
		owned(login, obstacle);
		if (this.directory.organisations(List.of(organisation)).isEmpty()) {
			throw Refused.invalid("learning-point-body", "Kies wie hier iets aan kan veranderen.", "organisation");
		}
		String said = this.noPersons.line(this.obstacles.cases(obstacle), sentence, Obstacles.LONGEST, "learning-point",
				"Schrijf het leerpunt in een zin, in hoogstens " + Obstacles.LONGEST + " tekens.", "sentence");
		LocalDate until = today().plusWeeks(weeks());
		long id = this.db
			.sql("""
					insert into doorbraak.learning_point (obstacle_id, organisation_id, sentence, sent_by, sent_at, answer_until)
					values (:obstacle, :organisation, :sentence, :login, :now, :until) returning id""")
			.param("obstacle", obstacle)
			.param("organisation", organisation)
			.param("sentence", said)
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.param("until", Date.valueOf(until))
			.query(Long.class)
			.single();
		this.events.publishEvent(new LearningPointSent(login, id, obstacle, organisation, until));
	}

	/**
	 * Answers: somebody of the body itself, or the owner with what was answered outside.
	 * @param answeredOn when it was answered outside; null: now, here
	 * @param source where that answer stands
	 * @throws Refused when there is none (404), who may not answer (403), it was answered
	 * already (409), or the answer cannot be (400)
	 */
	@Transactional
	public long answer(String login, long id, String answer, @Nullable LocalDate answeredOn, String source) {
		Locks.alone(this.db, LearningEvents.CHAIN);
		LearningPoint point = get(id);
		Obstacle pattern = this.patterns.get(point.obstacle());
		boolean outside = !mayAnswer(login, point);
		if (outside && !login.equals(pattern.owner())) {
			throw Refused.forbidden("not-asked",
					"Alleen iemand van de gevraagde organisatie antwoordt, of de eigenaar met het antwoord van buiten.");
		}
		if (point.answer() != null) {
			throw Refused.conflict("answered-already", "Dit leerpunt is al beantwoord. Open de pagina opnieuw.");
		}
		List<String> cases = this.obstacles.cases(point.obstacle());
		String said = this.noPersons.text(cases, answer, LONGEST_ANSWER, "learning-answer",
				"Schrijf het antwoord op, in hoogstens " + LONGEST_ANSWER + " tekens.", "answer");
		LocalDate day = today();
		if (outside) {
			if (answeredOn == null || answeredOn.isAfter(day) || answeredOn.isBefore(DutchTime.day(point.sentAt()))) {
				throw Refused.invalid("learning-answered-on",
						"Vul in wanneer het antwoord kwam: na het versturen, en niet in de toekomst.", "answeredOn");
			}
			day = answeredOn;
		}
		String where = outside ? this.noPersons.line(cases, source, 200, "learning-source",
				"Schrijf waar het antwoord staat: het kenmerk van een brief, of een gesprek met welke functie.",
				"source") : null;
		this.db
			.sql("""
					update doorbraak.learning_point set answer = :answer, answered_by = :login, answered_on = :day, source = :source
					where id = :id""")
			.param("answer", said)
			.param("login", login)
			.param("day", Date.valueOf(day))
			.param("source", where)
			.param("id", id)
			.update();
		this.events.publishEvent(new LearningPointAnswered(login, id, point.organisation(),
				String.valueOf(pattern.owner()), outside, day));
		return point.obstacle();
	}

	/**
	 * Nothing more is to be done: what came of it is known.
	 * @throws Refused when there is none (404), who does not own the pattern (403), it is
	 * not answered or done already (409), or no effect is told (400)
	 */
	@Transactional
	public long done(String login, long id, String effect) {
		Locks.alone(this.db, LearningEvents.CHAIN);
		LearningPoint point = get(id);
		owned(login, point.obstacle());
		if (!point.state().equals("answered")) {
			throw Refused.conflict("not-answered",
					"Een leerpunt is pas af na een antwoord, en maar een keer. Open de pagina opnieuw.");
		}
		String said = this.noPersons.text(this.obstacles.cases(point.obstacle()), effect, LONGEST_ANSWER,
				"learning-effect",
				"Schrijf wat het effect is, ook als er niets verandert. In hoogstens " + LONGEST_ANSWER + " tekens.",
				"effect");
		this.db
			.sql("""
					update doorbraak.learning_point set effect = :effect, done_by = :login, done_at = :now where id = :id""")
			.param("effect", said)
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.param("id", id)
			.update();
		this.events.publishEvent(new LearningPointDone(login, id, point.organisation()));
		return point.obstacle();
	}

	/** Whether somebody works for the body that is asked. */
	@Transactional(readOnly = true)
	public boolean mayAnswer(String login, LearningPoint point) {
		return this.directory.worksFor(login, point.organisation());
	}

	private Obstacle owned(String login, long obstacle) {
		Obstacle pattern = this.patterns.get(obstacle);
		if (!login.equals(pattern.owner())) {
			throw Refused.forbidden("not-the-owner", "Alleen de eigenaar van dit patroon doet dit.");
		}
		return pattern;
	}

	private LearningPoint get(long id) {
		return this.db.sql("select * from doorbraak.learning_point where id = :id")
			.param("id", id)
			.query((row, n) -> point(row))
			.optional()
			.orElseThrow(Refused::notFound);
	}

	private LocalDate today() {
		return DutchTime.day(this.clock.instant());
	}

	private static LearningPoint point(ResultSet row) throws SQLException {
		Timestamp done = row.getTimestamp("done_at");
		return new LearningPoint(row.getLong("id"), row.getLong("obstacle_id"), row.getString("organisation_id"),
				row.getString("sentence"), row.getString("sent_by"), row.getTimestamp("sent_at").toInstant(),
				row.getObject("answer_until", LocalDate.class), row.getTimestamp("reminded_at") != null,
				row.getString("answer"), row.getString("answered_by"), row.getObject("answered_on", LocalDate.class),
				row.getString("source"), row.getString("effect"), (done != null) ? done.toInstant() : null);
	}

}
