package nl.doorbraak.agency;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import nl.doorbraak.directory.Absence;
import nl.doorbraak.directory.Absences;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Who of an agency is asked today: its officer, or the manager of a municipality that has
 * none, and who stands in for whoever is away.
 */
@Component
class AgencyOfficers {

	private static final Locale DUTCH = Locale.forLanguageTag("nl");

	private final Directory directory;

	private final Absences absences;

	private final Clock clock;

	AgencyOfficers(Directory directory, Absences absences, Clock clock) {
		this.directory = directory;
		this.absences = absences;
		this.clock = clock;
	}

	/** Whom to name: somebody who is there, else the first one with the deputy. */
	Optional<AskedOf> askedOf(String agency) {
		return Stream.of(Function.AGENCY_OFFICER, Function.MANAGER)
			.map((function) -> new Holders(function, this.directory.officersOf(agency, function)))
			.filter((holders) -> !holders.officers().isEmpty())
			.findFirst()
			.map(this::askedOf);
	}

	private AskedOf askedOf(Holders holders) {
		List<Absence> away = away(holders.officers().stream().map(Officer::login).toList());
		Officer first = holders.officers().get(0);
		return holders.officers()
			.stream()
			.filter((officer) -> of(away, officer.login()) == null)
			.findFirst()
			.map((there) -> new AskedOf(there.login(), holders.function(), null, null))
			.orElseGet(() -> {
				Absence absence = Objects.requireNonNull(of(away, first.login()));
				return new AskedOf(first.login(), holders.function(), deputy(first, absence), absence.lastDay());
			});
	}

	/** Whoever stands in today for an officer of the agency who is away. */
	Stream<String> standIns(String agency) {
		List<Officer> officers = this.directory.officersOf(agency, Function.AGENCY_OFFICER);
		List<Absence> away = away(officers.stream().map(Officer::login).toList());
		return officers.stream()
			.filter((officer) -> of(away, officer.login()) != null)
			.flatMap(
					(officer) -> Stream.ofNullable(deputy(officer, Objects.requireNonNull(of(away, officer.login())))));
	}

	/** No chains: who is away stands in for nobody. */
	private @Nullable String deputy(Officer officer, Absence absence) {
		return Stream.of(absence.deputy(), officer.deputy())
			.filter(Objects::nonNull)
			.map(String::valueOf)
			.filter((login) -> away(List.of(login)).isEmpty())
			.findFirst()
			.orElse(null);
	}

	private List<Absence> away(List<String> logins) {
		LocalDate today = DutchTime.day(this.clock.instant());
		return this.absences.on(today, logins);
	}

	private static @Nullable Absence of(List<Absence> away, String login) {
		return away.stream().filter((each) -> each.login().equals(login)).findFirst().orElse(null);
	}

	/** The same in one or two Dutch sentences. */
	String words(AskedOf asked) {
		String name = this.directory.nameOf(asked.officer());
		String who = name + ", " + asked.function().label().toLowerCase(DUTCH) + ".";
		LocalDate until = asked.awayUntil();
		if (until == null) {
			return who;
		}
		String deputy = asked.deputy();
		return (deputy != null)
				? who + " " + this.directory.nameOf(deputy) + " vervangt, omdat " + name + " afwezig is tot en met "
						+ DutchTime.date(until) + "."
				: who + " " + name + " is afwezig tot en met " + DutchTime.date(until) + ", en niemand vervangt.";
	}

	private record Holders(Function function, List<Officer> officers) {
	}

}
