package nl.doorbraak.directory;

import java.time.LocalDate;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who would hear of a mail on a day: somebody who is not away and whose address is not
 * known to fail.
 */
@Service
public class Reach {

	private final JdbcClient db;

	private final Directory directory;

	private final Absences absences;

	Reach(JdbcClient db, Directory directory, Absences absences) {
		this.db = db;
		this.directory = directory;
		this.absences = absences;
	}

	/** Who stands in on that day for these people, and is not away too. */
	public Set<String> deputies(List<String> logins, LocalDate day) {
		return of(logins, day).deputies(logins);
	}

	/** Whether one of these people, or who stands in for them, would hear of it. */
	public boolean reaches(List<String> logins, LocalDate day) {
		return of(logins, day).reaches(logins);
	}

	/**
	 * The same of everybody with a function; a body whose people do not work in Doorbraak
	 * is reached by its mailbox.
	 */
	public boolean reaches(Function function, String body, LocalDate day) {
		Organisation organisation = this.directory.getOrganisation(body);
		if (!organisation.connected()) {
			return organisation.email() != null;
		}
		return reaches(this.directory.officersOf(body, function).stream().map(Officer::login).toList(), day);
	}

	/** Asks for many people at once. */
	public Reached of(Collection<String> logins, LocalDate day) {
		List<Absence> away = this.absences.on(day, logins);
		List<String> deputies = away.stream().flatMap((absence) -> Stream.ofNullable(absence.deputy())).toList();
		List<Absence> alsoAway = deputies.isEmpty() ? List.of() : this.absences.on(day, deputies);
		Set<String> gone = Stream.concat(away.stream(), alsoAway.stream())
			.map(Absence::login)
			.collect(Collectors.toSet());
		List<String> working = this.db.sql(
				"select login from doorbraak.officer where login = any (:logins) and email is not null and bounced_at is null")
			.param("logins", Stream.concat(logins.stream(), deputies.stream()).toArray(String[]::new))
			.query(String.class)
			.list();
		return new Reached(away, gone, Set.copyOf(working));
	}

	/** Whether somebody has an address that is not known to fail. */
	public boolean hasWorkingAddress(String login) {
		return this.db
			.sql("select 1 from doorbraak.officer where login = :login and email is not null and bounced_at is null")
			.param("login", login)
			.query(Integer.class)
			.optional()
			.isPresent();
	}

	/** Whose address is known to fail. */
	public Set<String> bounced() {
		return Set.copyOf(this.db.sql("select login from doorbraak.officer where bounced_at is not null")
			.query(String.class)
			.list());
	}

	/** The mail server refused this address for good. */
	@Transactional
	public void bounced(String login) {
		this.db.sql(
				"update doorbraak.officer set bounced_at = doorbraak.current_instant() where login = :login and email is not null")
			.param("login", login)
			.update();
	}

	/** The mail server took a mail to it. */
	@Transactional
	public void works(String login) {
		this.db.sql("update doorbraak.officer set bounced_at = null where login = :login and bounced_at is not null")
			.param("login", login)
			.update();
	}

	/**
	 * Who of some people would hear of a mail on a day.
	 *
	 * @param away their absences
	 * @param gone who of them and of their deputies is away
	 * @param working whose address is not known to fail
	 */
	public record Reached(List<Absence> away, Set<String> gone, Set<String> working) {

		public Reached {
			away = List.copyOf(away);
			gone = Set.copyOf(gone);
			working = Set.copyOf(working);
		}

		/** Who stands in for these, and is not away too. */
		public Set<String> deputies(List<String> logins) {
			return this.away.stream()
				.filter((absence) -> logins.contains(absence.login()))
				.flatMap((absence) -> Stream.ofNullable(absence.deputy()))
				.filter((deputy) -> !this.gone.contains(deputy))
				.collect(Collectors.toCollection(LinkedHashSet::new));
		}

		/** Whether one of these, or who stands in for them, would hear of it. */
		public boolean reaches(List<String> logins) {
			return Stream.concat(logins.stream(), deputies(logins).stream())
				.anyMatch((login) -> !this.gone.contains(login) && this.working.contains(login));
		}

	}

}
