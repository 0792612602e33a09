package nl.doorbraak.overview.web;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.ladder.Rung;
import nl.doorbraak.overview.CaseStory;
import nl.doorbraak.overview.CaseStory.Held;
import nl.doorbraak.overview.CaseStory.Question;
import nl.doorbraak.overview.CaseStory.Span;
import nl.doorbraak.overview.CaseStory.Stay;
import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

/**
 * The course of a case over time, as a picture of rows and the same in a table: levels,
 * lead, signatures, agencies, and the day of the threatening event as a rule.
 *
 * @param bars what lasted, in the order of the rows
 * @param marks what happened at a moment
 * @param eventDate the day that is drawn through all rows; null where none threatens
 * @param now until when what lasts is drawn
 */
record Timeline(List<Bar> bars, List<Mark> marks, @Nullable LocalDate eventDate, Instant now) {

	/** Highest level first: a case climbs. */
	static Timeline of(CaseStory story, @Nullable LocalDate eventDate, Instant now, StoryWords.In words) {
		List<Bar> bars = new ArrayList<>();
		story.stays()
			.stream()
			.sorted(Comparator.comparing(Stay::rung, Comparator.<Rung>reverseOrder()).thenComparing(Stay::since))
			.forEach((each) -> bars.add(bar("level", words.label(each.rung()), words.organisation(each.body()),
					words.end(each), each, now)));
		for (Held each : story.leads()) {
			bars.add(bar(each.provisional() ? "provisional" : "lead", words.lead(each.organisation()),
					words.person(each.person()), words.kind(each), each, now));
		}
		for (Span each : story.withoutLead()) {
			bars.add(bar("nobody", words.nobody(), "", "", each, now));
		}
		List<Mark> marks = story.signatures()
			.stream()
			.map((each) -> new Mark(words.signatures(), each.agreed(), words.signature(each), each.at()))
			.toList();
		for (Question each : story.questions()) {
			bars.add(bar("agency", words.organisation(each.agency()), "", words.answer(each), each, now));
		}
		return new Timeline(bars, marks, eventDate, now);
	}

	private static Bar bar(String kind, String row, String who, String how, Span span, Instant now) {
		Instant until = span.until();
		return new Bar(kind, row, who, how, span.since(), until,
				Duration.between(span.since(), (until != null) ? until : now).toDays());
	}

	/** Whole days in which nobody had the lead, all such times together. */
	public long daysWithoutLead() {
		return this.bars.stream()
			.filter((each) -> each.kind().equals("nobody"))
			.map((each) -> Duration.between(each.since(), (each.until() != null) ? each.until() : this.now))
			.reduce(Duration.ZERO, Duration::plus)
			.toDays();
	}

	/** What lasted in the order in which it began. */
	public List<Bar> inOrder() {
		return this.bars.stream().sorted(Comparator.comparing(Bar::since)).toList();
	}

	/** What the browser draws. */
	public Map<String, Object> drawing() {
		List<String> rows = Stream
			.concat(this.bars.stream().filter((each) -> !each.kind().equals("agency")).map(Bar::row),
					Stream.concat(this.marks.stream().map(Mark::row), this.bars.stream().map(Bar::row)))
			.distinct()
			.toList();
		return Map.of("rows", rows, "bars",
				this.bars.stream()
					.map((each) -> Map.of("kind", each.kind(), "row", each.row(), "what", each.what(), "from",
							local(each.since()), "to", local((each.until() != null) ? each.until() : this.now)))
					.toList(),
				"marks",
				this.marks.stream()
					.map((each) -> Map.of("row", each.row(), "agreed", each.agreed(), "what", each.what(), "at",
							local(each.at())))
					.toList(),
				"event", (this.eventDate != null) ? this.eventDate.atStartOfDay().toString() : "", "now",
				local(this.now));
	}

	/** The Dutch clock, wherever the reader is. */
	private static String local(Instant at) {
		return LocalDateTime.ofInstant(at, DutchTime.ZONE).withNano(0).toString();
	}

	/**
	 * Something that lasted.
	 *
	 * @param kind code: {@code level}, {@code lead}, {@code provisional}, {@code nobody}
	 * or {@code agency}
	 * @param how what it was or how it ended, in words
	 * @param until nothing while it lasts
	 * @param days whole days so far
	 */
	record Bar(String kind, String row, String who, String how, Instant since, @Nullable Instant until, long days) {

		public String what() {
			return Stream.of(this.row, this.who, this.how)
				.filter((each) -> !each.isEmpty())
				.collect(Collectors.joining(", "));
		}

	}

	/** An answer to a proposal. */
	record Mark(String row, boolean agreed, String what, Instant at) {
	}

}
