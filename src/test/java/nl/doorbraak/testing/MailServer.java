package nl.doorbraak.testing;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.icegreen.greenmail.Managers;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.server.AbstractServer;
import com.icegreen.greenmail.smtp.SmtpManager;
import com.icegreen.greenmail.smtp.SmtpState;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;

/**
 * A real mail server that can be down, busy (451), or have no such mailbox (550). Keeps
 * what it accepted over its own outages.
 */
public final class MailServer {

	private final Set<String> unknown = ConcurrentHashMap.newKeySet();

	private final AtomicInteger busy = new AtomicInteger();

	private final List<String> offered = new CopyOnWriteArrayList<>();

	private final List<MimeMessage> accepted = new CopyOnWriteArrayList<>();

	private volatile Runnable whileTheClientWaits = () -> {
	};

	private GreenMail server;

	private int port;

	private MailServer() {
		up();
	}

	/** A server on a port of its own. */
	public static MailServer started() {
		return new MailServer();
	}

	public int port() {
		return this.port;
	}

	/** Starts it, the second time on the same port. */
	public void up() {
		this.server = new Scripted(new ServerSetup(this.port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
		this.server.start();
		this.port = this.server.getSmtp().getPort();
	}

	public void down() {
		this.server.stop();
	}

	/** Answers 550 to this recipient. */
	public void refuse(String address) {
		this.unknown.add(address);
	}

	/** Answers 451 to the next messages. */
	public void beBusy(int times) {
		this.busy.set(times);
	}

	/** Runs this on each message, before the client has its answer. */
	public void whileTheClientWaits(Runnable act) {
		this.whileTheClientWaits = act;
	}

	/** As if it had just been installed, on the same port. */
	public void reset() {
		this.unknown.clear();
		this.busy.set(0);
		this.offered.clear();
		this.accepted.clear();
		this.whileTheClientWaits = () -> {
		};
	}

	/** Message-IDs as they were offered, accepted or not. */
	public List<String> offered() {
		return this.offered;
	}

	/** Mail about a case, in the order of arrival. */
	public List<MimeMessage> about(String number) {
		return this.accepted.stream().filter((mail) -> subject(mail).contains(number)).toList();
	}

	public static String subject(MimeMessage mail) {
		return read(mail::getSubject);
	}

	/** The one recipient; fails when there are more or none. */
	public static String recipient(MimeMessage mail) {
		String[] all = Stream.of(read(mail::getAllRecipients)).map(Object::toString).toArray(String[]::new);
		if (all.length != 1) {
			throw new AssertionError("Recipients: " + List.of(all));
		}
		return all[0];
	}

	/** Reads a part of a mail. */
	public static <T> T read(Part<T> part) {
		try {
			return part.get();
		}
		catch (Exception ex) {
			throw new AssertionError(ex);
		}
	}

	/** Something that mail classes give with a checked exception. */
	@FunctionalInterface
	public interface Part<T> {

		T get() throws Exception;

	}

	/** GreenMail with our answers. */
	private final class Scripted extends GreenMail {

		Scripted(ServerSetup setup) {
			super(setup);
		}

		@Override
		protected java.util.Map<String, AbstractServer> createServices(ServerSetup[] config, Managers ignored) {
			Managers scripted = new Managers() {

				private final SmtpManager smtp = new SmtpManager(getImapHostManager(), getUserManager()) {

					@Override
					public String checkRecipient(SmtpState state, MailAddress recipient) {
						return MailServer.this.unknown.contains(recipient.getEmail()) ? "550 No such mailbox" : null;
					}

					@Override
					public synchronized void send(SmtpState state) {
						take(state.getMessage().getMessage());
					}
				};

				@Override
				public SmtpManager getSmtpManager() {
					return this.smtp;
				}
			};
			return super.createServices(config, scripted);
		}

		private void take(MimeMessage mail) {
			MailServer.this.offered.add(read(mail::getMessageID));
			MailServer.this.whileTheClientWaits.run();
			if (MailServer.this.busy.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
				throw new IllegalStateException("451");
			}
			try {
				MailServer.this.accepted.add(new MimeMessage(mail));
			}
			catch (MessagingException ex) {
				throw new IllegalStateException(ex);
			}
		}

	}

}
