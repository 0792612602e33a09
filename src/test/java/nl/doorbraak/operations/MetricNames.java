package nl.doorbraak.operations;

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

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.yaml.snakeyaml.Yaml;

/** Which metrics the files for operators name. */
final class MetricNames {

	static final Path DASHBOARD = Path.of("compose", "grafana", "doorbraak.json");

	static final Path RULES = Path.of("compose", "prometheus", "rules.yml");

	private static final Pattern NAME = Pattern.compile("(?<![\\w:])[a-z][a-z0-9]*_[a-z0-9_]*\\w(?![\\w(])");

	private static final Pattern ROW = Pattern.compile("^\\| `(doorbraak_\\w+)", Pattern.MULTILINE);

	private MetricNames() {
	}

	static Set<String> inTheDashboard() throws IOException {
		Set<String> names = new TreeSet<>();
		new ObjectMapper().readTree(DASHBOARD.toFile())
			.findValues("expr")
			.stream()
			.map(JsonNode::asText)
			.forEach((expression) -> names.addAll(in(expression)));
		return names;
	}

	static Set<String> inTheRules() throws IOException {
		Set<String> names = new TreeSet<>();
		rules().forEach((rule) -> names.addAll(in(rule.get("expr").toString())));
		return names;
	}

	static List<Map<?, ?>> rules() throws IOException {
		Map<?, ?> file = new Yaml().load(Files.readString(RULES));
		List<Map<?, ?>> rules = new ArrayList<>();
		((List<?>) file.get("groups")).forEach(
				(group) -> ((List<?>) ((Map<?, ?>) group).get("rules")).forEach((rule) -> rules.add((Map<?, ?>) rule)));
		return rules;
	}

	static Set<String> onThePage() throws IOException {
		Set<String> names = new TreeSet<>();
		Matcher row = ROW.matcher(Files.readString(Path.of("docs", "operations.md")));
		while (row.find()) {
			names.add(row.group(1));
		}
		return names;
	}

	/** Without labels, and without what labels are summed by. */
	private static Set<String> in(String expression) {
		Set<String> names = new TreeSet<>();
		Matcher name = NAME
			.matcher(expression.replaceAll("\\{[^}]*}", "").replaceAll("\\b(by|on|without)\\s*\\([^)]*\\)", ""));
		while (name.find()) {
			names.add(name.group());
		}
		return names;
	}

}
