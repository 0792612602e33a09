package nl.doorbraak.alert;

/** Brings a letter to the world outside: the port behind which the mail server stands. */
public interface Carrier {

	/**
	 * Tries once. Every way to fail is an answer, never an exception.
	 */
	Answer carry(Letter letter);

	/** What became of it. */
	enum Result {

		ACCEPTED,

		/** A no for this letter for ever. */
		REFUSED,

		/** A no for now, for this letter. */
		LATER,

		/** Nobody there: for now no other letter would fare better. */
		UNREACHABLE

	}

	/**
	 * The result with its code.
	 *
	 * @param code of SMTP, or a word of ours where there was none
	 */
	record Answer(Result result, String code) {
	}

}
