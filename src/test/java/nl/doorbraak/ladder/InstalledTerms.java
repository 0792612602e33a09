package nl.doorbraak.ladder;

/** The terms that came with the software, without a database. */
public final class InstalledTerms {

	private InstalledTerms() {
	}

	public static Terms terms() {
		return new Terms(Version1.and());
	}

}
