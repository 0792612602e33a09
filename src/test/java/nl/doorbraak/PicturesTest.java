package nl.doorbraak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PicturesTest {

	private static final Pattern PICTURE = Pattern.compile("!\\[[^]]+]\\(([^)]+)\\)");

	@Test
	void pictureOfTheLadderIsOfTheModelThatRuns() throws IOException {
		assertThat(Files.readString(Path.of("docs/pictures/escalation-ladder.sha256")).strip())
			.as("The ladder changed: mvn verify -Dscreenshots draws it again")
			.isEqualTo(hashOfLadder());
	}

	@Test
	void everyPictureOfTheReadmeIsThere() throws IOException {
		List<String> pictures = PICTURE.matcher(Files.readString(Path.of("README.md")))
			.results()
			.map((MatchResult match) -> match.group(1))
			.toList();
		assertThat(pictures).isNotEmpty().allSatisfy((picture) -> assertThat(Path.of(picture)).isNotEmptyFile());
	}

	/** As {@code sha256sum} writes it; line ends do not count. */
	static String hashOfLadder() throws IOException {
		String model = Files.readString(Path.of("processes/escalation-ladder.bpmn")).replace("\r\n", "\n");
		try {
			return HexFormat.of()
				.formatHex(MessageDigest.getInstance("SHA-256")
					.digest(model.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
