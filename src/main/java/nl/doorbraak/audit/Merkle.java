package nl.doorbraak.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * The tree over the ends of the chains, as certificate logs make theirs (RFC 6962,
 * section 2.1): leaves and nodes are hashed apart, and the left half is the largest power
 * of two.
 */
final class Merkle {

	private static final byte LEAF = 0;

	private static final byte NODE = 1;

	private Merkle() {
	}

	static byte[] leaf(byte[] content) {
		var digest = Hashes.sha256();
		digest.update(LEAF);
		return digest.digest(content);
	}

	static byte[] root(List<byte[]> leaves) {
		return switch (leaves.size()) {
			case 0 -> Hashes.sha256().digest();
			case 1 -> leaves.get(0);
			default -> {
				int left = leftOf(leaves.size());
				yield node(root(leaves.subList(0, left)), root(leaves.subList(left, leaves.size())));
			}
		};
	}

	/** The hashes beside the way from a leaf up to the root. */
	static List<byte[]> path(int index, List<byte[]> leaves) {
		if (leaves.size() == 1) {
			return new ArrayList<>();
		}
		int left = leftOf(leaves.size());
		List<byte[]> path;
		if (index < left) {
			path = path(index, leaves.subList(0, left));
			path.add(root(leaves.subList(left, leaves.size())));
		}
		else {
			path = path(index - left, leaves.subList(left, leaves.size()));
			path.add(root(leaves.subList(0, left)));
		}
		return path;
	}

	private static int leftOf(int size) {
		return Integer.highestOneBit(size - 1);
	}

	private static byte[] node(byte[] left, byte[] right) {
		var digest = Hashes.sha256();
		digest.update(NODE);
		digest.update(left);
		return digest.digest(right);
	}

}
