package nl.doorbraak.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import nl.doorbraak.testing.JavaProcess;
import nl.doorbraak.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Doorbraak against the same models on Camunda as it comes, in turns on this machine:
 * whole cases, a burst of alarms, lists, one case's story. {@code docs/operations.md}
 * says how to run it, {@code docs/performance.md} what it found.
 */
@Tag("bench")
class BenchIT {

	private static final List<Integer> SIZES = Stream.of(System.getProperty("bench.sizes", "1000,10000").split(","))
		.map(Integer::valueOf)
		.toList();

	/** The quick mode is done in ten minutes. */
	private static final boolean QUICK = SIZES.stream().allMatch((size) -> size <= 10_000);

	private static final int WARM_UP = Integer.getInteger("bench.warmUp", QUICK ? 30 : 100);

	private static final int ROUNDS = Integer.getInteger("bench.rounds", QUICK ? 1 : 3);

	private static final int CASES = Integer.getInteger("bench.cases", QUICK ? 50 : 80);

	private static final int ALARMS = Integer.getInteger("bench.alarms", 10_000);

	private static final int STEADY_PER_SECOND = 50;

	private static final int STEADY_SECONDS = Integer.getInteger("bench.steady", QUICK ? 10 : 20);

	private static final int QUERIES = 200;

	/** In seconds: much that was loaded is written for longer. */
	private static final int PAUSE = QUICK ? 1 : 3;

	/** A copy that the people of the walk work on. */
	private static final int MINE = 100;

	private static final Duration START = Duration.ofMinutes(2);

	private final Path folder = Path.of("target", "bench", UUID.randomUUID().toString()).toAbsolutePath();

	private final ObjectMapper json = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

	private final Map<String, Object> figures = new LinkedHashMap<>();

	private final Queue<JavaProcess> started = new ConcurrentLinkedQueue<>();

	@AfterEach
	void nothingStaysBehind() {
		this.started.forEach(JavaProcess::close);
	}

	@Test
	void sideBySide() throws Exception {
		Instant began = Instant.now();
		this.figures.put("at", began.toString());
		this.figures.put("version", System.getProperty("bench.version", "?"));
		this.figures.put("note", System.getProperty("bench.note", ""));
		this.figures.put("yardstick", hash());
		this.figures.put("sizes", SIZES);
		try (Side ours = new Side("Ours"); Side stock = new Side("Stock")) {
			List<Side> sides = List.of(ours, stock);
			for (Side side : sides) {
				side.put("start", Map.of("seconds", side.seconds, "residentMb",
						side.ask("memory").path("residentMb").asDouble()));
			}
			atOnce(sides, "warm-up", (side) -> side.ask("walk?count=" + WARM_UP));
			for (int round = 0; round < ROUNDS; round++) {
				for (Side side : sides) {
					side.put("walk " + round, side.ask("walk?count=" + CASES));
				}
			}
			sides.forEach((side) -> side.number = side.ask("template").path("number").asText());
			int next = 1;
			for (int size : SIZES) {
				String copies = "&from=" + next + "&count=" + size;
				next = size + 1;
				atOnce(sides, "load " + size, (side) -> side.ask("copy?number=" + side.number + copies));
				for (Side side : sides) {
					side.put("queries " + size,
							side.ask("query?number=" + side.number + "&count=" + QUERIES + "&pause=" + PAUSE));
					if (!QUICK || size == SIZES.get(SIZES.size() - 1)) {
						side.put("among " + size, side.ask("walk?count=" + CASES / 2));
					}
				}
			}
			for (Side side : sides) {
				side.put("finish", side.ask("finish?number=" + side.number + "&count=" + MINE));
			}
		}
		alarms(List.of("Ours", "Stock"), "burst", ALARMS, "");
		alarms(QUICK ? List.of("Ours") : List.of("Ours", "Stock"), "steady", STEADY_SECONDS * STEADY_PER_SECOND,
				"&seconds=" + STEADY_SECONDS);
		JsonNode run = this.json.valueToTree(this.figures);
		Path file = this.folder.getParent().resolve("bench.json");
		this.json.writeValue(file.toFile(), run);
		System.out.println(
				"Written: " + file + "\n\n" + new Figures(run).goalTable() + "\n\n" + new Figures(run).otherTable());
		if (!System.getProperty("bench.note", "").isEmpty()) {
			PerformancePage.add(run);
		}
		for (String burst : List.of("burst", "steady")) {
			JsonNode told = run.path("Ours").path(burst);
			assertThat(told.path("alarms").asInt()).as(burst + ": none lost").isEqualTo(told.path("cases").asInt());
			assertThat(told.path("lost").asInt()).as(burst + ": each counted").isZero();
			assertThat(told.path("doubled").asInt()).as(burst + ": none twice").isZero();
			assertThat(told.path("early").asInt()).as(burst + ": none early").isZero();
		}
		if (QUICK) {
			assertThat(Duration.between(began, Instant.now())).as("the quick mode").isLessThan(Duration.ofMinutes(10));
		}
	}

	/** What is not compared by its time is done on both sides together. */
	private static void atOnce(List<Side> sides, String what, Function<Side, JsonNode> act) {
		Map<Side, JsonNode> found = sides.parallelStream().collect(Collectors.toConcurrentMap((side) -> side, act));
		sides.forEach((side) -> side.put(what, Objects.requireNonNull(found.get(side))));
	}

	/**
	 * The crisis moment of so many cases, in processes that do nothing else, one after
	 * the other.
	 */
	private void alarms(List<String> names, String what, int cases, String spread) {
		List<Side> sides = names.parallelStream().map((name) -> waiting(name, cases)).toList();
		for (Side side : sides) {
			side.put(what, side.ask("crisis?count=" + cases + spread));
			side.close();
		}
	}

	private Side waiting(String name, int cases) {
		Side side = new Side(name);
		side.ask("walk?count=" + WARM_UP / 3);
		side.number = side.ask("template?crisis=1").path("number").asText();
		side.ask("copy?number=" + side.number + "&count=" + (cases - 1));
		return side;
	}

	/** The frozen models, so that nobody doubts what was compared. */
	private static String hash() throws Exception {
		MessageDigest digest = MessageDigest.getInstance("SHA-256");
		try (Stream<Path> files = Files.list(Path.of("src/test/resources/yardstick"))) {
			for (Path each : files.sorted().toList()) {
				digest.update(Files.readAllBytes(each));
			}
		}
		return HexFormat.of().formatHex(digest.digest());
	}

	/** A contender in its own process. */
	private final class Side implements AutoCloseable {

		private static final Pattern PORT = Pattern.compile("Bench on port (\\d+)");

		private final String name;

		private final JavaProcess process;

		private final int port;

		private final double seconds;

		private String number = "";

		private final HttpClient http = HttpClient.newHttpClient();

		Side(String name) {
			this.name = name;
			long began = System.nanoTime();
			this.process = JavaProcess.start(BenchIT.this.folder.resolve(UUID.randomUUID().toString()),
					Map.of("CLASSPATH", System.getProperty("java.class.path")),
					List.of("-XX:TieredStopAtLevel=4", "-Xmx1g", "-Duser.timezone=UTC", "nl.doorbraak.bench." + name));
			BenchIT.this.started.add(this.process);
			this.port = Until.there(() -> name + " started; it said:\n" + Contender.cut(this.process.output()), START,
					() -> {
						Matcher port = PORT.matcher(this.process.output());
						return port.find() ? Optional.of(Integer.valueOf(port.group(1))) : Optional.empty();
					});
			this.seconds = (System.nanoTime() - began) / 1e9;
		}

		JsonNode ask(String what) {
			try {
				System.out.println(Instant.now() + " " + this.name + " " + what);
				HttpResponse<String> answer = this.http.send(
						HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/" + what)).build(),
						HttpResponse.BodyHandlers.ofString());
				if (answer.statusCode() != 200) {
					throw new AssertionError(this.name + " could not " + what + ":\n" + Contender.cut(answer.body()));
				}
				System.out.println(Contender.cut(answer.body()));
				return BenchIT.this.json.readTree(answer.body());
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
		}

		@SuppressWarnings("unchecked")
		void put(String what, Object found) {
			((Map<String, Object>) BenchIT.this.figures.computeIfAbsent(this.name, (key) -> new LinkedHashMap<>()))
				.put(what, found);
		}

		@Override
		public void close() {
			this.process.close();
		}

	}

}
