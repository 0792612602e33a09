package nl.doorbraak.privacy;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a case holds about one resident, without others, as he or she gets it.
 *
 * @param person his or her name
 * @param municipality name of who is responsible
 * @param leftOut what was left out and why, in Dutch sentences
 */
public record SubjectOverview(String number, String person, String municipality, Instant madeAt, List<Section> sections,
		List<String> leftOut) {

	public SubjectOverview {
		sections = List.copyOf(sections);
		leftOut = List.copyOf(leftOut);
	}

	/** How many passages there are. */
	public int lines() {
		return this.sections.stream()
			.flatMap((each) -> each.items().stream())
			.mapToInt((each) -> each.lines().size())
			.sum();
	}

	/** A part with a heading. */
	public record Section(String code, String title, List<Item> items) {

		public Section {
			items = List.copyOf(items);
		}

	}

	/**
	 * One thing in it.
	 *
	 * @param by function and organisation of who wrote or did it, never a name
	 */
	public record Item(String title, @Nullable String by, @Nullable Instant at, List<Line> lines) {

		public Item {
			lines = List.copyOf(lines);
		}

	}

	/**
	 * A passage.
	 *
	 * @param key by which it is left out or corrected
	 */
	public record Line(String key, String label, String text) {
	}

}
