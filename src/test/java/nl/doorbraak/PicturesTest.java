package nl.doorbraak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The picture of the ladder in the README was drawn from the model that runs. */
class PicturesTest {

	@Test
	void pictureOfTheLadderBelongsToItsModel() throws IOException {
		Path pictures = Path.of("docs", "pictures");
		assertThat(pictures.resolve("escalation-ladder.png")).exists();
		assertThat(Files.readString(pictures.resolve("escalation-ladder.sha256")).strip())
			.as("draw it again: mvn verify -Dscreenshots -Dit.test=PicturesIT -Dtest=NextStepTest")
			.isEqualTo(hash(Path.of("processes", "escalation-ladder.bpmn")));
	}

	static String hash(Path file) throws IOException {
		try {
			return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
