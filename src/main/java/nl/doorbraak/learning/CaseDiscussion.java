package nl.doorbraak.learning;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import org.jspecify.annotations.Nullable;

/**
 * A meeting in which cases are discussed without saying whose they are.
 *
 * @param guests logins of who takes part, who planned it among them
 * @param endedAs {@code closed} or {@code cancelled}; null while it is to come
 */
public record CaseDiscussion(UUID uid, String organisation, Instant beginsAt, Instant endsAt, String plannedBy,
		Instant plannedAt, @Nullable String endedAs, List<String> guests) {

	public CaseDiscussion {
		guests = List.copyOf(guests);
	}

	/**
	 * One case of a discussion.
	 *
	 * @param number of the case, for who put it in; else null
	 * @param mine whether the reader put it in
	 * @param talkAbout questions for the discussion
	 * @param outcome what it led to; null: nothing yet
	 */
	public record Discussed(long id, @Nullable String number, boolean mine, String situation, String question,
			List<String> talkAbout, int minutes, @Nullable String outcome) {

		public Discussed {
			talkAbout = List.copyOf(talkAbout);
		}

	}

}
