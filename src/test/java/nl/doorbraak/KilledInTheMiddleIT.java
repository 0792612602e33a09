package nl.doorbraak;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import nl.doorbraak.testing.JavaProcess;
import nl.doorbraak.testing.Until;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real process is killed (SIGKILL) while fifty cases are reported, and again while they
 * climb. What was answered with yes is there after the next start; what got no answer is
 * there wholly or not at all; the terms go on.
 */
@Tag("faults")
class KilledInTheMiddleIT {

	private static final int CASES = 50;

	private static final long SEED = Long.getLong("doorbraak.seed", 20261124L);

	private static final List<String> DIRECTORS = List.of("anna", "bert", "olaf");

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	private static final Map<String, Object> PLAN = Map.of("desiredEffect", "Rust.", "firstBreakthrough",
			"De schuld aflossen.", "cost", 0, "deviates", "no", "reservation", "none", "perspectiveShared", "yes");

	private static final Map<String, Object> UP = Map.of("decision", "up", "explanation", "Lokaal mag het niet.");

	private static final Map<String, Object> BROKEN_THROUGH = Map.of("decision", "brokenThrough", "explanation",
			"Het mag toch.");

	private final Random random = new Random(SEED);

	private final ObjectMapper json = new ObjectMapper();

	private final HttpClient client = HttpClient.newHttpClient();

	private final Path folder = Path.of("target", "killed", UUID.randomUUID().toString()).toAbsolutePath();

	private final Ledger ledger = new Ledger();

	private JavaProcess application;

	private int port;

	@AfterEach
	void stop() {
		if (this.application != null) {
			this.application.close();
		}
	}

	@Test
	void nothingThatWasConfirmedIsLostAndNothingHappensTwice() {
		start();
		killWhile("reporting", between(10, 35), this::report, markers());
		start();
		assertThat(this.ledger.reported).as("cases before the kill, seed " + SEED).isNotEmpty();
		assertReportsAreTrue();
		markers().stream().filter((marker) -> !numbers().containsKey(marker)).forEach(this::report);
		assertReportsAreTrue();
		// What a killed node had taken is free again after a minute.
		pass(Duration.ofMinutes(2));
		Until.so(() -> "all cases open: " + states(), PATIENCE,
				() -> states().equals(Map.of("open local", CASES)) && tasks("make-plan").size() == CASES);

		List<Task> plans = tasks("make-plan");
		killWhile("climbing", between(20, 60), this::planAndDecideUp, plans);
		start();
		assertCompletionsAreTrue();
		pass(Duration.ofMinutes(2));
		assertEveryCaseIsOnOneRung();
		assertStartOfASecondOneOnThisFolderIsRefused();

		pass(Duration.ofDays(60));
		Until.so(() -> "the question of the term, for every open case: " + states(), PATIENCE, () -> count(
				"select count(*) from doorbraak.case_rung where closed_at is null and question_ends_at is null") == 0);
		assertThat(count("select count(*) from doorbraak.case_rung where closed_at is null")).isEqualTo(CASES);

		List<Task> atHome = tasks("decide-locally").stream().limit(3).toList();
		atHome.forEach((task) -> assertThat(complete(task, BROKEN_THROUGH)).isEqualTo(200));
		assertThat(this.ledger.completed).isNotEmpty();
		Map<String, Integer> before = states();
		assertThat(before.getOrDefault("closed -", 0)).isEqualTo(atHome.size());
		this.application.close();
		start();
		assertThat(states()).as("after a plain restart").isEqualTo(before);
		assertCompletionsAreTrue();
		assertEveryCaseIsOnOneRung();
	}

	private void start() {
		this.application = JavaProcess.demo(this.folder, settings());
		this.port = this.application.port();
	}

	private static String[] settings() {
		return new String[] { "--server.port=0", "--doorbraak.demo.cases=false", "--doorbraak.demo.data-dir=postgres" };
	}

	private int between(int least, int most) {
		return least + this.random.nextInt(most - least + 1);
	}

	private static List<String> markers() {
		return java.util.stream.IntStream.range(0, CASES).mapToObj("Grootboek %03d"::formatted).toList();
	}

	/** Does the work with six hands, and kills the application after so many answers. */
	private <T> void killWhile(String what, int answers, Consumer<T> work, List<T> pieces) {
		ConcurrentLinkedQueue<T> left = new ConcurrentLinkedQueue<>(pieces);
		int from = this.ledger.confirmed.get();
		ExecutorService hands = Executors.newFixedThreadPool(6);
		try {
			List<Future<?>> working = new ArrayList<>();
			for (int hand = 0; hand < 6; hand++) {
				working.add(hands.submit(() -> {
					for (T piece = left.poll(); piece != null; piece = left.poll()) {
						work.accept(piece);
					}
				}));
			}
			Until.so(() -> answers + " answers while " + what, PATIENCE,
					() -> this.ledger.confirmed.get() - from >= answers);
			this.application.kill();
			for (Future<?> each : working) {
				each.get();
			}
		}
		catch (InterruptedException | java.util.concurrent.ExecutionException ex) {
			throw new AssertionError("A hand failed while " + what, ex);
		}
		finally {
			hands.shutdownNow();
		}
	}

	private void report(String marker) {
		String director = DIRECTORS.get(Math.floorMod(marker.hashCode(), DIRECTORS.size()));
		this.ledger.sent.add(marker);
		send(director, "/api/v1/cases", Map.of("whatIsStuck", marker, "lifeDomains", List.of("money")))
			.ifPresent((answer) -> {
				assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
				this.ledger.reported.put(marker, read(answer.body()).path("number").asText());
				this.ledger.confirmed.incrementAndGet();
			});
	}

	private void planAndDecideUp(Task plan) {
		if (complete(plan, PLAN) == 200) {
			tasks(plan.director(), "decide-locally").stream()
				.filter((task) -> task.number().equals(plan.number()))
				.findFirst()
				.ifPresent((decide) -> complete(decide, UP));
		}
	}

	/** Claims and completes; returns the status, or nothing (0) when no answer came. */
	private int complete(Task task, Map<String, Object> fields) {
		if (send(task.director(), "/api/v1/tasks/" + task.id() + "/claim", null).isEmpty()) {
			return 0;
		}
		this.ledger.sent.add(task.key());
		Optional<HttpResponse<String>> answer = send(task.director(), "/api/v1/tasks/" + task.id() + "/complete",
				fields);
		answer.ifPresent((response) -> {
			assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
			this.ledger.completed.add(task.key());
			this.ledger.confirmed.incrementAndGet();
		});
		return answer.map(HttpResponse::statusCode).orElse(0);
	}

	private void assertReportsAreTrue() {
		Map<String, String> numbers = numbers();
		assertThat(numbers).as("seed " + SEED).containsAllEntriesOf(this.ledger.reported);
		assertThat(this.ledger.sent).containsAll(numbers.keySet());
	}

	private void assertCompletionsAreTrue() {
		List<String> written = owner().sql(
				"select e.form || ' ' || c.number from doorbraak.entry e join doorbraak.case_file c on c.id = e.case_id where e.form <> 'report-case'")
			.query(String.class)
			.list();
		assertThat(written).as("seed " + SEED).doesNotHaveDuplicates().containsAll(this.ledger.completed);
		assertThat(this.ledger.sent).containsAll(written);
	}

	private void assertEveryCaseIsOnOneRung() {
		assertThat(owner().sql("""
				select c.number || ' ' || c.state || ' ' || count(r.id) from doorbraak.case_file c
				left join doorbraak.case_rung r on r.case_id = c.id and r.closed_at is null
				group by c.id having count(r.id) <> case c.state when 'open' then 1 else 0 end""")
			.query(String.class)
			.list()).as("seed " + SEED).isEmpty();
	}

	private void assertStartOfASecondOneOnThisFolderIsRefused() {
		JavaProcess second = JavaProcess.demo(this.folder, settings());
		assertThat(second.refusal()).isEqualTo(1);
		assertThat(second.output()).contains("Another Doorbraak uses the data folder").doesNotContain("\tat ");
		assertThat(tasks("anna", "make-plan")).as("the first goes on").isNotNull();
	}

	/** Each marker of the ledger with the number of its case, as the database has it. */
	private Map<String, String> numbers() {
		Map<String, String> numbers = new HashMap<>();
		owner().sql("select what_is_stuck, number from doorbraak.case_file").query((row) -> {
			assertThat(numbers.put(row.getString(1), row.getString(2))).as("one case for one report").isNull();
		});
		return numbers;
	}

	/** How many cases are in which state on which rung. */
	private Map<String, Integer> states() {
		Map<String, Integer> states = new java.util.TreeMap<>();
		owner().sql("""
				select c.state || ' ' || coalesce(r.rung, '-') from doorbraak.case_file c
				left join doorbraak.case_rung r on r.case_id = c.id and r.closed_at is null""")
			.query(String.class)
			.list()
			.forEach((state) -> states.merge(state, 1, Integer::sum));
		return states;
	}

	private long count(String sql) {
		return owner().sql(sql).query(Long.class).single();
	}

	private void pass(Duration time) {
		owner().sql("update doorbraak.clock_offset set ahead = ahead + make_interval(secs => ?)")
			.param(time.toSeconds())
			.update();
	}

	private JdbcClient owner() {
		return JavaProcess.database(this.folder, "doorbraak_owner");
	}

	private List<Task> tasks(String form) {
		return DIRECTORS.stream().flatMap((director) -> tasks(director, form).stream()).toList();
	}

	private List<Task> tasks(String director, String form) {
		List<Task> tasks = new ArrayList<>();
		send(director, "/api/v1/tasks", null, "GET").ifPresent((answer) -> read(answer.body()).forEach((task) -> {
			if (task.path("form").asText().equals(form)) {
				tasks.add(new Task(task.path("id").asText(), director, form, task.path("subject").asText()));
			}
		}));
		return tasks;
	}

	private JsonNode read(String text) {
		try {
			return this.json.readTree(text);
		}
		catch (JsonProcessingException ex) {
			throw new AssertionError(text, ex);
		}
	}

	private Optional<HttpResponse<String>> send(String login, String path, Map<String, Object> body) {
		return send(login, path, body, "POST");
	}

	/** One request; nothing when no answer came. */
	private Optional<HttpResponse<String>> send(String login, String path, Map<String, Object> body, String method) {
		try {
			HttpRequest.BodyPublisher content = (body != null)
					? HttpRequest.BodyPublishers.ofString(this.json.writeValueAsString(body))
					: HttpRequest.BodyPublishers.noBody();
			return Optional
				.of(this.client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
					.header("Authorization",
							"Basic " + Base64.getEncoder()
								.encodeToString((login + ":doorbraak").getBytes(StandardCharsets.UTF_8)))
					.header("Content-Type", "application/json")
					.method(method, content)
					.build(), HttpResponse.BodyHandlers.ofString()));
		}
		catch (IOException ex) {
			return Optional.empty();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private record Task(String id, String director, String form, String number) {

		String key() {
			return this.form + ' ' + this.number;
		}

	}

	/** What was asked, and what was answered with yes. */
	private static final class Ledger {

		private final Set<String> sent = ConcurrentHashMap.newKeySet();

		private final Map<String, String> reported = new ConcurrentHashMap<>();

		private final Set<String> completed = ConcurrentHashMap.newKeySet();

		private final AtomicInteger confirmed = new AtomicInteger();

	}

}
