package nl.doorbraak.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * The processes that run on this database. Each counts in its row, and notes the count in
 * a file outside the database once that is committed: a note that is ahead of the row
 * tells that the database was put back. When no row moved for a while, no node ran.
 */
@Component
public class Nodes {

	private static final Logger log = LoggerFactory.getLogger(Nodes.class);

	private final JdbcClient db;

	private final DatabaseClock clock;

	private final Path file;

	private final String name;

	private final String database;

	private final @Nullable Note noted;

	private final boolean behind;

	public Nodes(JdbcClient db, DatabaseClock clock, @Value("${doorbraak.alert.journal}") String journal,
			@Value("${doorbraak.node.outage-after:90s}") Duration outageAfter) {
		this.db = db;
		this.clock = clock;
		String host = host();
		Path path = Path.of(journal.replace("%h", host)).toAbsolutePath();
		this.file = path.resolveSibling(path.getFileName() + ".node");
		this.name = host + " " + path.getFileName();
		this.database = db.sql("select id from doorbraak.database_identity").query(String.class).single();
		// First the file: what is noted there was committed before.
		this.noted = read().filter((note) -> note.database().equals(this.database)).orElse(null);
		this.behind = this.noted != null && this.noted.beat() > beatInDatabase();
		noteOutage(outageAfter);
	}

	/** By which the files of nodes tell this database from another. */
	public String database() {
		return this.database;
	}

	/** This node. */
	public String name() {
		return this.name;
	}

	/** Whether the database did not know at the start what this node had committed. */
	public boolean isDatabaseBehind() {
		return this.behind;
	}

	/** All that ran on this database, by name. */
	public List<Node> all() {
		return this.db.sql("select name, seen_at, compared_at from doorbraak.node order by name").query((row, n) -> {
			Timestamp compared = row.getTimestamp(3);
			return new Node(row.getString(1), row.getTimestamp(2).toInstant(),
					(compared != null) ? compared.toInstant() : null);
		}).list();
	}

	/** The stretch without any node in which a moment lies. */
	public Optional<Outage> outageAt(Instant moment) {
		return this.db.sql("""
				select from_at, until_at from doorbraak.outage where from_at <= :moment and :moment < until_at
				order by until_at desc limit 1""")
			.param("moment", Timestamp.from(moment))
			.query((row, n) -> new Outage(row.getTimestamp(1).toInstant(), row.getTimestamp(2).toInstant()))
			.optional();
	}

	/** This node is there. */
	@Scheduled(initialDelayString = "1s", fixedDelayString = "${doorbraak.node.beat-every:15s}")
	public synchronized void beat() {
		long least = (this.noted != null) ? this.noted.beat() : 0;
		Note note = this.db
			.sql("""
					insert into doorbraak.node as n (name, beat, seen_at, clock_off_since)
					values (:name, :least + 1, doorbraak.current_instant(), case when :off then doorbraak.current_instant() end)
					on conflict (name) do update set beat = greatest(n.beat, :least) + 1, seen_at = excluded.seen_at,
					  clock_off_since = case when :off then coalesce(n.clock_off_since, excluded.clock_off_since) end
					returning beat, seen_at""")
			.param("name", this.name)
			.param("off", this.clock.isOff())
			.param("least", least)
			.query((row, n) -> new Note(this.database, row.getLong(1), row.getTimestamp(2).toInstant()))
			.single();
		try {
			Path next = Files.writeString(this.file.resolveSibling(this.file.getFileName() + ".next"), note.line());
			Files.move(next, this.file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
		}
		catch (IOException ex) {
			log.error("This node cannot note outside the database that it runs: {}", this.file, ex);
		}
	}

	/** The journal of this node was compared with the outbox. */
	public void compared() {
		this.db.sql("""
				insert into doorbraak.node as n (name, beat, seen_at, compared_at)
				values (:name, 0, doorbraak.current_instant(), doorbraak.current_instant())
				on conflict (name) do update set compared_at = excluded.compared_at""")
			.param("name", this.name)
			.update();
	}

	private long beatInDatabase() {
		return this.db.sql("select beat from doorbraak.node where name = :name")
			.param("name", this.name)
			.query(Long.class)
			.optional()
			.orElse(0L);
	}

	/**
	 * What this node noted counts too: the rows of a database that was put back are older
	 * than its last run.
	 */
	private void noteOutage(Duration outageAfter) {
		this.db
			.sql("""
					insert into doorbraak.outage (from_at, until_at)
					select last.seen_at, now from (select greatest(max(seen_at), cast(:noted as timestamptz)) as seen_at from doorbraak.node) last,
					  (select doorbraak.current_instant() as now) clock
					where last.seen_at < now - make_interval(secs => :after)
					on conflict (from_at) do nothing""")
			.param("noted", (this.noted != null) ? this.noted.at().toString() : null)
			.param("after", outageAfter.toSeconds())
			.update();
	}

	private Optional<Note> read() {
		try {
			return Note.read(Files.readString(this.file, StandardCharsets.US_ASCII).strip());
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
		catch (IOException ex) {
			throw new StartRefused(
					"What this node noted beside the journal of alerts cannot be read: " + this.file + ".",
					"Let doorbraak.alert.journal name a file in a folder that the application may read and write.");
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
	 * A node.
	 *
	 * @param comparedAt when its journal was last compared with the outbox
	 */
	public record Node(String name, Instant seenAt, @Nullable Instant comparedAt) {
	}

	/** No node ran. */
	public record Outage(Instant from, Instant until) {
	}

	/** What stands in the file. */
	private record Note(String database, long beat, Instant at) {

		String line() {
			return this.database + " " + this.beat + " " + this.at + "\n";
		}

		static Optional<Note> read(String line) {
			String[] parts = line.split(" ");
			return (parts.length == 3 && parts[1].matches("[0-9]{1,15}"))
					? Optional.of(new Note(parts[0], Long.parseLong(parts[1]), Instant.parse(parts[2])))
					: Optional.empty();
		}

	}

}
