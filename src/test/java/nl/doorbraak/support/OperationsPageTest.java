package nl.doorbraak.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What the page for operators says is what the software asks. */
class OperationsPageTest {

	private static final Pattern ROW = Pattern.compile("^\\| `((?:spring|doorbraak)\\.[^`]+)` \\| (.+) \\|$",
			Pattern.MULTILINE);

	@Test
	void settingsOnThePageAreThoseThatTheStartAsksFor() throws IOException {
		Map<String, String> page = new LinkedHashMap<>();
		Matcher row = ROW.matcher(Files.readString(Path.of("docs", "operations.md")));
		while (row.find()) {
			page.put(row.group(1), row.group(2));
		}
		assertThat(page).containsExactlyEntriesOf(RequiredSettings.SETTINGS);
	}

}
