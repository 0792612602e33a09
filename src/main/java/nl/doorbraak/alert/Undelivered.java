package nl.doorbraak.alert;

import java.util.List;

import nl.doorbraak.alert.AlertEvents.NobodyReachable;
import nl.doorbraak.alert.Outbox.Draft;
import nl.doorbraak.alert.Outbox.Recipient;
import nl.doorbraak.casefile.CaseFiles;
import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * An alert did not arrive: the managers of the municipality hear of it; when that does
 * not arrive either, the process directors of its region; then its administrators. Of a
 * digest only the administrators of who should have had it. After them nobody is left,
 * and that is written down.
 */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class Undelivered {

	private static final Logger log = LoggerFactory.getLogger(Undelivered.class);

	private final Outbox outbox;

	private final CaseFiles files;

	private final Directory directory;

	private final Recipients recipients;

	private final ApplicationEventPublisher events;

	Undelivered(Outbox outbox, CaseFiles files, Directory directory, Recipients recipients,
			ApplicationEventPublisher events) {
		this.outbox = outbox;
		this.files = files;
		this.directory = directory;
		this.recipients = recipients;
		this.events = events;
	}

	void tell(Alert alert) {
		Alert first = (alert.aboutId() != null) ? this.outbox.get(alert.aboutId()) : alert;
		Draft draft = Draft.undeliverable(first);
		for (Post post : posts(first)) {
			List<Recipient> others = this.recipients.holders(post.function(), post.body())
				.filter((to) -> !to.recipient().equals(first.recipient()))
				.toList();
			List<Alert> told = this.outbox.of(alert.number())
				.stream()
				.filter((each) -> Long.valueOf(first.id()).equals(each.aboutId()) && each.function() == post.function())
				.toList();
			if (told.isEmpty() && !others.isEmpty()) {
				this.outbox.add(draft, others.stream());
				return;
			}
			if (told.stream().anyMatch((each) -> each.state() != Alert.State.UNDELIVERABLE)) {
				return;
			}
		}
		log.error("Nobody could be told of alert {} of kind {}", first.id(), first.kind().code());
		this.events.publishEvent(
				new NobodyReachable(first.number(), first.kind().code(), first.recipient(), first.messageId()));
	}

	private List<Post> posts(Alert alert) {
		if (alert.number().isEmpty()) {
			return List.of(new Post(Function.ADMINISTRATOR, alert.body()));
		}
		String municipality = this.files.standing(alert.number()).municipality();
		String region = this.directory.getOrganisation(municipality).region();
		Post manager = new Post(Function.MANAGER, municipality);
		Post administrator = new Post(Function.ADMINISTRATOR, municipality);
		return (region != null) ? List.of(manager, new Post(Function.PROCESS_DIRECTOR, region), administrator)
				: List.of(manager, administrator);
	}

	private record Post(Function function, String body) {
	}

}
