package nl.doorbraak.alert.mail;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Date;
import java.util.Map;

import jakarta.activation.DataHandler;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import nl.doorbraak.alert.Carrier;
import nl.doorbraak.alert.Letter;
import nl.doorbraak.support.Installation;
import nl.doorbraak.support.StartRefused;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.mail.MailProperties;
import org.springframework.mail.MailAuthenticationException;
import org.springframework.mail.MailException;
import org.springframework.mail.MailSendException;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.stereotype.Component;

/**
 * Brings letters to a mail server: one connection, one message, one recipient each.
 */
@Component
@ConditionalOnProperty("spring.mail.host")
class SmtpCarrier implements Carrier {

	private final JavaMailSender sender;

	private final InternetAddress from;

	private final Clock clock;

	private final Installation installation;

	SmtpCarrier(JavaMailSender sender, MailProperties settings, @Value("${doorbraak.alert.from}") String from,
			Clock clock, Installation installation) {
		this.installation = installation;
		requireSecrecy(settings);
		requirePatience(settings);
		this.sender = sender;
		this.clock = clock;
		try {
			this.from = new InternetAddress(from, true);
		}
		catch (AddressException ex) {
			throw new StartRefused("doorbraak.alert.from is not an e-mail address.",
					"Give the address that alerts come from, for example doorbraak@gemeente.example.");
		}
	}

	@Override
	public Answer carry(Letter letter) {
		try {
			this.sender.send(message(letter));
			return new Answer(Result.ACCEPTED, "250");
		}
		catch (AddressException ex) {
			return new Answer(Result.REFUSED, "badAddress");
		}
		catch (MailAuthenticationException ex) {
			return new Answer(Result.UNREACHABLE, "noLogin");
		}
		catch (MailSendException ex) {
			Map<Object, Exception> failed = ex.getFailedMessages();
			// Nothing failed but saying goodbye: the server has the message.
			return failed.isEmpty() ? new Answer(Result.ACCEPTED, "250") : answer(failed.values().iterator().next());
		}
		catch (MailException | MessagingException ex) {
			return new Answer(Result.LATER, "notMade");
		}
	}

	/**
	 * A no to the recipient or the message is the server's word about this letter; all
	 * else is about the way there.
	 */
	private static Answer answer(@Nullable Throwable failure) {
		for (Throwable each = failure; each != null; each = next(each)) {
			if (each instanceof SMTPAddressFailedException no) {
				return no(no.getReturnCode());
			}
			if (each instanceof SMTPSenderFailedException no) {
				// Our own address is refused: a setting is wrong, not this letter.
				return new Answer(Result.UNREACHABLE, String.valueOf(no.getReturnCode()));
			}
			if (each instanceof SMTPSendFailedException no && !(next(no) instanceof SendFailedException)) {
				// Refused at MAIL, before it heard of the recipient: a setting is wrong.
				return no.getCommand().startsWith("MAIL")
						? new Answer(Result.UNREACHABLE, String.valueOf(no.getReturnCode())) : no(no.getReturnCode());
			}
			if (each instanceof AuthenticationFailedException) {
				return new Answer(Result.UNREACHABLE, "noLogin");
			}
			if (each instanceof SocketTimeoutException) {
				return new Answer(Result.UNREACHABLE, "timeOut");
			}
		}
		return new Answer(Result.UNREACHABLE, "noConnection");
	}

	private static Answer no(int code) {
		return new Answer((code >= 500) ? Result.REFUSED : (code == 421) ? Result.UNREACHABLE : Result.LATER,
				String.valueOf(code));
	}

	private static @Nullable Throwable next(Throwable failure) {
		Throwable next = (failure instanceof MessagingException ex) ? ex.getNextException() : null;
		return (next != null) ? next : failure.getCause();
	}

	private MimeMessage message(Letter letter) throws MessagingException {
		MimeMessage message = this.sender.createMimeMessage();
		message.setFrom(this.from);
		message.setRecipient(Message.RecipientType.TO, recipient(this.installation.recipient(letter.to())));
		message.setSubject(oneLine(this.installation.subject(letter.subject())), StandardCharsets.UTF_8.name());
		message.setSentDate(Date.from(this.clock.instant()));
		message.setHeader("Message-ID", oneLine(letter.messageId()));
		message.setHeader("Auto-Submitted", "auto-generated");
		message.setHeader("Content-Language", "nl");
		MimeBodyPart text = new MimeBodyPart();
		text.setText(letter.text(), StandardCharsets.UTF_8.name());
		MimeBodyPart html = new MimeBodyPart();
		html.setText(letter.html(), StandardCharsets.UTF_8.name(), "html");
		MimeMultipart words = new MimeMultipart("alternative", text, html);
		Letter.Invitation invitation = letter.invitation();
		message.setContent((invitation != null) ? withInvitation(words, invitation) : words);
		return message;
	}

	/**
	 * Some mail programs offer an invitation that stands beside the text, others only one
	 * that is attached: as the large calendars do, it is both (RFC 6047).
	 */
	private static MimeMultipart withInvitation(MimeMultipart words, Letter.Invitation invitation)
			throws MessagingException {
		byte[] file = invitation.file().getBytes(StandardCharsets.UTF_8);
		words.addBodyPart(part(file, "text/calendar; charset=UTF-8; method=" + invitation.method()));
		MimeBodyPart both = new MimeBodyPart();
		both.setContent(words);
		MimeBodyPart attached = part(file, "application/ics; name=\"rondetafel.ics\"");
		attached.setFileName("rondetafel.ics");
		attached.setDisposition(MimeBodyPart.ATTACHMENT);
		return new MimeMultipart("mixed", both, attached);
	}

	private static MimeBodyPart part(byte[] file, String type) throws MessagingException {
		MimeBodyPart part = new MimeBodyPart();
		part.setDataHandler(new DataHandler(new ByteArrayDataSource(file, type)));
		part.setHeader("Content-Transfer-Encoding", "base64");
		return part;
	}

	private static InternetAddress recipient(String address) throws AddressException {
		InternetAddress[] all = InternetAddress.parse(address, true);
		if (all.length != 1 || all[0].isGroup()) {
			throw new AddressException("Not exactly one address");
		}
		all[0].validate();
		return new InternetAddress(oneLine(all[0].getAddress()), true);
	}

	private static String oneLine(String header) throws AddressException {
		if (header.chars().anyMatch(Character::isISOControl)) {
			throw new AddressException("A header is one line");
		}
		return header;
	}

	/** Mail leaves this machine over TLS, or the application does not start. */
	static void requireSecrecy(MailProperties settings) {
		boolean secret = "smtps".equals(settings.getProtocol()) || settings.getSsl().isEnabled()
				|| "true".equals(settings.getProperties().get("mail.smtp.starttls.required"));
		if (!secret && !isLoopback(settings.getHost())) {
			throw new StartRefused("Mail would go to " + settings.getHost() + " in plain text.",
					"Set spring.mail.properties.mail.smtp.starttls.required=true, or spring.mail.protocol=smtps.");
		}
	}

	/**
	 * A mail server that hangs does not hold its sender, or the application does not
	 * start.
	 */
	static void requirePatience(MailProperties settings) {
		String prefix = "mail." + settings.getProtocol() + ".";
		Map.of("connectiontimeout", 5_000, "timeout", 10_000, "writetimeout", 10_000).forEach((name, most) -> {
			String set = settings.getProperties().getOrDefault(prefix + name, "");
			if (!set.matches("[1-9][0-9]{0,6}") || Integer.parseInt(set) > most) {
				throw new StartRefused("A mail server that hangs would hold its sender for longer than it should.",
						"Leave spring.mail.properties." + prefix + name + " out, or set it to at most " + most
								+ " (milliseconds).");
			}
		});
	}

	private static boolean isLoopback(@Nullable String host) {
		try {
			return host != null && InetAddress.getByName(host).isLoopbackAddress();
		}
		catch (IOException ex) {
			return false;
		}
	}

}
