package nl.doorbraak.alert;

import nl.doorbraak.agency.AgencyEvents.FiguresAnswered;
import nl.doorbraak.agency.AgencyEvents.FiguresReleased;
import nl.doorbraak.agency.Figures;
import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.support.DutchTime;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** An agency hears first that it was counted; the desk hears what it says of that. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class FiguresAlerts {

	private final Outbox outbox;

	private final Directory directory;

	private final Recipients recipients;

	FiguresAlerts(Outbox outbox, Directory directory, Recipients recipients) {
		this.outbox = outbox;
		this.directory = directory;
		this.recipients = recipients;
	}

	@EventListener
	void tell(FiguresReleased event) {
		Organisation body = this.directory.getOrganisation(event.agency());
		this.outbox.add(
				new Draft("", null, AlertKind.FIGURES_RELEASED, version(event.figures()),
						event.opensOn().atStartOfDay(DutchTime.ZONE).toInstant(), null, null, null),
				this.recipients.holders(Figures.told(body), body.id()));
	}

	@EventListener
	void tell(FiguresAnswered event) {
		String desk = this.directory.theOne(Organisation.Kind.DESK).id();
		this.outbox.add(
				new Draft("", null, AlertKind.FIGURES_ANSWERED, version(event.figures()), null, null, null, null),
				this.recipients.holders(Function.DESK_OFFICER, desk));
	}

	/** Id of the figures that an alert is about. */
	static long figures(Alert alert) {
		return Long.parseLong(alert.deadlineVersion().split(" ")[1]);
	}

	private static String version(long figures) {
		return "figures " + figures;
	}

}
