package nl.doorbraak.lead;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * One organisation's part in the question who has the lead.
 *
 * @param person login of who has it for that organisation
 * @param reason code of the reason of a refusal or a return
 * @param referredTo organisation that should be asked, according to this one
 * @param urgent asked by who has power to push through
 * @param byLink whether the answer came by the link of a mail, without a login
 * @param answeredName who gave it, where the link went to a mailbox
 */
public record Lead(long id, String number, String organisation, State state, @Nullable String person, String askedBy,
		Instant askedAt, @Nullable String answeredBy, @Nullable Instant answeredAt, @Nullable String reason,
		@Nullable String referredTo, boolean urgent, boolean byLink, @Nullable String answeredName) {

	/**
	 * Asked, provisionally appointed, accepted, refused, returned, handed over to the
	 * next person or ended with the case; stored in lower case.
	 */
	public enum State {

		ASKED, PROVISIONAL, ACCEPTED, REFUSED, RETURNED, HANDED_OVER, ENDED

	}

}
