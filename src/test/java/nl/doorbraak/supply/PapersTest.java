package nl.doorbraak.supply;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The papers that say how to report a weakness and what this is; no secret in any file.
 */
class PapersTest {

	private static final Pattern SECRET = Pattern
		.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{36}|glpat-[\\w-]{20}"
				+ "|xox[abprs]-[\\w-]{10}|eyJ[\\w-]{20,}\\.[\\w-]{20,}\\."
				+ "|(?i)(?:password|passwd|secret|token|api[_-]?key|privacy[._]key)[\\w.-]*\"?'?[ \\t]*[:=][ \\t]*[\"']?(?<value>[A-Za-z0-9+/_.~-]{12,})");

	/** Of the demo, the tests and the set-up for trying; and names, not values. */
	private static final Pattern KNOWN = Pattern.compile(
			"(?i)(3d844edf-8d35-48ac-975b-e847b4f122b0|owner_password|app_password|scram-sha-256|only-for-|for-trying-only|a-secret-of-the-test|another-secret-of|changeit|doorbraak|nl\\.|org\\.|java\\.|this\\.|random|[a-z]+\\.[a-z]|[a-zA-Z]*\\().*");

	private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

	@Test
	void publiccodeHasWhatTheStandardAsks() throws IOException {
		Map<String, Object> paper = new Yaml(new SafeConstructor(new LoaderOptions()))
			.load(Files.readString(Path.of("publiccode.yml")));
		assertThat(paper).containsKeys("publiccodeYmlVersion", "name", "url", "platforms", "developmentStatus",
				"softwareType", "description", "legal", "maintenance", "localisation");
		assertThat(paper.get("publiccodeYmlVersion")).isEqualTo("0.4");
		assertThat(((Map<?, ?>) paper.get("legal")).get("license")).isEqualTo("EUPL-1.2");
		Map<?, ?> texts = (Map<?, ?>) paper.get("description");
		for (String language : List.of("nl", "en")) {
			Map<?, ?> text = (Map<?, ?>) texts.get(language);
			assertThat(String.valueOf(text.get("shortDescription"))).hasSizeLessThanOrEqualTo(150);
			assertThat(String.valueOf(text.get("longDescription"))).hasSizeBetween(150, 10_000);
			assertThat((List<?>) text.get("features")).isNotEmpty();
		}
		assertThat(((Map<?, ?>) paper.get("localisation")).get("availableLanguages")).isEqualTo(List.of("nl", "en"));
	}

	@Test
	void whereToReportAWeaknessIsSaid() throws IOException {
		assertThat(Files.readString(Path.of("SECURITY.md"))).contains("/.well-known/security.txt", "three working days",
				"ninety days", "supported");
		assertThat(Files.readString(Path.of("docs", "threat-model.md"))).contains("A01-A12", "H09", "E14");
	}

	/**
	 * Of each fact about the engine the threat model names tests, and each of them is
	 * one.
	 */
	@Test
	void whatTheEngineDoesByItselfIsAnsweredByTestsThatExist() throws IOException {
		Map<String, String> tests = new HashMap<>();
		try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
			for (Path file : files.filter(Files::isRegularFile).toList()) {
				tests.put(file.getFileName().toString().replace(".java", ""), Files.readString(file));
			}
		}
		Map<String, String> shown = new TreeMap<>();
		for (String line : Files.readAllLines(Path.of("docs", "threat-model.md"))) {
			if (line.matches("\\| (K-|CVE-).*")) {
				String[] cells = line.split("\\|");
				shown.put(cells[1].strip(), cells[4]);
			}
		}
		assertThat(shown.keySet()).contains("CVE-2026-109432", "CVE-2026-77226")
			.containsAll(IntStream.rangeClosed(1, 16).mapToObj("K-%02d"::formatted).toList());
		shown.forEach((fact, cell) -> {
			List<MatchResult> named = TEST.matcher(cell).results().toList();
			assertThat(named).as(fact).isNotEmpty();
			named.forEach((test) -> {
				String source = tests.getOrDefault(test.group(1), "");
				int at = source.indexOf("\tvoid " + test.group(2) + "(");
				assertThat(at).as(fact + " " + test.group()).isPositive();
				assertThat(source.substring(Math.max(0, source.lastIndexOf("\n\t}", at)), at)).as(fact + " is a test")
					.containsPattern("@(Test|ParameterizedTest)");
			});
		});
	}

	@Test
	void noFileHoldsASecret() throws IOException {
		List<String> found = new ArrayList<>();
		try (Stream<Path> files = Files.walk(Path.of(""))) {
			for (Path file : files.filter(PapersTest::isOurs).toList()) {
				String text;
				try {
					text = Files.readString(file);
				}
				catch (MalformedInputException ex) {
					continue;
				}
				Matcher secret = SECRET.matcher(text);
				while (secret.find()) {
					String value = secret.group("value");
					if (value == null || !KNOWN.matcher(value).matches()) {
						found.add(file + ": " + secret.group());
					}
				}
			}
		}
		assertThat(found).isEmpty();
	}

	private static boolean isOurs(Path file) {
		return Files.isRegularFile(file)
				&& !Set.of("target", "data", ".git", ".idea").contains(file.getName(0).toString())
				&& !file.toString().contains("static/vendor") && !file.endsWith("PapersTest.java")
				&& file.toString()
					.matches(
							".*\\.(java|ya?ml|md|csv|json|xml|properties|sql|sh|conf|html|js|txt|env.*|example)|[^.]*|\\.env.*");
	}

}
