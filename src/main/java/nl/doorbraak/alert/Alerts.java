package nl.doorbraak.alert;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.lead.Leads;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;

/** What was told about a case, and whether it arrived: for who may read the case. */
@Service
public class Alerts {

	private final Outbox outbox;

	private final Directory directory;

	private final CaseFiles files;

	private final Leads leads;

	Alerts(Outbox outbox, Directory directory, CaseFiles files, Leads leads) {
		this.outbox = outbox;
		this.directory = directory;
		this.files = files;
		this.leads = leads;
	}

	/** All alerts of a case, the last one first. */
	public List<AlertLine> of(String number) {
		return this.outbox.of(number)
			.stream()
			.map((alert) -> new AlertLine(alert.kind(),
					(alert.login() != null) ? this.directory.nameOf(alert.login())
							: this.directory.getOrganisation(alert.body()).name(),
					alert.function().label(), alert.dueAt(), alert.state().name().toLowerCase(Locale.ROOT)))
			.toList();
	}

	/**
	 * The alert that a mail's link is about, for whom it was meant or who has that
	 * function now, or is on the case.
	 * @throws Refused for everybody else, as for a link that does not exist
	 */
	public Landing land(String login, UUID link) {
		Alert alert = this.outbox.findByLink(link)
			.filter((each) -> isFor(login, each) || !each.number().isEmpty() && this.files.isOn(login, each.number()))
			.orElseThrow(Refused::notFound);
		if (alert.number().isEmpty()) {
			return new Landing("", alert.kind(), alert.function().label(), "",
					this.directory.getOrganisation(alert.body()), null);
		}
		Organisation municipality = this.directory.getOrganisation(this.files.standing(alert.number()).municipality());
		return new Landing(alert.number(), alert.kind(), alert.function().label(),
				this.directory.getOrganisation(alert.body()).name(), municipality,
				this.leads.current(alert.number())
					.map((lead) -> this.directory.getOrganisation(lead.organisation()).name())
					.orElse(null));
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
	 */
	public record Landing(String number, AlertKind kind, String function, String body, Organisation municipality,
			@Nullable String lead) {
	}

	/**
	 * One alert as the case page shows it.
	 *
	 * @param recipient name of the person, or of the body whose mailbox it is
	 * @param state {@code waiting}, {@code sent}, {@code undeliverable} or
	 * {@code cancelled}
	 */
	public record AlertLine(AlertKind kind, String recipient, String function, Instant dueAt, String state) {
	}

}
