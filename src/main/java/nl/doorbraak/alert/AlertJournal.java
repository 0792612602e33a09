package nl.doorbraak.alert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import nl.doorbraak.support.Nodes;
import nl.doorbraak.support.StartRefused;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * What this node sent, in a file outside the database: a database that was put back from
 * a backup is compared with it. A line holds the instant, a hash of the alert's key, its
 * Message-ID, {@code before} or {@code after}, the answer, the number of the case, the
 * kind, and of which database it is; no name, no address. A journal that cannot be
 * written does not keep an alert back.
 */
@Component
public class AlertJournal implements DisposableBean {

	private static final Logger log = LoggerFactory.getLogger(AlertJournal.class);

	private static final long ROOM = 1024 * 1024;

	private static final int FIELDS = 8;

	/** By mail, and by text message. */
	private static final Set<String> ACCEPTED = Set.of("250", "201");

	private static final Pattern KEY = Pattern.compile("[0-9a-f]{32}");

	private final FileChannel file;

	private final Path path;

	private final Clock clock;

	private final String database;

	@Autowired
	AlertJournal(AlertSettings settings, Clock clock, Nodes nodes) {
		this(settings, clock, nodes.database());
	}

	AlertJournal(AlertSettings settings, Clock clock, String database) {
		this.clock = clock;
		this.database = database;
		this.path = Path.of(settings.journal().replace("%h", host())).toAbsolutePath();
		try {
			Files.createDirectories(this.path.getParent());
			this.file = FileChannel.open(this.path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new StartRefused("The journal of alerts cannot be written: " + this.path + ".",
					"Let doorbraak.alert.journal name a file that the application may append to.");
		}
	}

	/** Reaches the disk with the line after it: it says only what was on its way. */
	void before(Alert alert) {
		write(alert, "before", "-", false);
	}

	void after(Alert alert, String answer) {
		write(alert, "after", answer, true);
	}

	/** Whether the file is still there, may be written and has room; writes nothing. */
	public boolean isWritable() {
		try {
			return this.file.isOpen() && Files.isWritable(this.path)
					&& Files.getFileStore(this.path).getUsableSpace() > ROOM;
		}
		catch (IOException ex) {
			return false;
		}
	}

	Path path() {
		return this.path;
	}

	/** What the lines of a journal say to be out, of this database, in their order. */
	List<Sent> sent(Stream<String> lines) {
		return lines.map((line) -> line.split(" "))
			.filter((parts) -> parts.length == FIELDS && parts[3].equals("after") && ACCEPTED.contains(parts[4])
					&& parts[7].equals(this.database) && KEY.matcher(parts[1]).matches())
			.flatMap((parts) -> Sent.read(parts).stream())
			.toList();
	}

	@Override
	public void destroy() throws IOException {
		this.file.close();
	}

	private synchronized void write(Alert alert, String phase, String answer, boolean force) {
		String line = String.join(" ", this.clock.instant().toString(), hash(alert.key()), alert.messageId(), phase,
				answer, alert.number().isEmpty() ? "-" : alert.number(), alert.kind().code(), this.database) + "\n";
		try {
			ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
			while (bytes.hasRemaining()) {
				this.file.write(bytes);
			}
			if (force) {
				this.file.force(false);
			}
		}
		catch (IOException ex) {
			log.error("Journal of alerts cannot be written; the alert goes out all the same: {}", line.strip(), ex);
		}
	}

	static String hash(String key) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest, 0, 16);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String host() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("This machine has no name for %h in doorbraak.alert.journal", ex);
		}
	}

	/**
	 * Something that is out.
	 *
	 * @param number of the case; empty: about none
	 */
	record Sent(Instant at, String key, String messageId, String answer, String number, String kind) {

		/** Nothing where no moment stands in front. */
		private static Optional<Sent> read(String[] parts) {
			try {
				return Optional.of(new Sent(Instant.parse(parts[0]), parts[1], parts[2], parts[4],
						parts[5].equals("-") ? "" : parts[5], parts[6]));
			}
			catch (DateTimeParseException ex) {
				return Optional.empty();
			}
		}

	}

}
