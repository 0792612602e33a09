package nl.doorbraak.lead;

import java.time.LocalDate;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What organisations agreed about the lead.
 *
 * @param powers who has power to push through (doorzettingsmacht)
 */
@ConfigurationProperties("doorbraak.lead")
record LeadSettings(@DefaultValue List<Power> powers) {

	/**
	 * Power to push through of a function. It is no mandate: a decision passes the
	 * mandate gate whatever the level.
	 *
	 * @param organisation id
	 * @param function code
	 * @param level 1: convenes; 2: decides on own means; 3: binding by agreement or law
	 * @param basis the decision, agreement or article it rests on
	 * @param binds ids of the organisations that agreed to be appointed; level 3 only
	 * @param until last day, in Europe/Amsterdam; null: no end
	 */
	record Power(String organisation, String function, int level, String basis, @DefaultValue List<String> binds,
			@Nullable LocalDate until) {
	}

}
