package nl.doorbraak.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.alert.Outbox.Recipient;
import nl.doorbraak.casefile.CaseEvents.CasePaused;
import nl.doorbraak.casefile.CaseEvents.RungDecided;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Function;
import nl.doorbraak.mandate.MandateEvents.DecisionNotRatified;
import nl.doorbraak.mandate.MandateEvents.DecisionTakenByMandator;
import nl.doorbraak.mandate.MandateEvents.DecisionRatified;
import nl.doorbraak.mandate.MandateEvents.FollowUpOwed;
import nl.doorbraak.mandate.MandateEvents.AnnouncementTermPassed;
import nl.doorbraak.mandate.MandateEvents.DecisionAnnounced;
import nl.doorbraak.mandate.MandateEvents.FollowUpTermMoved;
import nl.doorbraak.mandate.MandateEvents.FollowUpTermPassed;
import nl.doorbraak.mandate.MandateEvents.GateRefused;
import nl.doorbraak.mandate.MandateEvents.MandateEvent;
import nl.doorbraak.mandate.MandateEvents.ObjectionDecided;
import nl.doorbraak.mandate.MandateEvents.ObjectionReceived;
import nl.doorbraak.mandate.MandateEvents.ObjectionTermPassed;
import nl.doorbraak.mandate.MandateEvents.ObjectionWithdrawn;
import nl.doorbraak.mandate.MandateEvents.ReasonsGiven;
import nl.doorbraak.mandate.MandateEvents.SignOffAsked;
import nl.doorbraak.mandate.MandateEvents.SignOffCutShort;
import nl.doorbraak.mandate.MandateEvents.SignOffHandedUp;
import nl.doorbraak.mandate.MandateEvents.SignOffPassedOn;
import nl.doorbraak.mandate.MandateEvents.SignOffRefused;
import nl.doorbraak.mandate.MandateEvents.SignOffTermMoved;
import nl.doorbraak.mandate.MandateEvents.SignOffSentBack;
import nl.doorbraak.mandate.MandateEvents.SignedOff;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who must hear of a proposal and of what a hurried decision still owes: writes the rows
 * in the transaction of the act, and takes back a question that was answered.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class MandateAlerts {

	/** Somebody who must sign is reminded when two and three of them have passed. */
	private static final int QUARTERS = 4;

	private final Outbox outbox;

	private final CaseFiles files;

	private final Recipients recipients;

	private final Clock clock;

	MandateAlerts(Outbox outbox, CaseFiles files, Recipients recipients, Clock clock) {
		this.outbox = outbox;
		this.files = files;
		this.recipients = recipients;
		this.clock = clock;
	}

	@EventListener
	void ask(SignOffAsked event) {
		// Asked twice is told twice: a second approval, a term that moved.
		Draft asked = draft(event.number(), AlertKind.SIGN_OFF_ASKED,
				"proposal " + event.proposal() + " " + this.clock.instant(), event.answerDueAt(), null);
		this.outbox.add(Stream
			.concat(Stream.of(asked), reminders(event.number(), event.proposal(), event.answerDueAt()).stream())
			.toList(), holders(event.number(), event.function(), event.organisation()));
	}

	@EventListener
	void remindLater(SignOffTermMoved event) {
		this.outbox.cancel(event.number(), List.of(AlertKind.SIGN_OFF_REMINDER));
		remind(event.number(), event.proposal(), event.function(), event.organisation(), event.answerDueAt());
	}

	@EventListener
	void remindSooner(SignOffCutShort event) {
		this.outbox.cancel(event.number(), List.of(AlertKind.SIGN_OFF_REMINDER));
		remind(event.number(), event.proposal(), event.function(), event.organisation(), event.answerDueAt());
	}

	/** While the case stands still nobody is reminded. */
	@EventListener
	void hush(CasePaused event) {
		this.outbox.cancel(event.number(), List.of(AlertKind.SIGN_OFF_REMINDER));
	}

	private void remind(String number, long proposal, String function, String organisation, Instant answerDueAt) {
		this.outbox.add(reminders(number, proposal, answerDueAt), holders(number, function, organisation));
	}

	private List<Draft> reminders(String number, long proposal, Instant answerDueAt) {
		Instant now = this.clock.instant();
		Duration quarter = Duration.between(now, answerDueAt).dividedBy(QUARTERS);
		return IntStream.range(QUARTERS / 2, QUARTERS)
			.mapToObj((passed) -> draft(number, AlertKind.SIGN_OFF_REMINDER,
					"proposal " + proposal + " " + now + " " + passed, answerDueAt,
					now.plus(quarter.multipliedBy(passed))))
			.toList();
	}

	@EventListener
	void tell(SignOffRefused event) {
		takeBack(event.number());
		queue(event.number(), AlertKind.NOT_SIGNED, "proposal " + event.proposal(), null, team(event.number()));
	}

	@EventListener
	void tell(SignOffSentBack event) {
		takeBack(event.number());
		queue(event.number(), AlertKind.SENT_BACK, "proposal " + event.proposal(), null, team(event.number()));
	}

	@EventListener
	void tell(GateRefused event) {
		takeBack(event.number());
		queue(event.number(), AlertKind.NOT_SIGNED, "proposal " + event.proposal(), null, team(event.number()));
	}

	/** Before the mandator's own function is asked: that question is not taken back. */
	@EventListener
	@Order(0)
	void tell(DecisionTakenByMandator event) {
		takeBack(event.number());
		queue(event.number(), AlertKind.DECIDED_BY_MANDATOR,
				"proposal " + event.proposal() + " " + this.clock.instant(), null,
				holders(event.number(), event.asked(), event.askedOrganisation()));
	}

	@EventListener({ SignedOff.class, SignOffPassedOn.class, SignOffHandedUp.class })
	void answered(MandateEvent event) {
		takeBack(event.number());
	}

	@EventListener
	void lapsed(RungDecided event) {
		takeBack(event.number());
	}

	@EventListener
	void tell(FollowUpOwed event) {
		queue(event.number(), AlertKind.FOLLOW_UP_OWED, event.kind() + " " + event.proposal(), event.dueAt(),
				holders(event.number(), event.function(), event.organisation()));
	}

	@EventListener
	void done(ReasonsGiven event) {
		takeBack(event.number(), "reasons " + event.proposal());
	}

	@EventListener
	void done(DecisionRatified event) {
		takeBack(event.number(), "ratification " + event.proposal());
	}

	@EventListener
	void done(DecisionNotRatified event) {
		takeBack(event.number(), "ratification " + event.proposal());
	}

	@EventListener
	void tell(FollowUpTermPassed event) {
		// A term that moved can pass again, which is told again.
		queue(event.number(), AlertKind.FOLLOW_UP_OVERDUE,
				event.kind() + " " + event.proposal() + " " + this.clock.instant(), null,
				Stream.concat(holders(event.number(), event.function(), event.organisation()), team(event.number())));
	}

	/** A mail that still waits would name the old date, or say that it is late. */
	@EventListener
	void moved(FollowUpTermMoved event) {
		String what = event.kind() + " " + event.proposal();
		waiting(event.number(), what).forEach((alert) -> {
			this.outbox.cancel(alert);
			if (alert.kind() == AlertKind.FOLLOW_UP_OWED) {
				this.outbox.add(
						draft(event.number(), alert.kind(), what + " " + this.clock.instant(), event.dueAt(), null),
						new Recipient(alert.function(), alert.body(), alert.login()));
			}
		});
	}

	@EventListener
	void tell(AnnouncementTermPassed event) {
		Stream<Recipient> managers = this.recipients.holders(event.number(), Function.MANAGER,
				this.files.standing(event.number()).municipality());
		queue(event.number(), AlertKind.NOT_ANNOUNCED, "proposal " + event.proposal(), event.dueAt(),
				Stream.concat(team(event.number()), managers));
	}

	@EventListener
	void done(DecisionAnnounced event) {
		this.outbox.cancel(event.number(), List.of(AlertKind.NOT_ANNOUNCED));
	}

	@EventListener
	void tell(ObjectionReceived event) {
		queue(event.number(), AlertKind.OBJECTION_RECEIVED, "objection " + event.objection(), event.dueAt(),
				holders(event.number(), event.function(), event.organisation()));
	}

	@EventListener
	void tell(ObjectionTermPassed event) {
		queue(event.number(), AlertKind.OBJECTION_OVERDUE, "objection " + event.objection(), event.dueAt(),
				Stream.concat(holders(event.number(), event.function(), event.organisation()), team(event.number())));
	}

	@EventListener
	void done(ObjectionDecided event) {
		takeBack(event.number(), "objection " + event.objection());
	}

	@EventListener
	void done(ObjectionWithdrawn event) {
		takeBack(event.number(), "objection " + event.objection());
	}

	private void takeBack(String number) {
		this.outbox.cancel(number, AlertKind.TO_SIGN);
	}

	private void takeBack(String number, String version) {
		waiting(number, version).forEach(this.outbox::cancel);
	}

	private List<Alert> waiting(String number, String version) {
		return this.outbox.of(number)
			.stream()
			.filter((alert) -> alert.deadlineVersion().equals(version)
					|| alert.deadlineVersion().startsWith(version + " "))
			.filter((alert) -> alert.state() == Alert.State.WAITING)
			.toList();
	}

	/** Where no function is competent the team hears it, so that somebody does. */
	private Stream<Recipient> holders(String number, String function, String organisation) {
		return (function.isEmpty() || function.equals(Function.CASE_DIRECTOR.code())) ? team(number)
				: this.recipients.holders(number, Function.of(function), organisation);
	}

	private Stream<Recipient> team(String number) {
		return this.recipients.team(number, this.files.standing(number).municipality());
	}

	private void queue(String number, AlertKind kind, String version, @Nullable Instant deadline,
			Stream<Recipient> recipients) {
		this.outbox.add(draft(number, kind, version, deadline, null), recipients);
	}

	private Draft draft(String number, AlertKind kind, String version, @Nullable Instant deadline,
			@Nullable Instant due) {
		return Draft.aboutRung(number, this.files.standing(number).last().id(), kind, version, deadline, due);
	}

}
