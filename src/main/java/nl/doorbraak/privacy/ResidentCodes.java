package nl.doorbraak.privacy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import nl.doorbraak.support.KeyedHash;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Codes under the key of this installation (HMAC-SHA-256): who has the key and knows a
 * resident finds his or her lines, and nobody comes from a code to a resident.
 */
@Component
@EnableConfigurationProperties(PrivacySettings.class)
class ResidentCodes {

	private final byte[] key;

	ResidentCodes(PrivacySettings settings) {
		this.key = settings.key().getBytes(StandardCharsets.UTF_8);
	}

	/** The code of what a kind of things is called. */
	String code(String kind, String name) {
		return HexFormat.of()
			.formatHex(KeyedHash.of(this.key, kind.getBytes(StandardCharsets.UTF_8), new byte[1],
					name.getBytes(StandardCharsets.UTF_8)));
	}

}
