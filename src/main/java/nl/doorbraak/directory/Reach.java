package nl.doorbraak.directory;

import java.time.LocalDate;
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
		List<Absence> away = this.absences.on(day);
		Set<String> gone = away.stream().map(Absence::login).collect(Collectors.toSet());
		return away.stream()
			.filter((absence) -> logins.contains(absence.login()))
			.flatMap((absence) -> Stream.ofNullable(absence.deputy()))
			.filter((deputy) -> !gone.contains(deputy))
			.collect(Collectors.toCollection(LinkedHashSet::new));
	}

	/** Whether one of these people, or who stands in for them, would hear of it. */
	public boolean reaches(List<String> logins, LocalDate day) {
		Set<String> gone = this.absences.on(day).stream().map(Absence::login).collect(Collectors.toSet());
		Set<String> there = Stream.concat(logins.stream(), deputies(logins, day).stream())
			.filter((login) -> !gone.contains(login))
			.collect(Collectors.toSet());
		return there.stream().anyMatch(this::hasWorkingAddress);
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

}
