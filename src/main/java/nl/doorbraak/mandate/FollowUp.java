package nl.doorbraak.mandate;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Officer;
import org.jspecify.annotations.Nullable;

/**
 * What a hurried decision owes, and whether it was done.
 *
 * @param signer who signed the decision, under this mandate
 * @param dueAt the first moment after the term
 * @param asked who is asked; nobody when nobody competent was found
 * @param askedOrder the place of who is asked in the order of competence
 * @param also who is asked too, once the term had passed
 */
record FollowUp(long id, String number, long proposal, Kind kind, String signer, String mandate, int mandateVersion,
		Instant dueAt, String explanation, Optional<Officer.Post> asked, int askedOrder, Optional<Officer.Post> also,
		@Nullable Instant overdueToldAt, @Nullable String outcome, @Nullable String doneBy, @Nullable Instant doneAt,
		@Nullable Long entry) {

	boolean isOpen() {
		return this.outcome == null;
	}

	List<Officer.Post> posts() {
		List<Officer.Post> posts = new ArrayList<>();
		this.asked.ifPresent(posts::add);
		this.also.ifPresent(posts::add);
		return posts;
	}

	static Optional<Officer.Post> post(@Nullable String function, @Nullable String body) {
		return (function != null && body != null) ? Optional.of(new Officer.Post(Function.of(function), body))
				: Optional.empty();
	}

	/** Reasons that follow within a week, or ratification of a crisis mandate. */
	public enum Kind {

		REASONS("reasons"), RATIFICATION("ratification");

		private final String code;

		Kind(String code) {
			this.code = code;
		}

		String code() {
			return this.code;
		}

	}

}
