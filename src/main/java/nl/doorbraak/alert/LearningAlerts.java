package nl.doorbraak.alert;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;

import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.alert.Outbox.Recipient;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.learning.CaseDiscussions;
import nl.doorbraak.learning.LearningEvents.DiscussionCancelled;
import nl.doorbraak.learning.LearningEvents.DiscussionPlanned;
import nl.doorbraak.learning.LearningEvents.ExampleProposed;
import nl.doorbraak.learning.LearningEvents.ExampleReturned;
import nl.doorbraak.learning.LearningEvents.LearningPointAnswered;
import nl.doorbraak.learning.LearningEvents.LearningPointReminded;
import nl.doorbraak.learning.LearningEvents.LearningPointSent;
import nl.doorbraak.learning.LearningEvents.PatternFound;
import nl.doorbraak.support.DutchTime;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who must hear of what was learnt. Its mails are about no case, so that none of them
 * tells which case it came from.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class LearningAlerts {

	private final Outbox outbox;

	private final Recipients recipients;

	private final CaseDiscussions discussions;

	private final Directory directory;

	LearningAlerts(Outbox outbox, Recipients recipients, CaseDiscussions discussions, Directory directory) {
		this.outbox = outbox;
		this.recipients = recipients;
		this.discussions = discussions;
		this.directory = directory;
	}

	/** The managers of the municipalities with these cases: they choose an owner. */
	@EventListener
	void tell(PatternFound event) {
		queue(AlertKind.PATTERN_FOUND, "pattern " + event.obstacle(), null,
				event.municipalities().stream().flatMap((each) -> this.recipients.holders(Function.MANAGER, each)));
	}

	@EventListener
	void tell(LearningPointSent event) {
		queue(AlertKind.LEARNING_POINT_SENT, "point " + event.point(), end(event.answerDueOn()),
				body(event.organisation()));
	}

	@EventListener
	void tell(LearningPointReminded event) {
		queue(AlertKind.LEARNING_POINT_REMINDER, "point " + event.point(), end(event.answerDueOn()),
				body(event.organisation()));
	}

	/** The owner, who did not write it down. */
	@EventListener
	void tell(LearningPointAnswered event) {
		if (!event.outside()) {
			queue(AlertKind.LEARNING_POINT_ANSWERED, "point " + event.point(), null,
					this.recipients.person(event.owner()));
		}
	}

	@EventListener
	void tell(DiscussionPlanned event) {
		queue(AlertKind.DISCUSSION_PLANNED, "discussion " + event.discussion(), event.beginsAt(),
				guests(this.discussions.get(event.discussion()).guests(), event.actor()));
	}

	@EventListener
	void tell(DiscussionCancelled event) {
		queue(AlertKind.DISCUSSION_CANCELLED, "discussion " + event.discussion(), null,
				guests(this.discussions.get(event.discussion()).guests(), event.actor()));
	}

	/** Who may release it; who wrote in it may not. */
	@EventListener
	void tell(ExampleProposed event) {
		queue(AlertKind.EXAMPLE_PROPOSED, "example " + event.example() + " " + event.version(), null,
				this.recipients.holders(Function.MANAGER, event.municipality())
					.filter((each) -> !event.actor().equals(each.login())));
	}

	@EventListener
	void tell(ExampleReturned event) {
		queue(AlertKind.EXAMPLE_RETURNED, "example " + event.example() + " " + event.version(), null,
				this.recipients.person(event.writer()));
	}

	private Stream<Recipient> guests(List<String> guests, String planner) {
		return guests.stream().filter((each) -> !each.equals(planner)).flatMap(this.recipients::person);
	}

	/** Who answers for a body in general; its mailbox where nobody does. */
	private Stream<Recipient> body(String organisation) {
		return this.recipients.holders(switch (this.directory.getOrganisation(organisation).kind()) {
			case MUNICIPALITY -> Function.MANAGER;
			case REGION -> Function.PROCESS_DIRECTOR;
			case AGENCY -> Function.AGENCY_OFFICER;
			case DESK -> Function.DESK_OFFICER;
			case MINISTRY -> Function.AMBASSADOR;
		}, organisation);
	}

	private static Instant end(LocalDate lastDay) {
		return lastDay.plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant();
	}

	private void queue(AlertKind kind, String version, @Nullable Instant deadline, Stream<Recipient> recipients) {
		this.outbox.add(new Draft("", null, kind, version, deadline, null, null, null), recipients);
	}

}
