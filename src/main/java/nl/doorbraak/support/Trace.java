package nl.doorbraak.support;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What one request or one piece of background work is known by: in every line of the log,
 * in the answer, in the processing log.
 *
 * @param id 16 bytes, as W3C Trace Context writes them
 * @param caller the action of the application that called, where it named one
 */
public record Trace(String id, @Nullable String caller) {

	private static final String ID = "trace.id";

	private static final String CALLER = "parent.id";

	private static final int SHORT = 8;

	/** Of whatever version, except the one that cannot be. */
	private static final Pattern PARENT = Pattern
		.compile("(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(-.*)?");

	/**
	 * The trace that the caller says it is in, where that is one; else a new one.
	 * @param header {@code traceparent}
	 */
	public static Trace of(@Nullable String header) {
		Matcher parent = PARENT.matcher((header != null) ? header : "");
		return parent.matches() ? new Trace(parent.group(1), parent.group(2)) : new Trace(random(32), null);
	}

	/** That of what is going on in this thread; a new one where nothing is. */
	public static Trace current() {
		String id = MDC.get(ID);
		return (id != null) ? new Trace(id, MDC.get(CALLER)) : of(null);
	}

	/** Does this under this trace. */
	public <E extends Exception> void during(Work<E> work) throws E {
		MDC.put(ID, this.id);
		if (this.caller != null) {
			MDC.put(CALLER, this.caller);
		}
		try {
			work.run();
		}
		finally {
			MDC.remove(ID);
			MDC.remove(CALLER);
		}
	}

	/** Short enough to say over the telephone. */
	public String number() {
		return this.id.substring(this.id.length() - SHORT);
	}

	/**
	 * So many random hexadecimal digits. From the end: the version in a UUID stands
	 * before it.
	 */
	public static String random(int digits) {
		String all = UUID.randomUUID().toString().replace("-", "");
		return all.substring(all.length() - digits);
	}

	/** What is done under a trace. */
	@FunctionalInterface
	public interface Work<E extends Exception> {

		void run() throws E;

	}

}
