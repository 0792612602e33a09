package nl.doorbraak.agency.web;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import nl.doorbraak.agency.AgencyRequest;

/**
 * Who was asked side by side, drawn: a bar from the question to the answer, or to now,
 * and a mark where the term ends.
 */
record Picture(List<Bar> bars) {

	/** Units of the drawing from left to right. */
	static final int WIDTH = 400;

	Picture {
		bars = List.copyOf(bars);
	}

	/**
	 * Draws what was asked and not taken back.
	 * @param history every question of a case
	 */
	static Picture of(List<AgencyRequest> history, Instant now) {
		List<AgencyRequest> asked = history.stream().filter((each) -> each.lapsedAt() == null).toList();
		if (asked.isEmpty()) {
			return new Picture(List.of());
		}
		Instant from = asked.stream().map(AgencyRequest::askedAt).min(Instant::compareTo).orElseThrow();
		Instant until = asked.stream()
			.flatMap((each) -> Stream.of(each.dueAt(), end(each, now)))
			.max(Instant::compareTo)
			.orElseThrow();
		double unit = WIDTH / (double) Math.max(1, Duration.between(from, until).toMinutes());
		return new Picture(asked.stream().map((each) -> {
			int begin = place(from, each.askedAt(), unit);
			return new Bar(each, begin, Math.max(4, place(from, end(each, now), unit) - begin),
					Math.min(WIDTH - 1, place(from, each.dueAt(), unit)));
		}).toList());
	}

	private static Instant end(AgencyRequest request, Instant now) {
		return Objects.requireNonNullElse(request.answeredAt(), now);
	}

	private static int place(Instant from, Instant at, double unit) {
		return (int) Math.round(Duration.between(from, at).toMinutes() * unit);
	}

	public long answered() {
		return this.bars.stream().filter((bar) -> bar.request().answer() != null).count();
	}

	public long waiting() {
		return this.bars.stream().filter((bar) -> bar.request().isOpen() && bar.request().silentAt() == null).count();
	}

	/** Silent still; what came late counts as answered. */
	public long silent() {
		return this.bars.stream().filter((bar) -> bar.request().isOpen() && bar.request().silentAt() != null).count();
	}

	/**
	 * One question.
	 *
	 * @param begin where it was asked
	 * @param width until it was answered, or now
	 * @param due where its term ends
	 */
	record Bar(AgencyRequest request, int begin, int width, int due) {
	}

}
