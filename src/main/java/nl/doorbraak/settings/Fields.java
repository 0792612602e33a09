package nl.doorbraak.settings;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import nl.doorbraak.ladder.Rung;
import nl.doorbraak.ladder.Span;
import nl.doorbraak.ladder.TermsVersion;
import nl.doorbraak.ladder.TermsVersion.RungTerm;
import nl.doorbraak.lead.WatchMoment;
import nl.doorbraak.mandate.Level;
import nl.doorbraak.mandate.Levels;
import nl.doorbraak.support.Refused;
import nl.doorbraak.support.Storable;

/**
 * What a version says as the fields of a form, and back; a draft is kept as these fields.
 */
final class Fields {

	/** Who can hear of a watch moment, as it is stored. */
	static final List<String> TOLD = List.of("caseTeam", "manager", "processDirector", "everybody");

	/** From where a moment of one's own counts. */
	static final List<String> BASES = List.of("opening", "event");

	private static final Pattern OWN = Pattern
		.compile("moment\\.(watch(Opening|Event|Refusals|Asked|Referrals)([1-9][0-9]{0,2}))");

	private static final int MOST_DAYS = 100;

	private static final int LONGEST_NAME = 60;

	private static final int MOST_WORKING_DAYS = 130;

	private static final int MOST_WEEKS = 26;

	private static final int MOST_TIMES = 20;

	private static final int MOST_MOMENTS = 20;

	private static final long MOST_EUROS = 9_999_999;

	private final Map<String, String> typed;

	private Fields(Map<String, String> typed) {
		this.typed = typed;
	}

	static Map<String, String> of(Agreed agreed) {
		Map<String, String> fields = new LinkedHashMap<>();
		for (Rung rung : Rung.values()) {
			RungTerm term = agreed.terms().rung(rung);
			put(fields, "rung." + rung.code(), term.term());
			put(fields, "extension." + rung.code(), term.extension());
		}
		for (Length length : Length.values()) {
			fields.put(length.code(), String.valueOf(length.of(agreed.terms())));
		}
		for (WatchMoment moment : agreed.moments()) {
			String name = "moment." + moment.id();
			fields.put(name,
					String.valueOf((moment.occurrences() > 0) ? moment.occurrences() : Math.abs(moment.workingDays())));
			moment.tells().forEach((function) -> fields.put(name + "." + function, "on"));
			if (moment.appoints()) {
				fields.put(name + ".appoints", "on");
			}
		}
		for (Level level : Level.values()) {
			fields.put("level." + level.code(),
					agreed.levels().of(level).map((cents) -> String.valueOf(cents / 100)).orElse(""));
		}
		fields.put("days",
				new TreeMap<>(agreed.terms().freeDays()).entrySet()
					.stream()
					.map((day) -> day.getKey() + " " + day.getValue())
					.collect(Collectors.joining("\n")));
		return fields;
	}

	private static void put(Map<String, String> fields, String name, Span span) {
		fields.put(name, String.valueOf(span.amount()));
		fields.put(name + ".unit", span.unit().code());
	}

	/**
	 * What these fields say, where the moments are those of the version before, those
	 * that the draft has of its own, and perhaps one more. A length or level that a draft
	 * does not name, because there was none when it was written, is as before.
	 * @param closed whether a day is no working day by law
	 * @throws Refused (400) with the field that cannot be
	 */
	static Agreed read(Map<String, String> typed, Agreed before, String body, Predicate<LocalDate> closed) {
		Map<String, String> all = new LinkedHashMap<>(typed);
		of(before).forEach((name, value) -> {
			if (!name.startsWith("moment.") && !name.equals("days")) {
				all.putIfAbsent(name, value);
			}
		});
		return new Fields(all).read(before, body, closed);
	}

	private Agreed read(Agreed before, String body, Predicate<LocalDate> closed) {
		if (number(Length.CRISIS_QUESTION) > number(Length.CRISIS_RUNG)) {
			throw Refused.invalid("crisisQuestion",
					"In een crisis kan het antwoord niet langer duren dan de tijd op een niveau.", "crisisQuestion");
		}
		Map<Rung, RungTerm> rungs = new EnumMap<>(Rung.class);
		for (Rung rung : Rung.values()) {
			rungs.put(rung, new RungTerm(span("rung." + rung.code(), "Termijn " + rung.label()),
					span("extension." + rung.code(), "Verlenging " + rung.label())));
		}
		TermsVersion terms = new TermsVersion(0, Instant.EPOCH, number(Length.QUESTION), number(Length.RATIFICATION),
				number(Length.AGENCY), number(Length.MEASURES), number(Length.OUTCOME), number(Length.ANNOUNCEMENT),
				number(Length.LEAD_STEP), number(Length.LEAD_RETURN), number(Length.LEAD_ABSENCE),
				number(Length.LOOK_BACK), number(Length.SESSION), number(Length.AFTERCARE),
				number(Length.ACCESS_REVIEW), number(Length.CRISIS_WINDOW), number(Length.SIGNAL),
				number(Length.SIGNAL_THREAT), Duration.ofHours(number(Length.CRISIS_RUNG)),
				Duration.ofHours(number(Length.CRISIS_QUESTION)), Duration.ofHours(number(Length.CRISIS_EXTENSION)),
				rungs, days(closed), body);
		return new Agreed(terms, moments(before), levels());
	}

	private Levels levels() {
		Map<Level, Long> cents = new EnumMap<>(Level.class);
		for (Level level : Level.values()) {
			String said = text("level." + level.code());
			if (said.isEmpty() && level.isOptional()) {
				continue;
			}
			if (!said.matches("[0-9]{1,7}") || Long.parseLong(said) > MOST_EUROS) {
				throw Refused.invalid("level",
						"Mandaat: " + level.label() + ": vul een bedrag in hele euro's in van 0 tot en met 9999999"
								+ (level.isOptional() ? ", of laat het leeg." : "."),
						"level." + level.code());
			}
			cents.put(level, Long.parseLong(said) * 100);
		}
		ascend(cents, Level.TEAM, Level.CASE_DIRECTOR);
		ascend(cents, Level.CASE_DIRECTOR, Level.MANAGER);
		ascend(cents, Level.MANAGER, Level.DIRECTOR);
		ascend(cents, Level.DEVIATION, Level.DIRECTOR);
		ascend(cents, Level.REGION, Level.MANAGER);
		return new Levels(cents);
	}

	private static void ascend(Map<Level, Long> cents, Level low, Level high) {
		if (cents.getOrDefault(low, 0L) > cents.getOrDefault(high, 0L)) {
			throw Refused.invalid("level-order",
					"Mandaat: " + low.label() + ": dit bedrag kan niet hoger zijn dan dat van "
							+ Character.toLowerCase(high.label().charAt(0)) + high.label().substring(1) + ".",
					"level." + low.code());
		}
	}

	private int number(Length length) {
		return number(length.code(), length.label(), 1, length.most());
	}

	private List<WatchMoment> moments(Agreed before) {
		List<WatchMoment> moments = new ArrayList<>();
		for (WatchMoment moment : before.moments()) {
			moment("moment." + moment.id(), moment).ifPresent(moments::add);
		}
		for (WatchMoment moment : own(before)) {
			moment("moment." + moment.id(), moment).ifPresent(moments::add);
		}
		if (!text("moment.new").isEmpty()) {
			String basis = text("moment.new.basis");
			if (!BASES.contains(basis)) {
				throw Refused.invalid("moment.new", "Kies vanaf wanneer het nieuwe wachtmoment telt.",
						"moment.new.basis");
			}
			moment("moment.new", new WatchMoment(0, "", basis, basis.equals("event") ? -1 : 1, 0, List.of(), false))
				.ifPresent(moments::add);
		}
		if (moments.stream().map(Agreed::when).distinct().count() < moments.size()) {
			throw Refused.invalid("moment", "Twee wachtmomenten komen op hetzelfde moment: laat er een weg.");
		}
		if (moments.size() > MOST_MOMENTS) {
			throw Refused.invalid("moment.new", "Hoogstens " + MOST_MOMENTS + " wachtmomenten.", "moment.new");
		}
		return moments;
	}

	/** Moments of the draft itself: their ids say what they are. */
	private List<WatchMoment> own(Agreed before) {
		Set<String> known = before.moments().stream().map(WatchMoment::id).collect(Collectors.toSet());
		List<WatchMoment> own = new ArrayList<>();
		for (String field : new TreeSet<>(this.typed.keySet())) {
			Matcher named = OWN.matcher(field);
			if (named.matches() && !known.contains(named.group(1))) {
				String basis = named.group(2).toLowerCase(Locale.ROOT);
				int number = Integer.parseInt(named.group(3));
				boolean counts = !BASES.contains(basis);
				own.add(new WatchMoment(0, named.group(1), basis,
						counts ? 0 : (basis.equals("event") ? -number : number), counts ? number : 0, List.of(),
						false));
			}
		}
		return own;
	}

	/** What is empty is taken off, but no watch is without its repeat and its event. */
	private Optional<WatchMoment> moment(String field, WatchMoment before) {
		boolean counts = before.occurrences() > 0;
		String label = "Wachtmoment " + Agreed.when(before);
		if (before.isTheEvent()) {
			return Optional.of(new WatchMoment(0, before.id(), before.basis(), 0, 0, told(field, label), true));
		}
		if (text(field).isEmpty() && !before.basis().equals("repeat")) {
			return Optional.empty();
		}
		int number = number(field, label, 1, counts ? MOST_TIMES : MOST_WORKING_DAYS);
		int days = counts ? 0 : (before.basis().equals("event") ? -number : number);
		int times = counts ? number : 0;
		boolean same = !before.id().isEmpty()
				&& (days == before.workingDays() && times == before.occurrences() || before.basis().equals("repeat"));
		return Optional.of(new WatchMoment(0, same ? before.id() : id(before.basis(), number), before.basis(), days,
				times, told(field, label), this.typed.containsKey(field + ".appoints")));
	}

	/** The record names a moment by its id: another number is another moment. */
	private static String id(String basis, int number) {
		return "watch" + Character.toUpperCase(basis.charAt(0)) + basis.substring(1) + number;
	}

	private List<String> told(String field, String label) {
		List<String> told = TOLD.stream().filter((each) -> this.typed.containsKey(field + "." + each)).toList();
		if (told.isEmpty()) {
			throw Refused.invalid(field, label + ": kies wie het hoort.", field + "." + TOLD.get(0));
		}
		return told;
	}

	private Span span(String field, String label) {
		String unit = text(field + ".unit");
		if (!unit.equals(Span.Unit.WORKING_DAYS.code()) && !unit.equals(Span.Unit.WEEKS.code())) {
			throw Refused.invalid(field, label + ": kies werkdagen of weken.", field + ".unit");
		}
		Span.Unit counted = Span.Unit.of(unit);
		return new Span(number(field, label, 1, (counted == Span.Unit.WEEKS) ? MOST_WEEKS : MOST_WORKING_DAYS),
				counted);
	}

	private int number(String field, String label, int least, int most) {
		String said = text(field);
		if (!said.matches("[0-9]{1,4}") || Integer.parseInt(said) < least || Integer.parseInt(said) > most) {
			throw Refused.invalid("number",
					label + ": vul een heel getal in van " + least + " tot en met " + most + ".", field);
		}
		return Integer.parseInt(said);
	}

	/** One day on each line: the date, then its name. */
	private Map<LocalDate, String> days(Predicate<LocalDate> closed) {
		Map<LocalDate, String> days = new TreeMap<>();
		for (String line : text("days").lines().map(String::strip).filter((each) -> !each.isEmpty()).toList()) {
			LocalDate day = day(line);
			String name = line.substring(10).strip();
			if (name.isEmpty() || name.length() > LONGEST_NAME || !Storable.isStorable(name)
					|| name.chars().anyMatch(Character::isISOControl)) {
				throw days("Schrijf achter elke vrije dag hoe hij heet, in hoogstens " + LONGEST_NAME + " tekens.");
			}
			if (day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY
					|| closed.test(day)) {
				throw days("De vrije dag " + day + " is al geen werkdag: laat hem weg.");
			}
			if (days.put(day, name) != null) {
				throw days("De vrije dag " + day + " staat er twee keer.");
			}
		}
		if (days.size() > MOST_DAYS) {
			throw days("Hoogstens " + MOST_DAYS + " vrije dagen.");
		}
		return days;
	}

	private static LocalDate day(String line) {
		try {
			LocalDate day = LocalDate.parse(line.substring(0, Math.min(line.length(), 10)));
			if (day.getYear() >= 2020 && day.getYear() < 2200) {
				return day;
			}
		}
		catch (DateTimeParseException ex) {
			// Told below, as any line that is no day.
		}
		throw days("Schrijf elke vrije dag op een eigen regel: 2027-05-03 en dan hoe hij heet.");
	}

	private static Refused days(String sentence) {
		return Refused.invalid("days", sentence, "days");
	}

	private String text(String field) {
		return this.typed.getOrDefault(field, "").strip();
	}

}
