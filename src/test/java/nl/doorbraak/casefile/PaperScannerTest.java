package nl.doorbraak.casefile;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import nl.doorbraak.support.Refused;
import nl.doorbraak.testing.Attack;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Against a server that speaks clamd's protocol. */
class PaperScannerTest {

	private static final String VIRUS = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*";

	@Attack(value = "G08", failedWith = "no scanner asked")
	@Test
	void paperWithAVirusIsRefusedAndNoneIsKeptUnscanned() throws IOException {
		try (ServerSocket server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
			Thread clamd = new Thread(() -> serve(server));
			clamd.setDaemon(true);
			clamd.start();
			PaperScanner scanner = new PaperScanner("127.0.0.1:" + server.getLocalPort());
			assertThatCode(() -> scanner.refuseWhatHarms(new byte[200_000])).doesNotThrowAnyException();
			assertRefused("file-harms", scanner, ("%PDF-1.7 " + VIRUS + " %%EOF"));
			assertRefused("file-not-scanned", scanner, "too much for it");
		}
		assertRefused("file-not-scanned", new PaperScanner("127.0.0.1:1"), "x");
		assertThatCode(() -> new PaperScanner("").refuseWhatHarms(new byte[1])).doesNotThrowAnyException();
	}

	private static void assertRefused(String code, PaperScanner scanner, String file) {
		assertThatExceptionOfType(Refused.class)
			.isThrownBy(() -> scanner.refuseWhatHarms(file.getBytes(StandardCharsets.US_ASCII)))
			.satisfies((refused) -> assertThat(refused.code()).isEqualTo(code));
	}

	private static void serve(ServerSocket server) {
		while (!server.isClosed()) {
			try (Socket client = server.accept()) {
				DataInputStream in = new DataInputStream(client.getInputStream());
				String command = new String(in.readNBytes(10), StandardCharsets.US_ASCII);
				StringBuilder file = new StringBuilder();
				for (int length = in.readInt(); length > 0; length = in.readInt()) {
					file.append(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
				}
				String answer = !command.equals("zINSTREAM\0") ? "UNKNOWN COMMAND"
						: file.indexOf("EICAR") >= 0 ? "stream: Eicar-Test-Signature FOUND"
								: file.indexOf("too much") >= 0 ? "INSTREAM size limit exceeded. ERROR" : "stream: OK";
				client.getOutputStream().write((answer + "\0").getBytes(StandardCharsets.US_ASCII));
			}
			catch (IOException ex) {
				// the end of the test
			}
		}
	}

}
