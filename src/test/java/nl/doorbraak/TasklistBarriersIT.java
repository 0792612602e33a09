package nl.doorbraak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import nl.doorbraak.testing.Screen;
import nl.doorbraak.testing.Screens;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The barriers in Tasklist, which is not ours to mend, are those that our statement
 * names: no more, or people must be told; no less, or it is time to say so.
 */
@WholeApplication
class TasklistBarriersIT {

	private static final Pattern NAMED = Pattern.compile("(?m)^\\| `([a-z-]+)` \\|");

	private final Town town;

	@Autowired
	TasklistBarriersIT(Town town) {
		this.town = town;
	}

	@Test
	void tasklistHasTheBarriersThatTheStatementNames() throws IOException {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", "Geen potje past."));
		Set<String> found = new TreeSet<>();
		try (Screens screens = Screens.open(); Screen anna = screens.screen(this.town.address(), "anna")) {
			anna.tasklist().open(number, "Maak plan vanuit de bedoeling").take();
			for (int width : new int[] { 1280, 390 }) {
				anna.barriers(width)
					.forEach((each) -> found
						.add(each.startsWith("wider") ? "reflow" : each.substring(0, each.indexOf(':'))));
			}
		}
		assertThat(found).isEqualTo(NAMED.matcher(Files.readString(Path.of("docs", "accessibility.md")))
			.results()
			.map((MatchResult rule) -> rule.group(1))
			.collect(Collectors.toCollection(TreeSet::new)));
	}

}
