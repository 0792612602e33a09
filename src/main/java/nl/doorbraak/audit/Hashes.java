package nl.doorbraak.audit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 as the record and its heads use it (FIPS 180-4). */
final class Hashes {

	/** What stands before the first line of a chain and before the first head. */
	static final byte[] BEFORE_THE_FIRST = new byte[32];

	private Hashes() {
	}

	/**
	 * Over the fields, each with its length before it, so that no two lists of fields
	 * read alike.
	 */
	static byte[] of(byte[] previous, String... fields) {
		MessageDigest digest = sha256();
		add(digest, previous);
		for (String field : fields) {
			add(digest, field.getBytes(StandardCharsets.UTF_8));
		}
		return digest.digest();
	}

	private static void add(MessageDigest digest, byte[] field) {
		digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
		digest.update(field);
	}

	static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
