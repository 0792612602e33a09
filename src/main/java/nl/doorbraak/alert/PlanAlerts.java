package nl.doorbraak.alert;

import java.util.stream.Stream;

import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.casefile.CaseEvents.MediatedSessionMissed;
import nl.doorbraak.casefile.CaseEvents.PlanEndPassed;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.CaseFiles.Standing;
import nl.doorbraak.directory.Function;
import nl.doorbraak.support.DutchTime;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Who must hear what passes in a plan. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class PlanAlerts {

	private final Outbox outbox;

	private final CaseFiles files;

	private final Recipients recipients;

	PlanAlerts(Outbox outbox, CaseFiles files, Recipients recipients) {
		this.outbox = outbox;
		this.files = files;
		this.recipients = recipients;
	}

	/** The team, and who can let somebody else lead the session. */
	@EventListener
	void tell(MediatedSessionMissed event) {
		Standing standing = this.files.standing(event.number());
		this.outbox.add(
				Draft.aboutRung(event.number(), standing.last().id(), AlertKind.MEDIATED_SESSION_MISSED,
						event.dueAt().toString(), event.dueAt(), null),
				Stream.concat(this.recipients.team(event.number(), standing.municipality()),
						this.recipients.holders(event.number(), Function.MANAGER, standing.municipality())));
	}

	/** Of several that end on one day the team hears once. */
	@EventListener
	void tell(PlanEndPassed event) {
		Standing standing = this.files.standing(event.number());
		this.outbox.add(
				Draft.aboutRung(event.number(), standing.last().id(), AlertKind.PLAN_END_PASSED,
						event.lastDayOn().toString(),
						event.lastDayOn().plusDays(1).atStartOfDay(DutchTime.ZONE).toInstant(), null),
				Stream
					.concat(this.recipients.team(event.number(), standing.municipality()),
							this.recipients.lead(event.number()))
					.distinct());
	}

}
