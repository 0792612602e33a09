package nl.doorbraak.reachability;

import java.util.Locale;
import java.util.stream.Collectors;

import nl.doorbraak.directory.Directory;
import nl.doorbraak.directory.Organisation;
import nl.doorbraak.ladder.Rung;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.MessageSource;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Says at start which levels reach nobody and what to change. Names functions and bodies,
 * no people, and never keeps the application from starting.
 */
@Component
class StartCheck {

	private static final Logger log = LoggerFactory.getLogger(StartCheck.class);

	private final Reachability reachability;

	private final Directory directory;

	private final MessageSource messages;

	StartCheck(Reachability reachability, Directory directory, MessageSource messages) {
		this.reachability = reachability;
		this.directory = directory;
		this.messages = messages;
	}

	@EventListener(ApplicationReadyEvent.class)
	void look() {
		for (Organisation municipality : this.reachability.municipalities()) {
			try {
				this.reachability.check(municipality)
					.findings()
					.stream()
					.filter(Finding::severe)
					.forEach((finding) -> log.warn("{} ({}): {} {}", municipality.id(), levels(finding),
							say(finding, "what"), say(finding, "do")));
			}
			catch (RuntimeException ex) {
				log.warn(
						"{}: whether its levels reach somebody could not be looked at. Look at the page of the reachability check.",
						municipality.id(), ex);
			}
		}
	}

	private static String levels(Finding finding) {
		return finding.rungs().stream().sorted().map(Rung::code).collect(Collectors.joining(", "));
	}

	private String say(Finding finding, String part) {
		String function = finding.function().label() + ", " + this.directory.getOrganisation(finding.body()).name();
		return this.messages.getMessage("reach." + part + "." + finding.code().name(),
				new Object[] { function, function, String.valueOf(finding.mandate()) }, Locale.ENGLISH);
	}

}
