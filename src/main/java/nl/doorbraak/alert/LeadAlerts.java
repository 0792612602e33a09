package nl.doorbraak.alert;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

import nl.doorbraak.alert.Outbox.Addressed;
import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.alert.Outbox.Recipient;
import nl.doorbraak.alert.Recipients.Meant;
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
import nl.doorbraak.lead.LeadEvents.LeadsMissing;
import nl.doorbraak.lead.LeadEvents.ProvisionalLeadAppointed;
import nl.doorbraak.lead.LeadEvents.ProvisionalLeadsAppointed;
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

	LeadAlerts(Outbox outbox, CaseFiles files, Leads leads, Recipients recipients) {
		this.outbox = outbox;
		this.files = files;
		this.leads = leads;
		this.recipients = recipients;
	}

	/** From when mail is not enough, by text message too. */
	@EventListener
	void alarm(LeadsMissing event) {
		Map<Meant, List<Recipient>> recipients = this.recipients
			.of(event.all().stream().flatMap((missing) -> meant(missing)).toList());
		Predicate<Recipient> withText = this.recipients.withText(event.all()
			.stream()
			.filter(LeadMissing::call)
			.flatMap((missing) -> meant(missing).flatMap((meant) -> recipients.getOrDefault(meant, List.of()).stream()))
			.toList());
		this.outbox.add(event.all().stream().flatMap((missing) -> {
			Draft draft = Draft
				.aboutLead(missing.number(), AlertKind.LEAD_MISSING, missing.moment() + " " + missing.eventDate(), null)
				.fellDueAt(missing.fellDueAt());
			return meant(missing).flatMap((meant) -> recipients.getOrDefault(meant, List.of()).stream())
				.flatMap((to) -> missing.call() && withText.test(to) ? Stream.of(to, to.byText()) : Stream.of(to))
				.map((to) -> new Addressed(draft, to));
		}).toList());
	}

	private static Stream<Meant> meant(LeadMissing missing) {
		return missing.told()
			.stream()
			.map((told) -> new Meant(missing.number(), missing.municipality(),
					told.function().equals(LeadWatch.TEAM) ? null : Function.of(told.function()), told.organisation()));
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
	void tell(ProvisionalLeadsAppointed event) {
		Map<Meant, List<Recipient>> recipients = this.recipients
			.of(event.all().stream().flatMap((appointed) -> teamAndManagers(appointed)).toList());
		this.outbox.add(event.all().stream().flatMap((appointed) -> {
			Draft draft = Draft.aboutLead(appointed.number(), AlertKind.LEAD_PROVISIONAL, "lead " + appointed.lead(),
					appointed.lead());
			return teamAndManagers(appointed).flatMap((meant) -> recipients.getOrDefault(meant, List.of()).stream())
				.map((to) -> new Addressed(draft, to));
		}).toList());
	}

	private static Stream<Meant> teamAndManagers(ProvisionalLeadAppointed appointed) {
		String municipality = appointed.municipality();
		return Stream.of(new Meant(appointed.number(), municipality, null, municipality),
				new Meant(appointed.number(), municipality, Function.MANAGER, municipality));
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
		this.outbox.add(draft, recipients.distinct());
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
		this.outbox.add(draft, Stream.concat(this.recipients.lead(event.number()), team(event.number())).distinct());
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
		this.outbox.add(draft, recipients);
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
