package nl.doorbraak.settings;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import nl.doorbraak.directory.Function;
import nl.doorbraak.support.DutchTime;

/**
 * What a draft would have done to the cases of a body, beside what their own versions
 * did.
 *
 * @param cases how many cases were gone through
 * @param open how many of them are open
 * @param failed how many more could not be reckoned, and are in no number
 * @param proposals what somebody else had to sign
 */
public record WhatIf(Instant at, int cases, int open, int failed, Proposals proposals, Consequences now,
		Consequences then) {

	/** How many weeks are shown of what was, and of what comes. */
	private static final int WEEKS_BACK = 26;

	static final int WEEKS_AHEAD = 26;

	/** Mondays, the oldest first. */
	public List<LocalDate> weeks() {
		LocalDate monday = DutchTime.day(this.at).with(DayOfWeek.MONDAY);
		return IntStream.rangeClosed(-WEEKS_BACK, WEEKS_AHEAD).mapToObj(monday::plusWeeks).toList();
	}

	/** What comes to a body in each week. */
	public List<Desk> desks() {
		List<LocalDate> weeks = weeks();
		return this.now.bodiesWith(this.then)
			.stream()
			.map((body) -> new Desk(body,
					weeks.stream()
						.map((week) -> new Week(week, this.now.arrivals(body, week), this.then.arrivals(body, week)))
						.toList()))
			.filter((desk) -> desk.weeks().stream().anyMatch((week) -> week.now() + week.then() > 0))
			.toList();
	}

	/** How many alerts of each kind until now. */
	public List<Alerts> alerts() {
		return this.then.kindsWith(this.now)
			.stream()
			.map((kind) -> new Alerts(kind, this.now.alerts().getOrDefault(kind, 0),
					this.then.alerts().getOrDefault(kind, 0)))
			.toList();
	}

	/** How many alerts in each week. */
	public Desk alertsByWeek() {
		return new Desk("",
				weeks().stream()
					.map((week) -> new Week(week, this.now.alertsIn(week), this.then.alertsIn(week)))
					.toList());
	}

	/** Whom is asked to sign, those to whom most is added first. */
	public List<Signers> signers() {
		return Stream.of(this.now.signers().keySet(), this.then.signers().keySet())
			.flatMap(Collection::stream)
			.distinct()
			.map((key) -> signers(key))
			.sorted(Comparator.comparing((Signers each) -> each.now() - each.then())
				.thenComparing(Signers::function)
				.thenComparing(Signers::body))
			.toList();
	}

	private Signers signers(String key) {
		Map<LocalDate, Integer> before = this.now.signers(key);
		Map<LocalDate, Integer> draft = this.then.signers(key);
		Optional<Week> fullest = draft.entrySet()
			.stream()
			.max(Map.Entry.<LocalDate, Integer>comparingByValue()
				.thenComparing(Map.Entry.<LocalDate, Integer>comparingByKey().reversed()))
			.map((week) -> new Week(week.getKey(), before.getOrDefault(week.getKey(), 0), week.getValue()));
		String[] parts = key.split(" ", 2);
		return new Signers(Function.of(parts[0]), parts[1], sum(before), sum(draft), fullest);
	}

	private static int sum(Map<LocalDate, Integer> weeks) {
		return weeks.values().stream().mapToInt(Integer::intValue).sum();
	}

	/**
	 * Proposals that somebody else than their drafter had to sign.
	 *
	 * @param open how many wait for a signature now
	 * @param others of how many the draft names another function
	 */
	public record Proposals(int all, int open, int others) {
	}

	/**
	 * How often a function is asked first to sign.
	 *
	 * @param body id of its organisation
	 * @param fullest the fullest week under the draft
	 */
	public record Signers(Function function, String body, int now, int then, Optional<Week> fullest) {
	}

	/** One kind of alert. */
	public record Alerts(String kind, int now, int then) {
	}

	/**
	 * Something counted by week.
	 *
	 * @param body id
	 */
	public record Desk(String body, List<Week> weeks) {

		private static final int HEIGHT = 120;

		/** The most in one week, in either series. */
		public int most() {
			return this.weeks.stream().mapToInt((week) -> Math.max(week.now(), week.then())).max().orElse(0);
		}

		public int total() {
			return this.weeks.stream().mapToInt(Week::then).sum();
		}

		public int totalNow() {
			return this.weeks.stream().mapToInt(Week::now).sum();
		}

		/** The fullest week under the draft. */
		public Optional<Week> fullest() {
			return this.weeks.stream()
				.filter((week) -> week.then() > 0)
				.reduce((one, next) -> (next.then() > one.then()) ? next : one);
		}

		public int mostNow() {
			return this.weeks.stream().mapToInt(Week::now).max().orElse(0);
		}

		/** The weeks in which anything comes. */
		public List<Week> filled() {
			return this.weeks.stream().filter((week) -> week.now() + week.then() > 0).toList();
		}

		/** How high a number stands in the picture. */
		public int height(int number) {
			return (most() == 0) ? 0 : HEIGHT * number / most();
		}

	}

	/**
	 * One week.
	 *
	 * @param monday its first day
	 * @param now what came, or comes, as it is
	 * @param then the same under the draft
	 */
	public record Week(LocalDate monday, int now, int then) {
	}

}
