package nl.doorbraak.reachability;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.reachability.ReachabilityEvents.Asked;
import nl.doorbraak.reachability.ReachabilityEvents.TestMessageConfirmed;
import nl.doorbraak.reachability.ReachabilityEvents.TestRoundBegun;
import nl.doorbraak.support.Locks;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Test messages to everybody whom the levels of a municipality would tell. */
@Service
public class TestRounds {

	private static final Duration BETWEEN = Duration.ofHours(1);

	private final JdbcClient db;

	private final Reachability reachability;

	private final Directory directory;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	TestRounds(JdbcClient db, Reachability reachability, Directory directory, Clock clock,
			ApplicationEventPublisher events) {
		this.db = db;
		this.reachability = reachability;
		this.directory = directory;
		this.clock = clock;
		this.events = events;
	}

	/**
	 * Has the messages sent.
	 * @throws Refused within an hour after the last round (409)
	 */
	@Transactional
	public void begin(String actor, Organisation municipality) {
		Locks.alone(this.db, "test round " + municipality.id());
		Instant now = this.clock.instant();
		if (last(municipality.id()).filter((round) -> round.begunAt().plus(BETWEEN).isAfter(now)).isPresent()) {
			throw Refused.conflict("test-round",
					"Er is minder dan een uur geleden al een proefbericht gestuurd. Wacht op de antwoorden, of probeer het later opnieuw.");
		}
		Map<String, Asked> asked = new LinkedHashMap<>();
		this.reachability.concerned(municipality)
			.forEach((post) -> this.directory.officersOf(post.organisation(), post.function())
				.forEach((officer) -> asked.putIfAbsent(officer.login(),
						new Asked(officer.login(), post.function(), post.organisation()))));
		long round = this.db
			.sql("""
					insert into doorbraak.reach_round (municipality_id, begun_by, begun_at) values (:municipality, :by, :now)
					returning id""")
			.param("municipality", municipality.id())
			.param("by", actor)
			.param("now", Timestamp.from(now))
			.query(Long.class)
			.single();
		asked.values()
			.forEach(
					(each) -> this.db.sql("insert into doorbraak.reach_asked values (:round, :login, :function, :body)")
						.param("round", round)
						.param("login", each.login())
						.param("function", each.function().code())
						.param("body", each.organisation())
						.update());
		this.events.publishEvent(new TestRoundBegun(actor, round, municipality.id(), List.copyOf(asked.values())));
	}

	/** The last round of a municipality. */
	@Transactional(readOnly = true)
	public Optional<Round> last(String municipality) {
		return this.db.sql("""
				select * from doorbraak.reach_round where municipality_id = :municipality order by id desc limit 1""")
			.param("municipality", municipality)
			.query((row, n) -> new Round(row.getLong("id"), row.getTimestamp("begun_at").toInstant(),
					answers(row.getLong("id"))))
			.optional();
	}

	private List<Answer> answers(long round) {
		return this.db.sql("""
				select * from doorbraak.reach_asked where round_id = :round
				order by confirmed_at nulls first, organisation_id, function, officer_login""")
			.param("round", round)
			.query((row, n) -> {
				Timestamp confirmed = row.getTimestamp("confirmed_at");
				return new Answer(this.directory.nameOf(row.getString("officer_login")),
						Function.of(row.getString("function")),
						this.directory.getOrganisation(row.getString("organisation_id")).name(),
						(confirmed != null) ? confirmed.toInstant() : null);
			})
			.list();
	}

	/**
	 * Whether this officer has confirmed a round.
	 * @throws Refused who was not asked in it (404)
	 */
	@Transactional(readOnly = true)
	public boolean isConfirmed(String login, long round) {
		return this.db
			.sql("""
					select confirmed_at is not null from doorbraak.reach_asked where round_id = :round and officer_login = :login""")
			.param("round", round)
			.param("login", login)
			.query(Boolean.class)
			.optional()
			.orElseThrow(Refused::notFound);
	}

	/**
	 * The message arrived; a second time changes nothing.
	 * @throws Refused who was not asked in this round (404)
	 */
	@Transactional
	public void confirm(String login, long round) {
		if (isConfirmed(login, round)) {
			return;
		}
		int confirmed = this.db.sql("""
				update doorbraak.reach_asked set confirmed_at = :now
				where round_id = :round and officer_login = :login and confirmed_at is null""")
			.param("now", Timestamp.from(this.clock.instant()))
			.param("round", round)
			.param("login", login)
			.update();
		if (confirmed == 1) {
			String municipality = this.db.sql("select municipality_id from doorbraak.reach_round where id = :round")
				.param("round", round)
				.query(String.class)
				.single();
			this.events.publishEvent(new TestMessageConfirmed(login, round, municipality));
		}
	}

	/** A round, who did not answer first. */
	public record Round(long id, Instant begunAt, List<Answer> answers) {

		public Round {
			answers = List.copyOf(answers);
		}

		public long confirmed() {
			return this.answers.stream().filter((each) -> each.confirmedAt() != null).count();
		}

	}

	/** What somebody answered. */
	public record Answer(String name, Function function, String organisation, @Nullable Instant confirmedAt) {
	}

}
