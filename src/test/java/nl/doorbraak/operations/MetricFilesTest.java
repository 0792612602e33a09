package nl.doorbraak.operations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Dashboard, alert rules and the page for operators name the same metrics. */
class MetricFilesTest {

	@Test
	void whatIsShownOrAlarmsIsExplained() throws IOException {
		Set<String> named = new TreeSet<>(MetricNames.inTheDashboard());
		named.addAll(MetricNames.inTheRules());
		assertThat(named.stream().filter((name) -> name.startsWith("doorbraak_")).collect(Collectors.toSet()))
			.hasSizeGreaterThan(12)
			.isEqualTo(MetricNames.onThePage());
	}

	/** Who is woken by a rule finds what to do, on the page that it links to. */
	@Test
	void everyRuleLeadsToAHeadingOfThePage() throws IOException {
		Set<String> headings = Files.readString(Path.of("docs", "operations.md"))
			.lines()
			.filter((line) -> line.startsWith("#"))
			.map((line) -> line.replaceFirst("#+ ", "").toLowerCase().replaceAll("[^a-z0-9 -]", "").replace(' ', '-'))
			.collect(Collectors.toSet());
		assertThat(MetricNames.rules()).hasSizeGreaterThan(9).allSatisfy((rule) -> {
			Map<?, ?> said = (Map<?, ?>) rule.get("annotations");
			assertThat(said.get("summary").toString()).isNotBlank();
			String page = said.get("runbook").toString();
			assertThat(page).startsWith("docs/operations.md#");
			assertThat(headings).as(page).contains(page.replaceFirst(".*#", ""));
			assertThat(rule.get("labels").toString()).containsAnyOf("page", "ticket");
		});
	}

}
