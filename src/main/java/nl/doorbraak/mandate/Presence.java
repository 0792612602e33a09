package nl.doorbraak.mandate;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Absence;
import nl.doorbraak.directory.Absences;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Who is there: who holds a function and is not away, and who may stand in for who is.
 * Days are days in Europe/Amsterdam.
 */
@Component
class Presence {

	private final Register register;

	private final Directory directory;

	private final Absences absences;

	private final CaseFiles files;

	private final Clock clock;

	Presence(Register register, Directory directory, Absences absences, CaseFiles files, Clock clock) {
		this.register = register;
		this.directory = directory;
		this.absences = absences;
		this.files = files;
		this.clock = clock;
	}

	private LocalDate today() {
		return DutchTime.day(this.clock.instant());
	}

	private List<Absence> awayToday() {
		return this.absences.on(today());
	}

	private static List<Absence> on(List<Absence> ahead, LocalDate day) {
		return ahead.stream().filter((absence) -> absence.covers(day)).toList();
	}

	private static List<String> gone(List<Absence> away) {
		return away.stream().map(Absence::login).toList();
	}

	private List<String> holders(Function function, String body) {
		return this.directory.officersOf(body, function).stream().map(Officer::login).toList();
	}

	Set<Officer.Post> posts(String person) {
		return this.directory.findOfficer(person).map((officer) -> Set.copyOf(officer.posts())).orElse(Set.of());
	}

	/** The other logins of this person. */
	Set<String> otherLogins(String person) {
		return this.directory.otherLogins(person);
	}

	/** What those are who are away today and named the person as deputy. */
	Set<Officer.Post> standsInFor(String person) {
		Set<Officer.Post> posts = new HashSet<>();
		awayToday().stream()
			.filter((absence) -> person.equals(absence.deputy()))
			.forEach((absence) -> posts.addAll(posts(absence.login())));
		return posts;
	}

	/** Whether the person is one of these, or stands in today for who is. */
	boolean holdsAny(String person, List<Officer.Post> asked) {
		return Stream.concat(posts(person).stream(), standsInFor(person).stream()).anyMatch(asked::contains);
	}

	/**
	 * Who can be asked today: who holds the function and is not away, and the deputies of
	 * who is. Of the casusregisseurs only the team of the case, because nobody else may
	 * see it.
	 */
	Set<String> people(CaseFile file, Function function, String body) {
		return people(file, function, body, awayToday());
	}

	private Set<String> people(CaseFile file, Function function, String body, List<Absence> away) {
		Set<String> people = new LinkedHashSet<>(holders(function, body));
		gone(away).forEach(people::remove);
		deputies(function, body, away).forEach((absence) -> people.add(String.valueOf(absence.deputy())));
		if (function == Function.CASE_DIRECTOR) {
			people.retainAll(this.files.team(file.number()));
		}
		return people;
	}

	/** Who holds the function and is not away today. */
	List<String> present(Function function, String body) {
		List<String> gone = gone(awayToday());
		return holders(function, body).stream().filter((login) -> !gone.contains(login)).toList();
	}

	/** Who can advise today: who holds the function and is there, or stands in. */
	Set<String> advisers(Function function, String body) {
		Set<String> advisers = new LinkedHashSet<>(holders(function, body));
		standIns(function, body).forEach((absence) -> advisers.add(String.valueOf(absence.deputy())));
		return advisers;
	}

	/**
	 * The absences in which somebody stands in today, whatever a mandate says: advice
	 * needs none. No chains: who is away stands in for nobody.
	 */
	private List<Absence> standIns(Function function, String body) {
		return standIns(function, body, awayToday());
	}

	private List<Absence> standIns(Function function, String body, List<Absence> away) {
		List<String> gone = gone(away);
		List<String> holders = holders(function, body);
		return away.stream()
			.filter((absence) -> holders.contains(absence.login()))
			.filter((absence) -> absence.deputy() != null && !gone.contains(absence.deputy()))
			.toList();
	}

	/** Who may sign under this line because its holder is away today. */
	List<String> deputies(Mandate line) {
		return deputies(line, awayToday()).stream()
			.map((absence) -> String.valueOf(absence.deputy()))
			.distinct()
			.toList();
	}

	private List<Absence> deputies(Mandate line, List<Absence> away) {
		Optional<Function> asked = Coded.find(Function.class, String.valueOf(line.deputyCode()));
		if (asked.isEmpty() || line.function().isEmpty()) {
			return List.of();
		}
		return standIns(line.function().get(), line.body(), away).stream()
			.filter((absence) -> posts(String.valueOf(absence.deputy()))
				.contains(new Officer.Post(asked.get(), line.body())))
			.toList();
	}

	/** The absences in which a mandate lets the deputy sign. */
	private List<Absence> deputies(Function function, String body, List<Absence> away) {
		return this.register.lines(Set.of(body))
			.stream()
			.filter((line) -> line.functionCode().equals(function.code()))
			.flatMap((line) -> deputies(line, away).stream())
			.distinct()
			.toList();
	}

	/** For whom the person stands in under a line; nobody for who holds it. */
	@Nullable String deputyFor(String person, Mandate line) {
		List<String> holders = line.function().map((function) -> holders(function, line.body())).orElse(List.of());
		return holders.contains(person) ? null
				: awayToday().stream()
					.filter((absence) -> person.equals(absence.deputy()) && holders.contains(absence.login()))
					.map(Absence::login)
					.findFirst()
					.orElse(null);
	}

	/** Whether nobody of who is asked by this function is there today but deputies. */
	boolean isAway(CaseFile file, Function function, String body) {
		Set<String> there = people(file, function, body);
		there.retainAll(holders(function, body));
		return there.isEmpty();
	}

	/**
	 * The day before the term ends from which none of those who are asked today can
	 * answer any more, because they are away or stand in no more.
	 */
	Optional<LocalDate> unreachableFrom(CaseFile file, Function function, String body, Instant due) {
		List<Absence> ahead = this.absences.ahead();
		LocalDate today = today();
		Set<String> asked = people(file, function, body, on(ahead, today));
		if (ahead.stream()
			.noneMatch(
					(absence) -> asked.contains(absence.login()) || asked.contains(String.valueOf(absence.deputy())))) {
			return Optional.empty();
		}
		// Who holds the function is asked too, and may be back before the term ends.
		asked.addAll(holders(function, body));
		LocalDate last = DutchTime.lastDay(due);
		return today.plusDays(1)
			.datesUntil(last.isAfter(today) ? last.plusDays(1) : today.plusDays(1))
			.filter((day) -> {
				Set<String> left = people(file, function, body, on(ahead, day));
				left.retainAll(asked);
				return left.isEmpty();
			})
			.findFirst();
	}

	/**
	 * Why a function is passed over whose holders are all away today; nothing where
	 * somebody is there.
	 */
	Optional<String> whyAway(Function function, String body) {
		List<String> holders = holders(function, body);
		List<Absence> away = awayToday().stream().filter((each) -> holders.contains(each.login())).toList();
		if (holders.isEmpty() || !gone(away).containsAll(holders)) {
			return Optional.empty();
		}
		LocalDate until = away.stream().map(Absence::lastDay).min(LocalDate::compareTo).orElseThrow();
		String deputy = away.stream().anyMatch((each) -> each.deputy() != null)
				? ", en het mandaat laat de plaatsvervanger niet tekenen" : "";
		return Optional
			.of(function.label() + ": afwezig tot en met " + DutchTime.date(until) + deputy + ". Daarom vragen wij u.");
	}

	/** Who may pick up a question to a function: of the casusregisseurs only the team. */
	Signers signers(CaseFile file, Function function, String body) {
		if (function == Function.CASE_DIRECTOR) {
			return new Signers(Optional.empty(), List.copyOf(people(file, function, body)));
		}
		return asked(function, body, deputies(function, body, awayToday()));
	}

	/** Who may pick up a question for advice: the function, and who stands in. */
	Signers asAdvisers(Function function, String body) {
		return asked(function, body, standIns(function, body));
	}

	private static Signers asked(Function function, String body, List<Absence> standIns) {
		return new Signers(Optional.of(new Officer.Post(function, body).group()),
				standIns.stream().map((absence) -> String.valueOf(absence.deputy())).distinct().toList());
	}

	/**
	 * Lets who may sign see the case, a deputy as long as the absence lasts; the team
	 * sees it anyway.
	 */
	void inviteSigners(String number, Function function, String body) {
		if (function != Function.CASE_DIRECTOR) {
			this.files.inviteSigners(number, function.code(), body);
			deputies(function, body, awayToday()).forEach(
					(absence) -> this.files.inviteSigner(number, String.valueOf(absence.deputy()), absence.login()));
		}
	}

	/** The same for who advises. */
	void inviteAdvisers(String number, Function function, String body) {
		this.files.inviteAdvisers(number, function.code(), body);
		standIns(function, body)
			.forEach((absence) -> this.files.inviteAdviser(number, String.valueOf(absence.deputy()), absence.login()));
	}

}
