package nl.doorbraak;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.mail.internet.MimeMessage;
import nl.doorbraak.support.DutchTime;
import nl.doorbraak.testing.JavaProcess;
import nl.doorbraak.testing.MailServer;
import nl.doorbraak.testing.Until;
import nl.doorbraak.testing.WebVisitor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two processes, their PostgreSQL and a real mail server. The database is backed up while
 * they work and put back later: nothing is sent twice. All stand still over a deadline:
 * everybody is told within minutes of the start, and why so late.
 */
@Tag("faults")
class RestoreIT {

	private static final Duration PATIENCE = Duration.ofSeconds(120);

	private final Path folder = Path.of("target", "restored", UUID.randomUUID().toString()).toAbsolutePath();

	private final Path backup = this.folder.resolveSibling(this.folder.getFileName() + "-backup");

	private final MailServer mail = MailServer.started();

	private JavaProcess first;

	private JavaProcess second;

	@AfterEach
	void stop() {
		Stream.of(this.second, this.first).filter((node) -> node != null).forEach(JavaProcess::close);
		this.mail.down();
	}

	@Test
	void backupThatIsPutBackDoublesNothing() throws Exception {
		startBoth();
		List<String> before = report(5);
		Until.so(() -> "all sent", PATIENCE, () -> waiting() == 0);
		this.mail.down();
		String waits = report(1).get(0);
		Until.so(() -> "queued", PATIENCE, () -> waiting() > 0);
		backUp();
		this.mail.up();
		List<String> after = report(50);
		before.subList(0, 3)
			.forEach((number) -> assertThat(send(this.second, "anna", "/api/v1/cases/" + number + "/lead/question",
					Map.of("organisation", "RG01"))
				.getStatusCode()
				.value()).isEqualTo(200));
		assertThat(send(this.first, "anna", "/api/v1/cases/" + before.get(4) + "/withdrawal", Map.of("reason", "x"))
			.getStatusCode()
			.value()).isEqualTo(200);
		Until.so(() -> "all sent, with what waited: " + waiting(), Duration.ofMinutes(7), () -> waiting() == 0);
		int sent = this.mail.offered().size();
		assertThat(out()).hasSizeGreaterThanOrEqualTo(100);

		this.second.kill();
		this.first.close();
		FileSystemUtils.deleteRecursively(this.folder.resolve("postgres"));
		copy(this.backup, this.folder.resolve("postgres"));
		startBoth();
		assertThat(this.first.output()).contains("No mail and no text message is sent: the database is older");
		String next = report(1).get(0);
		Until.so(() -> "told, and waits", PATIENCE, () -> waiting() > 0);
		long beats = beats();
		// Each counts every fifteen seconds, and looks every two what it may send.
		Until.so(() -> "both looked for something to send", PATIENCE, () -> beats() >= beats + 4);
		assertThat(this.mail.offered()).as("nothing is sent").hasSize(sent);
		WebVisitor femke = WebVisitor.login("http://localhost:" + this.first.port(), "femke");
		String page = femke.get("/verzenden").body();
		assertThat(page).contains("er is een back-up teruggezet", after.get(0), after.get(49), "de casus is weg",
				before.get(0), "de casus is er, maar ouder");
		assertThat(after).as("no number twice").doesNotContain(next);
		assertThat(femke.form("/verzenden/vrijgeven", Map.of("reden", "Alle journalen zijn vergeleken.")).status())
			.isEqualTo(302);
		// What the team does again is no other fact than the one that was told.
		assertThat(send(this.second, "anna", "/api/v1/cases/" + before.get(4) + "/withdrawal", Map.of("reason", "x"))
			.getStatusCode()
			.value()).isEqualTo(200);
		Until.so(() -> "all sent: " + waiting(), PATIENCE, () -> waiting() == 0 && !this.mail.about(next).isEmpty());
		Map<String, Set<String>> out = out();
		List<String> doubled = out.values().stream().filter((ids) -> ids.size() > 1).map(Set::toString).toList();
		List<String> ids = this.mail.offered();
		System.out.println("restore: " + out.size() + " alerts, doubled " + doubled.size() + ", ambiguous copies "
				+ (ids.size() - new TreeSet<>(ids).size()));
		assertThat(doubled).isEmpty();
		assertThat(ids).doesNotHaveDuplicates();
		assertThat(this.mail.about(waits)).as("what waited in the backup went out once").isNotEmpty();
		assertThat(db().sql("select count(*) from doorbraak.sending_halt where released_at is null")
			.query(Long.class)
			.single()).isZero();
	}

	@Test
	void whatFellDueWhileAllStoodStillIsToldWithinMinutesAndSaysWhy() {
		startBoth();
		LocalDate event = DutchTime.day(now()).plusDays(1);
		List<String> numbers = IntStream.range(0, 60)
			.mapToObj((i) -> report(Map.of("whatIsStuck", "x", "threat", "eviction", "eventDate", event.toString())))
			.toList();
		Until.so(() -> "all sent", PATIENCE, () -> waiting() == 0);
		this.second.kill();
		this.first.kill();
		// PostgreSQL outlives its node.
		db().sql("update doorbraak.clock_offset set ahead = ahead + (?::timestamptz - doorbraak.current_instant())")
			.param(event.atTime(0, 10).atZone(DutchTime.ZONE).toInstant().toString())
			.update();
		long begun = System.nanoTime();
		this.first = node("first.log");
		Until.so(() -> "every alarm told", Duration.ofMinutes(5), () -> told() == numbers.size() && waiting() == 0);
		System.out.println("both nodes down over " + numbers.size() + " deadlines: told "
				+ Duration.ofNanos(System.nanoTime() - begun).toSeconds() + " s after the start");
		for (String number : numbers) {
			assertThat(this.mail.about(number)).filteredOn((mail) -> MailServer.subject(mail).contains("zonder regie"))
				.isNotEmpty()
				.allSatisfy((mail) -> assertThat(text(mail)).contains("Dit bericht komt te laat: van",
						"lag Doorbraak stil door een storing"));
		}
	}

	private long told() {
		return db().sql("""
				select count(distinct case_number) from doorbraak.alert
				where kind = 'leadMissing' and deadline_version like 'crisis %' and state = 'sent'""")
			.query(Long.class)
			.single();
	}

	private void startBoth() {
		this.first = node("first.log");
		this.second = node("second.log", "--doorbraak.demo.join=true");
	}

	private JavaProcess node(String journal, String... more) {
		List<String> all = new ArrayList<>(
				List.of("--server.port=0", "--doorbraak.demo.cases=false", "--doorbraak.demo.data-dir=postgres",
						"--doorbraak.alert.journal=" + journal, "--doorbraak.node.beat-every=2s",
						"--spring.mail.host=127.0.0.1", "--spring.mail.port=" + this.mail.port()));
		all.addAll(List.of(more));
		JavaProcess node = JavaProcess.demo(this.folder, all.toArray(String[]::new));
		node.port();
		return node;
	}

	/** An online backup, as the manual of PostgreSQL has it. */
	private void backUp() throws Exception {
		Path live = this.folder.resolve("postgres");
		try (Connection connection = DriverManager.getConnection("jdbc:postgresql://127.0.0.1:"
				+ Files.readAllLines(live.resolve("postmaster.pid")).get(3) + "/postgres", "postgres", "");
				Statement statement = connection.createStatement()) {
			statement.execute("select pg_backup_start('of the test', true)");
			copy(live, this.backup);
			try (ResultSet stopped = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
				stopped.next();
				copy(live.resolve("pg_wal"), this.backup.resolve("pg_wal"));
				Files.writeString(this.backup.resolve("backup_label"), stopped.getString(1));
			}
		}
		catch (SQLException ex) {
			throw new AssertionError(ex);
		}
		Files.deleteIfExists(this.backup.resolve("postmaster.pid"));
		Files.deleteIfExists(this.backup.resolve("postmaster.opts"));
	}

	/** What vanishes meanwhile is not needed. */
	private static void copy(Path from, Path to) throws IOException {
		List<Path> all;
		try (Stream<Path> files = Files.walk(from)) {
			all = files.toList();
		}
		for (Path each : all) {
			Path there = to.resolve(from.relativize(each).toString());
			try {
				if (Files.isDirectory(each)) {
					Files.createDirectories(there);
				}
				else {
					Files.copy(each, there, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
				}
			}
			catch (NoSuchFileException ex) {
				// A file of a table that is gone.
			}
		}
		Files.setPosixFilePermissions(to, Files.getPosixFilePermissions(from));
	}

	/** The Message-IDs that went out for each key, by the journals of both nodes. */
	private Map<String, Set<String>> out() {
		Map<String, Set<String>> out = new HashMap<>();
		for (String journal : List.of("first.log", "second.log")) {
			try {
				for (String line : Files.readAllLines(this.folder.resolve(journal))) {
					String[] parts = line.split(" ");
					if (parts[3].equals("after") && parts[4].equals("250")) {
						out.computeIfAbsent(parts[1], (key) -> new TreeSet<>()).add(parts[2]);
					}
				}
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
		}
		return out;
	}

	private List<String> report(int cases) {
		return IntStream.range(0, cases).mapToObj((i) -> report(Map.of("whatIsStuck", "Iedereen wacht."))).toList();
	}

	private String report(Map<String, ?> fields) {
		ResponseEntity<JsonNode> answer = send((this.mail.offered().size() % 2 == 0) ? this.first : this.second, "anna",
				"/api/v1/cases", fields);
		assertThat(answer.getStatusCode().value()).isEqualTo(201);
		return answer.getBody().path("number").asText();
	}

	private static ResponseEntity<JsonNode> send(JavaProcess node, String login, String path, Object body) {
		return RestClient.builder()
			.defaultHeaders((headers) -> headers.setBasicAuth(login, "doorbraak"))
			.build()
			.method(HttpMethod.POST)
			.uri("http://127.0.0.1:" + node.port() + path)
			.contentType(MediaType.APPLICATION_JSON)
			.body(body)
			.retrieve()
			.onStatus((status) -> true, (asked, answer) -> {
			})
			.toEntity(JsonNode.class);
	}

	private static String text(MimeMessage mail) {
		ByteArrayOutputStream whole = new ByteArrayOutputStream();
		return MailServer.read(() -> {
			mail.writeTo(whole);
			return whole.toString(StandardCharsets.UTF_8).replace("=\r\n", "");
		});
	}

	/** Also what no worker found yet: the engine's jobs that are due at once. */
	private long waiting() {
		return db().sql("select count(*) from doorbraak.alert where state = 'waiting'").query(Long.class).single()
				+ JavaProcess.database(this.folder, "doorbraak_app")
					.sql("select count(*) from camunda.act_ru_job where duedate_ is null")
					.query(Long.class)
					.single();
	}

	/** How often the nodes said that they run. */
	private long beats() {
		return db().sql("select sum(beat) from doorbraak.node").query(Long.class).single();
	}

	private Instant now() {
		return db().sql("select doorbraak.current_instant()")
			.query((row, n) -> row.getTimestamp(1).toInstant())
			.single();
	}

	private JdbcClient db() {
		return JavaProcess.database(this.folder, "doorbraak_owner");
	}

}
