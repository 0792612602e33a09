package nl.doorbraak.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Doorbraak in a process of its own, as somebody starts it. */
public final class JavaProcess implements AutoCloseable {

	private static final Pattern PORT = Pattern.compile("Tomcat started on port (\\d+)");

	private static final Duration START = Duration.ofSeconds(120);

	private final Process process;

	private final Path output;

	private JavaProcess(Process process, Path output) {
		this.process = process;
		this.output = output;
	}

	/**
	 * Starts {@code java} with these arguments in this folder, and nothing of our
	 * environment but these settings.
	 */
	public static JavaProcess start(Path folder, Map<String, String> environment, List<String> arguments) {
		try {
			Files.createDirectories(folder);
			Path output = Files.createTempFile(folder, "output", ".txt");
			List<String> command = new ArrayList<>(
					List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
							"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:MetaspaceSize=256m"));
			command.addAll(arguments);
			ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
				.redirectErrorStream(true)
				.redirectOutput(output.toFile());
			builder.environment().keySet().removeIf((name) -> name.startsWith("SPRING") || name.startsWith("JAVA"));
			builder.environment().put("MANAGEMENT_SERVER_PORT", "0");
			builder.environment().putAll(environment);
			return new JavaProcess(builder.start(), output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Starts the packaged jar. */
	public static JavaProcess jar(Path folder, Map<String, String> environment, String... arguments) {
		return jar(Path.of("target", "doorbraak.jar"), folder, environment, arguments);
	}

	/** Starts a jar. */
	public static JavaProcess jar(Path jar, Path folder, Map<String, String> environment, String... arguments) {
		List<String> all = new ArrayList<>(List.of("-jar", jar.toAbsolutePath().toString()));
		all.addAll(List.of(arguments));
		return start(folder, environment, all);
	}

	/**
	 * Starts the application with the demo from the compiled classes, without what the
	 * tests add.
	 */
	public static JavaProcess demo(Path folder, String... arguments) {
		List<String> all = new ArrayList<>(List.of("nl.doorbraak.Doorbraak", "--spring.profiles.active=demo"));
		all.addAll(List.of(arguments));
		String classPath = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.contains("test-classes") && !entry.contains("authorization-server"))
			.collect(Collectors.joining(File.pathSeparator));
		return start(folder, Map.of("CLASSPATH", classPath), all);
	}

	/** The database of a demo that keeps its data in {@code postgres} in this folder. */
	public static JdbcClient database(Path folder, String role) {
		try {
			// The fourth line of the file is the port.
			String port = Files.readAllLines(folder.resolve("postgres/postmaster.pid")).get(3);
			return JdbcClient
				.create(new DriverManagerDataSource("jdbc:postgresql://127.0.0.1:" + port + "/doorbraak", role, ""));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Waits until it serves and returns its port; fails when it ends instead. */
	public int port() {
		return Until.there(() -> "started; it said:\n" + output(), START, () -> {
			String said = output();
			if (!this.process.isAlive()) {
				throw new AssertionError("Ended with " + this.process.exitValue() + " instead of starting:\n" + said);
			}
			Matcher port = PORT.matcher(said);
			return (said.contains("Started Doorbraak in") && port.find()) ? Optional.of(Integer.valueOf(port.group(1)))
					: Optional.empty();
		});
	}

	/** Of machines inside: what it says it listens on after its own. */
	public int managementPort() {
		port();
		return PORT.matcher(output())
			.results()
			.skip(1)
			.map((port) -> Integer.valueOf(port.group(1)))
			.findFirst()
			.orElseThrow();
	}

	/**
	 * Waits until it refuses to start and returns its exit code; fails when it starts.
	 */
	public int refusal() {
		return Until.there(() -> "refused; it said:\n" + output(), START, () -> {
			if (this.process.isAlive() && output().contains("Started Doorbraak in")) {
				kill();
				throw new AssertionError("Started:\n" + output());
			}
			return this.process.isAlive() ? Optional.empty() : Optional.of(this.process.exitValue());
		});
	}

	private void waitForTheEnd() {
		Until.so(() -> "ended; it said:\n" + output(), START, () -> !this.process.isAlive());
	}

	/** What it has said so far. */
	public String output() {
		try {
			return Files.readString(this.output);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Its number at the machine. */
	public long pid() {
		return this.process.pid();
	}

	public boolean isAlive() {
		return this.process.isAlive();
	}

	/** SIGKILL: it gets no chance to do anything. */
	public void kill() {
		this.process.destroyForcibly();
		waitForTheEnd();
	}

	/** Asks it to stop, and waits. */
	@Override
	public void close() {
		this.process.destroy();
		waitForTheEnd();
	}

}
