package nl.doorbraak.overview;

import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import nl.doorbraak.directory.Directory.Joining;
import nl.doorbraak.directory.Organisation.Kind;

/**
 * How many municipalities and agencies take part, by month from the first one to now.
 *
 * @param months at the end of each
 */
public record Growth(List<Month> months) {

	/** No more months than these are shown. */
	private static final int MOST = 36;

	public Growth {
		months = List.copyOf(months);
	}

	/** Adds up who joined when. */
	public static Growth of(List<Joining> joined, YearMonth now) {
		TreeMap<YearMonth, Map<Kind, Integer>> by = new TreeMap<>();
		joined.stream()
			.filter((each) -> each.kind() == Kind.MUNICIPALITY || each.kind() == Kind.AGENCY)
			.forEach((each) -> by.computeIfAbsent(YearMonth.from(each.on()), (month) -> new TreeMap<>())
				.merge(each.kind(), 1, Integer::sum));
		List<Month> months = new ArrayList<>();
		int municipalities = 0;
		int agencies = 0;
		if (!by.isEmpty()) {
			for (YearMonth month = by.firstKey(); !month.isAfter(now); month = month.plusMonths(1)) {
				Map<Kind, Integer> there = by.getOrDefault(month, Map.of());
				municipalities += there.getOrDefault(Kind.MUNICIPALITY, 0);
				agencies += there.getOrDefault(Kind.AGENCY, 0);
				months.add(new Month(month, municipalities, agencies));
			}
		}
		return new Growth(months.subList(Math.max(0, months.size() - MOST), months.size()));
	}

	/** At the end of a month. */
	public record Month(YearMonth month, int municipalities, int agencies) {
	}

}
