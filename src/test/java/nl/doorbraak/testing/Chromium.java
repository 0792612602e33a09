package nl.doorbraak.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The browser that the tests look through: the one that is here, else the one that can be
 * installed here. Without a browser the tests fail; they are never skipped.
 */
final class Chromium {

	/** Where to look first: {@code mvn verify -Ddoorbraak.chromium=/path/to/chrome}. */
	static final String PROPERTY = "doorbraak.chromium";

	/** Without the windows that nobody sees a page costs a quarter of the time. */
	private static final List<Path> USUAL = Stream
		.of("/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser",
				"/usr/bin/google-chrome", "/usr/bin/google-chrome-stable",
				"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
				"C:/Program Files/Google/Chrome/Application/chrome.exe")
		.map(Path::of)
		.toList();

	/** Not every release has the first. */
	private static final List<String> DEBIAN = List.of("chromium-headless-shell", "chromium");

	private Chromium() {
	}

	/** The browser's executable, installed when there is none. */
	static Path executable() {
		String named = System.getProperty(PROPERTY);
		if (named != null && !named.isBlank()) {
			return Optional.of(Path.of(named))
				.filter(Files::isExecutable)
				.orElseThrow(() -> new IllegalStateException("There is no browser at -D" + PROPERTY + "=" + named));
		}
		return find().orElseGet(Chromium::install);
	}

	private static Optional<Path> find() {
		return USUAL.stream().filter(Files::isExecutable).findFirst().or(Chromium::downloadedByPlaywright);
	}

	/** Two builds at once install it once. */
	private static Path install() {
		Path lock = Path.of(System.getProperty("java.io.tmpdir"), "doorbraak-chromium.lock");
		try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
				FileLock held = channel.lock()) {
			Objects.requireNonNull(held);
			return first(Chromium::find, Chromium::fromDebian, Chromium::fromPlaywright)
				.orElseThrow(() -> new IllegalStateException(
						"The browser tests need Chromium, and it could not be installed here (see above). "
								+ "Install it (Debian, Ubuntu: apt-get install " + DEBIAN.get(1)
								+ ") or name one: mvn verify -D" + PROPERTY + "=/path/to/chrome"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@SafeVarargs
	private static Optional<Path> first(Supplier<Optional<Path>>... ways) {
		return Stream.of(ways).map(Supplier::get).flatMap(Optional::stream).findFirst();
	}

	private static Optional<Path> fromDebian() {
		if (!Files.isExecutable(Path.of("/usr/bin/apt-get")) || !"root".equals(System.getProperty("user.name"))) {
			return Optional.empty();
		}
		run(List.of("apt-get", "update"));
		for (String each : DEBIAN) {
			run(List.of("apt-get", "install", "-y", "--no-install-recommends", each, "fonts-liberation"));
			if (find().isPresent()) {
				break;
			}
		}
		return find();
	}

	private static Optional<Path> fromPlaywright() {
		run(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
				"com.microsoft.playwright.CLI", "install", "chromium"));
		return downloadedByPlaywright();
	}

	private static void run(List<String> command) {
		System.out.println("No Chromium here. " + command.stream().filter((word) -> word.length() < 200).toList());
		ProcessBuilder builder = new ProcessBuilder(command).inheritIO();
		builder.environment().put("DEBIAN_FRONTEND", "noninteractive");
		try {
			Process process = builder.start();
			if (!process.waitFor(10, TimeUnit.MINUTES)) {
				process.destroy();
			}
		}
		catch (IOException ex) {
			System.out.println(ex.getMessage());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static Optional<Path> downloadedByPlaywright() {
		return Stream.of(cache())
			.filter(Files::isDirectory)
			.flatMap((folder) -> walk(folder, 1))
			.filter((folder) -> folder.getFileName().toString().matches("chromium-\\d+"))
			.sorted(Comparator.comparing(Path::toString).reversed())
			.flatMap((folder) -> walk(folder, 5))
			.filter((file) -> file.getFileName().toString().matches("chrome|chrome\\.exe|Chromium"))
			.filter((file) -> Files.isRegularFile(file) && Files.isExecutable(file))
			.findFirst();
	}

	private static Path cache() {
		String home = System.getProperty("user.home");
		String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
		return system.contains("mac") ? Path.of(home, "Library", "Caches", "ms-playwright") : system.contains("win")
				? Path.of(home, "AppData", "Local", "ms-playwright") : Path.of(home, ".cache", "ms-playwright");
	}

	private static Stream<Path> walk(Path folder, int depth) {
		try (Stream<Path> files = Files.walk(folder, depth)) {
			return files.toList().stream();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
