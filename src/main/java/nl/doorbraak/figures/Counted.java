package nl.doorbraak.figures;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A figure as it may be shown.
 *
 * @param whole of all its groups; null when it is hidden, or where they do not add up
 * @param halfWithin half of them had this amount or less; null where it has none or is
 * hidden
 */
public record Counted(Figure figure, List<Group> groups, @Nullable Long whole, @Nullable Integer halfWithin) {

	/** Fewer than this are no trend. */
	public static final int TREND = 10;

	public Counted {
		groups = List.copyOf(groups);
	}

	/** Whether anything at all was counted. */
	public boolean isEmpty() {
		return this.groups.stream().allMatch((group) -> group.number() != null && group.number() == 0);
	}

	/** Whether a number is not shown. */
	public boolean hides() {
		return this.groups.stream().anyMatch((group) -> group.number() == null);
	}

	/** The number that counts for whether it is a trend. */
	public @Nullable Long n() {
		return this.figure.addsUp() ? this.whole
				: this.groups.stream()
					.map(Group::number)
					.filter((number) -> number != null)
					.max(Long::compare)
					.orElse(null);
	}

	/** Whether there are too few to say more than that it happened. */
	public boolean isNoTrend() {
		Long n = n();
		return !isEmpty() && (n == null || n < TREND);
	}

	/** The share of a group in whole percents; null where one of the two is hidden. */
	public @Nullable Long percent(Group group) {
		return (!this.figure.addsUp() || this.whole == null || this.whole == 0 || group.number() == null) ? null
				: Math.round(100.0 * group.number() / this.whole);
	}

	/**
	 * The group whose share is told in a sentence; null for none or where it is hidden.
	 */
	public @Nullable Group part() {
		return this.groups.stream()
			.filter((group) -> group.category().equals(this.figure.part()) && percent(group) != null)
			.findFirst()
			.orElse(null);
	}

	/**
	 * A group of a figure.
	 *
	 * @param number null when it is hidden
	 * @param halfWithin half of them had this amount or less
	 * @param averageTenths mean of the amounts in tenths
	 */
	public record Group(String category, @Nullable Long number, @Nullable Integer halfWithin,
			@Nullable Integer averageTenths) {
	}

}
