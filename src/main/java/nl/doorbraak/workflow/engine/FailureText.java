package nl.doorbraak.workflow.engine;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.util.ClassUtils;

/**
 * Reads the text that the engine keeps of a failure, and leaves every message out: what
 * looks like a kind or a place counts only where a class of ours or of others has that
 * name, because a message may hold any line.
 */
final class FailureText {

	private static final Pattern KIND = Pattern.compile("^(?:Caused by: )?([a-zA-Z_][\\w$]*(?:\\.[\\w$]+)+)(?=:|$)",
			Pattern.MULTILINE);

	private static final Pattern PLACE = Pattern.compile(
			"^\\s+at (?:[\\w.@-]+/)*(nl\\.doorbraak\\.[\\w.$]+)\\.([\\w$<>]+)\\([\\w$]+\\.java:(\\d+)\\)$",
			Pattern.MULTILINE);

	private FailureText() {
	}

	/** The simple names of the kinds of failure, the cause last. */
	static String kind(String failure) {
		return KIND.matcher(failure)
			.results()
			.map((match) -> match.group(1))
			.filter(FailureText::isFailure)
			.map((name) -> name.replaceFirst(".*[.$]", ""))
			.distinct()
			.collect(Collectors.joining(", "));
	}

	/** The place of ours that is nearest to the cause. */
	static String place(String failure) {
		int cause = Math.max(failure.lastIndexOf("\nCaused by: "), 0);
		return PLACE.matcher(failure.substring(cause))
			.results()
			.findFirst()
			.or(() -> PLACE.matcher(failure).results().findFirst())
			.filter((match) -> ClassUtils.isPresent(match.group(1), null))
			.map(FailureText::said)
			.orElse("");
	}

	private static String said(MatchResult match) {
		return match.group(1).replaceFirst(".*\\.", "") + "." + match.group(2) + ", " + match.group(3);
	}

	private static boolean isFailure(String name) {
		try {
			return Throwable.class.isAssignableFrom(ClassUtils.forName(name, null));
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}
