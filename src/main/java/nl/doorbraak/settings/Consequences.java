package nl.doorbraak.settings;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

import nl.doorbraak.ladder.Rung;
import nl.doorbraak.lead.WatchMoment;
import nl.doorbraak.lead.WatchMoments.Come;
import nl.doorbraak.settings.Replay.Step;
import nl.doorbraak.support.DutchTime;

/**
 * What one version would have done to the cases, in numbers: how often a term ended and
 * silence took a case up, which alerts would have gone out when, what would have come to
 * each body in which week, and whom it would have asked to sign.
 *
 * @param signers by function and body
 */
public record Consequences(Instant now, Map<Rung, Count> all, Map<Rung, Count> year,
		Map<String, Map<LocalDate, Integer>> arrivals, Map<String, Integer> alerts,
		Map<LocalDate, Integer> alertsByWeek, Map<String, Map<LocalDate, Integer>> signers) {

	/** The name of the question after a term, among the alerts. */
	public static final String QUESTION = "question";

	Consequences(Instant now) {
		this(now, new EnumMap<>(Rung.class), new EnumMap<>(Rung.class), new TreeMap<>(), new TreeMap<>(),
				new TreeMap<>(), new TreeMap<>());
	}

	/** Somebody was asked to sign, at that moment. */
	void sign(String functionAndBody, Instant at) {
		this.signers.computeIfAbsent(functionAndBody, (key) -> new TreeMap<>()).merge(week(at), 1, Integer::sum);
	}

	void add(List<Step> steps, List<Come> come) {
		Rung before = null;
		for (Step step : steps) {
			if (step.rung() != before) {
				this.arrivals.computeIfAbsent(step.body(), (body) -> new TreeMap<>())
					.merge(week(step.openedAt()), 1, Integer::sum);
			}
			before = step.rung();
			if (!step.openedAt().isAfter(this.now)) {
				Count one = new Count(1, step.askedBefore(this.now) ? 1 : 0, step.wentUpBefore(this.now) ? 1 : 0);
				this.all.merge(step.rung(), one, Count::plus);
				if (!step.openedAt().isBefore(this.now.atZone(DutchTime.ZONE).minusYears(1).toInstant())) {
					this.year.merge(step.rung(), one, Count::plus);
				}
			}
			if (step.followed() && step.termEndsAt().isBefore(step.leavesAt())) {
				alert(QUESTION, step.termEndsAt());
			}
		}
		come.forEach((each) -> alert(kind(each.moment()), each.at()));
	}

	private void alert(String kind, Instant at) {
		if (!at.isAfter(this.now)) {
			this.alerts.merge(kind, 1, Integer::sum);
		}
		this.alertsByWeek.merge(week(at), 1, Integer::sum);
	}

	/** A repeated moment is one kind, however often it comes. */
	private static String kind(WatchMoment moment) {
		return moment.basis().equals("repeat") ? "repeat" : Agreed.when(moment);
	}

	private static LocalDate week(Instant at) {
		return DutchTime.day(at).with(DayOfWeek.MONDAY);
	}

	/** Of all cases until now, by level. */
	public Count of(Rung rung) {
		return this.all.getOrDefault(rung, Count.NONE);
	}

	/** Of what began within a year before now, by level. */
	public Count lastYear(Rung rung) {
		return this.year.getOrDefault(rung, Count.NONE);
	}

	/** How often this moment came until now. */
	public int alerts(WatchMoment moment) {
		return this.alerts.getOrDefault(kind(moment), 0);
	}

	/** How many alerts in the week that begins on this Monday. */
	public int alertsIn(LocalDate week) {
		return this.alertsByWeek.getOrDefault(week, 0);
	}

	/** How many cases come to a body in the week that begins on this Monday. */
	public int arrivals(String body, LocalDate week) {
		return this.arrivals.getOrDefault(body, Map.of()).getOrDefault(week, 0);
	}

	/** How many proposals a function of a body is asked to sign, in each week. */
	Map<LocalDate, Integer> signers(String functionAndBody) {
		return this.signers.getOrDefault(functionAndBody, Map.of());
	}

	/** The bodies to which anything comes with this version or with the other. */
	List<String> bodiesWith(Consequences other) {
		return Stream.of(this.arrivals.keySet(), other.arrivals.keySet())
			.flatMap(Collection::stream)
			.distinct()
			.sorted()
			.toList();
	}

	/** The kinds of alerts of this version and of the other. */
	List<String> kindsWith(Consequences other) {
		TreeSet<String> kinds = new TreeSet<>(
				Comparator.comparing((String kind) -> !kind.equals(QUESTION)).thenComparing(Comparator.naturalOrder()));
		kinds.addAll(this.alerts.keySet());
		kinds.addAll(other.alerts.keySet());
		return List.copyOf(kinds);
	}

	/**
	 * Stays on a level.
	 *
	 * @param asked of how many the term ended
	 * @param up how many silence took up
	 */
	public record Count(int stays, int asked, int up) {

		static final Count NONE = new Count(0, 0, 0);

		Count plus(Count other) {
			return new Count(this.stays + other.stays, this.asked + other.asked, this.up + other.up);
		}

		/** Of a hundred. */
		public int percentUp() {
			return (this.stays == 0) ? 0 : Math.round(100f * this.up / this.stays);
		}

	}

}
