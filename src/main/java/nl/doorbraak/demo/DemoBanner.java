package nl.doorbraak.demo;

import java.util.stream.Collectors;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.context.WebServerApplicationContext;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells where the demo is and who can log in. */
@Component
@Profile("demo")
class DemoBanner {

	private static final Logger log = LoggerFactory.getLogger(DemoBanner.class);

	@EventListener
	void ready(ApplicationReadyEvent event) {
		if (event.getApplicationContext() instanceof WebServerApplicationContext web && web.getWebServer() != null) {
			log.info("""

					Doorbraak (demo) staat klaar: http://localhost:{}/
					Iedereen logt in met wachtwoord '{}':
					{}
					Alles hier is verzonnen. De database in de map 'data' is open voor wie op deze computer werkt.""",
					web.getWebServer().getPort(), DemoPeople.PASSWORD,
					DemoPeople.PEOPLE.stream()
						.map((p) -> "  %-7s %s, %s (%s)".formatted(p.login(), p.name(),
								p.function().label().toLowerCase(java.util.Locale.ROOT), p.organisation()))
						.collect(Collectors.joining("\n")));
		}
	}

}
