package nl.doorbraak.alert;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;

import nl.doorbraak.agency.AgencyEvents.AgencyAnswered;
import nl.doorbraak.agency.AgencyEvents.AgencyAsked;
import nl.doorbraak.agency.AgencyEvents.AgencyContradictsItself;
import nl.doorbraak.agency.AgencyEvents.AgencyEvent;
import nl.doorbraak.agency.AgencyEvents.AgencyFactsDelivered;
import nl.doorbraak.agency.AgencyEvents.AgencyNeedsFacts;
import nl.doorbraak.agency.AgencyEvents.AgencyRequestLapsed;
import nl.doorbraak.agency.AgencyEvents.AgencySilent;
import nl.doorbraak.agency.AgencyEvents.DoorCodeAsked;
import nl.doorbraak.agency.AgencyEvents.SerialRefusalFound;
import nl.doorbraak.agency.AgencyRequest;
import nl.doorbraak.agency.AgencyRequests;
import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.alert.Outbox.Recipient;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.casefile.CaseFiles.Standing;
import nl.doorbraak.directory.Function;
import org.jspecify.annotations.Nullable;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who must hear of a question to an agency: the agency, and who asked it. An agency that
 * does not work in Doorbraak hears it from the team, which has the task.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class AgencyAlerts {

	private final Outbox outbox;

	private final CaseFiles files;

	private final AgencyRequests requests;

	private final Recipients recipients;

	AgencyAlerts(Outbox outbox, CaseFiles files, AgencyRequests requests, Recipients recipients) {
		this.outbox = outbox;
		this.files = files;
		this.requests = requests;
		this.recipients = recipients;
	}

	@EventListener
	void ask(AgencyAsked event) {
		queue(event, AlertKind.AGENCY_ASKED, event.dueAt(), agency(event));
	}

	@EventListener
	void ask(AgencyFactsDelivered event) {
		queue(event, AlertKind.AGENCY_ASKED, event.dueAt(), agency(event), version(event) + " due " + event.dueAt());
	}

	@EventListener
	void tell(AgencyAnswered event) {
		takeBack(event);
		if (!event.outside()) {
			queue(event, AlertKind.AGENCY_ANSWERED, null, asker(event));
		}
	}

	@EventListener
	void tell(AgencySilent event) {
		queue(event, AlertKind.AGENCY_SILENT, null, both(event));
	}

	@EventListener
	void tell(AgencyNeedsFacts event) {
		queue(event, AlertKind.AGENCY_NEEDS_FACTS, null, asker(event));
	}

	@EventListener
	void tell(SerialRefusalFound event) {
		queue(event, AlertKind.SERIAL_REFUSAL, null, both(event));
	}

	@EventListener
	void tell(AgencyContradictsItself event) {
		queue(event, AlertKind.AGENCY_CONTRADICTS, null, both(event));
	}

	@EventListener
	void lapsed(AgencyRequestLapsed event) {
		takeBack(event);
	}

	/** Only the officer can read it, at an address that the link did not go to. */
	@EventListener
	void send(DoorCodeAsked event) {
		Recipient officer = new Recipient(Function.AGENCY_OFFICER, event.agency(), event.actor());
		Standing standing = this.files.standing(event.number());
		Draft draft = Draft.aboutRung(event.number(), standing.last().id(), AlertKind.DOOR_CODE,
				version(event) + " code " + event.code(), null, null);
		this.outbox.add(draft, event.byText() ? officer.byText() : officer);
	}

	/** Its officers; the mailbox where they answer by the door of the question. */
	private Stream<Recipient> agency(AgencyEvent event) {
		AgencyRequest asked = this.requests.get(event.request());
		if (this.requests.hasDoor(asked)) {
			return Stream.of(new Recipient(Function.AGENCY_OFFICER, asked.agency(), null));
		}
		return this.requests.answering(event.request()).group().isPresent()
				? this.recipients.holders(event.number(), Function.AGENCY_OFFICER, asked.agency()) : Stream.empty();
	}

	private Stream<Recipient> both(AgencyEvent event) {
		return Stream.concat(asker(event), agency(event));
	}

	/** The team, and who asked where that is somebody else. */
	private Stream<Recipient> asker(AgencyEvent event) {
		AgencyRequest asked = this.requests.get(event.request());
		if (this.requests.apart(event.number()).contains(asked.id())) {
			return this.recipients.person(asked.askedBy());
		}
		return Stream.concat(this.recipients.team(event.number(), this.files.standing(event.number()).municipality()),
				this.recipients.person(asked.askedBy()));
	}

	private void takeBack(AgencyEvent event) {
		this.outbox.of(event.number())
			.stream()
			.filter((alert) -> (alert.deadlineVersion() + " ").startsWith(version(event) + " "))
			.forEach(this.outbox::cancel);
	}

	/** Whether it is about one of these questions. */
	static boolean isAbout(Alert alert, Set<Long> requests) {
		return !requests.isEmpty() && alert.deadlineVersion().matches("request [0-9]+( .*)?")
				&& requests.contains(request(alert));
	}

	/** Id of the question that an alert is about. */
	static long request(Alert alert) {
		return Long.parseLong(alert.deadlineVersion().split(" ")[1]);
	}

	/** Id of the code that an alert brings. */
	static long code(Alert alert) {
		return Long.parseLong(alert.deadlineVersion().split(" ")[3]);
	}

	private static String version(AgencyEvent event) {
		return "request " + event.request();
	}

	private void queue(AgencyEvent event, AlertKind kind, @Nullable Instant deadline, Stream<Recipient> recipients) {
		queue(event, kind, deadline, recipients, version(event));
	}

	private void queue(AgencyEvent event, AlertKind kind, @Nullable Instant deadline, Stream<Recipient> recipients,
			String version) {
		Standing standing = this.files.standing(event.number());
		Draft draft = Draft.aboutRung(event.number(), standing.last().id(), kind, version, deadline, null);
		this.outbox.add(draft, recipients);
	}

}
