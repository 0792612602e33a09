package nl.doorbraak.reachability;

import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.directory.Reach;
import nl.doorbraak.reachability.ReachabilityEvents.FunctionReachableAgain;
import nl.doorbraak.reachability.ReachabilityEvents.FunctionUnreachable;
import nl.doorbraak.support.DutchTime;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Functions that reached nobody when somebody had to be told: each hole is reported once,
 * and again only after it was mended.
 */
@Service
public class Holes {

	private final JdbcClient db;

	private final Directory directory;

	private final Reach reach;

	private final CaseFiles files;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Holes(JdbcClient db, Directory directory, Reach reach, CaseFiles files, Clock clock,
			ApplicationEventPublisher events) {
		this.db = db;
		this.directory = directory;
		this.reach = reach;
		this.files = files;
		this.clock = clock;
		this.events = events;
	}

	/** The holes that are there now, the oldest first. */
	@Transactional(readOnly = true)
	public List<Hole> open() {
		return this.db.sql("select * from doorbraak.reach_hole where mended_at is null order by id")
			.query((row, n) -> new Hole(row.getLong("id"), Function.of(row.getString("function")),
					row.getString("body_id"), Objects.requireNonNullElse(row.getString("case_number"), ""),
					row.getTimestamp("found_at").toInstant()))
			.list();
	}

	/**
	 * Those that somebody can mend who keeps the functions of this municipality: its own,
	 * of its region, and of the bodies of the whole country.
	 */
	@Transactional(readOnly = true)
	public List<Hole> concerning(Organisation municipality) {
		return open().stream().filter((hole) -> {
			Organisation body = this.directory.getOrganisation(hole.body());
			return switch (body.kind()) {
				case MUNICIPALITY -> body.id().equals(municipality.id());
				case REGION -> body.id().equals(municipality.region());
				case AGENCY, DESK, MINISTRY -> true;
			};
		}).toList();
	}

	/**
	 * Nobody was there.
	 * @param number of the case whose own team reached nobody; empty for a function
	 */
	public void report(Function function, String body, String number) {
		int added = this.db.sql("""
				insert into doorbraak.reach_hole (function, body_id, case_number, found_at)
				values (:function, :body, :number, :now) on conflict do nothing""")
			.param("function", function.code())
			.param("body", body)
			.param("number", number.isEmpty() ? null : number, Types.VARCHAR)
			.param("now", Timestamp.from(this.clock.instant()))
			.update();
		if (added == 1) {
			this.events.publishEvent(new FunctionUnreachable(number, function.code(), body));
		}
	}

	/** Looks whether what reached nobody reaches somebody now. */
	@Scheduled(initialDelayString = "${doorbraak.alert.poll-every:2s}",
			fixedDelayString = "${doorbraak.alert.holes-every:60s}")
	@Transactional
	public void lookAgain() {
		reportWithoutAdministrator();
		open().stream().filter(this::isMended).forEach((hole) -> {
			int mended = this.db
				.sql("update doorbraak.reach_hole set mended_at = :now where id = :id and mended_at is null")
				.param("now", Timestamp.from(this.clock.instant()))
				.param("id", hole.id())
				.update();
			if (mended == 1) {
				this.events
					.publishEvent(new FunctionReachableAgain(hole.number(), hole.function().code(), hole.body()));
			}
		});
	}

	/** Nobody is left who gives functions or mends a job: the managers must know. */
	private void reportWithoutAdministrator() {
		List<Organisation> all = this.directory.allOrganisations();
		if (all.stream().allMatch((each) -> this.directory.officersOf(each.id(), Function.ADMINISTRATOR).isEmpty())) {
			this.directory.connectedMunicipalities().forEach((each) -> report(Function.ADMINISTRATOR, each, ""));
		}
	}

	private boolean isMended(Hole hole) {
		var today = DutchTime.day(this.clock.instant());
		return hole.number().isEmpty() ? this.reach.reaches(hole.function(), hole.body(), today)
				: this.files.team(hole.number()).isEmpty() || this.reach.reaches(this.files.team(hole.number()), today);
	}

	/**
	 * One hole.
	 *
	 * @param number of the case whose own team reached nobody; empty for a function
	 */
	public record Hole(long id, Function function, String body, String number, Instant foundAt) {
	}

}
