package nl.doorbraak.alert;

import java.util.List;
import java.util.stream.Stream;

import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.alert.Outbox.Recipient;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Function;
import nl.doorbraak.lead.Lead;
import nl.doorbraak.lead.LeadEvents.LeadAccepted;
import nl.doorbraak.lead.LeadEvents.LeadAsked;
import nl.doorbraak.lead.LeadEvents.LeadMissing;
import nl.doorbraak.lead.LeadEvents.LeadHandOverDeclined;
import nl.doorbraak.lead.LeadEvents.LeadHandOverOffered;
import nl.doorbraak.lead.LeadEvents.LeadHandOverWithdrawn;
import nl.doorbraak.lead.LeadEvents.LeadHandedOver;
import nl.doorbraak.lead.LeadEvents.LeadRefused;
import nl.doorbraak.lead.LeadEvents.LookBackOverdue;
import nl.doorbraak.lead.LeadEvents.LeadReturned;
import nl.doorbraak.lead.LeadEvents.LeadSilent;
import nl.doorbraak.lead.LeadEvents.ProvisionalLeadAppointed;
import nl.doorbraak.lead.LeadEvents.Told;
import nl.doorbraak.lead.LeadWatch;
import nl.doorbraak.lead.Leads;

import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Who must hear what about the lead: writes the rows in the transaction of the act, which
 * holds the case. Once somebody accepts, what still waits is no longer true and is taken
 * back.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class LeadAlerts {

	private final Outbox outbox;

	private final CaseFiles files;

	private final Leads leads;

	private final Recipients recipients;

	private final CallList calls;

	LeadAlerts(Outbox outbox, CaseFiles files, Leads leads, Recipients recipients, CallList calls) {
		this.outbox = outbox;
		this.files = files;
		this.leads = leads;
		this.recipients = recipients;
		this.calls = calls;
	}

	/** From when mail is not enough, by text message too. */
	@EventListener
	void alarm(LeadMissing event) {
		Draft draft = Draft.aboutLead(event.number(), AlertKind.LEAD_MISSING, event.moment() + " " + event.eventDate(),
				null);
		boolean near = this.calls.isOpen(event.number());
		event.told()
			.stream()
			.flatMap((told) -> resolve(event.number(), told))
			.flatMap((to) -> near ? Stream.concat(Stream.of(to), this.recipients.byText(to)) : Stream.of(to))
			.forEach((to) -> this.outbox.add(draft, to));
	}

	@EventListener
	void tell(LeadAsked event) {
		tell(event.number(), AlertKind.LEAD_ASKED, last(event.number(), event.organisation(), Lead.State.ASKED),
				this.recipients.holders(event.number(), Function.of(event.function()), event.organisation()));
	}

	@EventListener
	void tell(LeadRefused event) {
		Lead refused = last(event.number(), event.organisation(), Lead.State.REFUSED);
		this.outbox.of(event.number())
			.stream()
			.filter((alert) -> alert.kind() == AlertKind.LEAD_ASKED
					&& Long.valueOf(refused.id()).equals(alert.leadId()))
			.forEach(this.outbox::cancel);
		tell(event.number(), AlertKind.LEAD_REFUSED, refused, team(event.number()));
	}

	@EventListener
	void tell(ProvisionalLeadAppointed event) {
		tell(event.number(), AlertKind.LEAD_PROVISIONAL,
				last(event.number(), event.organisation(), Lead.State.PROVISIONAL), teamAndManagers(event.number()));
	}

	@EventListener
	void tell(LeadHandOverOffered event) {
		tell(event.number(), AlertKind.LEAD_HAND_OVER_OFFERED, "handOver " + event.handOver(),
				this.recipients.person(event.person()));
	}

	@EventListener
	void tell(LeadHandOverDeclined event) {
		tell(event.number(), AlertKind.LEAD_HAND_OVER_DECLINED, "handOver " + event.handOver(),
				this.recipients.person(event.person()));
	}

	/** Who did not hear of it yet need not. */
	@EventListener
	void takeBack(LeadHandOverWithdrawn event) {
		this.outbox.of(event.number())
			.stream()
			.filter((alert) -> alert.kind() == AlertKind.LEAD_HAND_OVER_OFFERED
					&& alert.deadlineVersion().equals("handOver " + event.handOver()))
			.forEach(this.outbox::cancel);
	}

	@EventListener
	void tell(LeadHandedOver event) {
		tell(event.number(), AlertKind.LEAD_HANDED_OVER,
				"lead " + this.leads.current(event.number()).orElseThrow().id(),
				Stream.concat(teamAndManagers(event.number()), this.recipients.person(event.before())));
	}

	private void tell(String number, AlertKind kind, String version, Stream<Recipient> recipients) {
		Draft draft = Draft.aboutRung(number, this.files.standing(number).last().id(), kind, version, null, null);
		recipients.distinct().forEach((to) -> this.outbox.add(draft, to));
	}

	@EventListener
	void tell(LookBackOverdue event) {
		tell(event.number(), AlertKind.LOOK_BACK_OVERDUE, "due " + event.dueAt(), team(event.number()));
	}

	/** Told again for each new silence. */
	@EventListener
	void tell(LeadSilent event) {
		Draft draft = Draft.aboutRung(event.number(), this.files.standing(event.number()).last().id(),
				AlertKind.LEAD_SILENT, "silent " + event.returnsAt(), event.returnsAt(), null);
		Stream.concat(this.recipients.lead(event.number()), team(event.number()))
			.distinct()
			.forEach((to) -> this.outbox.add(draft, to));
	}

	@EventListener
	void takeBack(LeadAccepted event) {
		this.outbox.cancel(event.number(), AlertKind.ABOUT_THE_LEAD);
	}

	/** Who was never told, because somebody took the lead just then, is told now. */
	@EventListener
	void tell(LeadReturned event) {
		tell(event.number(), AlertKind.LEAD_RETURNED, last(event.number(), event.organisation(), Lead.State.RETURNED),
				teamAndManagers(event.number()));
		List<Alert> all = this.outbox.of(event.number());
		all.stream()
			.filter((alert) -> alert.state() == Alert.State.CANCELLED)
			.filter((alert) -> isStillAsked(alert) || isOfTheLastMoment(alert, all))
			.forEach(this.outbox::putBack);
	}

	private boolean isStillAsked(Alert alert) {
		return alert.kind() == AlertKind.LEAD_ASKED && this.leads.asks(alert.number())
			.stream()
			.anyMatch((lead) -> Long.valueOf(lead.id()).equals(alert.leadId()) && lead.state() == Lead.State.ASKED);
	}

	private static boolean isOfTheLastMoment(Alert alert, List<Alert> lastFirst) {
		return alert.kind() == AlertKind.LEAD_MISSING && lastFirst.stream()
			.filter((each) -> each.kind() == AlertKind.LEAD_MISSING)
			.limit(1)
			.anyMatch((last) -> last.deadlineVersion().equals(alert.deadlineVersion()));
	}

	private void tell(String number, AlertKind kind, Lead lead, Stream<Recipient> recipients) {
		Draft draft = Draft.aboutLead(number, kind, "lead " + lead.id(), lead.id());
		recipients.forEach((to) -> this.outbox.add(draft, to));
	}

	private Stream<Recipient> resolve(String number, Told told) {
		return told.function().equals(LeadWatch.TEAM) ? this.recipients.team(number, told.organisation())
				: this.recipients.holders(number, Function.of(told.function()), told.organisation());
	}

	private Stream<Recipient> team(String number) {
		return this.recipients.team(number, this.files.standing(number).municipality());
	}

	private Stream<Recipient> teamAndManagers(String number) {
		String municipality = this.files.standing(number).municipality();
		return Stream.concat(this.recipients.team(number, municipality),
				this.recipients.holders(number, Function.MANAGER, municipality));
	}

	private Lead last(String number, String organisation, Lead.State state) {
		return this.leads.asks(number)
			.stream()
			.filter((lead) -> lead.state() == state && lead.organisation().equals(organisation))
			.reduce((earlier, later) -> later)
			.orElseThrow();
	}

}
