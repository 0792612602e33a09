package nl.doorbraak.casefile;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import nl.doorbraak.support.Refused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Asks a malware scanner that speaks clamd's protocol about a paper before it is kept.
 * Without one nothing is asked; with one that does not answer nothing is kept.
 */
@Component
class PaperScanner {

	private static final Logger log = LoggerFactory.getLogger(PaperScanner.class);

	private static final int CHUNK = 64 * 1024;

	private static final int LONGEST_ANSWER = 1000;

	private static final int CONNECT_MILLIS = 3000;

	private static final int ANSWER_MILLIS = 20_000;

	private final String host;

	private final int port;

	/**
	 * With the scanner's address.
	 * @param address {@code host:port}; empty for none
	 */
	PaperScanner(@Value("${doorbraak.papers.scanner:}") String address) {
		int colon = address.lastIndexOf(':');
		this.host = (colon > 0) ? address.substring(0, colon) : "";
		this.port = address.isBlank() ? 0 : Integer.parseInt(address.substring(colon + 1).strip());
	}

	/**
	 * Returns when there is nothing against a file.
	 * @throws Refused (400) when the scanner finds something, (409) when it gives no
	 * answer
	 */
	void refuseWhatHarms(byte[] file) {
		if (this.port == 0) {
			return;
		}
		String answer;
		try {
			answer = ask(file);
		}
		catch (IOException ex) {
			log.error("The malware scanner gives no answer: {}", ex.getClass().getName());
			throw notScanned();
		}
		if (answer.endsWith("FOUND")) {
			throw Refused.invalid("file-harms",
					"In dit bestand zit een virus of iets anders dat schade doet. Wij bewaren het niet. Meld het bij uw beveiliging.",
					"bestand");
		}
		if (!answer.equals("stream: OK")) {
			log.error("The malware scanner could not scan a paper");
			throw notScanned();
		}
	}

	private static Refused notScanned() {
		return Refused.conflict("file-not-scanned",
				"Wij kunnen dit bestand nu niet op virussen onderzoeken. Er is niets bewaard. Probeer het straks opnieuw.");
	}

	private String ask(byte[] file) throws IOException {
		try (Socket scanner = new Socket()) {
			scanner.connect(new InetSocketAddress(this.host, this.port), CONNECT_MILLIS);
			scanner.setSoTimeout(ANSWER_MILLIS);
			DataOutputStream out = new DataOutputStream(scanner.getOutputStream());
			out.write("zINSTREAM\0".getBytes(StandardCharsets.US_ASCII));
			for (int at = 0; at < file.length; at += CHUNK) {
				int length = Math.min(CHUNK, file.length - at);
				out.writeInt(length);
				out.write(file, at, length);
			}
			out.writeInt(0);
			out.flush();
			String answer = new String(scanner.getInputStream().readNBytes(LONGEST_ANSWER), StandardCharsets.US_ASCII);
			return answer.replace("\0", "").strip();
		}
	}

}
