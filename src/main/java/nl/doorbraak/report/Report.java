package nl.doorbraak.report;

import java.time.Instant;
import java.util.List;

/**
 * A month or a year of a body, as it was counted when that was over.
 *
 * @param period {@code 2026-10} or {@code 2026}
 * @param madeBy a login, or the timer
 */
public record Report(long id, String organisation, Period period, String madeBy, Instant madeAt, Content content) {

	/**
	 * What was counted.
	 *
	 * @param opened cases that were reported
	 * @param brokenThrough cases closed with a breakthrough
	 * @param withoutRoom cases closed because there was no room
	 * @param withdrawn cases taken back
	 * @param up how often a case went up a level
	 * @param down how often one went down
	 * @param open cases open at the end
	 * @param withoutLead of those: without an accepted lead
	 * @param overdue of those: the term of their level was over
	 * @param paused of those: standing still
	 * @param old of those: open longer than half a year
	 */
	public record Content(int opened, int brokenThrough, int withoutRoom, int withdrawn, int up, int down, int open,
			int withoutLead, int overdue, int paused, int old, List<Barrier> barriers, List<Asked> asked,
			List<Point> points) {

		public Content {
			barriers = List.copyOf(barriers);
			asked = List.copyOf(asked);
			points = List.copyOf(points);
		}

	}

	/**
	 * A pattern: what three cases or more ran into, in words that name nobody.
	 *
	 * @param kind code
	 * @param order where it must be changed: 1 to 3
	 * @param cases of this body that share it
	 * @param added how many of these said so in this period
	 * @param owner id of the organisation that answers for it; empty: nobody
	 */
	public record Barrier(long id, String kind, String wording, int order, int cases, int added, String owner) {
	}

	/**
	 * What one body was asked in this period, and what it said.
	 *
	 * @param what {@code lead} or {@code agency}
	 * @param agreed leads accepted; questions granted
	 * @param refused with what it does not go about
	 * @param silent nothing was said, or not in time
	 */
	public record Asked(String what, String organisation, int asked, int agreed, int refused, int silent) {
	}

	/**
	 * A learning point that was sent, answered or done in this period; answer and effect
	 * are empty where there is none.
	 *
	 * @param state {@code sent}, {@code answered} or {@code done}, at the end
	 */
	public record Point(long obstacle, String sentence, String organisation, String state, String answer,
			String effect) {
	}

}
