package nl.doorbraak.alert.mail;

import java.time.Clock;

import nl.doorbraak.alert.Carrier.Answer;
import nl.doorbraak.alert.Carrier.Result;
import nl.doorbraak.alert.Letter;
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

	private static SmtpCarrier carrier() {
		return carrier(MAIL.port());
	}

	private static SmtpCarrier carrier(int port) {
		JavaMailSenderImpl sender = new JavaMailSenderImpl();
		sender.setHost("127.0.0.1");
		sender.setPort(port);
		return new SmtpCarrier(sender, server("127.0.0.1"), "doorbraak@demo.example", Clock.systemUTC());
	}

	private static MailProperties server(String host) {
		MailProperties settings = new MailProperties();
		settings.setHost(host);
		return settings;
	}

	private static Letter letter(String to, String subject) {
		return new Letter(to, subject, "tekst", "<p>tekst</p>", "<a@b.example>");
	}

}
