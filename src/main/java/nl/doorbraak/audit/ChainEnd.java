package nl.doorbraak.audit;

/** The last line of a chain when a head was taken. */
record ChainEnd(String chain, long line, byte[] hash) {

	byte[] leaf() {
		return Merkle.leaf(Hashes.of(this.hash, this.chain, String.valueOf(this.line)));
	}

}
