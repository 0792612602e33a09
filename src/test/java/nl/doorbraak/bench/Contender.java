package nl.doorbraak.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import org.camunda.bpm.engine.ProcessEngine;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * One side of the benchmark in a process of its own: does on command what the driver
 * asks, and answers with what it measured. The work of clients is done in this process,
 * by four threads at the public verbs, so that no web server is measured.
 */
abstract class Contender {

	private static final int CLIENTS = 4;

	/** Cases that are on their way at the same time. */
	private static final int OPEN_AT_ONCE = 64;

	/** A case whose next task is not there yet is looked at again after this. */
	private static final Duration LATER = Duration.ofMillis(50);

	private static final Duration PATIENCE = Duration.ofMinutes(2);

	/** The crisis comes so long after the clock was moved. */
	static final Duration LEAD_IN = Duration.ofSeconds(2);

	private static final Duration GLANCE = Duration.ofMillis(100);

	private static final int PASSES = 5;

	private static final double NANO_PER_MILLI = 1e6;

	/** An engine's error tells all it wanted to write. */
	private static final int LINES = 60;

	private static final int LINE = 240;

	/** The database as who may do all. */
	abstract JdbcClient database();

	/** Where PostgreSQL keeps its files. */
	abstract Path data();

	abstract long statements();

	/** Starts a case; returns its number. */
	abstract String report(boolean eventTomorrow);

	/** Does this task of a case, or returns false when it is not there yet. */
	abstract boolean done(String number, Step step);

	abstract void acceptLead(String number);

	abstract ProcessEngine engine();

	/** Whether all that belongs to a case has ended. */
	private boolean isFinished(String number) {
		return engine().getRuntimeService()
			.createProcessInstanceQuery()
			.processInstanceBusinessKey(number)
			.count() == 0;
	}

	/** Before a case is copied it is quiet. */
	private void settle(String number) {
		waitUntil(() -> engine().getTaskService().createTaskQuery().processInstanceBusinessKey(number).count() == 1,
				"one task");
	}

	/** Makes the copies of this case with these numbers, with all its rows. */
	abstract void copy(String number, int from, int to);

	/** Number of the n-th copy. */
	abstract String copied(String number, int copy);

	/** Makes ready for a copied case to go on. */
	abstract void resume(String number);

	/** Queries by name: each is run again and again and timed. */
	abstract Map<String, Runnable> queries(String number);

	/**
	 * Gives each case its crisis moment, all at once or over some time, and moves the
	 * clock to just before the first.
	 */
	abstract Instant moveClockToCrisis(int cases, Duration spread);

	/** How many cases raised their alarm by now; cheap. */
	abstract int raised();

	/** How late the first alarm of each case was, in milliseconds. */
	abstract List<Long> late();

	/** By the tables: {@code alarms}, cases that raised one, and {@code doubled}. */
	abstract Map<String, Object> checkAlarms();

	abstract List<Step> steps();

	static void serve(Contender contender) throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		ObjectMapper json = new ObjectMapper();
		server.createContext("/", (exchange) -> answer(contender, exchange, json));
		server.start();
		System.out.println("Bench on port " + server.getAddress().getPort());
	}

	private static void answer(Contender contender, HttpExchange exchange, ObjectMapper json) throws IOException {
		int status = 200;
		byte[] body;
		try {
			Map<String, String> asked = (exchange.getRequestURI().getQuery() == null) ? Map.of()
					: Stream.of(exchange.getRequestURI().getQuery().split("&"))
						.map((part) -> part.split("="))
						.collect(Collectors.toMap((part) -> part[0], (part) -> part[1]));
			body = json.writeValueAsBytes(contender.act(exchange.getRequestURI().getPath().substring(1), asked));
		}
		catch (Exception | Error ex) {
			StringWriter text = new StringWriter();
			ex.printStackTrace(new PrintWriter(text));
			body = cut(text.toString()).getBytes(StandardCharsets.UTF_8);
			status = 500;
		}
		exchange.sendResponseHeaders(status, body.length);
		try (OutputStream out = exchange.getResponseBody()) {
			out.write(body);
		}
	}

	/** Short enough for a person. */
	static String cut(String text) {
		return text.lines()
			.limit(LINES)
			.map((line) -> line.substring(0, Math.min(LINE, line.length())))
			.collect(Collectors.joining("\n"));
	}

	private Object act(String act, Map<String, String> asked) throws Exception {
		int count = Integer.parseInt(asked.getOrDefault("count", "0"));
		return switch (act) {
			case "walk" -> walk(count);
			case "template" -> template(asked.containsKey("crisis"));
			case "copy" -> load(asked.get("number"), Integer.parseInt(asked.getOrDefault("from", "1")), count);
			case "finish" -> finish(copied(asked.get("number"), count));
			case "query" -> time(asked.get("number"), count, Duration.ofSeconds(Long.parseLong(asked.get("pause"))));
			case "memory" -> Map.of("residentMb", Usage.residentMb());
			case "crisis" -> crisis(count, Duration.ofSeconds(Long.parseLong(asked.getOrDefault("seconds", "0"))));
			default -> throw new IllegalArgumentException(act);
		};
	}

	/** Whole cases, from the report to the end of the carrying out. */
	private Map<String, Double> walk(int cases) throws Exception {
		long bytes = bytes();
		Usage before = Usage.now(database(), data(), statements());
		AtomicInteger toStart = new AtomicInteger(cases);
		AtomicInteger open = new AtomicInteger();
		AtomicInteger finished = new AtomicInteger();
		ConcurrentLinkedQueue<Walk> waiting = new ConcurrentLinkedQueue<>();
		double began = System.nanoTime();
		clients(() -> {
			while (finished.get() < cases) {
				Walk walk = null;
				if (open.get() < OPEN_AT_ONCE && toStart.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
					open.incrementAndGet();
					walk = new Walk(report(false), steps());
				}
				else {
					walk = waiting.poll();
				}
				if (walk == null || walk.lookAgainAt > System.nanoTime()) {
					if (walk != null) {
						waiting.add(walk);
					}
					LockSupport.parkNanos(1_000_000);
					continue;
				}
				if (walk.isAtItsEnd()) {
					open.decrementAndGet();
					finished.incrementAndGet();
				}
				else {
					waiting.add(walk);
				}
			}
		});
		double took = (System.nanoTime() - began) / 1e9;
		Map<String, Double> used = Usage.now(database(), data(), statements()).since(before, cases);
		used.put("casesPerSecond", cases / took);
		used.put("kilobytes", (bytes() - bytes) / 1024.0 / cases);
		return used;
	}

	private void clients(Runnable client) throws Exception {
		ExecutorService hands = Executors.newFixedThreadPool(CLIENTS);
		try {
			List<Future<?>> all = new ArrayList<>();
			for (int i = 0; i < CLIENTS; i++) {
				all.add(hands.submit(client));
			}
			for (Future<?> each : all) {
				each.get();
			}
		}
		finally {
			hands.shutdownNow();
		}
	}

	/** A case as it is copied: one task open, nothing else to do. */
	private Map<String, String> template(boolean crisis) {
		String number = report(crisis);
		if (!crisis) {
			Walk walk = new Walk(number, steps().subList(0, Step.COPIED_FROM));
			walk.withoutLead = true;
			walk.toTheEndOfItsSteps();
		}
		settle(number);
		return Map.of("number", number);
	}

	private Map<String, Double> load(String number, int from, int to) {
		long before = bytes();
		long began = System.nanoTime();
		copy(number, from, to);
		return Map.of("seconds", (System.nanoTime() - began) / 1e9, "kilobytes",
				(bytes() - before) / 1024.0 / (to - from + 1));
	}

	/**
	 * What is kept: room of what was removed is used again, as the server sees to by
	 * itself in time.
	 */
	private long bytes() {
		database().sql("vacuum analyze").update();
		return database().sql("select pg_database_size(current_database())").query(Long.class).single();
	}

	/** Completes a copied case: what was loaded is alive. */
	private Map<String, Object> finish(String number) {
		resume(number);
		Walk walk = new Walk(number, steps().subList(Step.COPIED_FROM, steps().size()));
		walk.withoutLead = true;
		walk.toTheEndOfItsSteps();
		waitUntil(() -> isFinished(number), number + " finished");
		return Map.of("finished", number);
	}

	/**
	 * In passes with pauses between them: what was just loaded is still being written,
	 * and others use the machine too. The median is that of the quietest pass.
	 */
	private Map<String, Object> time(String number, int rounds, Duration pause) {
		Map<String, Runnable> queries = queries(number);
		queries.values().forEach((query) -> millis(query, rounds / 4));
		Map<String, List<Double>> all = new LinkedHashMap<>();
		Map<String, Double> medians = new LinkedHashMap<>();
		for (int pass = 0; pass < PASSES; pass++) {
			LockSupport.parkNanos(pause.toNanos());
			queries.forEach((name, query) -> {
				List<Double> millis = millis(query, rounds / PASSES);
				all.computeIfAbsent(name, (key) -> new ArrayList<>()).addAll(millis);
				medians.merge(name, percentiles(millis).get("p50"), Math::min);
			});
		}
		Map<String, Object> times = new LinkedHashMap<>();
		all.forEach((name, millis) -> {
			Map<String, Double> found = percentiles(millis);
			found.put("p50", medians.get(name));
			times.put(name, found);
		});
		return times;
	}

	private static List<Double> millis(Runnable query, int rounds) {
		List<Double> millis = new ArrayList<>();
		for (int i = 0; i < rounds; i++) {
			long begin = System.nanoTime();
			query.run();
			millis.add((System.nanoTime() - begin) / NANO_PER_MILLI);
		}
		return millis;
	}

	static Map<String, Double> percentiles(List<? extends Number> values) {
		List<Double> sorted = values.stream().map(Number::doubleValue).sorted().toList();
		Map<String, Double> found = new LinkedHashMap<>();
		found.put("p50", sorted.get(sorted.size() / 2));
		found.put("p95", sorted.get(sorted.size() * 95 / 100));
		found.put("p99", sorted.get(sorted.size() * 99 / 100));
		found.put("max", sorted.get(sorted.size() - 1));
		return found;
	}

	/** Lets the crisis moment of all copies come, at once or over some seconds. */
	private Map<String, Object> crisis(int cases, Duration spread) {
		Usage before = Usage.now(database(), data(), statements());
		Instant first = moveClockToCrisis(cases, spread);
		long comes = System.nanoTime() + LEAD_IN.toNanos();
		long limit = comes + PATIENCE.multipliedBy(5).plus(spread).toNanos();
		while (raised() < cases && System.nanoTime() < limit) {
			LockSupport.parkNanos(GLANCE.toNanos());
		}
		double seconds = (System.nanoTime() - comes) / 1e9;
		Map<String, Object> found = new LinkedHashMap<>();
		found.put("cases", cases);
		found.put("seconds", seconds);
		found.put("cpuMs", Usage.now(database(), data(), statements()).since(before, cases).get("cpuMs"));
		found.putAll(checkAlarms());
		List<Long> late = late();
		found.put("lost", cases - late.size());
		found.put("early", late.stream().filter((each) -> each < 0).count());
		if (!late.isEmpty()) {
			found.put("lateMs", percentiles(late));
		}
		found.put("from", first.toString());
		return found;
	}

	static void waitUntil(java.util.function.BooleanSupplier so, String what) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (!so.getAsBoolean()) {
			if (System.nanoTime() > end) {
				throw new IllegalStateException("Never: " + what);
			}
			LockSupport.parkNanos(LATER.toNanos());
		}
	}

	/** A case on its way. */
	private final class Walk {

		private final String number;

		private final List<Step> left;

		private int next;

		private boolean withoutLead;

		private volatile long lookAgainAt;

		Walk(String number, List<Step> steps) {
			this.number = number;
			this.left = steps;
		}

		/** Does the next thing, when it is there; true when nothing is left. */
		boolean isAtItsEnd() {
			if (this.next == this.left.size()) {
				return looked(isFinished(this.number));
			}
			if (looked(done(this.number, this.left.get(this.next)))) {
				if (this.next == Step.LEAD_AFTER && !this.withoutLead) {
					acceptLead(this.number);
				}
				this.next++;
			}
			return false;
		}

		private boolean looked(boolean there) {
			if (!there) {
				this.lookAgainAt = System.nanoTime() + LATER.toNanos();
			}
			return there;
		}

		void toTheEndOfItsSteps() {
			while (this.next < this.left.size()) {
				Step step = this.left.get(this.next);
				waitUntil(() -> done(this.number, step), step.task() + " of " + this.number);
				this.next++;
			}
		}

	}

}
