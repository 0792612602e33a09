package nl.doorbraak.lead;

import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

import nl.doorbraak.directory.Absence;
import nl.doorbraak.directory.Absences;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.support.DutchTime;

import org.springframework.stereotype.Component;

/**
 * Who answers for an organisation that is asked to take the lead: one function of it, and
 * who stands in today for somebody with that function. No chains: who is away stands in
 * for nobody.
 */
@Component
class Answerers {

	private final Directory directory;

	private final Absences absences;

	private final Clock clock;

	Answerers(Directory directory, Absences absences, Clock clock) {
		this.directory = directory;
		this.absences = absences;
		this.clock = clock;
	}

	/** The absences of today in which somebody stands in. */
	List<Absence> standIns(Organisation organisation) {
		return of(organisation, standIns());
	}

	/** The same, those that are still to come too. */
	List<Absence> standInsAhead(Organisation organisation) {
		return of(organisation, this.absences.ahead().stream().filter((absence) -> absence.deputy() != null).toList());
	}

	private List<Absence> of(Organisation organisation, List<Absence> absences) {
		List<String> holders = this.directory.officersOf(organisation.id(), organisation.kind().answering())
			.stream()
			.map(Officer::login)
			.toList();
		return absences.stream().filter((absence) -> holders.contains(absence.login())).toList();
	}

	private List<Absence> standIns() {
		List<Absence> away = this.absences.on(DutchTime.day(this.clock.instant()));
		List<String> gone = away.stream().map(Absence::login).toList();
		return away.stream().filter((absence) -> absence.deputy() != null && !gone.contains(absence.deputy())).toList();
	}

	/** Whether the officer answers for the organisation today. */
	boolean answersFor(String login, String organisation) {
		return answersFor(login).contains(organisation);
	}

	/** The organisations that the officer answers for today. */
	List<String> answersFor(String login) {
		return Stream
			.concat(Stream.of(login),
					standIns().stream().filter((absence) -> login.equals(absence.deputy())).map(Absence::login))
			.flatMap((each) -> this.directory.answersFor(each).stream())
			.distinct()
			.toList();
	}

}
