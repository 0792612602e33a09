package nl.doorbraak.alert;

import java.util.Objects;
import java.util.UUID;

import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.lead.Leads;
import nl.doorbraak.support.Refused;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * The link in the mail that asks for the lead: it may refuse or refer, once, while the
 * question is open. It takes no lead and shows nothing of the case.
 */
@Service
public class LeadLinks {

	private final Outbox outbox;

	private final Leads leads;

	private final CaseFiles files;

	private final Directory directory;

	LeadLinks(Outbox outbox, Leads leads, CaseFiles files, Directory directory) {
		this.outbox = outbox;
		this.leads = leads;
		this.files = files;
		this.directory = directory;
	}

	/**
	 * What is asked of whom.
	 * @throws Refused for a link that does not exist (404)
	 */
	@Transactional(readOnly = true)
	public Question question(UUID key) {
		Alert alert = alert(key);
		String number = alert.number();
		boolean open = this.leads.open(number, lead(alert)).isPresent() && this.leads.current(number).isEmpty();
		return new Question(number, this.directory.getOrganisation(alert.body()),
				(alert.login() != null) ? this.directory.nameOf(alert.login()) : null, open,
				this.directory.getOrganisation(this.files.standing(number).municipality()));
	}

	/**
	 * Refuses for a reason, or refers to another organisation.
	 * @param referredTo organisation; null: refused
	 * @throws Refused as {@link Leads#answerByLink}
	 */
	@Transactional
	public void answer(UUID key, String name, String reason, @Nullable String referredTo) {
		Alert alert = alert(key);
		this.leads.answerByLink(alert.number(), lead(alert), alert.login(), name, reason, referredTo);
	}

	private Alert alert(UUID key) {
		return this.outbox.findByAnswerKey(key).orElseThrow(Refused::notFound);
	}

	private static long lead(Alert alert) {
		return Objects.requireNonNull(alert.leadId());
	}

	/**
	 * A question for the lead.
	 *
	 * @param asked the organisation that is asked
	 * @param person name of who got the mail; null: a mailbox
	 * @param open whether it still waits for an answer
	 * @param municipality that has the case, and can be called
	 */
	public record Question(String number, Organisation asked, @Nullable String person, boolean open,
			Organisation municipality) {
	}

}
