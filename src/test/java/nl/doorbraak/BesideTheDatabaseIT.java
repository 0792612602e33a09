package nl.doorbraak;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.nio.charset.StandardCharsets;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import com.sun.management.HotSpotDiagnosticMXBean;
import jakarta.servlet.ServletContext;
import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.Canary;
import nl.doorbraak.testing.Town;
import nl.doorbraak.testing.WebVisitor;
import nl.doorbraak.testing.WholeApplication;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;

/** What people wrote is in the database and in no file, dump or figure beside it. */
@WholeApplication
class BesideTheDatabaseIT {

	private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

	private final Town town;

	private final ServletContext server;

	private final Environment settings;

	private final String canary = Canary.word();

	@Autowired
	BesideTheDatabaseIT(Town town, ServletContext server, Environment settings) {
		this.town = town;
		this.server = server;
		this.settings = settings;
	}

	@Test
	@Attack(value = "E14", failedWith = "files that are sent kept on disk first")
	void nothingOfACaseIsInTemporaryFilesDumpsOrFigures() throws Exception {
		Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
		Path ofTheServer = ((File) this.server.getAttribute(ServletContext.TEMPDIR)).toPath();
		Instant begin = Instant.now().minusSeconds(2);
		try (WatchService watch = FileSystems.getDefault().newWatchService()) {
			ofTheServer.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
			work();
			WatchKey written = watch.poll(1, TimeUnit.SECONDS);
			assertThat((written != null) ? written.pollEvents().stream().map((each) -> each.context()).toList()
					: List.of())
				.as("files in " + ofTheServer)
				.isEmpty();
		}
		try (Stream<Path> files = Files.list(temporary)) {
			assertThat(files.filter((file) -> isNew(file, begin)).filter(this::tells).toList()).isEmpty();
		}
		// Its name is drawn anew whenever the setting is read.
		try (Stream<Path> files = Files.list(Path.of("target"))) {
			List<Path> journals = files.filter((file) -> file.getFileName().toString().startsWith("alert-journal-"))
				.toList();
			assertThat(journals).as("a journal of what was just sent").anyMatch((file) -> isNew(file, begin));
			assertThat(journals).as("journals and heads over the record").noneMatch(this::tells);
		}
		StringBuilder threads = new StringBuilder();
		for (ThreadInfo thread : ManagementFactory.getThreadMXBean().dumpAllThreads(true, true)) {
			threads.append(thread);
		}
		assertThat(threads.toString()).contains("http-nio").doesNotContain(this.canary);
		assertThat(figures()).contains("http_server_requests").doesNotContain(this.canary);
		assertThat(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
			.getVMOption("HeapDumpOnOutOfMemoryError")
			.getValue()).isEqualTo("false");
		assertThat(Files.readString(Path.of("Dockerfile"))).doesNotContain("HeapDump")
			.contains("ExitOnOutOfMemoryError");
	}

	private String figures() throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:"
					+ this.settings.getRequiredProperty("local.management.port") + "/actuator/prometheus"))
				.build(), HttpResponse.BodyHandlers.ofString())
			.body();
	}

	/** A report, a paper, a spreadsheet and a pack with a PDF, each with the word. */
	private void work() {
		String number = this.town.as("anna").report(Map.of("whatIsStuck", this.canary));
		WebVisitor anna = WebVisitor.login(this.town, "anna");
		String sent = "--x\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\nother\r\n--x\r\nContent-Disposition: form-data; name=\"datedOn\"\r\n\r\n"
				+ this.town.today() + "\r\n--x\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\n" + this.canary
				+ "\r\n--x\r\nContent-Disposition: form-data; name=\"bestand\"; filename=\"" + this.canary
				+ ".pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7 " + this.canary.repeat(20_000)
				+ "%%EOF\r\n--x--\r\n";
		assertThat(anna.send("POST", "/casus/" + number + "/stukken", sent, "multipart/form-data; boundary=x", Map.of())
			.status()).isEqualTo(302);
		assertThat(anna.get("/casus/" + number + "?als=xlsx").status()).isEqualTo(200);
		assertThat(WebVisitor.login(this.town, "joris")
			.form("/controle/" + number + "/bewijspakket",
					Map.of("names", "shown", "purpose", "complaint", "why", this.canary))
			.status()).isEqualTo(200);
		assertThat(anna.form("/casus/" + number + "/intrekken", Map.of("reason", this.canary)).status()).isEqualTo(302);
		this.town.workDue();
	}

	private static boolean isNew(Path file, Instant begin) {
		try {
			return Files.isRegularFile(file) && Files.isReadable(file) && Files.size(file) < 20_000_000
					&& Files.getLastModifiedTime(file).compareTo(FileTime.from(begin)) > 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private boolean tells(Path file) {
		try {
			return Files.exists(file)
					&& new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(this.canary);
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Test
	void everyAnswerNamesItsTraceAndTakesTheCallersOver() {
		WebVisitor anybody = WebVisitor.anonymous(this.town);
		for (String path : List.of("/login", "/bestaat-niet", "/css/doorbraak.css", "/a;b", "/api/v1/tasks")) {
			WebVisitor.Answer own = anybody.get(path);
			assertThat(own.header("X-Correlation-Id")).as(path).matches("[0-9a-f]{32}");
			assertThat(anybody.get(path).header("X-Correlation-Id")).isNotEqualTo(own.header("X-Correlation-Id"));
			assertThat(
					anybody.send("GET", path, null, null, Map.of("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01"))
						.header("X-Correlation-Id"))
				.as(path)
				.isEqualTo(TRACE);
			assertThat(anybody.send("GET", path, null, null, Map.of("traceparent", "00-" + "0".repeat(32) + "-x-01"))
				.header("X-Correlation-Id")).as(path).matches("[0-9a-f]{32}").isNotEqualTo("0".repeat(32));
		}
	}

	@Test
	void securityTxtSaysWhomToTellAndUntilWhen() {
		WebVisitor.Answer answer = WebVisitor.anonymous(this.town).get("/.well-known/security.txt");
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.header("Content-Type")).isEqualToIgnoringCase("text/plain;charset=UTF-8");
		Map<String, String> fields = answer.body()
			.lines()
			.collect(java.util.stream.Collectors.toMap((line) -> line.split(": ")[0], (line) -> line.split(": ")[1]));
		assertThat(fields).containsKeys("Contact", "Canonical").containsEntry("Preferred-Languages", "nl, en");
		assertThat(fields.get("Contact")).startsWith("https://");
		assertThat(Instant.parse(fields.get("Expires"))).isAfter(Instant.now());
	}

}
