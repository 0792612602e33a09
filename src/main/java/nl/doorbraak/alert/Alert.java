package nl.doorbraak.alert;

import java.time.Instant;
import java.util.UUID;

import nl.doorbraak.alert.Alerts.Mark;
import nl.doorbraak.directory.Function;
import org.jspecify.annotations.Nullable;

/**
 * One alert to one recipient.
 *
 * @param number the case it is about; empty: none
 * @param rungId the stay on a rung that it is about; null when it is about the lead
 * @param deadlineVersion which version of the deadline, watch moment or question it is
 * about
 * @param function what the recipient is at {@code body}
 * @param login who held the function when the row was made; null for the mailbox of
 * {@code body}
 * @param because why who does not hold the function it is meant for is told; as
 * {@link Outbox.Recipient#because()}
 * @param leadId the question, answer or appointment it is about
 * @param aboutId the alert that could not be delivered
 * @param deadlineAt the moment it tells, exclusive
 * @param link in the address that the mail leads to
 * @param channel how it goes out
 * @param seen by whom it was for, through the link
 * @param acknowledged by whom it was for, with the button
 */
record Alert(long id, String number, @Nullable Long rungId, AlertKind kind, String deadlineVersion, Function function,
		String body, @Nullable String login, @Nullable String because, @Nullable Long leadId, @Nullable Long aboutId,
		@Nullable Instant deadlineAt, Instant dueAt, State state, int attempts, String messageId, UUID link,
		Channel channel, @Nullable Mark seen, @Nullable Mark acknowledged) {

	/** As stored, in lower case. */
	enum State {

		WAITING, SENT, UNDELIVERABLE, CANCELLED

	}

	/** As stored, in lower case. */
	enum Channel {

		MAIL, SMS;

		/** What the record calls the recipient. */
		String recipient(String name) {
			return (this == SMS) ? "sms:" + name : name;
		}

	}

	/**
	 * Whether persons are told because they have the case; else whoever holds the
	 * function.
	 */
	boolean isToTeam() {
		return this.function == Function.CASE_DIRECTOR;
	}

	String recipient() {
		return this.channel.recipient((this.login != null) ? this.login : "mailbox:" + this.body);
	}

	/** Unique in the outbox: the same fact told twice to one recipient is one alert. */
	String key() {
		return String.join("/", this.number, (this.rungId != null) ? String.valueOf(this.rungId) : "-",
				this.kind.code(), this.deadlineVersion, recipient());
	}

}
