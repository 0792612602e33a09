package nl.doorbraak.support;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HMAC-SHA-256: who has no key cannot tell what was hashed, nor try what it could be. */
public final class KeyedHash {

	private static final String ALGORITHM = "HmacSHA256";

	private KeyedHash() {
	}

	/** The hash of the parts, one after the other. */
	public static byte[] of(byte[] key, byte[]... parts) {
		try {
			Mac mac = Mac.getInstance(ALGORITHM);
			mac.init(new SecretKeySpec(key, ALGORITHM));
			for (byte[] part : parts) {
				mac.update(part);
			}
			return mac.doFinal();
		}
		catch (NoSuchAlgorithmException | InvalidKeyException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
