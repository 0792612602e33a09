package nl.doorbraak.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * What the driver asked, on disk before it was asked, and what was answered after it: a
 * line of JSON each. The checker believes this and not the driver.
 */
final class Ledger implements AutoCloseable {

	static final ObjectMapper JSON = new ObjectMapper();

	private final Path path;

	private final FileChannel file;

	private long last;

	Ledger(Path path) {
		this.path = path;
		try {
			Files.createDirectories(path.toAbsolutePath().getParent());
			this.file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** What will be asked; returns the number under which the answer is written. */
	synchronized long before(Instant at, Map<String, ?> act) {
		long id = ++this.last;
		write(at, id, "asked", act);
		return id;
	}

	synchronized void after(long id, Instant at, Map<String, ?> answer) {
		write(at, id, "answered", answer);
	}

	/** A fault begins or ends, or a row of the plan. */
	synchronized void mark(Instant at, String what, Map<String, ?> facts) {
		write(at, ++this.last, what, facts);
	}

	private void write(Instant at, long id, String line, Map<String, ?> facts) {
		Map<String, Object> all = new LinkedHashMap<>();
		all.put("line", line);
		all.put("id", id);
		all.put("at", at.toString());
		all.putAll(facts);
		try {
			ByteBuffer bytes = ByteBuffer.wrap((JSON.writeValueAsString(all) + "\n").getBytes(StandardCharsets.UTF_8));
			while (bytes.hasRemaining()) {
				this.file.write(bytes);
			}
			this.file.force(false);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** All lines so far, from disk. */
	java.util.List<JsonNode> read() {
		return read(this.path);
	}

	static java.util.List<JsonNode> read(Path path) {
		try {
			java.util.List<JsonNode> lines = new java.util.ArrayList<>();
			for (String line : Files.readAllLines(path)) {
				lines.add(JSON.readTree(line));
			}
			return lines;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		try {
			this.file.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
