package nl.doorbraak.privacy;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.stereotype.Component;

/**
 * Codes under the key of this installation (HMAC-SHA-256): who has the key and knows a
 * resident finds his or her lines, and nobody comes from a code to a resident.
 */
@Component
@EnableConfigurationProperties(PrivacySettings.class)
class ResidentCodes {

	private static final String ALGORITHM = "HmacSHA256";

	private final SecretKeySpec key;

	ResidentCodes(PrivacySettings settings) {
		this.key = new SecretKeySpec(settings.key().getBytes(StandardCharsets.UTF_8), ALGORITHM);
	}

	/** The code of what a kind of things is called. */
	String code(String kind, String name) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(this.key);
			mac.update(kind.getBytes(StandardCharsets.UTF_8));
			mac.update((byte) 0);
			return HexFormat.of().formatHex(mac.doFinal(name.getBytes(StandardCharsets.UTF_8)));
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
