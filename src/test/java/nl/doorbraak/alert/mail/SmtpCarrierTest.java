package nl.doorbraak.alert.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import nl.doorbraak.alert.Carrier.Answer;
import nl.doorbraak.alert.Carrier.Result;
import nl.doorbraak.alert.Letter;
import nl.doorbraak.support.Installation;
import nl.doorbraak.support.StartRefused;
import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.MailServer;
import nl.doorbraak.testing.MoodySmtp;
import nl.doorbraak.testing.MoodySmtp.Mood;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.mail.MailProperties;
import org.springframework.mail.javamail.JavaMailSenderImpl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SmtpCarrierTest {

	private static final MailServer MAIL = MailServer.started();

	@AfterAll
	static void stop() {
		MAIL.down();
	}

	@Attack(value = "G06", failedWith = "the first of the addresses taken, line ends in a subject made spaces")
	@ParameterizedTest
	@ValueSource(strings = { "anna@waterdam.example, bert@waterdam.example",
			"anna@waterdam.example\r\nBcc: bert@waterdam.example", "all: anna@waterdam.example, b@waterdam.example;",
			"\"anna, bert@waterdam.example\"@waterdam.example, bert@waterdam.example",
			"anna@waterdam.example\nCc: bert@waterdam.example", "anna", "" })
	void letterHasExactlyOneRecipientAndNoHeaderOfAnybodyElse(String address) {
		assertThat(carrier().carry(letter(address, "Onderwerp"))).isEqualTo(new Answer(Result.REFUSED, "badAddress"));
		assertThat(MAIL.offered()).isEmpty();
	}

	@Attack(value = "G06", failedWith = "the first of the addresses taken, line ends in a subject made spaces")
	@Test
	void subjectOfTwoLinesIsNotSent() {
		assertThat(carrier().carry(letter("anna@waterdam.example", "Een\r\nBcc: bert@waterdam.example")).result())
			.isEqualTo(Result.REFUSED);
		assertThat(MAIL.offered()).isEmpty();
	}

	@Test
	void goodbyeThatFailsTakesNothingBack() {
		try (MoodySmtp server = new MoodySmtp(Clock.systemUTC()::instant)) {
			server.mood((nth) -> Mood.RESET_AT_THE_GOODBYE);
			assertThat(carrier(server.port()).carry(letter("anna@waterdam.example", "Onderwerp")))
				.isEqualTo(new Answer(Result.ACCEPTED, "250"));
			assertThat(server.taken()).hasSize(1);
		}
	}

	@Test
	@Attack(value = "H07", failedWith = "any server is let through at the start")
	void plainMailMayNotLeaveTheMachine() {
		assertThatThrownBy(() -> SmtpCarrier.requireSecrecy(server("192.0.2.1"))).isInstanceOf(StartRefused.class);
		assertThatCode(() -> SmtpCarrier.requireSecrecy(server("127.0.0.1"))).doesNotThrowAnyException();
		MailProperties startTls = server("192.0.2.1");
		startTls.getProperties().put("mail.smtp.starttls.enable", "true");
		assertThatThrownBy(() -> SmtpCarrier.requireSecrecy(startTls)).isInstanceOf(StartRefused.class);
		startTls.getProperties().put("mail.smtp.starttls.required", "true");
		assertThatCode(() -> SmtpCarrier.requireSecrecy(startTls)).doesNotThrowAnyException();
		MailProperties smtps = server("192.0.2.1");
		smtps.setProtocol("smtps");
		assertThatCode(() -> SmtpCarrier.requireSecrecy(smtps)).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@ValueSource(strings = { "connectiontimeout", "timeout", "writetimeout" })
	void aServerThatHangsIsNotWaitedForLong(String name) {
		assertThatCode(() -> SmtpCarrier.requirePatience(server("127.0.0.1"))).doesNotThrowAnyException();
		for (String wrong : List.of("0", "-1", "60000", "soon", "")) {
			MailProperties settings = server("127.0.0.1");
			settings.getProperties().put("mail.smtp." + name, wrong);
			assertThatThrownBy(() -> SmtpCarrier.requirePatience(settings)).isInstanceOf(StartRefused.class);
		}
	}

	/** No capability, one that was stripped or is refused, and a wrong certificate. */
	@ParameterizedTest
	@ValueSource(strings = { "250 ok", "250-ok\r\n250 SIZE", "250-ok\r\n250 XXXXXXXA", "250-ok\r\n250 STARTTLS" })
	@Attack(value = "H07", failedWith = "starttls not required")
	void serverWithoutSecrecyGetsNothing(String greeting) throws IOException {
		List<String> heard = new CopyOnWriteArrayList<>();
		try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
			Thread door = new Thread(() -> listen(server, greeting, heard));
			door.setDaemon(true);
			door.start();
			assertThat(
					secret("smtp", server.getLocalPort()).carry(letter("anna@waterdam.example", "Onderwerp")).result())
				.isEqualTo(Result.UNREACHABLE);
		}
		assertThat(heard).isNotEmpty()
			.allMatch((line) -> line.startsWith("EHLO") || line.matches("STARTTLS|QUIT|HELO.*"));
	}

	@Test
	void serverWithACertificateThatNobodyTrustsGetsNothing() {
		ServerSetup setup = new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS);
		setup.setServerStartupTimeout(20_000);
		GreenMail server = new GreenMail(setup);
		server.start();
		try {
			assertThat(secret("smtps", server.getSmtps().getPort()).carry(letter("anna@waterdam.example", "Onderwerp"))
				.result()).isEqualTo(Result.UNREACHABLE);
			assertThat(server.getReceivedMessages()).isEmpty();
		}
		finally {
			server.stop();
		}
	}

	private static void listen(ServerSocket server, String greeting, List<String> heard) {
		try {
			while (true) {
				try (Socket client = server.accept()) {
					BufferedReader in = new BufferedReader(
							new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
					client.getOutputStream().write("220 open\r\n".getBytes(StandardCharsets.US_ASCII));
					for (String line = in.readLine(); line != null; line = in.readLine()) {
						heard.add(line);
						String said = line.startsWith("EHLO") ? greeting
								: line.equals("STARTTLS") ? "454 not now" : "250 ok";
						client.getOutputStream().write((said + "\r\n").getBytes(StandardCharsets.US_ASCII));
					}
				}
			}
		}
		catch (IOException ex) {
			// The test is over.
			return;
		}
	}

	/** As an owner must set it for a server elsewhere. */
	private static SmtpCarrier secret(String protocol, int port) {
		JavaMailSenderImpl sender = new JavaMailSenderImpl();
		sender.setHost("127.0.0.1");
		sender.setPort(port);
		sender.setProtocol(protocol);
		sender.getJavaMailProperties().put("mail.smtp.starttls.required", "true");
		sender.getJavaMailProperties().put("mail." + protocol + ".ssl.checkserveridentity", "true");
		return new SmtpCarrier(sender, server("127.0.0.1"), "doorbraak@demo.example", Clock.systemUTC(),
				new Installation("production", null));
	}

	private static SmtpCarrier carrier() {
		return carrier(MAIL.port());
	}

	private static SmtpCarrier carrier(int port) {
		JavaMailSenderImpl sender = new JavaMailSenderImpl();
		sender.setHost("127.0.0.1");
		sender.setPort(port);
		return new SmtpCarrier(sender, server("127.0.0.1"), "doorbraak@demo.example", Clock.systemUTC(),
				new Installation("production", null));
	}

	private static MailProperties server(String host) {
		MailProperties settings = new MailProperties();
		settings.setHost(host);
		settings.getProperties()
			.putAll(Map.of("mail.smtp.connectiontimeout", "5000", "mail.smtp.timeout", "10000",
					"mail.smtp.writetimeout", "10000"));
		return settings;
	}

	private static Letter letter(String to, String subject) {
		return new Letter(to, subject, "tekst", "<p>tekst</p>", "<a@b.example>");
	}

}
