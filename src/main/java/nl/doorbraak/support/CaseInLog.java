package nl.doorbraak.support;

import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The number of the case that a thread is busy with, in each line that it writes in the
 * log: no data about a person, and what an administrator has from who called.
 */
public final class CaseInLog {

	/** Its name there, also where the engine puts it. */
	public static final String FIELD = "case.number";

	private static final Pattern NUMBER = Pattern.compile("DB-[0-9]{4}-[0-9]{6,12}");

	private CaseInLog() {
	}

	/**
	 * Does this about a case.
	 * @param number anything else than the number of a case is left out
	 */
	public static <E extends Exception> void during(@Nullable String number, Trace.Work<E> work) throws E {
		String before = MDC.get(FIELD);
		put(number);
		try {
			work.run();
		}
		finally {
			put(before);
		}
	}

	/** From now on in this thread; null ends it. */
	public static void put(@Nullable String number) {
		if (number != null && NUMBER.matcher(number).matches()) {
			MDC.put(FIELD, number);
		}
		else {
			MDC.remove(FIELD);
		}
	}

}
