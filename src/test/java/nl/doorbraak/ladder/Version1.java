package nl.doorbraak.ladder;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import nl.doorbraak.ladder.TermsVersion.RungTerm;

/** The first version of the terms and its equated days, as the migration seeds them. */
final class Version1 {

	static final TermsVersion TERMS = new TermsVersion(1, Instant.parse("2025-12-31T23:00:00Z"), 2, 5, 5, 20, 10, 2, 10,
			5, 5, 10, 10, 10, 5, 2, 4, 3, Duration.ofHours(24), Duration.ofHours(4), Duration.ofHours(24),
			Map.of(Rung.LOCAL, new RungTerm(Span.workingDays(20), Span.workingDays(10)), Rung.REGIONAL,
					new RungTerm(Span.workingDays(10), Span.workingDays(5)), Rung.NATIONAL,
					new RungTerm(Span.weeks(4), Span.weeks(2)), Rung.MINISTRY,
					new RungTerm(Span.workingDays(10), Span.workingDays(5))),
			Map.of(), null);

	static final Map<LocalDate, String> EQUATED_DAYS = Map.of(LocalDate.of(2026, 5, 15), "de vrijdag na Hemelvaartsdag",
			LocalDate.of(2027, 5, 7), "de vrijdag na Hemelvaartsdag", LocalDate.of(2028, 5, 26),
			"de vrijdag na Hemelvaartsdag");

	private Version1() {
	}

	static TermSource and(TermsVersion... others) {
		return new TermSource() {

			@Override
			public List<TermsVersion> versions() {
				return Stream.concat(Stream.of(TERMS), Arrays.stream(others)).toList();
			}

			@Override
			public int add(TermsVersion terms, Adoption adoption) {
				throw new AssertionError("Nobody adopts terms here");
			}

			@Override
			public Map<LocalDate, String> equatedDays() {
				return EQUATED_DAYS;
			}

		};
	}

}
