package nl.doorbraak.reachability;

import java.time.Clock;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.casefile.Climb;
import nl.doorbraak.directory.Absence;
import nl.doorbraak.directory.Absences;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.directory.Reach;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.mandate.SigningLines;
import nl.doorbraak.mandate.SigningLines.Line;
import nl.doorbraak.reachability.Finding.Code;
import nl.doorbraak.reachability.Finding.Moment;
import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Asks of every level of a municipality whether it would reach somebody who can act: now,
 * in the next weekend and in the week of Christmas.
 */
@Service
public class Reachability {

	/** How long before its end a mandate is called ending. */
	private static final int SOON_DAYS = 60;

	private final Directory directory;

	private final Absences absences;

	private final Reach reach;

	private final SigningLines mandates;

	private final Clock clock;

	Reachability(Directory directory, Absences absences, Reach reach, SigningLines mandates, Clock clock) {
		this.directory = directory;
		this.absences = absences;
		this.reach = reach;
		this.mandates = mandates;
		this.clock = clock;
	}

	/** The municipalities that work in Doorbraak. */
	public List<Organisation> municipalities() {
		return this.directory.allOrganisations()
			.stream()
			.filter((each) -> each.kind() == Organisation.Kind.MUNICIPALITY && each.connected())
			.toList();
	}

	/** The days that are asked about. */
	public Map<Moment, List<LocalDate>> days() {
		LocalDate today = DutchTime.day(this.clock.instant());
		LocalDate saturday = today.with(TemporalAdjusters.nextOrSame(DayOfWeek.SATURDAY));
		LocalDate newYear = LocalDate.of((today.getDayOfYear() == 1) ? today.getYear() : today.getYear() + 1, 1, 1);
		LocalDate christmas = newYear.minusDays(7);
		Map<Moment, List<LocalDate>> days = new LinkedHashMap<>();
		days.put(Moment.NOW, List.of(today));
		days.put(Moment.WEEKEND, List.of(saturday, saturday.plusDays(1)));
		days.put(Moment.CHRISTMAS,
				christmas.datesUntil(newYear.plusDays(1)).filter((day) -> !day.isBefore(today)).toList());
		return days;
	}

	/** Everything that is found for a municipality, what reaches nobody first. */
	@Transactional(readOnly = true)
	public Report check(Organisation municipality) {
		Look look = new Look(municipality, this.directory.allOfficers(), this.absences.ahead());
		days().forEach((moment, days) -> days
			.forEach((day) -> Stream.of(Rung.values()).forEach((rung) -> look.at(rung, moment, day))));
		return new Report(municipality, look.sorted());
	}

	/** The functions that the levels of a municipality tell or ask to sign. */
	@Transactional(readOnly = true)
	public Set<Officer.Post> concerned(Organisation municipality) {
		Look look = new Look(municipality, List.of(), List.of());
		return Stream.of(Rung.values())
			.filter((rung) -> look.body(rung).connected())
			.flatMap((rung) -> Stream.concat(Stream.of(new Officer.Post(Climb.function(rung), look.body(rung).id())),
					look.lines(rung).stream().map((line) -> new Officer.Post(line.function(), line.body()))))
			.collect(Collectors.toCollection(java.util.LinkedHashSet::new));
	}

	/**
	 * What was found for one municipality.
	 */
	public record Report(Organisation municipality, List<Finding> findings) {

		public Report {
			findings = List.copyOf(findings);
		}

		/** {@code good}, {@code warn} or {@code bad}: whether it reaches somebody. */
		public String word(Rung rung, Moment moment) {
			List<Finding> here = this.findings.stream()
				.filter((each) -> each.rungs().contains(rung) && each.moments().contains(moment))
				.toList();
			return here.stream().anyMatch(Finding::severe) ? "bad" : here.isEmpty() ? "good" : "warn";
		}

	}

	/** One look at a municipality: everything is read once. */
	private final class Look {

		private final Organisation municipality;

		private final List<Officer> officers;

		private final List<Absence> ahead;

		private final Set<String> failing;

		private final List<Line> register;

		private final Map<String, Finding> found = new LinkedHashMap<>();

		Look(Organisation municipality, List<Officer> officers, List<Absence> ahead) {
			this.municipality = municipality;
			this.officers = officers;
			this.ahead = ahead;
			this.failing = officers.isEmpty() ? Set.of() : Reachability.this.reach.bounced();
			this.register = Reachability.this.mandates
				.of(Stream.of(Rung.values()).map((rung) -> body(rung).id()).collect(Collectors.toSet()));
		}

		Organisation body(Rung rung) {
			return switch (rung) {
				case LOCAL -> this.municipality;
				case REGIONAL ->
					Reachability.this.directory.getOrganisation(String.valueOf(this.municipality.region()));
				case NATIONAL -> Reachability.this.directory.theOne(Organisation.Kind.DESK);
				case MINISTRY -> Reachability.this.directory.theOne(Organisation.Kind.MINISTRY);
			};
		}

		/** As the gate asks: the desk has no power of its own to decide. */
		List<Line> lines(Rung rung) {
			Set<String> bodies = switch (rung) {
				case LOCAL, NATIONAL -> Set.of(this.municipality.id());
				case REGIONAL -> Set.of(body(rung).id(), this.municipality.id());
				case MINISTRY -> Set.of(body(rung).id());
			};
			return this.register.stream()
				.filter((line) -> bodies.contains(line.body()) && line.rungs().contains(rung))
				.toList();
		}

		void at(Rung rung, Moment moment, LocalDate day) {
			Organisation body = body(rung);
			Function function = Climb.function(rung);
			At at = new At(rung, moment);
			if (!body.connected()) {
				if (body.email() == null) {
					add(at, Code.UNREACHABLE, function, body.id(), null, null, true);
				}
				return;
			}
			List<Officer> holders = holders(function, body.id());
			boolean told = isReached(holders, day);
			if (holders.isEmpty()) {
				add(at, Code.MISSING, function, body.id(), null, null, true);
			}
			else if (!told) {
				add(at, Code.UNREACHABLE, function, body.id(), null, null, true);
			}
			people(at, function, body.id(), day);
			mandates(at, body, day);
		}

		private void mandates(At at, Organisation body, LocalDate day) {
			List<Line> all = lines(at.rung());
			List<Line> inForce = all.stream().filter((line) -> !line.hasEnded(day)).toList();
			boolean signs = false;
			for (Line line : inForce) {
				signs |= canSign(line, day);
				people(at, line.function(), line.body(), day);
				deputies(at, line, inForce, day);
				if (line.endsSoon(day, SOON_DAYS)) {
					add(at, Code.ENDING, line.function(), line.body(), null, line.number(), false);
				}
			}
			all.stream()
				.filter((line) -> line.hasEnded(day) && inForce.stream()
					.noneMatch((each) -> each.function() == line.function() && each.body().equals(line.body())))
				.forEach((line) -> add(at, Code.EXPIRED, line.function(), line.body(), null, line.number(),
						inForce.isEmpty()));
			if (all.isEmpty()) {
				add(at, Code.NO_MANDATE, Climb.function(at.rung()), body.id(), null, null, true);
			}
			else if (!inForce.isEmpty() && !signs) {
				add(at, Code.NOBODY_SIGNS, Climb.function(at.rung()), body.id(), null, null, true);
			}
		}

		/**
		 * Whether a holder who is there, or a deputy whom the mandate names, can sign.
		 */
		private boolean canSign(Line line, LocalDate day) {
			return holders(line.function(), line.body()).stream()
				.anyMatch((holder) -> !isAway(holder.login(), day)
						|| standIn(holder, day).filter((deputy) -> maySign(deputy, line)).isPresent());
		}

		private static boolean maySign(Officer deputy, Line line) {
			return line.deputy().map(deputy.posts()::contains).orElse(false);
		}

		private void deputies(At at, Line line, List<Line> inForce, LocalDate day) {
			for (Officer holder : holders(line.function(), line.body())) {
				standIn(holder, day)
					.filter((deputy) -> inForce.stream()
						.noneMatch((each) -> maySign(deputy, each) && each.equals(line)
								|| deputy.posts().contains(new Officer.Post(each.function(), each.body()))))
					.ifPresent((deputy) -> add(at, Code.DEPUTY, line.function(), line.body(), deputy.login(),
							line.number(), false));
			}
		}

		private void people(At at, Function function, String body, LocalDate day) {
			List<Officer> holders = holders(function, body);
			boolean severe = function == Climb.function(at.rung()) && body.equals(body(at.rung()).id())
					&& !isReached(holders, day);
			for (Officer holder : holders) {
				if (isAway(holder.login(), day) && standIn(holder, day).isEmpty()) {
					add(at, Code.ABSENT, function, body, holder.login(), null, severe);
				}
				if (this.failing.contains(holder.login())) {
					add(at, Code.BOUNCED, function, body, holder.login(), null, severe);
				}
				if (holder.email() == null) {
					add(at, Code.NO_ADDRESS, function, body, holder.login(), null, severe);
				}
			}
		}

		private boolean isReached(List<Officer> holders, LocalDate day) {
			return holders.stream()
				.flatMap((holder) -> isAway(holder.login(), day) ? standIn(holder, day).stream() : Stream.of(holder))
				.anyMatch((officer) -> officer.email() != null && !this.failing.contains(officer.login()));
		}

		private List<Officer> holders(Function function, String body) {
			return this.officers.stream()
				.filter((officer) -> officer.posts().contains(new Officer.Post(function, body)))
				.toList();
		}

		private boolean isAway(@Nullable String login, LocalDate day) {
			return this.ahead.stream().anyMatch((absence) -> absence.login().equals(login) && absence.covers(day));
		}

		/** Who stands in for somebody who is away, and is there. */
		private java.util.Optional<Officer> standIn(Officer holder, LocalDate day) {
			return this.ahead.stream()
				.filter((absence) -> absence.login().equals(holder.login()) && absence.covers(day))
				.filter((absence) -> absence.deputy() != null && !isAway(absence.deputy(), day))
				.flatMap((absence) -> this.officers.stream()
					.filter((officer) -> officer.login().equals(absence.deputy())))
				.findFirst();
		}

		private void add(At at, Code code, Function function, String body, @Nullable String person,
				@Nullable String mandate, boolean severe) {
			String key = String.join("/", code.name(), function.code(), body, String.valueOf(person),
					String.valueOf(mandate), String.valueOf(severe));
			Finding before = this.found.get(key);
			Set<Rung> rungs = (before != null) ? EnumSet.copyOf(before.rungs()) : EnumSet.noneOf(Rung.class);
			Set<Moment> moments = (before != null) ? EnumSet.copyOf(before.moments()) : EnumSet.noneOf(Moment.class);
			rungs.add(at.rung());
			moments.add(at.moment());
			Officer.Post mends = mends(code, body);
			this.found.put(key, new Finding(code, function, body, person, mandate, mends.function(),
					mends.organisation(), rungs, moments, severe));
		}

		/**
		 * The administrators keep functions, addresses and the register; an absence is
		 * for the manager, where the body has one.
		 */
		private Officer.Post mends(Code code, String body) {
			Organisation organisation = Reachability.this.directory.getOrganisation(body);
			String home = (organisation.kind() == Organisation.Kind.MUNICIPALITY) ? body : this.municipality.id();
			boolean absence = code == Code.ABSENT || code == Code.DEPUTY || code == Code.UNREACHABLE
					|| code == Code.NOBODY_SIGNS;
			Function first = absence ? Function.MANAGER : Function.ADMINISTRATOR;
			Function second = absence ? Function.ADMINISTRATOR : Function.MANAGER;
			return holders(first, home).isEmpty() && !holders(second, home).isEmpty() ? new Officer.Post(second, home)
					: new Officer.Post(first, home);
		}

		List<Finding> sorted() {
			List<Finding> all = new ArrayList<>(this.found.values());
			all.sort(Comparator.comparing((Finding each) -> !each.severe()).thenComparing(Finding::code));
			return all;
		}

	}

	private record At(Rung rung, Moment moment) {
	}

}
