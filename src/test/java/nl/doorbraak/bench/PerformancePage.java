package nl.doorbraak.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;

/**
 * {@code docs/performance.md}: what stands between its marks follows from the runs in
 * {@code docs/performance.json}.
 */
final class PerformancePage {

	private static final Path PAGE = Path.of("docs", "performance.md");

	private static final Path RUNS = Path.of("docs", "performance.json");

	private static final Pattern FIGURES = Pattern.compile("(?s)(<!-- figures -->\n).*(<!-- end of figures -->)");

	private static final ObjectMapper JSON = new ObjectMapper();

	private PerformancePage() {
	}

	/** Adds a run, and writes the page anew. */
	static void add(JsonNode run) throws IOException {
		List<JsonNode> runs = new ArrayList<>(runs());
		runs.add(run);
		Files.writeString(RUNS,
				runs.stream().map(JsonNode::toString).collect(Collectors.joining(",\n", "[\n", "\n]\n")));
		Files.writeString(PAGE, expected());
	}

	static String page() throws IOException {
		return Files.readString(PAGE);
	}

	/** The page as it follows from the runs. */
	static String expected() throws IOException {
		Matcher marked = FIGURES.matcher(page());
		return marked.replaceFirst("$1" + Matcher.quoteReplacement(figures(runs())) + "$2");
	}

	private static String figures(List<JsonNode> runs) {
		if (runs.isEmpty()) {
			return "No run has been kept yet.\n";
		}
		Figures last = new Figures(runs.get(runs.size() - 1));
		String head = Figures.head();
		return "\n### The last run\n\n" + last.goalTable() + "\n\n" + last.otherTable()
				+ "\n\n### All runs\n\nRatios to the yardstick of the same run; of what has none, the figure itself.\n\n"
				+ head + "\n" + head.replaceAll("[^|]+", "---") + "\n"
				+ runs.stream().map((run) -> new Figures(run).line()).collect(Collectors.joining("\n")) + "\n\n";
	}

	private static List<JsonNode> runs() throws IOException {
		List<JsonNode> runs = new ArrayList<>();
		if (Files.exists(RUNS)) {
			((ArrayNode) JSON.readTree(RUNS.toFile())).forEach(runs::add);
		}
		return runs;
	}

}
