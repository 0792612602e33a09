package nl.doorbraak.overview.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import nl.doorbraak.casefile.RungStay;
import nl.doorbraak.ladder.Rung;
import org.jspecify.annotations.Nullable;

/**
 * How high a case stood over time, as a line of steps: a picture, and the same in a
 * table.
 *
 * @param points of the line, in units of the picture
 * @param steps one for each stay on a level, the first one first
 */
record Height(String points, List<Step> steps) {

	private static final int WIDTH = 600;

	/** Between two levels, and above the highest. */
	private static final int ROW = 36;

	/** Of a case that was on a level at all; null before. */
	static @Nullable Height of(List<RungStay> stays, Instant now) {
		if (stays.isEmpty()) {
			return null;
		}
		Instant begin = stays.get(0).openedAt();
		Instant end = end(stays.get(stays.size() - 1), now);
		double all = Math.max(1, Duration.between(begin, end).toSeconds());
		String points = stays.stream()
			.flatMap(
					(stay) -> List.of(point(stay.openedAt(), begin, all, stay), point(end(stay, now), begin, all, stay))
						.stream())
			.collect(Collectors.joining(" "));
		return new Height(points,
				IntStream.range(0, stays.size())
					.mapToObj((n) -> step(stays.get(n), (n > 0) ? stays.get(n - 1).rung() : null, now))
					.toList());
	}

	/** Where the line of a level is. */
	public int y(Rung rung) {
		return row(rung);
	}

	private static int row(Rung rung) {
		return ROW * (Rung.values().length - rung.ordinal());
	}

	/** The highest level it was on. */
	public Rung highest() {
		return this.steps.stream().map(Step::rung).max(Rung::compareTo).orElseThrow();
	}

	public Step last() {
		return this.steps.get(this.steps.size() - 1);
	}

	private static String point(Instant at, Instant begin, double all, RungStay stay) {
		return String.format(Locale.ROOT, "%.1f,%d", WIDTH * Duration.between(begin, at).toSeconds() / all,
				row(stay.rung()));
	}

	private static Instant end(RungStay stay, Instant now) {
		Instant closedAt = stay.closedAt();
		return (closedAt != null) ? closedAt : now;
	}

	private static Step step(RungStay stay, @Nullable Rung before, Instant now) {
		Instant end = end(stay, now);
		return new Step(stay.rung(), stay.openedAt(), stay.closedAt(), Duration.between(stay.openedAt(), end).toDays(),
				(before == null) ? 0 : Integer.signum(stay.rung().compareTo(before)));
	}

	/**
	 * A stay on a level.
	 *
	 * @param closedAt null while it lasts
	 * @param days whole days that it took, or takes so far
	 * @param turn up (1), down (-1) or neither from the level before
	 */
	record Step(Rung rung, Instant openedAt, @Nullable Instant closedAt, long days, int turn) {
	}

}
