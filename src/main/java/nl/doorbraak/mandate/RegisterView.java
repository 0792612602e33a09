package nl.doorbraak.mandate;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.casefile.Power;
import nl.doorbraak.casefile.Reservation;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.ladder.Rung;
import nl.doorbraak.mandate.Mandate.State;
import nl.doorbraak.mandate.MandateCsv.Column;
import nl.doorbraak.support.Coded;
import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

/**
 * The register of one body as a page shows it: its lines, when each is valid, and where a
 * function has no mandate.
 */
public record RegisterView(List<Line> lines, List<Row> rows, List<Gap> gaps, LocalDate from, LocalDate today,
		LocalDate to) {

	static final int SOON_DAYS = 60;

	static final int VERY_SOON_DAYS = 14;

	private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d-M-uuuu");

	private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("d-M-uuuu HH:mm");

	public RegisterView {
		lines = List.copyOf(lines);
		rows = List.copyOf(rows);
		gaps = List.copyOf(gaps);
	}

	static RegisterView of(Organisation body, List<Mandate> register, Instant now) {
		LocalDate today = DutchTime.day(now);
		LocalDate from = today.minusMonths(6);
		LocalDate to = today.plusMonths(18);
		List<Line> lines = register.stream()
			.sorted(Comparator.comparing(Mandate::order)
				.thenComparing(Mandate::number)
				.thenComparing(Comparator.comparing(Mandate::version).reversed()))
			.map((each) -> line(register, each, now))
			.toList();
		List<Gap> gaps = gaps(body, register, now, to);
		return new RegisterView(lines, rows(register, gaps, now, from, to), gaps, from, today, to);
	}

	static Line line(List<Mandate> register, Mandate mandate, Instant now) {
		Map<Column, String> cells = MandateCsv.cells(mandate);
		Instant end = mandate.end(register);
		State state = mandate.state(register, now);
		boolean succeeded = end != null && Mandate.current(register, mandate.number(), end)
			.filter((each) -> each.version() > mandate.version() && each.state(register, end) == State.IN_FORCE)
			.isPresent();
		int soon = 0;
		if (end != null && state == State.IN_FORCE && !succeeded) {
			long days = ChronoUnit.DAYS.between(DutchTime.day(now), DutchTime.lastDay(end));
			soon = (days <= VERY_SOON_DAYS) ? VERY_SOON_DAYS : (days <= SOON_DAYS) ? SOON_DAYS : 0;
		}
		return new Line(mandate.number(), mandate.version(), mandate.function().orElse(null),
				text(cells, Column.FUNCTION), mandate.deputyCode() != null ? text(cells, Column.DEPUTY) : null,
				text(cells, Column.POWERS), text(cells, Column.RUNGS), mandate.decisionCeilingCents(),
				mandate.ceilingCents(), mandate.budgetCents(), mandate.legalBasis(), mandate.decision(),
				mandate.conditions(), mandate.parent(), mandate.revokedBy(), mandate.crisisUse(), mandate.approvals(),
				state.name(), (state == State.DRAFT) ? show(mandate.validFrom()) : show(mandate.begin()),
				(end != null) ? show(end) : null, (end != null) ? DutchTime.lastDay(end) : null, soon,
				mandate.missingConsent(now), coded(Power.class, mandate.powers()), coded(Rung.class, mandate.rungs()),
				Coded.find(Function.class, String.valueOf(mandate.deputyCode())).orElse(null));
	}

	private static <T extends Enum<T> & Coded> List<T> coded(Class<T> type, Set<String> codes) {
		return Stream.of(type.getEnumConstants()).filter((each) -> codes.contains(each.code())).toList();
	}

	private static String text(Map<Column, String> cells, Column column) {
		return cells.getOrDefault(column, "");
	}

	/** Numbers only, the same in every language; the hour where it is not midnight. */
	private static String show(Instant at) {
		return (DutchTime.isMidnight(at) ? DAY : MOMENT).format(at.atZone(DutchTime.ZONE));
	}

	/** Where a function that decides for this body has no line from today on. */
	private static List<Gap> gaps(Organisation body, List<Mandate> register, Instant now, LocalDate to) {
		Instant last = to.atStartOfDay(DutchTime.ZONE).toInstant();
		TreeSet<Instant> moments = new TreeSet<>(Set.of(now));
		register.stream()
			.flatMap((each) -> Stream.of(each.begin(), each.validTo(), each.revokedAt()))
			.filter((each) -> each != null && each.isAfter(now) && each.isBefore(last))
			.forEach(moments::add);
		List<Gap> gaps = new ArrayList<>();
		expected(body, register).forEach((function, uses) -> uses.forEach((use) -> {
			Instant since = null;
			for (Instant at : moments) {
				boolean covered = register.stream().anyMatch((each) -> isUsable(register, each, function, use, at));
				if (covered && since != null) {
					gaps.add(new Gap(function, use, since, at, unconsented(register, function, use, since)));
				}
				since = covered ? null : (since != null) ? since : at;
			}
			if (since != null) {
				gaps.add(new Gap(function, use, since, null, unconsented(register, function, use, since)));
			}
		}));
		return gaps;
	}

	/** Number of a line that is in force there, but lacks a consent. */
	private static @Nullable String unconsented(List<Mandate> register, Function function, Use use, Instant at) {
		return register.stream()
			.filter((each) -> !each.crisisUse() && each.functionCode().equals(function.code())
					&& each.powers().contains(use.power().code()) && each.rungs().contains(use.rung().code()))
			.filter((each) -> each.state(register, at) == State.IN_FORCE && !each.isConsented(at))
			.map(Mandate::number)
			.findFirst()
			.orElse(null);
	}

	/** For which powers and levels each function has, had or will have a line. */
	private static Map<Function, Set<Use>> expected(Organisation body, List<Mandate> register) {
		Set<Rung> rungs = switch (body.kind()) {
			case MUNICIPALITY -> EnumSet.of(Rung.LOCAL, Rung.REGIONAL, Rung.NATIONAL);
			case REGION -> EnumSet.of(Rung.REGIONAL);
			case MINISTRY -> EnumSet.of(Rung.MINISTRY);
			case AGENCY, DESK -> EnumSet.noneOf(Rung.class);
		};
		Map<Function, Set<Use>> expected = new LinkedHashMap<>();
		for (Function function : Function.values()) {
			Set<Use> uses = new TreeSet<>(Comparator.comparing(Use::power).thenComparing(Use::rung));
			boolean decides = body.kind() == Organisation.Kind.MUNICIPALITY
					&& Set.of(Function.MANAGER, Function.DIRECTOR, Function.ALDERMAN).contains(function);
			for (Power power : Power.values()) {
				rungs.stream()
					.filter((rung) -> decides && rung == Rung.LOCAL || register.stream()
						.anyMatch((each) -> !each.crisisUse() && each.functionCode().equals(function.code())
								&& each.powers().contains(power.code()) && each.rungs().contains(rung.code())))
					.forEach((rung) -> uses.add(new Use(power, rung)));
			}
			if (!uses.isEmpty()) {
				expected.put(function, uses);
			}
		}
		return expected;
	}

	/** Whether the checks let a holder decide the smallest thing under it. */
	private static boolean isUsable(List<Mandate> register, Mandate line, Function function, Use use, Instant at) {
		if (line.crisisUse() || !line.functionCode().equals(function.code())) {
			return false;
		}
		String municipality = line.municipalities().stream().findFirst().orElse(line.body());
		String threat = line.threats().stream().findFirst().orElse(null);
		return MandateCheck
			.check(register, line,
					new Signing("", Set.of(new Officer.Post(function, line.body())), Set.of(), use.power(),
							use.rung().code(), Set.of(line.body()), municipality, threat, at, false, 0L,
							(number) -> Signing.Spent.NOTHING, false, Reservation.NONE, true, "?", Set.of(), Set.of()))
			.isYes();
	}

	/** A bar for each line that is or becomes valid in the window, gaps below them. */
	private static List<Row> rows(List<Mandate> register, List<Gap> gaps, Instant now, LocalDate from, LocalDate to) {
		Scale scale = new Scale(from, to);
		List<Row> rows = new ArrayList<>();
		for (Function function : Function.values()) {
			List<Row> own = new ArrayList<>();
			MandateCheck.inOrder(register, false)
				.stream()
				.filter((each) -> each.functionCode().equals(function.code()))
				.filter((each) -> {
					State state = each.state(register, now);
					return each.publishedAt() != null && state != State.SUPERSEDED;
				})
				.map((each) -> scale.bar(each.number(), each.begin(), each.end(register), !each.isConsented(now)))
				.filter((bar) -> bar.width() > 0)
				.forEach(own::add);
			Set<String> drawn = new HashSet<>();
			gaps.stream()
				.filter((each) -> each.function() == function && drawn.add(each.since() + " " + each.until()))
				.map((each) -> scale.bar(null, each.since(), each.until(), false))
				.filter((bar) -> bar.width() > 0)
				.forEach(own::add);
			if (!own.isEmpty()) {
				rows.add(new Row(null, function, 0, 0, false));
				rows.addAll(own);
			}
		}
		return rows;
	}

	/** The lines in which all these words occur. */
	public List<Line> matching(String words, String state) {
		List<String> all = List.of(words.strip().toLowerCase(Locale.ROOT).split("\\s+"));
		return this.lines.stream()
			.filter((line) -> state.isEmpty() ? !line.state().equals(State.SUPERSEDED.name())
					: line.state().equals(state))
			.filter((line) -> all.stream().allMatch(line.searchable()::contains))
			.toList();
	}

	/** The lines in force, in order of competence. */
	public List<Line> valid() {
		return this.lines.stream().filter((line) -> line.state().equals(State.IN_FORCE.name())).toList();
	}

	/** Lines that end soon, the very soon ones first. */
	public List<Line> ending() {
		return this.lines.stream()
			.filter((line) -> line.soonDays() > 0)
			.sorted(Comparator.comparing(Line::soonDays))
			.toList();
	}

	/** Every state a line can have, to choose from. */
	public List<String> states() {
		return Stream.of(State.values()).map(State::name).toList();
	}

	/** How many lines are in force today. */
	public long inForce() {
		return this.lines.stream().filter((line) -> line.state().equals(State.IN_FORCE.name())).count();
	}

	/** Under how many of those nobody may sign, because a consent is missing. */
	public long unconsented() {
		return valid().stream().filter((line) -> line.missingConsent() != null).count();
	}

	/** Where today stands in the picture. */
	public int todayAt() {
		return new Scale(this.from, this.to).at(this.today);
	}

	/**
	 * A line as people read it.
	 *
	 * @param holder null where the register says a function that Doorbraak does not know
	 * @param function as the register says it
	 * @param deputy function that may sign while the holder is away; null: none
	 * @param ceilingCents per household and year
	 * @param state name of the state today
	 * @param lastDay null: it does not end
	 * @param soonDays 14 or 60 when it ends within so many days; else 0
	 * @param missingConsent whose consent the law asks and is not there: holder, employer
	 * or both; null: nobody's
	 * @param deputyHolder null: none, or a function that Doorbraak does not know
	 */
	public record Line(String number, int version, @Nullable Function holder, String function, @Nullable String deputy,
			String powers, String rungs, @Nullable Long decisionCeilingCents, @Nullable Long ceilingCents,
			@Nullable Long budgetCents, String legalBasis, String decision, @Nullable String conditions,
			@Nullable String parent, @Nullable String revokedBy, boolean crisisUse, int approvals, String state,
			String from, @Nullable String until, @Nullable LocalDate lastDay, int soonDays,
			@Nullable String missingConsent, List<Power> uses, List<Rung> levels, @Nullable Function deputyHolder) {

		private String searchable() {
			return Stream.of(this.number, this.function, this.powers, this.rungs, this.legalBasis, this.decision)
				.collect(Collectors.joining(" "))
				.toLowerCase(Locale.ROOT);
		}

	}

	/**
	 * A row of the picture: a function's name, a line's bar, or a gap.
	 *
	 * @param label number of the line; null: a gap, or a function
	 * @param function whose lines and gaps follow; null: this is one of them
	 * @param width nothing: the name of a function
	 * @param unconsented a bar of a line under which nobody may sign yet
	 */
	public record Row(@Nullable String label, @Nullable Function function, int x, int width, boolean unconsented) {
	}

	/** A power on a level. */
	public record Use(Power power, Rung rung) {
	}

	/**
	 * No line is in force.
	 *
	 * @param until null: as far as can be seen
	 * @param unconsented number of the line in force under which nobody may sign, because
	 * a consent is missing; null: there is none
	 */
	public record Gap(Function function, Use use, Instant since, @Nullable Instant until,
			@Nullable String unconsented) {

		public String from() {
			return DAY.format(this.since.atZone(DutchTime.ZONE));
		}

		public String to() {
			return (this.until != null) ? show(this.until) : "";
		}

	}

	private record Scale(LocalDate from, LocalDate to) {

		private static final int LEFT = 92;

		private static final int WIDTH = 308;

		int at(LocalDate day) {
			long days = ChronoUnit.DAYS.between(this.from, day);
			long all = ChronoUnit.DAYS.between(this.from, this.to);
			return LEFT + (int) (WIDTH * Math.max(0, Math.min(days, all)) / all);
		}

		Row bar(@Nullable String label, Instant begin, @Nullable Instant end, boolean unconsented) {
			int x = at(day(begin));
			return new Row(label, null, x, ((end != null) ? at(day(end)) : LEFT + WIDTH) - x, unconsented);
		}

		private static LocalDate day(Instant at) {
			return at.equals(Instant.MAX) ? LocalDate.MAX : DutchTime.day(at);
		}

	}

}
