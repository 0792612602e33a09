package nl.doorbraak.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * A mail server that misbehaves on command, down to the bare connection, where a real one
 * would not. Keeps what it took, also where the client never heard so.
 */
public final class MoodySmtp implements AutoCloseable {

	private final Supplier<Instant> clock;

	private final List<Taken> taken = new CopyOnWriteArrayList<>();

	private final AtomicInteger offered = new AtomicInteger();

	private volatile ServerSocket door;

	private volatile IntFunction<Mood> mood = (nth) -> Mood.ACCEPT;

	private volatile IntConsumer afterTheYes = (nth) -> {
	};

	private volatile String unknown = "";

	private int port;

	/**
	 * Starts it on a port of its own.
	 * @param clock by which it writes down when it took a message
	 */
	public MoodySmtp(Supplier<Instant> clock) {
		this.clock = clock;
		up();
	}

	public int port() {
		return this.port;
	}

	/** How it feels about the message that is offered as the first, the second... */
	public void mood(IntFunction<Mood> mood) {
		this.offered.set(0);
		this.mood = mood;
	}

	/** Runs this when it has said yes to the message that was offered as the nth. */
	public void afterTheYes(IntConsumer act) {
		this.afterTheYes = act;
	}

	/** Answers 550 to this recipient. */
	public void refuse(String address) {
		this.unknown = address;
	}

	/** What it took, also where the client never heard the yes. */
	public List<Taken> taken() {
		return this.taken;
	}

	/** Opens its door, the second time at the same port. */
	public void up() {
		if (this.door != null && !this.door.isClosed()) {
			return;
		}
		try {
			ServerSocket opened = new ServerSocket();
			opened.setReuseAddress(true);
			opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), this.port));
			this.port = opened.getLocalPort();
			this.door = opened;
			start(() -> welcome(opened));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Whoever knocks is refused by the machine. */
	public void down() {
		try {
			this.door.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		down();
	}

	private void welcome(ServerSocket opened) {
		while (!opened.isClosed()) {
			try {
				Socket client = opened.accept();
				start(() -> talk(client));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void talk(Socket client) {
		try (client) {
			BufferedReader in = new BufferedReader(
					new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1));
			OutputStream out = client.getOutputStream();
			say(out, "220 moody");
			Mood now = Mood.ACCEPT;
			String to = "";
			for (String line = in.readLine(); line != null; line = in.readLine()) {
				String command = line.toUpperCase(Locale.ROOT);
				if (command.startsWith("QUIT")) {
					if (now == Mood.RESET_AT_THE_GOODBYE) {
						client.setSoLinger(true, 0);
						return;
					}
					say(out, "221 bye");
					return;
				}
				if (command.startsWith("RCPT")) {
					to = line.substring(line.indexOf('<') + 1, line.indexOf('>'));
				}
				if (command.startsWith("RCPT") && !this.unknown.isEmpty() && line.contains(this.unknown)) {
					say(out, "550 No such mailbox");
				}
				else if (!command.equals("DATA")) {
					say(out, "250 ok");
				}
				else {
					int nth = this.offered.incrementAndGet();
					now = this.mood.apply(nth);
					if (!data(in, out, now, to, nth)) {
						return;
					}
				}
			}
		}
		catch (IOException ex) {
			// The client has gone.
			return;
		}
	}

	/** Whether the talk goes on. */
	private boolean data(BufferedReader in, OutputStream out, Mood now, String to, int nth) throws IOException {
		say(out, "354 go on");
		if (now == Mood.STOP_READING) {
			await(in);
			return false;
		}
		String messageId = "";
		StringBuilder text = new StringBuilder();
		for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
			if (line == null) {
				return false;
			}
			text.append(line).append('\n');
			if (messageId.isEmpty() && line.toLowerCase(Locale.ROOT).startsWith("message-id:")) {
				messageId = line.substring("message-id:".length()).strip();
				messageId = messageId.isEmpty() ? in.readLine().strip() : messageId;
			}
		}
		if (now == Mood.BUSY) {
			say(out, "451 try again later");
			return true;
		}
		this.taken.add(new Taken(messageId, this.clock.get(), to, text.toString()));
		if (now == Mood.CUT_BEFORE_THE_YES) {
			return false;
		}
		say(out, "250 taken");
		this.afterTheYes.accept(nth);
		return now != Mood.CUT_AFTER_THE_YES;
	}

	/** Until the client has had enough: reads nothing, and looks whether it is gone. */
	private static void await(BufferedReader in) throws IOException {
		synchronized (in) {
			try {
				in.wait(30_000);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private static void say(OutputStream out, String line) throws IOException {
		out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
		out.flush();
	}

	private static void start(Runnable work) {
		Thread thread = new Thread(work, "moody-smtp");
		thread.setDaemon(true);
		thread.start();
	}

	/** What it does with one message. */
	public enum Mood {

		ACCEPT,

		/** 451. */
		BUSY,

		/** Takes the message, and is gone before the client hears so. */
		CUT_BEFORE_THE_YES,

		/** Says that it has the message, and is gone. */
		CUT_AFTER_THE_YES,

		/** Has the message and said so, and breaks the line at the goodbye. */
		RESET_AT_THE_GOODBYE,

		/** Asks for the message and reads none of it. */
		STOP_READING

	}

	/** A message that it has. */
	public record Taken(String messageId, Instant at, String to, String text) {
	}

}
