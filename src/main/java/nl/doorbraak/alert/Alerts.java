package nl.doorbraak.alert;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.agency.AgencyRequests;
import nl.doorbraak.alert.Alert.Channel;
import nl.doorbraak.alert.AlertEvents.AlertAcknowledged;
import nl.doorbraak.alert.AlertEvents.AlertSeen;
import nl.doorbraak.casefile.CaseFile;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.lead.Lead;
import nl.doorbraak.lead.Leads;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What was told about a case, whether it arrived, and who has seen and acknowledged it.
 */
@Service
public class Alerts {

	private final Outbox outbox;

	private final Directory directory;

	private final CaseFiles files;

	private final AgencyRequests requests;

	private final Leads leads;

	private final ApplicationEventPublisher events;

	Alerts(Outbox outbox, Directory directory, CaseFiles files, Leads leads, AgencyRequests requests,
			ApplicationEventPublisher events) {
		this.requests = requests;
		this.outbox = outbox;
		this.directory = directory;
		this.files = files;
		this.leads = leads;
		this.events = events;
	}

	/** All alerts of a case, the last one first: for who may read the case. */
	public List<AlertLine> of(String number) {
		Set<Long> apart = this.requests.apart(number);
		return this.outbox.of(number)
			.stream()
			.filter((alert) -> !AgencyAlerts.isAbout(alert, apart))
			.map((alert) -> new AlertLine(alert.kind(),
					(alert.login() != null) ? this.directory.nameOf(alert.login())
							: this.directory.getOrganisation(alert.body()).name(),
					alert.function(), this.directory.getOrganisation(alert.body()).name(), alert.dueAt(),
					alert.state().name().toLowerCase(Locale.ROOT), alert.channel() == Channel.SMS, alert.seen(),
					alert.acknowledged()))
			.toList();
	}

	/**
	 * Names of the organisations that were told that nobody has the lead, or were asked
	 * to take it, and of which nobody answered or acknowledged. None once somebody has
	 * it.
	 */
	public List<String> notHeardFrom(String number) {
		if (this.leads.current(number).isPresent() || this.files.get(number).state() == CaseFile.State.CLOSED) {
			return List.of();
		}
		List<Lead> asks = this.leads.asks(number);
		List<Alert> told = this.outbox.of(number)
			.stream()
			.filter((alert) -> alert.state() == Alert.State.SENT || alert.state() == Alert.State.UNDELIVERABLE)
			.toList();
		String lastMoment = told.stream()
			.filter((alert) -> alert.kind() == AlertKind.LEAD_MISSING)
			.map(Alert::deadlineVersion)
			.findFirst()
			.orElse("");
		Map<String, List<Alert>> byBody = told.stream()
			.filter((alert) -> (alert.kind() == AlertKind.LEAD_MISSING) ? alert.deadlineVersion().equals(lastMoment)
					: alert.kind() == AlertKind.LEAD_ASKED && isOpen(alert, asks))
			.collect(Collectors.groupingBy(Alert::body, LinkedHashMap::new, Collectors.toList()));
		return byBody.entrySet()
			.stream()
			.filter((each) -> !isHeard(each.getKey(), each.getValue(), asks))
			.map((each) -> this.directory.getOrganisation(each.getKey()).name())
			.sorted()
			.toList();
	}

	private static boolean isOpen(Alert alert, List<Lead> asks) {
		return asks.stream()
			.anyMatch((lead) -> Long.valueOf(lead.id()).equals(alert.leadId()) && lead.state() == Lead.State.ASKED);
	}

	/** Also an answer to the question for the lead, after it was told, is a word. */
	private static boolean isHeard(String body, Collection<Alert> told, List<Lead> asks) {
		return told.stream().anyMatch((alert) -> alert.acknowledged() != null) || asks.stream()
			.filter((lead) -> lead.organisation().equals(body))
			.anyMatch((lead) -> told.stream().allMatch((alert) -> isAfter(lead.answeredAt(), alert.dueAt())));
	}

	private static boolean isAfter(@Nullable Instant answered, Instant told) {
		return answered != null && !answered.isBefore(told);
	}

	/** What was told this reader about a case that still asks to be acknowledged. */
	public List<AlertKind> toAcknowledge(String login, String number) {
		return unacknowledged(login, number).map(Alert::kind).distinct().toList();
	}

	/**
	 * The alert that a mail's link is about, for whom it was meant or who has that
	 * function now, or is on the case. For whom it was meant it is now seen; a link alone
	 * never acknowledges, because machines press links.
	 * @throws Refused for everybody else, as for a link that does not exist
	 */
	@Transactional
	public Landing land(String login, UUID link) {
		Alert alert = find(login, link);
		if (alert.number().isEmpty()) {
			return new Landing("", alert.kind(), alert.function(), "", this.directory.getOrganisation(alert.body()),
					null, link, false, null);
		}
		boolean mine = isFor(login, alert);
		if (mine && alert.seen() == null) {
			this.files.hold(alert.number());
			see(login, alert);
		}
		Organisation municipality = this.directory.getOrganisation(this.files.standing(alert.number()).municipality());
		return new Landing(alert.number(), alert.kind(), alert.function(),
				this.directory.getOrganisation(alert.body()).name(), municipality,
				this.leads.current(alert.number())
					.map((lead) -> this.directory.getOrganisation(lead.organisation()).name())
					.orElse(null),
				link, mine, alert.acknowledged());
	}

	/**
	 * Says that one alert is seen and that the reader knows what to do.
	 * @throws Refused whom it was not for (403, or 404 when not on the case either)
	 */
	@Transactional
	public void acknowledge(String login, UUID link) {
		Alert alert = find(login, link);
		if (alert.number().isEmpty() || !isFor(login, alert)) {
			throw Refused.forbidden("not-yours",
					"Dit bericht was niet voor u. Alleen wie het kreeg, bevestigt dat het gezien is.");
		}
		this.files.hold(alert.number());
		acknowledge(login, alert);
	}

	/** The same for everything that was told this reader about a case. */
	@Transactional
	public void acknowledge(String login, String number) {
		if (!this.files.isOn(login, number)) {
			throw Refused.notFound();
		}
		this.files.hold(number);
		unacknowledged(login, number).forEach((alert) -> acknowledge(login, alert));
	}

	private void acknowledge(String login, Alert alert) {
		see(login, alert);
		if (this.outbox.acknowledged(alert, login)) {
			this.events.publishEvent(new AlertAcknowledged(alert.number(), alert.kind().code(), alert.recipient(),
					alert.messageId(), login));
		}
	}

	private void see(String login, Alert alert) {
		if (this.outbox.seen(alert, login)) {
			this.events.publishEvent(
					new AlertSeen(alert.number(), alert.kind().code(), alert.recipient(), alert.messageId(), login));
		}
	}

	private Stream<Alert> unacknowledged(String login, String number) {
		return this.outbox.of(number)
			.stream()
			.filter((alert) -> alert.state() == Alert.State.SENT && alert.acknowledged() == null
					&& isFor(login, alert));
	}

	private Alert find(String login, UUID link) {
		return this.outbox.findByLink(link)
			.filter((each) -> isFor(login, each) || !each.number().isEmpty() && this.files.isOn(login, each.number()))
			.orElseThrow(Refused::notFound);
	}

	/** What went to a mailbox may be opened by everybody of that body. */
	private boolean isFor(String login, Alert alert) {
		return login.equals(alert.login()) || this.directory.getOfficer(login)
			.posts()
			.stream()
			.anyMatch((post) -> post.organisation().equals(alert.body())
					&& (alert.login() == null || post.function() == alert.function() && !alert.isToTeam()));
	}

	/**
	 * What somebody who is not on the case sees of an alert.
	 *
	 * @param number empty: about no case
	 * @param municipality that has the case, and can be called
	 * @param lead organisation that has taken the lead
	 * @param mine whether it was for the reader, who can acknowledge it
	 */
	public record Landing(String number, AlertKind kind, Function function, String body, Organisation municipality,
			@Nullable String lead, UUID link, boolean mine, @Nullable Mark acknowledged) {
	}

	/**
	 * One alert as the case page shows it.
	 *
	 * @param recipient name of the person, or of the body whose mailbox it is
	 * @param state {@code waiting}, {@code sent} (the mail server has it),
	 * {@code undeliverable} (it refused) or {@code cancelled}
	 * @param byText whether it is a text message
	 */
	public record AlertLine(AlertKind kind, String recipient, Function function, String organisation, Instant dueAt,
			String state, boolean byText, @Nullable Mark seen, @Nullable Mark acknowledged) {
	}

	/**
	 * When somebody did something, and who.
	 *
	 * @param byPhone whether it was told in a call; then {@code by} called
	 */
	public record Mark(Instant at, String by, boolean byPhone) {
	}

	/**
	 * What became of the alerts to one organisation about a case, in numbers.
	 */
	public record Told(String organisation, long waiting, long sent, long undeliverable, long seen, long acknowledged) {

		/** Each organisation, in the order in which it was told. */
		public static List<Told> of(List<AlertLine> lastFirst) {
			Map<String, List<AlertLine>> all = new LinkedHashMap<>();
			for (int i = lastFirst.size() - 1; i >= 0; i--) {
				AlertLine line = lastFirst.get(i);
				if (!line.state().equals("cancelled")) {
					all.computeIfAbsent(line.organisation(), (name) -> new ArrayList<>()).add(line);
				}
			}
			return all.entrySet().stream().map((each) -> of(each.getKey(), each.getValue())).toList();
		}

		private static Told of(String organisation, List<AlertLine> lines) {
			return new Told(organisation, count(lines, "waiting"), count(lines, "sent"), count(lines, "undeliverable"),
					lines.stream().filter((line) -> line.seen() != null).count(),
					lines.stream().filter((line) -> line.acknowledged() != null).count());
		}

		private static long count(List<AlertLine> lines, String state) {
			return lines.stream().filter((line) -> line.state().equals(state)).count();
		}

	}

}
