package nl.doorbraak.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/** Turns what one run of the benchmark measured into words. */
final class Figures {

	private static final String OURS = "Ours";

	private static final String STOCK = "Stock";

	private final JsonNode run;

	Figures(JsonNode run) {
		this.run = run;
	}

	/** One line of the history. */
	String line() {
		return "| " + this.run.path("at").asText().substring(0, 16).replace('T', ' ') + " | "
				+ this.run.path("version").asText() + " | " + largest() + " | "
				+ goals().stream().map((goal) -> shown(goal.ratio())).collect(Collectors.joining(" | ")) + " | "
				+ this.run.path("note").asText() + " |";
	}

	static String head() {
		return "| When | Version | Cases | "
				+ new Figures(com.fasterxml.jackson.databind.node.MissingNode.getInstance()).goals()
					.stream()
					.map(Goal::brief)
					.collect(Collectors.joining(" | "))
				+ " | Why |";
	}

	/** Each goal with what was reached. */
	String goalTable() {
		return "| Measure | Doorbraak | Yardstick | Ratio | Must | |\n|---|---|---|---|---|---|\n" + goals().stream()
			.map((goal) -> "| " + goal.what() + " | " + shown(goal.ours()) + " | " + shown(goal.stock()) + " | "
					+ shown(goal.ratio()) + " | " + (goal.atLeast() ? "at least " : "at most ") + shown(goal.must())
					+ " | " + (goal.ratio().isNaN() ? "not measured" : goal.isReached() ? "reached" : "**not reached**")
					+ " |")
			.collect(Collectors.joining("\n"));
	}

	/** What else was measured, per side. */
	String otherTable() {
		List<String> rows = new ArrayList<>();
		for (String what : List.of("cpuMsJvm", "cpuMsPostgres", "statements", "transactions", "rowsInserted",
				"rowsUpdated", "rowsDeleted")) {
			rows.add(row(what + " per case", (side, name) -> walk(side, what)));
		}
		rows.add(row("alarms: late p50, ms", (side, name) -> number(side, "burst/lateMs/p50")));
		rows.add(row("alarms: late p99, ms", (side, name) -> number(side, "burst/lateMs/p99")));
		rows.add(row("alarms: late max, ms", (side, name) -> number(side, "burst/lateMs/max")));
		rows.add(row("alarms: CPU ms each", (side, name) -> number(side, "burst/cpuMs")));
		rows.add(row("start, s", (side, name) -> number(side, "start/seconds")));
		rows.add(row("resident after start, MB", (side, name) -> number(side, "start/residentMb")));
		for (int size : sizes()) {
			rows.add(row("kB of database per open case at " + size,
					(side, name) -> number(side, "load " + size + "/kilobytes")));
			rows.add(row("CPU ms per case among " + size, (side, name) -> number(side, "among " + size + "/cpuMs")));
			for (String query : List.of("list", "page", "story", "search")) {
				for (String percentile : List.of("p50", "p95")) {
					rows.add(row(query + " at " + size + ", " + percentile + " ms",
							(side, name) -> number(side, "queries " + size + "/" + query + "/" + percentile)));
				}
			}
		}
		return "| Measure | Doorbraak | Yardstick |\n|---|---|---|\n" + String.join("\n", rows);
	}

	private String row(String what, BiFunction<String, String, Double> value) {
		return "| " + what + " | " + shown(value.apply(OURS, what)) + " | " + shown(value.apply(STOCK, what)) + " |";
	}

	List<Goal> goals() {
		int size = largest();
		String at = "queries " + size + "/";
		List<Goal> goals = new ArrayList<>();
		goals.add(new Goal("cases per second", "Cases/s", walk(OURS, "casesPerSecond"), walk(STOCK, "casesPerSecond"),
				2, true, true));
		goals.add(new Goal("CPU ms per case", "CPU", walk(OURS, "cpuMs"), walk(STOCK, "cpuMs"), 0.5, false, true));
		goals.add(new Goal("cases per second among " + size, "Cases/s among",
				number(OURS, "among " + size + "/casesPerSecond"), number(STOCK, "among " + size + "/casesPerSecond"),
				2, true, true));
		goals.add(new Goal("CPU ms per case among " + size, "CPU among", number(OURS, "among " + size + "/cpuMs"),
				number(STOCK, "among " + size + "/cpuMs"), 0.5, false, true));
		goals.add(new Goal("kB of database per case", "kB", walk(OURS, "kilobytes"), walk(STOCK, "kilobytes"), 0.33,
				false, true));
		goals.add(new Goal("burst of alarms, s until the last", "Burst", number(OURS, "burst/seconds"),
				number(STOCK, "burst/seconds"), 0.25, false, true));
		goals.add(new Goal("50 alarms a second, late p95 ms", "Steady", number(OURS, "steady/lateMs/p95"), Double.NaN,
				500, false, false));
		goals.add(new Goal("list and count as Tasklist asks, p50 ms", "Tasklist", number(OURS, at + "list/p50"),
				number(STOCK, at + "list/p50"), 0.2, false, true));
		goals.add(new Goal("list and count on our page, p50 ms", "Page", number(OURS, at + "page/p50"),
				number(STOCK, at + "list/p50"), 0.02, false, true));
		for (String query : List.of("list", "page", "story", "search")) {
			goals.add(new Goal("growth exponent of " + query, query + " growth", growth(query), Double.NaN, 0.15, false,
					false));
		}
		return goals;
	}

	/** How the time grows with the number of cases: 0 is not, 1 is as fast as they do. */
	private double growth(String query) {
		List<Integer> sizes = sizes();
		if (sizes.size() < 2) {
			return Double.NaN;
		}
		int small = sizes.get(0);
		int large = largest();
		return Math.log(number(OURS, "queries " + large + "/" + query + "/p50")
				/ number(OURS, "queries " + small + "/" + query + "/p50")) / Math.log((double) large / small);
	}

	private List<Integer> sizes() {
		return StreamSupport.stream(this.run.path("sizes").spliterator(), false).map(JsonNode::asInt).toList();
	}

	private int largest() {
		return sizes().stream().mapToInt(Integer::intValue).max().orElse(0);
	}

	/** The median of the rounds. */
	private double walk(String side, String what) {
		List<Double> rounds = new ArrayList<>();
		this.run.path(side)
			.properties()
			.stream()
			.filter((entry) -> entry.getKey().startsWith("walk "))
			.forEach((entry) -> rounds.add(entry.getValue().path(what).asDouble()));
		return rounds.isEmpty() ? Double.NaN : rounds.stream().sorted().toList().get(rounds.size() / 2);
	}

	private double number(String side, String path) {
		JsonNode found = this.run.path(side);
		for (String name : path.split("/")) {
			found = found.path(name);
		}
		return found.isNumber() ? found.asDouble() : Double.NaN;
	}

	private static String shown(double value) {
		return Double.isNaN(value) ? "–" : String.format(Locale.ROOT,
				(Math.abs(value) >= 100) ? "%.0f" : (Math.abs(value) >= 10) ? "%.1f" : "%.3f", value);
	}

	/**
	 * What must be reached.
	 *
	 * @param relative whether the ratio to the yardstick counts, or the figure itself
	 */
	record Goal(String what, String brief, double ours, double stock, double must, boolean atLeast, boolean relative) {

		Double ratio() {
			return this.relative ? this.ours / this.stock : this.ours;
		}

		boolean isReached() {
			return this.atLeast ? ratio() >= this.must : ratio() <= this.must;
		}

	}

}
