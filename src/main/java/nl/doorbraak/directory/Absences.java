package nl.doorbraak.directory;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;

import nl.doorbraak.directory.AbsenceEvents.AbsenceEnded;
import nl.doorbraak.directory.AbsenceEvents.AbsenceEntered;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.support.Locks;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Remembered;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who is away when, entered by themselves. */
@Service
public class Absences {

	private final JdbcClient db;

	private final Directory directory;

	private final Clock clock;

	private final ApplicationEventPublisher events;

	Absences(JdbcClient db, Directory directory, Clock clock, ApplicationEventPublisher events) {
		this.db = db;
		this.directory = directory;
		this.clock = clock;
		this.events = events;
	}

	/** Every absence that has not passed, the first one first. */
	@Transactional(readOnly = true)
	public List<Absence> ahead() {
		return Remembered.once(new Ahead(today()), () -> this.db.sql("""
				select * from doorbraak.absence where ended_at is null and last_day >= :today
				order by first_day, id""").param("today", Date.valueOf(today())).query(Absences::absence).list());
	}

	private static Absence absence(ResultSet row, int number) throws SQLException {
		return new Absence(row.getLong("id"), row.getString("officer_login"),
				row.getObject("first_day", LocalDate.class), row.getObject("last_day", LocalDate.class),
				row.getString("deputy_login"));
	}

	/** Who is away on a day, today or later. */
	@Transactional(readOnly = true)
	public List<Absence> on(LocalDate day) {
		return ahead().stream().filter((each) -> each.covers(day)).toList();
	}

	/** Who of these people is away on a day, today or later. */
	@Transactional(readOnly = true)
	public List<Absence> on(LocalDate day, Collection<String> logins) {
		return this.db
			.sql("""
					select * from doorbraak.absence where officer_login = any (:logins) and ended_at is null and last_day >= :day
					  and first_day <= :day order by first_day, id""")
			.param("logins", logins.toArray(String[]::new))
			.param("day", Date.valueOf(day))
			.query(Absences::absence)
			.list();
	}

	/** Which of these people was away on a day, as it was known at that moment. */
	@Transactional(readOnly = true)
	public List<Absence> known(Collection<String> logins, LocalDate day, Instant at) {
		return this.db
			.sql("""
					select * from doorbraak.absence where officer_login = any (:logins) and :day between first_day and last_day
					  and entered_at <= :at and (ended_at is null or ended_at > :at) order by first_day, id""")
			.param("logins", logins.toArray(String[]::new))
			.param("day", Date.valueOf(day))
			.param("at", Timestamp.from(at))
			.query(Absences::absence)
			.list();
	}

	/** What is ahead of one officer. */
	@Transactional(readOnly = true)
	public List<Absence> ahead(String login) {
		return ahead().stream().filter((each) -> each.login().equals(login)).toList();
	}

	/** Whom somebody can name as deputy: who has a function at the same body. */
	public List<Officer> colleagues(String login) {
		List<String> bodies = this.directory.getOfficer(login)
			.posts()
			.stream()
			.map(Officer.Post::organisation)
			.toList();
		return this.directory.allOfficers()
			.stream()
			.filter((each) -> !each.login().equals(login)
					&& each.posts().stream().anyMatch((post) -> bodies.contains(post.organisation())))
			.toList();
	}

	/**
	 * Says when an officer is away, and who stands in.
	 * @param deputy login; null for nobody
	 * @throws Refused when the days cannot be right, or that is no colleague (400), or
	 * the officer is away already on one of these days (409)
	 */
	@Transactional
	public void enter(String login, @Nullable LocalDate firstDay, @Nullable LocalDate lastDay,
			@Nullable String deputy) {
		LocalDate today = today();
		if (firstDay == null || firstDay.isBefore(today) || firstDay.isAfter(today.plusYears(1))) {
			throw Refused.invalid("first-day", "Vul de eerste dag in: vandaag of later, hoogstens een jaar vooruit.",
					"firstDay");
		}
		if (lastDay == null || lastDay.isBefore(firstDay) || lastDay.isAfter(firstDay.plusYears(1))) {
			throw Refused.invalid("last-day",
					"Vul de laatste dag in: niet vóór de eerste dag, en hoogstens een jaar daarna.", "lastDay");
		}
		if (deputy != null && colleagues(login).stream().noneMatch((each) -> each.login().equals(deputy))) {
			throw Refused.invalid("deputy", "Kies een collega uit de lijst, of niemand.", "deputy");
		}
		Locks.alone(this.db, "absence " + login);
		Remembered.forget(Ahead.class);
		Absence absence = new Absence(0, login, firstDay, lastDay, deputy);
		if (ahead(login).stream().anyMatch(absence::overlaps)) {
			throw Refused.conflict("absent-already",
					"U bent op een van deze dagen al afwezig. Haal die afwezigheid eerst weg.");
		}
		this.db.sql("""
				insert into doorbraak.absence (officer_login, first_day, last_day, deputy_login, entered_by, entered_at)
				values (:login, :first, :last, :deputy, :login, :now)""")
			.param("login", login)
			.param("first", Date.valueOf(firstDay))
			.param("last", Date.valueOf(lastDay))
			.param("deputy", deputy, Types.VARCHAR)
			.param("now", Timestamp.from(this.clock.instant()))
			.update();
		Remembered.forget(Ahead.class);
		this.events.publishEvent(new AbsenceEntered(login, firstDay, lastDay, deputy));
	}

	/**
	 * Says that an officer is back, or does not go.
	 * @throws Refused when there is no such absence of this officer any more (404)
	 */
	@Transactional
	public void end(String login, long id) {
		Absence absence = ahead(login).stream()
			.filter((each) -> each.id() == id)
			.findFirst()
			.orElseThrow(Refused::notFound);
		int ended = this.db.sql("""
				update doorbraak.absence set ended_by = :login, ended_at = :now where id = :id and ended_at is null""")
			.param("login", login)
			.param("now", Timestamp.from(this.clock.instant()))
			.param("id", id)
			.update();
		if (ended == 0) {
			throw Refused.notFound();
		}
		Remembered.forget(Ahead.class);
		this.events.publishEvent(new AbsenceEnded(login, absence.firstDay(), absence.lastDay()));
	}

	private LocalDate today() {
		return DutchTime.day(this.clock.instant());
	}

	record Ahead(LocalDate of) {
	}

}
