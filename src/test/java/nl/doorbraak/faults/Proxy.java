package nl.doorbraak.faults;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Between a node and its database. It understands the protocol just enough to know a
 * COMMIT when it passes.
 */
final class Proxy implements AutoCloseable {

	private static final int CHUNK = 16 * 1024;

	private static final long LOOK_EVERY = 20_000_000;

	private final int target;

	private final ServerSocket door;

	private final Set<Link> links = ConcurrentHashMap.newKeySet();

	private final AtomicInteger cuts = new AtomicInteger();

	private final AtomicInteger cut = new AtomicInteger();

	private volatile boolean black;

	private volatile int delayMillis;

	private volatile Runnable beforeCommit;

	private volatile Runnable afterCommit;

	private volatile Runnable atAlarm;

	Proxy(int target) {
		this.target = target;
		try {
			this.door = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start("welcome", this::welcome);
	}

	int port() {
		return this.door.getLocalPort();
	}

	/** Everything is passed on as it comes. */
	void wellBehaved() {
		this.black = false;
		this.delayMillis = 0;
		this.cuts.set(0);
		this.beforeCommit = null;
		this.afterCommit = null;
		this.atAlarm = null;
	}

	/** Nothing comes through and nobody hears of it; who comes new neither. */
	void blackHole() {
		this.black = true;
	}

	/**
	 * Of every connection that stands now the database's side is gone, and the node does
	 * not know.
	 */
	void halfOpen() {
		this.links.forEach(Link::dropServer);
	}

	/** So many times a COMMIT is done and its answer lost, with the connection. */
	void cutAnswersOfCommit(int times) {
		this.cut.set(0);
		this.cuts.set(times);
	}

	/** How many answers were lost so far. */
	int cut() {
		return this.cut.get();
	}

	void delay(int millis) {
		this.delayMillis = millis;
	}

	/** Runs once, when the next COMMIT comes, which then never reaches the database. */
	void insteadOfNextCommit(Runnable act) {
		this.beforeCommit = act;
	}

	/** Runs once, when the next COMMIT is done, of which the node never hears. */
	void afterNextCommit(Runnable act) {
		this.afterCommit = act;
	}

	/**
	 * The hole opens when a COMMIT comes by of who noticed a case without a lead: what it
	 * wrote stands there, and its locks are held. Runs the act then, once.
	 */
	void blackHoleAtAlarm(Runnable act) {
		this.atAlarm = act;
	}

	int connections() {
		return this.links.size();
	}

	private void welcome() {
		while (!this.door.isClosed()) {
			try {
				Socket client = this.door.accept();
				client.setTcpNoDelay(true);
				start("link", () -> link(client));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void link(Socket client) {
		waitWhileBlack(client);
		try {
			Socket server = new Socket(InetAddress.getLoopbackAddress(), this.target);
			server.setTcpNoDelay(true);
			Link link = new Link(client, server);
			this.links.add(link);
			start("answers", link::answers);
			link.questions();
		}
		catch (IOException ex) {
			close(client);
		}
	}

	private void waitWhileBlack(Socket socket) {
		while (this.black && !socket.isClosed()) {
			LockSupport.parkNanos(LOOK_EVERY);
		}
		if (this.delayMillis > 0) {
			LockSupport.parkNanos(this.delayMillis * 1_000_000L);
		}
	}

	@Override
	public void close() {
		close(this.door);
		this.links.forEach(Link::drop);
	}

	private static void close(java.io.Closeable what) {
		try {
			what.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static void start(String name, Runnable work) {
		Thread thread = new Thread(work, "proxy-" + name);
		thread.setDaemon(true);
		thread.start();
	}

	/** One connection of a node. */
	private final class Link {

		private static final int SSL_REQUEST = 80877103;

		private final Socket client;

		private final Socket server;

		private final Set<String> commits = new HashSet<>();

		private final Set<String> alarms = new HashSet<>();

		private boolean alarmed;

		private volatile boolean answerIsLost;

		private volatile boolean halfOpen;

		Link(Socket client, Socket server) {
			this.client = client;
			this.server = server;
		}

		void questions() {
			try {
				DataInputStream in = new DataInputStream(this.client.getInputStream());
				OutputStream out = this.server.getOutputStream();
				int code;
				do {
					byte[] startUp = body(in, -1);
					code = ByteBuffer.wrap(startUp).getInt(4);
					pass(out, startUp);
				}
				while (code == SSL_REQUEST);
				while (true) {
					byte[] message = body(in, in.readUnsignedByte());
					// Before it is passed on: the database does it without waiting for a
					// Sync.
					if (isCommit(message) && !commits()) {
						return;
					}
					pass(out, message);
				}
			}
			catch (IOException ex) {
				if (!this.halfOpen) {
					drop();
				}
			}
		}

		/** Whether it may go to the database. */
		private boolean commits() {
			Runnable before = Proxy.this.beforeCommit;
			if (before != null) {
				Proxy.this.beforeCommit = null;
				before.run();
				drop();
				return false;
			}
			Runnable alarm = Proxy.this.atAlarm;
			if (this.alarmed && alarm != null) {
				Proxy.this.atAlarm = null;
				Proxy.this.black = true;
				alarm.run();
			}
			this.alarmed = false;
			this.answerIsLost = Proxy.this.afterCommit != null
					|| Proxy.this.cuts.getAndUpdate((left) -> Math.max(0, left - 1)) > 0;
			return true;
		}

		private void pass(OutputStream out, byte[] message) throws IOException {
			waitWhileBlack(this.client);
			if (this.halfOpen) {
				return;
			}
			out.write(message);
			out.flush();
		}

		private boolean isCommit(byte[] message) {
			switch (message[0]) {
				case 'Q':
					return text(message, 5).equalsIgnoreCase("COMMIT");
				case 'P':
					String name = text(message, 5);
					String sql = text(message, 6 + name.length());
					boolean commits = sql.equalsIgnoreCase("COMMIT");
					if (sql.contains("insert into doorbraak.lead_alarm")) {
						this.alarms.add(name);
					}
					else {
						this.alarms.remove(name);
					}
					if (commits) {
						this.commits.add(name);
					}
					else {
						this.commits.remove(name);
					}
					return false;
				case 'B':
					String portal = text(message, 5);
					String statement = text(message, 6 + portal.length());
					this.alarmed |= this.alarms.contains(statement);
					return this.commits.contains(statement);
				default:
					return false;
			}
		}

		private static String text(byte[] message, int from) {
			int to = from;
			while (to < message.length && message[to] != 0) {
				to++;
			}
			return new String(message, from, to - from, StandardCharsets.ISO_8859_1);
		}

		/** A whole message, with its type and length before it. */
		private static byte[] body(DataInputStream in, int type) throws IOException {
			int length = in.readInt();
			if (length < 4) {
				throw new EOFException();
			}
			ByteBuffer message = ByteBuffer.allocate(length + ((type >= 0) ? 1 : 0));
			if (type >= 0) {
				message.put((byte) type);
			}
			message.putInt(length);
			in.readFully(message.array(), message.position(), length - 4);
			return message.array();
		}

		void answers() {
			byte[] chunk = new byte[CHUNK];
			try {
				InputStream in = this.server.getInputStream();
				OutputStream out = this.client.getOutputStream();
				for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
					if (this.answerIsLost) {
						Proxy.this.cut.incrementAndGet();
						Runnable after = Proxy.this.afterCommit;
						if (after != null) {
							Proxy.this.afterCommit = null;
							after.run();
						}
						drop();
						return;
					}
					waitWhileBlack(this.client);
					out.write(chunk, 0, read);
					out.flush();
				}
			}
			catch (IOException ex) {
				if (this.halfOpen) {
					return;
				}
			}
			if (!this.halfOpen) {
				drop();
			}
		}

		void dropServer() {
			this.halfOpen = true;
			Proxy.this.links.remove(this);
			Proxy.close(this.server);
		}

		void drop() {
			Proxy.this.links.remove(this);
			Proxy.close(this.client);
			Proxy.close(this.server);
		}

	}

}
