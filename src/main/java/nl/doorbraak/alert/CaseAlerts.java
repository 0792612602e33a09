package nl.doorbraak.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.alert.Outbox.Recipient;
import nl.doorbraak.carryout.CarryOutEvents.CarryOutTermPassed;
import nl.doorbraak.casefile.CaseEvents.CaseClosed;
import nl.doorbraak.casefile.CaseEvents.CaseEvent;
import nl.doorbraak.casefile.CaseEvents.CasePaused;
import nl.doorbraak.casefile.CaseEvents.CaseResumed;
import nl.doorbraak.carryout.CarryOutEvents.MeasuresConfirmed;
import nl.doorbraak.carryout.CarryOutEvents.OutcomeRecorded;
import nl.doorbraak.casefile.CaseEvents.RungDecided;
import nl.doorbraak.casefile.CaseEvents.RungOpened;
import nl.doorbraak.casefile.CaseEvents.TermMoved;
import nl.doorbraak.casefile.CaseEvents.TermQuestionAsked;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.CaseFiles.Standing;
import nl.doorbraak.casefile.Climb;
import nl.doorbraak.casefile.Decision;
import nl.doorbraak.casefile.RungStay;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.ladder.Rung;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What happens to a case and who must hear of it: writes the rows in the transaction of
 * the act. A warning whose moment is past is skipped.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class CaseAlerts {

	private static final List<AlertKind> QUESTION = List.of(AlertKind.TERM_QUESTION, AlertKind.TERM_REMINDER);

	private final Outbox outbox;

	private final CaseFiles files;

	private final Directory directory;

	private final Recipients recipients;

	private final Clock clock;

	CaseAlerts(Outbox outbox, CaseFiles files, Directory directory, Recipients recipients, Clock clock) {
		this.outbox = outbox;
		this.files = files;
		this.directory = directory;
		this.recipients = recipients;
		this.clock = clock;
	}

	@EventListener
	void tell(RungOpened event) {
		if (!event.bodyConnected()) {
			return;
		}
		Standing standing = this.files.standing(event.number());
		Rung rung = Rung.of(event.rung());
		boolean again = rung == Rung.MINISTRY && isSilence(before(standing), rung);
		Stream<Recipient> holders = (rung == Rung.LOCAL) ? this.recipients.team(event.number(), standing.municipality())
				: this.recipients.holders(event.number(), Climb.function(rung), event.body());
		Stream<Recipient> all = again ? Stream.concat(holders, this.recipients.holders(event.number(),
				Function.DESK_OFFICER, this.directory.theOne(Organisation.Kind.DESK).id())) : holders;
		queue(event.number(), standing, again ? AlertKind.TOP_RUNG_AGAIN : AlertKind.RUNG_OPENED, event.termEndsAt(),
				null, all);
	}

	@EventListener
	void ask(TermQuestionAsked event) {
		question(event.number(), Function.of(event.askedOf()), event.answerDueAt(), true);
	}

	@EventListener
	void tell(RungDecided event) {
		this.outbox.cancel(event.number(), QUESTION);
		if (event.decision().equals(Decision.TERM_ENDED.code())) {
			Standing standing = this.files.standing(event.number());
			queue(event.number(), standing, AlertKind.TERM_SILENCE, standing.last().questionEndsAt(), null,
					Stream.concat(this.recipients.team(event.number(), standing.municipality()),
							this.recipients.holders(event.number(), Function.MANAGER, standing.municipality())));
		}
	}

	@EventListener
	void answered(TermMoved event) {
		if (event.reason().equals("extended")) {
			this.outbox.cancel(event.number(), QUESTION);
		}
	}

	@EventListener
	void tell(CaseClosed event) {
		this.outbox.cancel(event.number(), AlertKind.ABOUT_THE_LEAD);
		Standing standing = this.files.standing(event.number());
		queue(event.number(), standing, AlertKind.CASE_CLOSED, null, null,
				this.recipients.team(event.number(), standing.municipality()));
	}

	@EventListener
	void tell(CarryOutTermPassed event) {
		Standing standing = this.files.standing(event.number());
		queue(event.number(), standing, AlertKind.CARRY_OUT_OVERDUE, event.dueAt(), null,
				Stream.concat(this.recipients.team(event.number(), standing.municipality()),
						this.recipients.holders(event.number(), Function.MANAGER, standing.municipality())));
	}

	@EventListener({ MeasuresConfirmed.class, OutcomeRecorded.class })
	void answered(CaseEvent event) {
		this.outbox.cancel(event.number(), List.of(AlertKind.CARRY_OUT_OVERDUE));
	}

	/** While the case stands still nobody is reminded. */
	@EventListener
	void hush(CasePaused event) {
		this.outbox.cancel(event.number(), List.of(AlertKind.TERM_REMINDER));
	}

	@EventListener
	void remindLater(CaseResumed event) {
		RungStay stay = this.files.standing(event.number()).last();
		Instant answerDueAt = stay.questionEndsAt();
		String askedOf = stay.questionFor();
		if (answerDueAt != null && askedOf != null && !stay.isDecided()) {
			question(event.number(), Function.of(askedOf), answerDueAt, false);
		}
	}

	private void question(String number, Function askedOf, Instant answerDueAt, boolean now) {
		Standing standing = this.files.standing(number);
		List<Recipient> asked = ((askedOf == Function.MANAGER)
				? this.recipients.holders(number, Function.MANAGER, standing.municipality())
				: Stream.concat(this.recipients.team(number, standing.municipality()), this.recipients.lead(number)))
			.toList();
		if (now) {
			queue(number, standing, AlertKind.TERM_QUESTION, answerDueAt, null, asked.stream());
		}
		Instant asking = this.clock.instant();
		Instant halfWay = asking.plus(Duration.between(asking, answerDueAt).dividedBy(2));
		if (halfWay.isAfter(asking)) {
			queue(number, standing, AlertKind.TERM_REMINDER, answerDueAt, halfWay, asked.stream());
		}
	}

	private void queue(String number, Standing standing, AlertKind kind, @Nullable Instant deadline,
			@Nullable Instant due, Stream<Recipient> recipients) {
		Draft draft = Draft.aboutRung(number, standing.last().id(), kind,
				(deadline != null) ? deadline.toString() : "none", deadline, due);
		this.outbox.add(draft, recipients);
	}

	private static @Nullable RungStay before(Standing standing) {
		int stays = standing.stays().size();
		return (stays > 1) ? standing.stays().get(stays - 2) : null;
	}

	private static boolean isSilence(@Nullable RungStay stay, Rung rung) {
		return stay != null && stay.rung() == rung && stay.decision() == Decision.TERM_ENDED;
	}

}
