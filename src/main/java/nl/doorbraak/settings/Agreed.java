package nl.doorbraak.settings;

import java.text.NumberFormat;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.ladder.Rung;
import nl.doorbraak.ladder.TermsVersion;
import nl.doorbraak.lead.WatchMoment;
import nl.doorbraak.mandate.Level;
import nl.doorbraak.mandate.Levels;
import nl.doorbraak.support.DutchTime;

/**
 * Everything that one version says: lengths, free days, watch moments and mandate levels.
 */
public record Agreed(TermsVersion terms, List<WatchMoment> moments, Levels levels) {

	private static final String NOTHING = "niet";

	private static final Locale DUTCH = Locale.forLanguageTag("nl-NL");

	public Agreed {
		moments = moments.stream().sorted(Comparator.comparing(Agreed::place)).toList();
	}

	private static String place(WatchMoment moment) {
		return List.of("opening", "repeat", "event", "asked", "refusals", "referrals").indexOf(moment.basis())
				+ String.format("%04d", 5000 + moment.workingDays()) + moment.id();
	}

	/** What is another than before, one row for each, in Dutch. */
	public List<Difference> differences(Agreed before) {
		Map<String, String> old = before.rows();
		Map<String, String> now = rows();
		return Stream.concat(now.keySet().stream(), old.keySet().stream())
			.distinct()
			.filter((what) -> !Objects.equals(old.get(what), now.get(what)))
			.map((what) -> new Difference(what, old.getOrDefault(what, NOTHING), now.getOrDefault(what, NOTHING)))
			.toList();
	}

	private Map<String, String> rows() {
		Map<String, String> rows = new LinkedHashMap<>();
		for (Rung rung : Rung.values()) {
			rows.put("Termijn " + rung.label(), this.terms.rung(rung).term().inDutch());
			rows.put("Verlenging " + rung.label(), this.terms.rung(rung).extension().inDutch());
		}
		for (Length length : Length.values()) {
			rows.put(length.label(), length.inDutch(length.of(this.terms)));
		}
		this.moments.forEach((moment) -> rows.put("Wachtmoment " + when(moment), inDutch(moment)));
		for (Level level : Level.values()) {
			this.levels.of(level).ifPresent((cents) -> rows.put("Mandaat: " + level.label(), upTo(cents)));
		}
		new TreeMap<>(this.terms.freeDays()).forEach((day, name) -> rows.put("Vrije dag " + DutchTime.date(day), name));
		return rows;
	}

	private static String inDutch(WatchMoment moment) {
		return moment.tells().stream().map(Agreed::told).collect(Collectors.joining(" en "))
				+ (moment.appoints() ? ", en de gemeente krijgt de regie voorlopig" : "");
	}

	/** The border of a mandate level, in Dutch. */
	public static String upTo(long cents) {
		return "tot en met \u20ac " + NumberFormat.getIntegerInstance(DUTCH).format(cents / 100);
	}

	/** When a moment comes, in Dutch. */
	public static String when(WatchMoment moment) {
		int days = Math.abs(moment.workingDays());
		String working = days + ((days == 1) ? " werkdag" : " werkdagen");
		return switch (moment.basis()) {
			case "opening" -> working + " na de melding";
			case "repeat" -> "daarna elke " + working + " opnieuw";
			case "event" -> (days == 0) ? "op de dag van de gebeurtenis" : working + " voor de gebeurtenis";
			case "refusals" -> "na " + moment.occurrences() + " keer nee";
			case "asked" -> "als " + moment.occurrences() + " organisaties zijn gevraagd";
			case "referrals" -> "na " + moment.occurrences() + " doorverwijzingen";
			default -> throw new IllegalStateException("Watch moment counts unknown basis " + moment.basis());
		};
	}

	/** Who hears of a moment, in Dutch. */
	public static String told(String function) {
		return switch (function) {
			case "caseTeam" -> "het team";
			case "manager" -> "de manager";
			case "processDirector" -> "de procesregisseur";
			case "everybody" -> "iedereen die de regie kon nemen";
			default -> throw new IllegalStateException("Watch moment tells unknown function " + function);
		};
	}

	/** One thing that changes. */
	public record Difference(String what, String before, String after) {
	}

}
