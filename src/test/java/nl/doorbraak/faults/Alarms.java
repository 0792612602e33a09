package nl.doorbraak.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.yaml.snakeyaml.Yaml;

/**
 * The rules that wake an operator, on what the nodes say now; how long a rule must hold
 * before it wakes is left out.
 */
final class Alarms {

	private static final Path RULES = Path.of("compose", "prometheus", "rules.yml");

	/** As nearly all of them are: the highest or lowest of all nodes against a number. */
	private static final Pattern EXPRESSION = Pattern
		.compile("(max|min)(?: by \\(\\w+\\) )?\\((abs\\()?(\\w+)(?:\\{(\\w+)!=\"(\\w+)\"})?\\)+ (>|==) (\\d+)");

	private final List<Rule> rules = new ArrayList<>();

	Alarms() throws IOException {
		Map<?, ?> file = new Yaml().load(Files.readString(RULES));
		for (Object group : (List<?>) file.get("groups")) {
			for (Object rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
				Matcher said = EXPRESSION.matcher(((Map<?, ?>) rule).get("expr").toString());
				if (said.matches()) {
					this.rules.add(new Rule(((Map<?, ?>) rule).get("alert").toString(), said.group(1).equals("max"),
							said.group(2) != null, said.group(3),
							(said.group(4) != null) ? said.group(4) + "=\"" + said.group(5) + "\"" : null,
							said.group(6).equals(">"), Double.parseDouble(said.group(7))));
				}
			}
		}
	}

	int known() {
		return this.rules.size();
	}

	/**
	 * Names of the rules that hold.
	 * @param figures of each node, as it gives them to Prometheus
	 */
	Set<String> holding(List<String> figures) {
		Set<String> holding = new TreeSet<>();
		for (Rule rule : this.rules) {
			figures.stream()
				.flatMap(String::lines)
				.filter((line) -> line.startsWith(rule.metric() + " ") || line.startsWith(rule.metric() + "{"))
				.filter((line) -> rule.without() == null || !line.contains(rule.without()))
				.map((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
				.filter((value) -> !value.isNaN())
				.map((value) -> rule.abs() ? Math.abs(value) : value)
				.reduce((one, other) -> rule.max() ? Math.max(one, other) : Math.min(one, other))
				.filter((value) -> rule.above() ? value > rule.than() : value == rule.than())
				.ifPresent((value) -> holding.add(rule.name()));
		}
		return holding;
	}

	private record Rule(String name, boolean max, boolean abs, String metric, String without, boolean above,
			double than) {
	}

}
