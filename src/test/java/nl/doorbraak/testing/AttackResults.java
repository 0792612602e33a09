package nl.doorbraak.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Keeps how each test of an {@link Attack} ended and what it measured, in a file of each
 * JVM of the run, for the report at the end.
 */
public final class AttackResults implements TestWatcher {

	private static final Path FOLDER = Path.of("target", "attacks", System.getProperty("run", "alone"));

	@Override
	public void testSuccessful(ExtensionContext test) {
		keep(test, "passed");
	}

	@Override
	public void testFailed(ExtensionContext test, Throwable cause) {
		keep(test, "failed");
	}

	@Override
	public void testAborted(ExtensionContext test, Throwable cause) {
		keep(test, "not run");
	}

	private static void keep(ExtensionContext test, String result) {
		String name = test.getRequiredTestMethod().getDeclaringClass().getSimpleName() + "#"
				+ test.getRequiredTestMethod().getName();
		for (Attack attack : test.getRequiredTestMethod().getAnnotationsByType(Attack.class)) {
			for (String row : attack.value()) {
				write(row, "test", name, result, attack.failedWith());
			}
		}
	}

	/**
	 * Puts a figure in the report.
	 * @param sentence what was measured and how often, for example
	 * {@code 200 each, medians 3.1 and 3.2 ms}
	 */
	public static void measured(String row, String sentence) {
		write(row, "measured", sentence);
		System.out.println(row + ": " + sentence);
	}

	private static synchronized void write(String... cells) {
		try {
			Files.createDirectories(FOLDER);
			Files.writeString(FOLDER.resolve(String.valueOf(ProcessHandle.current().pid())),
					String.join("\t", cells) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Every line that the JVMs of this run kept: row, kind, and what belongs to it. */
	public static List<List<String>> ofThisRun() {
		try (Stream<Path> files = Files.list(FOLDER)) {
			return files.flatMap((each) -> {
				try {
					return Files.readAllLines(each).stream();
				}
				catch (IOException ex) {
					throw new UncheckedIOException(ex);
				}
			}).map((line) -> List.of(line.split("\t"))).toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
