package nl.doorbraak.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

import nl.doorbraak.support.StartRefused;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The heads where who owns the database cannot reach: in a file of each node and, when
 * there is one, at an address outside that gets every head once.
 */
@Component
class HeadsOutside {

	private static final Logger log = LoggerFactory.getLogger(HeadsOutside.class);

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final Heads heads;

	private final JdbcClient db;

	private final Path file;

	private final @Nullable URI address;

	private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

	HeadsOutside(Heads heads, JdbcClient db, @Value("${doorbraak.audit.heads}") String file,
			@Value("${doorbraak.audit.heads-address:#{null}}") @Nullable URI address) {
		this.heads = heads;
		this.db = db;
		this.address = address;
		this.file = Path.of(file.replace("%h", host())).toAbsolutePath();
		try {
			Files.createDirectories(Objects.requireNonNull(this.file.getParent()));
			Files.newByteChannel(this.file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
		}
		catch (IOException ex) {
			throw new StartRefused("The file for the heads of the audit cannot be written: " + this.file + ".",
					"Let doorbraak.audit.heads name a file outside the database that the application may append to.");
		}
	}

	Path file() {
		return this.file;
	}

	/** The heads in the file; what is no head is in it as a head that follows nothing. */
	static List<Head> read(Path file) {
		try {
			return Files.readAllLines(file, StandardCharsets.UTF_8)
				.stream()
				.filter((line) -> !line.isBlank())
				.map((line) -> Head.read(line).orElse(Head.UNREADABLE))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Writes what is not there yet. */
	synchronized void bringUpToDate() {
		List<Head> written = read(this.file);
		long last = written.isEmpty() ? 0 : written.get(written.size() - 1).number();
		List<Head> missing = this.heads.after(last);
		if (!missing.isEmpty()) {
			try {
				Files.writeString(this.file, lines(missing), StandardOpenOption.APPEND, StandardOpenOption.SYNC);
			}
			catch (IOException ex) {
				log.error("The heads of the audit cannot be written to {}", this.file, ex);
			}
		}
		if (this.address != null) {
			send(this.address);
		}
	}

	private void send(URI to) {
		List<Head> unsent = this.heads
			.after(this.db.sql("select coalesce(max(number), 0) from doorbraak.audit_head_sent")
				.query(Long.class)
				.single());
		if (unsent.isEmpty()) {
			return;
		}
		try {
			int status = this.http
				.send(HttpRequest.newBuilder(to)
					.timeout(PATIENCE)
					.header("Content-Type", "text/plain; charset=utf-8")
					.POST(HttpRequest.BodyPublishers.ofString(lines(unsent)))
					.build(), HttpResponse.BodyHandlers.discarding())
				.statusCode();
			if (status / 100 == 2) {
				this.db.sql(
						"insert into doorbraak.audit_head_sent (number, sent_at) values (:number, doorbraak.current_instant()) on conflict do nothing")
					.param("number", unsent.get(unsent.size() - 1).number())
					.update();
			}
			else {
				log.warn("The outside address for heads of the audit answers {}", status);
			}
		}
		catch (IOException ex) {
			log.warn("The outside address for heads of the audit does not answer: {}", ex.getClass().getSimpleName());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static String lines(List<Head> heads) {
		return heads.stream().map((head) -> head.line() + "\n").collect(Collectors.joining());
	}

	private static String host() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("This machine has no name for %h in doorbraak.audit.heads", ex);
		}
	}

}
