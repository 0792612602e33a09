package nl.doorbraak.operations;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import nl.doorbraak.alert.Unsent;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.support.FailedJobs;
import nl.doorbraak.support.FailedJobs.FailedJob;
import nl.doorbraak.support.RecordedEvent;
import nl.doorbraak.support.Refused;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What stands still, for the administrators of the bodies that it concerns, and another
 * try. Of a case that is the administrator of its municipality; of no case, each.
 */
@Service
public class Repairs {

	private static final int MOST = 500;

	private final FailedJobs failed;

	private final Unsent unsent;

	private final CaseFiles files;

	private final Directory directory;

	private final JdbcClient db;

	private final ApplicationEventPublisher events;

	Repairs(FailedJobs failed, Unsent unsent, CaseFiles files, Directory directory, JdbcClient db,
			ApplicationEventPublisher events) {
		this.failed = failed;
		this.unsent = unsent;
		this.files = files;
		this.directory = directory;
		this.db = db;
		this.events = events;
	}

	/** The steps that are tried no more. */
	@Transactional(readOnly = true)
	public List<FailedJob> failed(String administrator) {
		Set<String> bodies = bodies(administrator);
		return this.failed.list(MOST).stream().filter((each) -> concerns(bodies, each)).toList();
	}

	/**
	 * Lets a step be tried once more.
	 * @throws Refused one that does not concern the administrator (404), or that somebody
	 * else mended meanwhile (409)
	 */
	@Transactional
	public void tryAgain(String administrator, String id) {
		FailedJob job = failed(administrator).stream()
			.filter((each) -> each.id().equals(id))
			.findFirst()
			.orElseThrow(Refused::notFound);
		if (!job.number().isEmpty()) {
			this.files.hold(job.number());
		}
		if (!this.failed.retry(id)) {
			throw Refused.conflict("not-failed",
					"Deze stap wacht niet meer op een nieuwe poging, of is met deze knop niet te herstellen. Ververs de pagina.");
		}
		this.events.publishEvent(new JobTriedAgain(job.number(), administrator));
	}

	/** The messages that are not out. */
	@Transactional(readOnly = true)
	public List<Unsent.Late> unsent(String administrator) {
		return this.unsent.concerning(bodies(administrator));
	}

	/** Lets a message be sent again. */
	@Transactional
	public void sendAgain(String administrator, long id) {
		this.unsent.again(administrator, bodies(administrator), id);
	}

	/** What was late at the last round of the watchdog, counted by kind. */
	@Transactional(readOnly = true)
	public List<Overdue> overdue(String administrator) {
		return this.db
			.sql("""
					select what, count(*) as count, min(found_at) as since from doorbraak.watch_finding
					where ended_at is null and (municipality_id is null or municipality_id = any (:bodies)) group by what order by since, what""")
			.param("bodies", bodies(administrator).toArray(String[]::new))
			.query((row, n) -> new Overdue(row.getString("what"), row.getInt("count"),
					row.getTimestamp("since").toInstant()))
			.list();
	}

	/** When the watchdog last looked; nothing when it never did. */
	@Transactional(readOnly = true)
	public Optional<Instant> watchdogLooked() {
		return this.db.sql("select at from doorbraak.watchdog_round")
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.optional();
	}

	private Set<String> bodies(String administrator) {
		return this.directory.posts(administrator)
			.stream()
			.filter((post) -> post.function() == Function.ADMINISTRATOR)
			.map(Officer.Post::organisation)
			.collect(Collectors.toSet());
	}

	private boolean concerns(Collection<String> bodies, FailedJob job) {
		return job.number().isEmpty() || bodies.contains(this.files.standing(job.number()).municipality());
	}

	/**
	 * Work that is late.
	 *
	 * @param kind code of what the watchdog looks after
	 */
	public record Overdue(String kind, int count, Instant since) {
	}

	/**
	 * Somebody let a step be tried again that had failed too often.
	 *
	 * @param number of its case; empty: of no case
	 */
	record JobTriedAgain(String number, String actor) implements RecordedEvent {

		@Override
		public String chain() {
			return this.number.isEmpty() ? "watchdog" : this.number;
		}

		@Override
		public Map<String, Object> facts() {
			return Map.of("work", "incident");
		}

	}

}
