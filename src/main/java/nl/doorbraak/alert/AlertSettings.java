package nl.doorbraak.alert;

import java.time.Duration;
import java.util.List;

import nl.doorbraak.support.StartRefused;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How alerts are sent.
 *
 * @param journal file beside the database to which each send is written; {@code %h} is
 * this machine's name
 * @param batch rows that a worker takes at once
 * @param lease how long a row is one worker's; a killed worker's rows wait that long
 * @param retries waits between attempts, the last one for all that follow
 * @param giveUpAfter since the first attempt
 */
@ConfigurationProperties("doorbraak.alert")
record AlertSettings(String journal, @DefaultValue("50") int batch, @DefaultValue("60s") Duration lease,
		@DefaultValue( {
				"10s", "30s", "1m", "5m" }) List<Duration> retries,
		@DefaultValue("24h") Duration giveUpAfter){

	private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

	/** Longer than the time-outs of mail together. */
	private static final Duration SHORTEST_LEASE = Duration.ofSeconds(30);

	private static final Duration LONGEST_LEASE = Duration.ofSeconds(60);

	AlertSettings {
		if (giveUpAfter.compareTo(Duration.ofHours(24)) < 0) {
			throw new StartRefused("An alert would be given up within a day, and a mail server may be away that long.",
					"Leave doorbraak.alert.give-up-after out, or set it to at least 24h.");
		}
		if (retries.isEmpty() || retries.stream().anyMatch((wait) -> wait.compareTo(LONGEST_WAIT) > 0)) {
			throw new StartRefused("An alert would wait for longer than five minutes after the mail server is back.",
					"Leave doorbraak.alert.retries out, or let each wait be at most 5m.");
		}
		if (lease.compareTo(SHORTEST_LEASE) < 0 || lease.compareTo(LONGEST_LEASE) > 0) {
			throw new StartRefused(
					"An alert would be another node's while this one still sends it, or wait long for a node that was killed.",
					"Leave doorbraak.alert.lease out, or set it between 30s and 60s.");
		}
	}

	Duration waitAfter(int attempts) {
		return this.retries.get(Math.min(attempts, this.retries.size()) - 1);
	}

}
