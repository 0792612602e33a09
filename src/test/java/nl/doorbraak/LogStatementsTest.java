package nl.doorbraak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What we write in the log besides our own words: codes, counts, numbers of cases and
 * failures (of which production writes no message). Who adds a value looks here whether
 * people can have written it; then it does not go into the log.
 */
class LogStatementsTest {

	private static final Path SOURCES = Path.of("src", "main", "java", "nl", "doorbraak");

	private static final Pattern STATEMENT = Pattern
		.compile("\\b(?:log|LOG)\\s*\\.(?:trace|debug|info|warn|error)\\((.*?)\\);", Pattern.DOTALL);

	private static final Pattern WORDS = Pattern.compile("^\\s*\"(?:[^\"\\\\]|\\\\.)*\"\\s*,?\\s*", Pattern.DOTALL);

	/** Of each class the values, as they stand in the source. */
	private static final Set<String> LOOKED_AT = Set.of(
			// hashes, codes and moments: AlertJournal says what a line holds
			"AlertJournal: line.strip(), ex", "AlertWorker: mine.alert().id(), ex",
			"AlertWorker: alert.id(), alert.kind().code(), answer.code()", "AlertWorker: ex.getClass().getName()",
			"Undelivered: first.id(), first.kind().code()", "ChainChecks: ex", "HeadsOutside: this.file, ex",
			"HeadsOutside: status", "HeadsOutside: ex.getClass().getSimpleName()", "WatchWorker: taken.size(), ex",
			"WatchWorker: number, ex", "Nodes: this.file, ex", "Sending: told.cause().inLog()",
			"RunnableDeployments: deployment.getDeploymentTime().toInstant()",
			// numbers of cases and of drafts
			"WhatIfs: key.subject(), ex", "WhatIfs: silent", "WhatIfs: history.file().number(), ex", "WhatIfs: failed",
			// names of organisations and functions, from the settings
			"StartCheck: municipality.id(), levels(finding), say(finding, \"what\"), say(finding, \"do\")",
			"StartCheck: municipality.id(), ex", "Watchdog: ex", "Watchdog: watched.what(), ex",
			"Watchdog: found.size(), what", "Watchdog: status", "Watchdog: ex.getClass().getSimpleName()",
			// classes and places only
			"Problems: Trace.current().number(), failure.getClass().getName()", "Problems: number, trace(failure)",
			"SecurityTxt: ", "SecurityTxt: this.until", "PaperScanner: ", "PaperScanner: ex.getClass().getName()",
			"EngineIndexes: ex.getMostSpecificCause().getClass().getSimpleName()",
			"AuditTrail: ex.getMostSpecificCause().getClass().getSimpleName()",
			"AuditTrail: facts.size(), ex.getMostSpecificCause().getClass().getSimpleName()");

	@Test
	void onlyValuesThatSomebodyLookedAtAreLogged() throws IOException {
		Set<String> logged = new TreeSet<>();
		try (Stream<Path> files = Files.walk(SOURCES)) {
			for (Path file : files
				.filter((each) -> each.toString().endsWith(".java") && !each.startsWith(SOURCES.resolve("demo")))
				.toList()) {
				Matcher statement = STATEMENT.matcher(Files.readString(file));
				while (statement.find()) {
					String values = WORDS.matcher(statement.group(1)).replaceFirst("").replaceAll("\\s+", " ").strip();
					logged.add(file.getFileName().toString().replace(".java", "") + ": "
							+ values.replaceFirst("\\)\\)$", ")"));
				}
			}
		}
		assertThat(logged).isEqualTo(new TreeSet<>(LOOKED_AT));
	}

}
