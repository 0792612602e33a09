package nl.doorbraak.privacy;

import java.net.URI;

import nl.doorbraak.support.StartRefused;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How residents are named where they must not be named.
 *
 * @param key of this installation: under it residents become codes in the processing log,
 * and nobody without it learns who a code is. It is not in the database
 * @param register where the register of processing activities is; null for this
 * application's own page
 */
@ConfigurationProperties("doorbraak.privacy")
public record PrivacySettings(String key, @Nullable URI register) {

	private static final int SHORTEST = 32;

	public PrivacySettings {
		if (key == null || key.length() < SHORTEST) {
			throw new StartRefused("The key under which residents become codes (doorbraak.privacy.key) is too short.",
					"Set doorbraak.privacy.key to at least " + SHORTEST
							+ " random characters, keep it outside the database, and never change it: with another key the same resident has another code.");
		}
	}

	/** Without the key. */
	@Override
	public String toString() {
		return "PrivacySettings[register=" + this.register + "]";
	}

}
