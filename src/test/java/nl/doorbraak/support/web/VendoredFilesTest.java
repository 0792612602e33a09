package nl.doorbraak.support.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Files of others are what their lock file says: unmodified, under a licence, all listed.
 */
class VendoredFilesTest {

	private static final Path FOLDER = Path.of("src", "main", "resources", "static", "vendor");

	private static final Path LOCK = FOLDER.resolve("lock.json");

	@Test
	void everyFileIsListedWithTheHashItHas() throws IOException {
		Map<String, String> listed = new TreeMap<>();
		for (JsonNode file : new ObjectMapper().readTree(LOCK.toFile()).path("files")) {
			for (String field : new String[] { "package", "version", "from" }) {
				assertThat(file.path(field).asText()).as(file + " " + field).isNotBlank();
			}
			assertThat(file.path("licence").asText()).isIn("EUPL-1.2", "BSD-3-Clause", "0BSD", "bpmn.io");
			assertThat(file.path("path").asText()).contains(file.path("version").asText());
			listed.put(file.path("path").asText(), file.path("sha256").asText());
		}
		Map<String, String> found = new TreeMap<>();
		try (Stream<Path> files = Files.walk(FOLDER)) {
			for (Path file : files.filter((each) -> Files.isRegularFile(each) && !each.equals(LOCK)).toList()) {
				found.put(FOLDER.relativize(file).toString().replace('\\', '/'), sha256(file));
			}
		}
		assertThat(found).isNotEmpty().isEqualTo(listed);
	}

	@Test
	void noFileIsFetchedFromElsewhere() throws IOException {
		assertThat(Files.readString(LOCK)).doesNotContain("://");
		try (Stream<Path> files = Files.walk(FOLDER)) {
			for (Path css : files.filter((each) -> each.toString().endsWith(".css")).toList()) {
				assertThat(Files.readString(css)).as(css.toString())
					.doesNotContain("@import")
					.doesNotContainPattern("url\\([\"']?+(?!data:)");
			}
		}
	}

	@Test
	void everyStyleSheetOfTheFrameIsThere() throws IOException {
		String frame = Files.readString(Path.of("src", "main", "resources", "templates", "support", "page.html"),
				StandardCharsets.UTF_8);
		assertThat(Pattern.compile("@\\{/vendor/([^}]+)}")
			.matcher(frame)
			.results()
			.map((MatchResult link) -> link.group(1))).isNotEmpty()
			.allMatch((path) -> Files.isRegularFile(FOLDER.resolve(path)));
	}

	private static String sha256(Path file) throws IOException {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
