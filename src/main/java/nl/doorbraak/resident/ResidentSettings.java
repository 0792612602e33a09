package nl.doorbraak.resident;

import java.time.Period;
import java.util.Map;
import java.util.Optional;

import nl.doorbraak.support.StartRefused;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long links to the pages of residents open, and what these say.
 *
 * @param linkLives for how long a link opens where nobody says otherwise
 * @param linkLivesLongest for how long at most
 * @param texts a message of the organisation's own, by phase and language; what is left
 * out is said in the words of Doorbraak
 */
@ConfigurationProperties("doorbraak.resident")
record ResidentSettings(@DefaultValue("90d") Period linkLives, @DefaultValue("365d") Period linkLivesLongest,
		@DefaultValue Map<String, Map<String, String>> texts) {

	ResidentSettings {
		if (days(linkLives) < 1 || days(linkLives) > days(linkLivesLongest)) {
			throw new StartRefused("A link to the page of a resident (doorbraak.resident) opens longer than it may.",
					"Set doorbraak.resident.link-lives to at least one day, and not above doorbraak.resident.link-lives-longest.");
		}
	}

	private static long days(Period period) {
		return period.toTotalMonths() * 31 + period.getDays();
	}

	/** The organisation's own message. */
	Optional<String> text(Phase phase, String language) {
		return Optional.ofNullable(this.texts.get(phase.code()))
			.map((said) -> said.get(language))
			.filter((each) -> !each.isBlank());
	}

}
