package nl.doorbraak.alert;

import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.report.ReportEvents.ReportMade;
import nl.doorbraak.report.Reports;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who reads the reports of a body hears of its new month. Nobody need be there for it.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class ReportAlerts {

	private final Outbox outbox;

	private final Directory directory;

	private final Recipients recipients;

	ReportAlerts(Outbox outbox, Directory directory, Recipients recipients) {
		this.outbox = outbox;
		this.directory = directory;
		this.recipients = recipients;
	}

	@EventListener
	void tell(ReportMade event) {
		if (!event.told()) {
			return;
		}
		Organisation body = this.directory.getOrganisation(event.organisation());
		this.outbox.add(
				new Draft("", null, AlertKind.MONTH_REPORT, "report " + body.id() + " " + event.period(), null, null,
						null, null),
				Reports.readers(body)
					.stream()
					.flatMap((function) -> this.directory.officersOf(body.id(), function).stream())
					.distinct()
					.flatMap((officer) -> this.recipients.person(officer.login())));
	}

}
